/** "Try it", as the page knows it: its script comes when it is first opened. */
import type { TypedCall } from "../driver/trace";
import type { Limits } from "../shared/exercise";
import type { Editor } from "./editor-slot";
import { element } from "./element";
import { fetchScript } from "./late-script";
import type { OwnRealm } from "./own-realm";
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
  gone(why: "idle" | "lost"): void;
}

export type CreateConsole = (options: ConsoleOptions) => Console;

export class TryIt {
  #coming: Promise<void> | null = null;
  #console: Console | null = null;
  readonly #box = element("div", "try-body");
  /** What is to be tried when the console is here. */
  #wanted: string | null = null;

  constructor(
    private readonly page: Document,
    private readonly panes: Panes,
    private readonly own: OwnRealm,
    private readonly options: Omit<ConsoleOptions, "box" | "python">,
  ) {
    panes.onFirst("try", () => this.#begin());
  }

  /** Show the console, and run code in it. */
  tryCode(code: string): void {
    this.#wanted = code;
    this.panes.open("try");
    this.#begin();
  }

  stop(): void {
    this.#console?.stop();
  }

  edited(): void {
    this.#console?.edited();
  }

  gone(why: "idle" | "lost"): void {
    this.#console?.gone(why);
  }

  #begin(): void {
    this.own.start();
    this.#coming ??= this.#fetch();
    void this.#coming.then(() => {
      if (this.#wanted !== null) this.#console?.tryCode(this.#wanted);
      if (this.#console !== null) this.#wanted = null;
    });
  }

  async #fetch(): Promise<void> {
    const box = this.#box;
    part(this.page, "try", HTMLElement).append(box);
    box.replaceChildren(element("p", "", TRY.coming));
    try {
      const create = await fetchScript<CreateConsole>(this.page, "console", this.options.nonce);
      this.#console = create({ ...this.options, box, python: this.own });
    } catch (problem) {
      this.#coming = null;
      box.replaceChildren(this.#failure(problem));
    }
  }

  #failure(problem: unknown): HTMLElement {
    const box = element("div", "notice");
    const again = element("button", "", TRY.retry);
    again.type = "button";
    again.addEventListener("click", () => this.#begin());
    box.append(element("p", "notice-what", this.options.explain(problem)), again);
    return box;
  }
}
