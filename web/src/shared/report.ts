/** The report of a run: the same in the page and outside of it. */
import type { TestFacts } from "./exercise";

export type TestOutcome = "passed" | "failed" | "error" | "timeout" | "crashed" | "not-run";

/** What `li[data-outcome]` may be: a finished test's outcome, or where an unfinished one stands. */
export type ShownOutcome = TestOutcome | "pending" | "running";

export type VerdictOutcome =
  | "passed"
  | "failed"
  | "error"
  | "timeout"
  | "crashed"
  | "invalid"
  | "stopped";

export interface LearnerError {
  readonly type: string;
  readonly message: string;
  /** Line of the learner's file, where there is one; lines end where Python ends them. */
  readonly line: number | null;
  /** Where in the line it begins: characters (not UTF-16 units) counted from 1. */
  readonly column: number | null;
  readonly end_line: number | null;
  /** The first character that does not belong to it. */
  readonly end_column: number | null;
  /** The learner's own frames only. */
  readonly traceback: string;
}

/** A place in the learner's file: a line, and the part of it or of several, where that is known. */
export type Place = Pick<LearnerError, "line" | "column" | "end_line" | "end_column">;

/** The call that a test hangs on which did not pass. */
export interface Case {
  /** Code that runs as it stands where the submission is defined. */
  readonly call: string;
  /** The call on one line, its large arrays folded. */
  readonly shown: string;
  /** What came of it: a value as Python writes it, or that it raised, did not return or was not done. */
  readonly got: string;
  /** The same of the reference; null where it is not known, or not to be shown. */
  readonly expected: string | null;
  /** In what the two differ. */
  readonly notes: readonly string[];
  /** Its place among the calls of its test, from 0. */
  readonly index: number;
}

export interface TestResult extends TestFacts {
  readonly outcome: TestOutcome;
  readonly message: string;
  /** The planted mistake that the wrong number gives away. */
  readonly mistake: string | null;
  readonly detail: string;
  readonly case: Case | null;
  readonly error: LearnerError | null;
  readonly stdout: string;
  readonly ms: number;
}

/** The same shape natively (`build.py --grade --json`) and in the page. */
export interface Report {
  readonly version: 1;
  readonly exercise: string;
  readonly outcome: VerdictOutcome;
  /** Whose mistake a verdict other than `passed` is; null where there is none to blame. */
  readonly fault: "learner" | "exercise" | null;
  readonly message: string;
  /** An error while the submission was loaded. */
  readonly error: LearnerError | null;
  /** What the submission printed while it was loaded. */
  readonly stdout: string;
  readonly passed: number;
  readonly total: number;
  readonly tests: readonly TestResult[];
}
