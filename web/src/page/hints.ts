/** The hints below the statement: one at a time, and first the one that fits what failed. */
import type { Report } from "../shared/report";
import { takeFocus } from "./element";
import { isFailure } from "./outcome";
import { part } from "./view";
import { HINTS } from "./words";

export class Hints {
  readonly #items: readonly HTMLElement[];
  readonly #button: HTMLButtonElement;
  readonly #count: HTMLElement;
  #report: Report | null = null;

  constructor(page: Document) {
    const list = part(page, "hint-list", HTMLElement);
    this.#items = [...list.querySelectorAll<HTMLElement>(".hint")];
    this.#button = part(page, "show-hint", HTMLButtonElement);
    this.#count = part(page, "hint-count", HTMLElement);
    this.#button.addEventListener("click", () => this.#showNext());
    this.#say();
  }

  /** What the last run came to: the next hint is the one that fits it. */
  ran(report: Report): void {
    this.#report = report;
  }

  #showNext(): void {
    const hidden = this.#items.filter((item) => item.hidden);
    const next = hidden.find((item) => this.#fits(item)) ?? hidden[0];
    if (next === undefined) return;
    next.hidden = false;
    // Shown in the order in which they were asked for.
    next.parentElement?.append(next);
    this.#say();
    const heading = next.querySelector<HTMLElement>("h3");
    if (heading) takeFocus(heading);
    next.scrollIntoView({ block: "nearest" });
  }

  #fits({ dataset }: HTMLElement): boolean {
    const tests = (dataset.tests ?? "").split(" ");
    const mistakes = (dataset.mistakes ?? "").split("\n");
    const failed = this.#report?.tests.filter(isFailure) ?? [];
    return failed.some(
      ({ id, mistake }) =>
        tests.includes(id.replace(/\[.*/s, "")) || (mistake && mistakes.includes(mistake)),
    );
  }

  #say(): void {
    const left = this.#items.filter((item) => item.hidden).length;
    this.#button.hidden = left === 0;
    this.#count.textContent = HINTS.left(left, this.#items.length);
  }
}
