/** "Try it", as the page knows it: its script comes when it is first opened. */
import type { TypedCall } from "../driver/trace";
import type { Limits } from "../shared/exercise";
import type { Editor } from "./editor-slot";
import { element } from "./element";
import { LatePart } from "./late-part";
import type { OwnRealm, Released } from "./own-realm";
import type { Panes } from "./panes";
import { part } from "./view";
import { TRY } from "./words";

export interface ConsoleOptions {
  /** Where it stands. */
  readonly box: HTMLElement;
  readonly nonce: string;
  readonly limits: Limits;
  readonly editor: Pick<Editor, "text" | "watch" | "mark">;
  readonly python: Pick<OwnRealm, "start" | "ask" | "end">;
  /** Says in words why there is no Python. */
  explain(cause: unknown): string;
  onBusy(isBusy: boolean): void;
  /** Whether some code calls a function that the learner writes. */
  isCall(code: string): boolean;
  /** Step through a call that was typed after other code, of a file as it was. */
  stepThrough(call: TypedCall, source: string): void;
}

/** What the console's script makes. */
export interface Console {
  /** Run code in what the editor's text defines, and leave it in the box to be changed. */
  tryCode(code: string): void;
  stop(): void;
  /** The editor's text is another. */
  edited(): void;
  /** Its Python has gone while nothing ran. */
  gone(why: Released): void;
}

export type CreateConsole = (options: ConsoleOptions) => Console;

export class TryIt {
  readonly #part: LatePart<CreateConsole, Console>;

  constructor(
    page: Document,
    private readonly panes: Panes,
    own: OwnRealm,
    options: Omit<ConsoleOptions, "box" | "python">,
  ) {
    const box = element("div", "try-body");
    this.#part = new LatePart(page, {
      name: "console",
      nonce: options.nonce,
      coming: TRY.coming,
      box: () => {
        part(page, "try", HTMLElement).append(box);
        return box;
      },
      make: (create) => create({ ...options, box, python: own }),
      explain: options.explain,
      onWanted: () => own.start(),
    });
    panes.onFirst("try", () => this.#part.want());
  }

  /** Show the console, and run code in it. */
  tryCode(code: string): void {
    this.panes.open("try");
    this.#part.want((console) => console.tryCode(code));
  }

  stop(): void {
    this.#part.made?.stop();
  }

  edited(): void {
    this.#part.made?.edited();
  }

  gone(why: Released): void {
    this.#part.made?.gone(why);
  }
}
