/** The first test that did not pass, brought into view when a run ends, if that disturbs nobody. */
import { isOneOf, PAGE } from "../shared/keys";
import type { TestResult } from "../shared/report";
import { takeFocus } from "./element";
import type { ResultsScroll } from "./scroll";
import { part } from "./view";

/** What a person does that a page must not move under. */
const DEEDS = ["keydown", "beforeinput", "pointerdown", "wheel", "touchmove", "focusin"] as const;

export class FirstFailure {
  readonly #button: HTMLButtonElement;
  #item: HTMLElement | null = null;
  /** Which failure was shown last, and what it said. */
  #last = "";
  #isDisturbed = false;

  constructor(
    readonly page: Document,
    readonly scroll: ResultsScroll,
  ) {
    this.#button = part(page, "show-failure", HTMLButtonElement);
    this.#button.addEventListener("click", () => this.#follow());
    for (const deed of DEEDS) {
      const note = (event: Event): void => {
        if (!isMoved(event)) this.#isDisturbed = !isRun(event);
      };
      page.addEventListener(deed, note, { capture: true, passive: true });
    }
    // What is done from the click on counts, also while the run waits for Python.
    part(page, "run", HTMLElement).addEventListener("click", () => {
      this.#isDisturbed = false;
    });
  }

  /** Whether the learner is at something since Run. */
  get isDisturbed(): boolean {
    return this.#isDisturbed;
  }

  start(): void {
    this.#button.hidden = true;
  }

  /** A run has ended; its first failure is shown, or offered where the learner is at something. */
  finish(failure: TestResult | null, item: HTMLElement | null): void {
    this.#item = item;
    const said = failure && item ? `${failure.id} ${failure.message}` : "";
    const isNew = said !== this.#last;
    this.#last = said;
    if (!failure && !this.#isDisturbed) this.scroll.toStart();
    if (!item || !said || !isNew) return;
    if (this.#isDisturbed) this.#button.hidden = false;
    else this.scroll.toTop(item);
  }

  /** The button goes with the press on it: the focus goes where the eyes do. */
  #follow(): void {
    this.#button.hidden = true;
    if (this.#item === null) return;
    this.scroll.toTop(this.#item);
    takeFocus(this.#item);
  }
}

function isRun(event: Event): boolean {
  return event instanceof KeyboardEvent && isOneOf(PAGE.run, event);
}

/** The page itself moves the focus to a tab, from what goes out of sight. */
function isMoved({ type, target }: Event): boolean {
  return type === "focusin" && target instanceof Element && target.role === "tab";
}
