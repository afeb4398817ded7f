/** An outcome as an icon and a word. */
import type { ShownOutcome, TestResult, VerdictOutcome } from "../shared/report";
import { OUTCOMES } from "./words";

export type Outcome = ShownOutcome | VerdictOutcome;

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

/** Whether a test was run and did not pass. */
export function isFailure({ outcome }: Pick<TestResult, "outcome">): boolean {
  return outcome !== "passed" && outcome !== "not-run";
}

/** Undefined for an outcome that a newer judge may know and this page does not. */
export function word(outcome: string): string | undefined {
  return Object.hasOwn(OUTCOMES, outcome) ? OUTCOMES[outcome as Outcome] : undefined;
}

export function drawing(outcome: string): SVGElement[] {
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
