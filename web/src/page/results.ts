import type {
  LearnerError,
  Report,
  ShownOutcome,
  TestResult,
  VerdictOutcome,
} from "../shared/report";
import { describeCase } from "./case-card";
import { element } from "./element";
import { part } from "./view";
import { OUTCOMES, RESULTS } from "./words";

export interface ResultsView {
  /** Takes earlier results away and shows a run under way. */
  start(): void;
  /** Shows which test is under way. */
  running(id: string): void;
  /** Shows one finished test. */
  show(result: TestResult): void;
  /** Shows the verdict, and whatever of the report was not shown yet. */
  finish(report: Report): void;
  /** Says that the results belong to code that has since been edited. */
  stale(): void;
}

type Outcome = ShownOutcome | VerdictOutcome;

const BANG = "M8 3.5v5.5M8 12v.5";

/** Paths of icons on a 16 × 16 grid, drawn as lines. */
const ICONS: Readonly<Record<Outcome, string>> = {
  pending: "",
  running: "",
  passed: "M3.5 8.5l3 3 6-7",
  failed: "M4.5 4.5l7 7M11.5 4.5l-7 7",
  error: BANG,
  timeout: "M8 3.5V8l3 2.5",
  crashed: "M9 2.5L5 8.5h6l-4 5",
  "not-run": "M4.5 8h7",
  invalid: BANG,
  stopped: "M5.5 5.5h5v5h-5z",
};

interface Row {
  readonly item: HTMLElement;
  readonly icon: HTMLElement;
  readonly word: HTMLElement;
  readonly time: HTMLElement;
  readonly body: HTMLElement;
}

/** The results below the editor: one row per hidden test, and the verdict. */
export function createResults(page: Document): ResultsView {
  const find = (id: string) => part(page, id, HTMLElement);
  const results = new Results(find("results"), find("verdict"), find("load"), find("tests"));
  return {
    start: () => results.start(),
    running: (id) => results.running(id),
    show: (result) => results.show(result),
    finish: (report) => results.finish(report),
    stale: () => results.stale(),
  };
}

class Results {
  private readonly rows = new Map<string, Row>();
  /** What each row shows, so that a report does not close what the learner opened. */
  private readonly shown = new Map<string, string>();
  private started = false;

  constructor(
    private readonly section: HTMLElement,
    private readonly verdict: HTMLElement,
    private readonly load: HTMLElement,
    private readonly list: HTMLElement,
  ) {
    for (const item of list.querySelectorAll<HTMLElement>("li[data-test]")) {
      this.rows.set(item.dataset.test ?? "", furnish(item));
    }
  }

  start(): void {
    this.started = true;
    this.shown.clear();
    // A quick run would make the list shrink and grow again at once: hold its height.
    this.list.style.minHeight = `${this.list.offsetHeight}px`;
    for (const row of this.rows.values()) clear(row, "pending");
    delete this.section.dataset.stale;
    for (const name of ["outcome", "passed", "total"]) delete this.verdict.dataset[name];
    this.load.replaceChildren();
    this.load.hidden = true;
    this.say("running", RESULTS.running);
    this.verdict.scrollIntoView({ block: "nearest" });
  }

  running(id: string): void {
    const row = this.rows.get(id);
    if (row && !this.shown.has(id)) mark(row, "running");
  }

  show(result: TestResult): void {
    const row = this.rows.get(result.id);
    const content = JSON.stringify(result);
    if (!row || this.shown.get(result.id) === content) return;
    this.shown.set(result.id, content);
    fill(row, result);
  }

  finish(report: Report): void {
    for (const result of report.tests) this.show(result);
    for (const [id, row] of this.rows) if (!this.shown.has(id)) clear(row, "not-run");
    this.list.style.minHeight = "";
    this.load.replaceChildren(...describeLoad(report));
    this.load.hidden = !this.load.hasChildNodes();
    this.verdict.dataset.passed = String(report.passed);
    this.verdict.dataset.total = String(report.total);
    this.say(report.outcome, sentence(report));
    this.verdict.dataset.outcome = report.outcome;
  }

  stale(): void {
    if (this.started) this.section.dataset.stale = "";
  }

  private say(outcome: Outcome, text: string): void {
    const icon = element("span", "icon");
    icon.dataset.icon = outcome;
    icon.replaceChildren(...drawing(outcome));
    this.verdict.replaceChildren(icon, element("span", "verdict-text", text));
  }
}

function furnish(item: HTMLElement): Row {
  const row: Row = {
    item,
    icon: element("span", "icon"),
    word: element("span", "test-word"),
    time: element("span", "test-time"),
    body: element("div", "test-body"),
  };
  const meta = element("span", "test-meta");
  meta.append(row.word, row.time);
  item.prepend(row.icon);
  item.append(meta, row.body);
  clear(row, "pending");
  return row;
}

function mark(row: Row, outcome: ShownOutcome): void {
  row.item.dataset.outcome = outcome;
  row.icon.dataset.icon = outcome;
  row.icon.replaceChildren(...drawing(outcome));
  row.word.textContent = word(outcome) ?? outcome;
}

function clear(row: Row, outcome: ShownOutcome): void {
  mark(row, outcome);
  row.time.textContent = "";
  row.body.replaceChildren();
}

function fill(row: Row, result: TestResult): void {
  mark(row, result.outcome);
  row.time.textContent = result.outcome === "not-run" ? "" : duration(result.ms);
  row.body.replaceChildren(...describeTest(result));
}

function describeTest(result: TestResult): HTMLElement[] {
  const parts: HTMLElement[] = [];
  const mistake = result.mistake && RESULTS.mistake(result.mistake);
  const message = [result.message, mistake].filter(Boolean).join("\n\n");
  if (message) parts.push(element("p", "test-message", message));
  if (result.error) parts.push(...describeError(result.error, result.message));
  if (result.case) parts.push(describeCase(result.case, result.title));
  if (result.stdout) parts.push(printed(RESULTS.printed, result.stdout));
  return parts;
}

function describeLoad(report: Report): HTMLElement[] {
  const parts: HTMLElement[] = [];
  if (report.fault === "exercise") parts.push(element("p", "fault", RESULTS.exerciseFault));
  if (report.error) parts.push(...describeError(report.error, sentence(report)));
  if (report.stdout) parts.push(printed(RESULTS.printedAtLoading, report.stdout));
  return parts;
}

/** Does not repeat what the message above it already says. */
function describeError(error: LearnerError, above: string): HTMLElement[] {
  const parts: HTMLElement[] = [];
  const said = above.includes(error.type) && above.includes(error.message);
  const summary = element("p", "error-summary");
  if (error.line !== null) summary.append(element("span", "error-line", RESULTS.line(error.line)));
  if (!said) {
    const text = error.message ? `${error.type}: ${error.message}` : error.type;
    summary.append(element("code", "error-text", text));
  }
  if (summary.hasChildNodes()) parts.push(summary);
  if (error.traceback) parts.push(folded(RESULTS.traceback, error.traceback));
  return parts;
}

function folded(title: string, text: string): HTMLElement {
  const details = element("details", "folded");
  details.append(element("summary", "", title), element("pre", "", text));
  return details;
}

function printed(title: string, text: string): HTMLElement {
  const box = element("div", "printed");
  box.append(element("p", "printed-title", title), element("pre", "", text));
  return box;
}

function sentence({ outcome, passed, total, message }: Report): string {
  if (outcome === "passed") return RESULTS.allPassed(total);
  if (outcome === "failed") return message || RESULTS.somePassed(passed, total);
  const known = word(outcome);
  return message || (known ? `${known}.` : RESULTS.none);
}

function duration(ms: number): string {
  if (!Number.isFinite(ms)) return "";
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}

/** Undefined for an outcome that a newer judge may know and this page does not. */
function word(outcome: string): string | undefined {
  return Object.hasOwn(OUTCOMES, outcome) ? OUTCOMES[outcome as Outcome] : undefined;
}

function drawing(outcome: string): SVGElement[] {
  const path = Object.hasOwn(ICONS, outcome) ? ICONS[outcome as Outcome] : BANG;
  if (!path) return [];
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(space, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return [svg];
}
