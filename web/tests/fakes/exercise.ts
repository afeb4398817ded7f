/** An exercise of two tests, and what a judge says of it. */
import { NOT_RUN } from "../../src/driver/run";
import type { Exercise } from "../../src/shared/exercise";
import type { JudgeStep } from "../../src/shared/messages";
import type { Report, TestOutcome, TestResult } from "../../src/shared/report";

export const EXERCISE: Exercise = {
  slug: "sums",
  title: "Sums",
  starter: "def add(a, b): ...\n",
  entryPoints: [{ name: "add", parameters: [] }],
  limits: { callSeconds: 5, runSeconds: 20, bootSeconds: 30, judgeSeconds: 10 },
  tests: [
    { id: "one", title: "One and one" },
    { id: "two", title: "Two and two" },
  ],
};

/** A step of the judge: nothing, but for what is given. */
export function step(given: Partial<JudgeStep>): JudgeStep {
  return { results: [], running: null, call: null, lookahead: [], report: null, ...given };
}

export function result(id: string, outcome: TestOutcome): TestResult {
  const title = EXERCISE.tests.find((each) => each.id === id)?.title ?? "";
  return { ...NOT_RUN, id, title, outcome };
}

export const PASSED: Report = {
  version: 1,
  exercise: EXERCISE.slug,
  outcome: "passed",
  fault: null,
  message: "",
  error: null,
  stdout: "",
  passed: 2,
  total: 2,
  tests: [result("one", "passed"), result("two", "passed")],
};
