/** One hidden test in the list of results. */
import type { ShownOutcome, TestResult } from "../shared/report";
import { describeTest, fold, printed } from "./described";
import { element, takeFocus } from "./element";
import { drawing, word } from "./outcome";
import { RESULTS } from "./words";

/** How much of a test that did not pass is shown: all, a line that opens, or that it is as before. */
export type Shown = "open" | "folded" | "same";

export class TestRow {
  readonly #icon = element("span", "icon");
  readonly #word = element("span", "test-word");
  readonly #time = element("span", "test-time");
  readonly #body = element("div", "test-body");

  constructor(readonly item: HTMLElement) {
    const meta = element("span", "test-meta");
    meta.append(this.#word, this.#time);
    item.prepend(this.#icon);
    item.append(meta, this.#body);
    this.clear("pending");
  }

  mark(outcome: ShownOutcome): void {
    this.item.dataset.outcome = outcome;
    this.#icon.dataset.icon = outcome;
    this.#icon.replaceChildren(...drawing(outcome));
    this.#word.textContent = word(outcome) ?? outcome;
  }

  clear(outcome: ShownOutcome): void {
    this.mark(outcome);
    this.#time.textContent = "";
    this.#replace([]);
  }

  fill(result: TestResult, shown: Shown): void {
    const opened = this.#opened();
    this.mark(result.outcome);
    this.#time.textContent = result.outcome === "not-run" ? "" : duration(result.ms);
    this.#replace(contents(result, shown));
    for (const details of this.#body.querySelectorAll("details")) {
      if (opened.has(titleOf(details))) details.open = true;
    }
  }

  /** Says below a test's message in how many tests it is the same. */
  countSame(text: string): void {
    this.#body.querySelector(".test-message")?.append(element("span", "same-count", text));
  }

  /** What goes may hold the focus: the test takes it then. */
  #replace(parts: readonly HTMLElement[]): void {
    if (this.#body.contains(document.activeElement)) takeFocus(this.item);
    this.#body.replaceChildren(...parts);
  }

  #opened(): Set<string> {
    return new Set([...this.#body.querySelectorAll("details")].filter((d) => d.open).map(titleOf));
  }
}

function contents(result: TestResult, shown: Shown): HTMLElement[] {
  if (result.outcome === "passed") {
    return result.stdout
      ? [fold(RESULTS.printed, result.title, [printed(RESULTS.printed, result.stdout)])]
      : [];
  }
  if (shown === "same") return [element("p", "test-same", RESULTS.same)];
  const parts = describeTest(result);
  return shown === "open" || parts.length === 0
    ? parts
    : [fold(firstLine(result.message), result.title, parts)];
}

function firstLine(message: string): string {
  return message.split("\n", 1)[0] || RESULTS.more;
}

function titleOf(details: HTMLDetailsElement): string {
  return details.querySelector("summary")?.textContent ?? "";
}

function duration(ms: number): string {
  if (!Number.isFinite(ms)) return "";
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}
