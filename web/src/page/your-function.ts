/** "Your function", as the page knows it: its script comes when it is first opened. */
import type { Exercise } from "../shared/exercise";
import type { Editor } from "./editor-slot";
import { LatePart } from "./late-part";
import type { OwnRealm } from "./own-realm";
import type { Panes } from "./panes";
import { part } from "./view";
import { EXPLORE } from "./words";

export interface ExploreOptions {
  readonly region: HTMLElement;
  readonly nonce: string;
  readonly exercise: Exercise;
  readonly editor: Pick<Editor, "text" | "watch" | "mark">;
  /** Opens a Python that has done nothing yet. */
  open(): Pick<OwnRealm, "start" | "ask" | "end">;
  /** Gets `explore.json`. */
  file(): Promise<ArrayBuffer>;
  /** Says in words why there is no Python, or no file. */
  explain(cause: unknown): string;
  onBusy(isBusy: boolean): void;
}

/** What the script makes. */
export interface Explorer {
  stop(): void;
  /** The editor's text is another. */
  edited(): void;
}

export type CreateExplorer = (options: ExploreOptions) => Explorer;

export class YourFunction {
  readonly #part: LatePart<CreateExplorer, Explorer>;

  constructor(
    page: Document,
    panes: Panes,
    open: ExploreOptions["open"],
    options: Omit<ExploreOptions, "region" | "open">,
  ) {
    const region = part(page, "explore", HTMLElement);
    this.#part = new LatePart(page, {
      name: "explore",
      nonce: options.nonce,
      coming: EXPLORE.coming,
      box: () => region,
      make: (create) => create({ ...options, region, open }),
      explain: options.explain,
    });
    panes.onFirst("explore", () => this.#part.want());
  }

  stop(): void {
    this.#part.made?.stop();
  }

  edited(): void {
    this.#part.made?.edited();
  }
}
