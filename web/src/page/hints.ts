/** The hints below the statement: one at a time, and first the one that fits what failed. */
import type { Report, TestResult } from "../shared/report";
import { takeFocus } from "./element";
import type { OpenedHints } from "./opened-hints";
import { isFailure } from "./outcome";
import { part } from "./view";
import { HINTS } from "./words";

/** What a hint helps with: names of tests, and sentences of mistakes. */
export interface Help {
  readonly tests: readonly string[];
  readonly mistakes: readonly string[];
}

/**
 * Which of the hints that are left comes first: one for a mistake that the run was told, else one for
 * the test that failed first, else the first of them.
 */
export function firstToHelp(left: readonly Help[], report: Pick<Report, "tests"> | null): number {
  const failed = report?.tests.filter(isFailure) ?? [];
  const first = (helps: (help: Help, test: TestResult) => boolean): number | undefined =>
    failed.map((test) => left.findIndex((help) => helps(help, test))).find((at) => at >= 0);
  return (
    first(({ mistakes }, { mistake }) => mistakes.includes(mistake ?? "")) ??
    first(({ tests }, { id }) => tests.includes(id.replace(/\[.*/s, ""))) ??
    0
  );
}

function helpOf({ dataset }: HTMLElement): Help {
  return {
    tests: (dataset.tests ?? "").split(" ").filter(Boolean),
    mistakes: (dataset.mistakes ?? "").split("\n").filter(Boolean),
  };
}

export class Hints {
  readonly #items: readonly HTMLElement[];
  /** As they came, before the page adds buttons to them. */
  readonly #texts: readonly string[];
  readonly #button: HTMLButtonElement;
  readonly #count: HTMLElement;
  #report: Report | null = null;

  constructor(
    page: Document,
    private readonly opened: Pick<OpenedHints, "among" | "add">,
  ) {
    const list = part(page, "hint-list", HTMLElement);
    this.#items = [...list.querySelectorAll<HTMLElement>(".hint")];
    this.#texts = this.#items.map(({ textContent }) => textContent ?? "");
    this.#button = part(page, "show-hint", HTMLButtonElement);
    this.#count = part(page, "hint-count", HTMLElement);
    this.#button.addEventListener("click", () => this.#showNext());
    for (const text of opened.among(this.#texts)) {
      const item = this.#items[this.#texts.indexOf(text)];
      if (item) this.#show(item);
    }
    this.#say();
  }

  /** What the last run came to: the next hint is the one that fits it. */
  ran(report: Report): void {
    this.#report = report;
  }

  #showNext(): void {
    const hidden = this.#items.filter((item) => item.hidden);
    const next = hidden[firstToHelp(hidden.map(helpOf), this.#report)];
    if (next === undefined) return;
    this.#show(next);
    this.opened.add(this.#texts[this.#items.indexOf(next)] ?? "", this.#texts);
    this.#say();
    const heading = next.querySelector<HTMLElement>("h3");
    if (heading) takeFocus(heading);
    next.scrollIntoView({ block: "nearest" });
  }

  /** In the order in which they were asked for. */
  #show(item: HTMLElement): void {
    item.hidden = false;
    item.parentElement?.append(item);
  }

  #say(): void {
    const left = this.#items.filter((item) => item.hidden).length;
    this.#button.hidden = left === 0;
    this.#count.textContent = HINTS.left(left, this.#items.length);
  }
}
