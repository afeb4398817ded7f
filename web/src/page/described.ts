/** What the results say of a test, of an error, and of the loading. */
import type { LearnerError, Report, TestResult } from "../shared/report";
import { describeCase } from "./case-card";
import { sentenceElement } from "./code-spans";
import { element } from "./element";
import { word } from "./outcome";
import { keysReach } from "./reach";
import { visible } from "./visible";
import { RESULTS } from "./words";

/** A test that did not pass, from its message down to what it printed. */
export function describeTest(result: TestResult): HTMLElement[] {
  const parts: HTMLElement[] = [];
  if (result.message) parts.push(sentenceElement("p", "test-message", result.message));
  if (result.case) parts.push(describeCase(result.case, result.title));
  if (result.mistake) {
    parts.push(sentenceElement("p", "test-mistake", RESULTS.mistake(result.mistake)));
  }
  if (result.error) parts.push(...describeError(result.error, result.message, result.title));
  if (result.stdout) parts.push(printed(RESULTS.printed, result.stdout));
  return parts;
}

/**
 * All that is below a title, one line high until it is opened.
 *
 * @param of - What it belongs to: others have the same title.
 */
export function fold(title: string, of: string, parts: readonly HTMLElement[]): HTMLElement {
  const details = element("details", "folded");
  const summary = sentenceElement("summary", "", title);
  if (of) summary.setAttribute("aria-label", `${summary.textContent}: ${visible(of)}`);
  details.append(summary, ...parts);
  return details;
}

export function describeLoad(report: Report): HTMLElement[] {
  const parts: HTMLElement[] = [];
  if (report.fault === "exercise") parts.push(element("p", "fault", RESULTS.exerciseFault));
  if (report.error) parts.push(...describeError(report.error, sentence(report), ""));
  if (report.stdout) parts.push(printed(RESULTS.printedAtLoading, report.stdout));
  return parts;
}

/** Does not repeat what the message above it already says. */
function describeError(error: LearnerError, above: string, of: string): HTMLElement[] {
  const parts: HTMLElement[] = [];
  const said = above.includes(error.type) && above.includes(error.message);
  const summary = element("p", "error-summary");
  if (error.line !== null) summary.append(element("span", "error-line", RESULTS.line(error.line)));
  if (!said) {
    const text = error.message ? `${error.type}: ${error.message}` : error.type;
    summary.append(element("code", "error-text", text));
  }
  if (summary.hasChildNodes()) parts.push(summary);
  if (error.traceback) {
    parts.push(fold(RESULTS.traceback, of, [scrollable(error.traceback, RESULTS.traceback)]));
  }
  return parts;
}

function scrollable(text: string, name: string): HTMLElement {
  const box = element("pre", "", text);
  keysReach(box, name);
  return box;
}

export function printed(title: string, text: string): HTMLElement {
  const box = element("div", "printed");
  box.append(element("p", "printed-title", title), scrollable(text, title));
  return box;
}

export function sentence({ outcome, passed, total, message }: Report): string {
  if (outcome === "passed") return RESULTS.allPassed(total);
  if (outcome === "failed") return message || RESULTS.somePassed(passed, total);
  const known = word(outcome);
  return message || (known ? `${known}.` : RESULTS.none);
}
