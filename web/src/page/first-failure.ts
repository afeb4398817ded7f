/** The first test that did not pass, brought into view when a run ends, if that disturbs nobody. */
import type { TestResult } from "../shared/report";
import { part } from "./view";

/** What a person does that a page must not move under. */
const DEEDS = ["keydown", "pointerdown", "wheel", "touchmove", "focusin"] as const;

export class FirstFailure {
  readonly #button: HTMLButtonElement;
  /** Stays above the list where that scrolls on its own. */
  readonly #pinned: HTMLElement;
  #item: HTMLElement | null = null;
  /** Which failure was shown last, and what it said. */
  #last = "";
  #isDisturbed = false;

  constructor(readonly page: Document) {
    this.#button = part(page, "show-failure", HTMLButtonElement);
    this.#pinned = part(page, "verdict-row", HTMLElement);
    this.#button.addEventListener("click", () => this.#show());
    for (const deed of DEEDS) {
      page.addEventListener(deed, () => (this.#isDisturbed = true), {
        capture: true,
        passive: true,
      });
    }
  }

  /** A run has begun: from now on what the learner does counts. */
  start(): void {
    this.#isDisturbed = false;
    this.#button.hidden = true;
  }

  /** A run has ended; its first failure is shown, or offered where the learner is at something. */
  finish(failure: TestResult | null, item: HTMLElement | null): void {
    this.#item = item;
    const said = failure && item ? `${failure.id} ${failure.message}` : "";
    const isNew = said !== this.#last;
    this.#last = said;
    // In one column with the editor, whoever has pressed Run is far from the answer.
    if (!said || (!isNew && this.#hasOwnPane)) return;
    if (this.#isDisturbed) this.#button.hidden = false;
    else this.#show();
  }

  get #hasOwnPane(): boolean {
    return getComputedStyle(this.#pinned).position === "sticky";
  }

  /** Scrolls and moves no focus. */
  #show(): void {
    this.#button.hidden = true;
    if (this.#item === null) return;
    this.#item.style.scrollMarginTop = this.#hasOwnPane ? `${this.#pinned.offsetHeight}px` : "";
    this.#item.scrollIntoView({ block: "start", behavior: "instant" });
  }
}
