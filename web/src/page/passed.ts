/** What stands below the verdict when all tests have passed: how many runs it took, and remarks. */
import type { Report } from "../shared/report";
import { part } from "./view";
import { PASSED } from "./words";

/** Show it, or take it away where a run came to anything else. */
export function showPassed(page: Document, { outcome }: Report, runs: number): void {
  part(page, "passed", HTMLElement).hidden = outcome !== "passed";
  part(page, "passed-runs", HTMLElement).textContent = PASSED.runs(runs);
}
