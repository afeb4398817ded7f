import assert from "node:assert/strict";
import { test } from "node:test";
import { firstToHelp, type Help } from "../src/page/hints";
import type { TestResult } from "../src/shared/report";

const helps = (tests: string, mistakes: readonly string[] = []): Help => ({
  tests: tests.split(" ").filter(Boolean),
  mistakes,
});

const LEFT = [
  helps(""),
  helps("test_last"),
  helps("test_first test_last"),
  helps("", ["It is zero."]),
  helps("test_first"),
];

const failed = (id: string, mistake: string | null = null, outcome = "failed") =>
  ({ id, mistake, outcome }) as TestResult;

const RUNS: readonly (readonly [why: string, tests: readonly TestResult[] | null, at: number])[] = [
  ["no run", null, 0],
  ["a run in which all passed", [failed("test_first", null, "passed")], 0],
  ["a run that tested nothing", [failed("test_first", null, "not-run")], 0],
  ["a failure that no hint is for", [failed("test_other")], 0],
  ["a test that failed", [failed("test_last")], 1],
  ["a test that was too slow", [failed("test_last", null, "timeout")], 1],
  ["a case of a test", [failed("test_first[1-a [b]]")], 2],
  ["the test that failed first", [failed("test_first"), failed("test_last")], 2],
  ["the first that a hint is for", [failed("test_other"), failed("test_last")], 1],
  ["a mistake", [failed("test_last"), failed("test_first", "It is zero.")], 3],
  ["a mistake that no hint is for", [failed("test_last", "It is one.")], 1],
];

for (const [why, tests, at] of RUNS) {
  test(`The hint that is offered first is that for ${why}`, () => {
    assert.equal(firstToHelp(LEFT, tests && { tests }), at);
  });
}
