/** What others hear of the exercise: scripts of this page, and the page that frames it, if any. */
import type { Report, TestResult, VerdictOutcome } from "../shared/report";

/** Posted to the parent window when the page is framed. */
type EmbedMessage =
  | {
      readonly type: "exercise:ready";
      readonly version: 1;
      readonly exercise: string;
    }
  | {
      readonly type: "exercise:result";
      readonly version: 1;
      readonly exercise: string;
      readonly outcome: VerdictOutcome;
      readonly passed: number;
      readonly total: number;
      readonly tests: readonly Pick<TestResult, "id" | "title" | "outcome" | "ms">[];
    };

/** Tell the parent window that the exercise can be run. */
export function announceReady(exercise: string): void {
  post({ type: "exercise:ready", version: 1, exercise });
}

/** Tell how a run ended: scripts of this page the whole report, the parent window its results. */
export function announceResult(report: Report): void {
  document.dispatchEvent(new CustomEvent("exercise:report", { detail: report }));
  const { exercise, outcome, passed, total } = report;
  const tests = report.tests.map(({ id, title, outcome, ms }) => ({ id, title, outcome, ms }));
  post({ type: "exercise:result", version: 1, exercise, outcome, passed, total, tests });
}

function post(message: EmbedMessage): void {
  if (window.parent !== window) window.parent.postMessage(message, "*");
}
