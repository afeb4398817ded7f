import type { Report, TestResult, VerdictOutcome } from "../shared/report";
import { sentenceElement } from "./code-spans";
import { describeLoad, sentence } from "./described";
import { element } from "./element";
import { FirstFailure } from "./first-failure";
import { drawing, isFailure, type Outcome } from "./outcome";
import { ResultsScroll } from "./scroll";
import { type Shown, TestRow } from "./test-row";
import { part } from "./view";
import { RESULTS } from "./words";

interface ResultsView {
  /** Takes earlier results away and shows a run under way. */
  start(): void;
  /** Shows that the run under way has begun once more: what it told so far is no result of it. */
  again(): void;
  /** Shows which test is under way. */
  running(id: string): void;
  /** Shows one finished test. */
  show(result: TestResult): void;
  /** Shows the verdict, and whatever of the report was not shown yet. */
  finish(report: Report): void;
  /** Says that the results belong to code that has since been edited. */
  stale(): void;
}

/** The results below the editor: the verdict, and one row per hidden test. */
export function createResults(page: Document): ResultsView {
  const find = (id: string) => part(page, id, HTMLElement);
  const results = new Results(
    {
      section: find("results"),
      verdict: find("verdict"),
      load: find("load"),
      list: find("tests"),
      stale: find("stale"),
      spoken: find("stale-spoken"),
    },
    new ResultsScroll(page),
  );
  return {
    start: () => results.start(),
    again: () => results.again(),
    running: (id) => results.running(id),
    show: (result) => results.show(result),
    finish: (report) => results.finish(report),
    stale: () => results.stale(),
  };
}

interface Parts {
  readonly section: HTMLElement;
  readonly verdict: HTMLElement;
  readonly load: HTMLElement;
  readonly list: HTMLElement;
  readonly stale: HTMLElement;
  readonly spoken: HTMLElement;
}

/** Who has not typed for so long hears that the results are of other code. */
const PAUSE_MS = 1_000;

class Results {
  readonly #rows = new Map<string, TestRow>();
  /** What each row shows, so that a report does not close what the learner opened. */
  readonly #shown = new Map<string, string>();
  /** What failed tests say, in order, and those that say it: one may be shown again, with its mistake. */
  readonly #said = new Map<string, Set<TestRow>>();
  readonly #first: FirstFailure;
  /** As they were last laid out: to ask for a height is to lay out the page before the run begins. */
  readonly #heights = new Map<Element, number>();
  #started = false;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly parts: Parts,
    scroll: ResultsScroll,
  ) {
    this.#first = new FirstFailure(document, scroll);
    this.#watchHeights();
    for (const item of parts.list.querySelectorAll<HTMLElement>("li[data-test]")) {
      this.#rows.set(item.dataset.test ?? "", new TestRow(item));
    }
  }

  #watchHeights(): void {
    const watch = new ResizeObserver((entries) => {
      for (const { target, borderBoxSize } of entries) {
        this.#heights.set(target, borderBoxSize[0]?.blockSize ?? 0);
      }
    });
    for (const part of [this.parts.list, this.parts.verdict]) watch.observe(part);
  }

  start(): void {
    const { section, verdict, load, list } = this.parts;
    this.#started = true;
    this.#first.start();
    // A quick run would make these shrink and grow again at once: hold their heights.
    for (const part of [list, verdict]) part.style.minHeight = `${this.#heights.get(part) ?? 0}px`;
    this.again();
    section.dataset.running = "";
    document.documentElement.dataset.ran = "";
    delete section.dataset.stale;
    clearTimeout(this.#pause);
    this.parts.spoken.textContent = "";
    for (const name of ["outcome", "passed", "total"]) delete verdict.dataset[name];
    load.replaceChildren();
    load.hidden = true;
    this.#say("running", RESULTS.running);
  }

  again(): void {
    this.#shown.clear();
    this.#said.clear();
    for (const row of this.#rows.values()) row.mark("pending");
  }

  running(id: string): void {
    const row = this.#rows.get(id);
    if (row && !this.#shown.has(id)) row.mark("running");
  }

  show(result: TestResult): void {
    const row = this.#rows.get(result.id);
    const content = JSON.stringify(result);
    if (!row || this.#shown.get(result.id) === content) return;
    this.#shown.set(result.id, content);
    row.fill(result, this.#howMuch(row, result));
  }

  finish(report: Report): void {
    const { section, verdict, load, list } = this.parts;
    for (const result of report.tests) this.show(result);
    for (const [id, row] of this.#rows) if (!this.#shown.has(id)) row.clear("not-run");
    for (const rows of this.#said.values()) {
      const [first] = rows;
      if (rows.size > 1) first?.countSame(RESULTS.inTests(rows.size, report.total));
    }
    for (const part of [list, verdict]) part.style.minHeight = "";
    delete section.dataset.running;
    load.replaceChildren(...describeLoad(report));
    load.hidden = !load.hasChildNodes();
    verdict.dataset.passed = String(report.passed);
    verdict.dataset.total = String(report.total);
    const failure = report.tests.find(isFailure);
    this.#say(report.outcome, sentence(report), failure && RESULTS.firstFailure(failure.title));
    verdict.dataset.outcome = report.outcome satisfies VerdictOutcome;
    if (!this.#first.isDisturbed)
      section.closest(".workspace")?.toggleAttribute("data-answer", !!failure);
    const row = failure && this.#rows.get(failure.id);
    this.#first.finish(failure ?? null, row?.item ?? null);
  }

  stale(): void {
    if (!this.#started) return;
    this.parts.section.dataset.stale = "";
    clearTimeout(this.#pause);
    const { stale, spoken } = this.parts;
    if (spoken.textContent) return;
    this.#pause = setTimeout(() => {
      spoken.textContent = stale.textContent;
    }, PAUSE_MS);
  }

  /** The first failure stands open; what says just the same as an earlier one is not said again. */
  #howMuch(row: TestRow, result: TestResult): Shown {
    if (!isFailure(result)) return "open";
    const { outcome, message, error } = result;
    const said = error ? JSON.stringify([outcome, message, error.traceback]) : result.id;
    const rows = this.#said.get(said) ?? new Set();
    this.#said.set(said, rows.add(row));
    const [first] = rows;
    if (first !== row) return "same";
    const [firstSaid] = this.#said.keys();
    return firstSaid === said ? "open" : "folded";
  }

  #say(outcome: Outcome, text: string, more = ""): void {
    const icon = element("span", "icon");
    icon.dataset.icon = outcome;
    icon.replaceChildren(...drawing(outcome));
    const said = sentenceElement("span", "verdict-text", text);
    if (more) said.append(element("span", "spoken-only", ` ${more}`));
    this.parts.verdict.replaceChildren(icon, said);
  }
}
