/**
 * Every message, state and report type of the page: the only place.
 *
 * Values that cross between the realms (arguments, results) are opaque strings here: only Python
 * encodes and decodes them, because NaN, infinities, -0.0, large ints and lone surrogates do not
 * survive JSON in JavaScript.
 */

// ---------------------------------------------------------------- exercise (fixed at build time)

export interface TestFacts {
  readonly id: string;
  readonly title: string;
}

export interface Limits {
  /** Longest time for one call of the learner's code, and for loading it (seconds). */
  readonly callSeconds: number;
  /** Longest time for a whole run (seconds). */
  readonly runSeconds: number;
  /** Longest time for an interpreter to start (seconds). */
  readonly bootSeconds: number;
}

export interface EntryPoint {
  readonly name: string;
  readonly parameters: number;
}

/** What `build.py` compiles into the page's script. */
export interface Exercise {
  readonly slug: string;
  readonly title: string;
  readonly starter: string;
  readonly entryPoints: readonly EntryPoint[];
  readonly limits: Limits;
  readonly tests: readonly TestFacts[];
}

/** One file of the bundle: where it is, what it must hash to, how much of it there is. */
export interface Asset {
  readonly url: string;
  /** Subresource-integrity text, `sha256-<base64>`. */
  readonly integrity: string;
  readonly bytes: number;
  /** About what travels when it is compressed. */
  readonly gzipBytes: number;
}

/** Marks a file that the service worker kept: it is whole, as no host's plain answer need be. */
export const KEPT_HEADER = "X-Kept";

export type AssetName =
  | "pyodide.asm.js"
  | "pyodide.asm.wasm"
  | "realm.js"
  // What a restore needs beside these.
  | "multiarray.so"
  | "linalg.so"
  | "manifests.json"
  | "candidate.pack"
  | "judge.pack"
  // The library: what is left to import after a restore, and all that a boot by importing needs.
  | "stdlib.zip"
  | "numpy.zip"
  | "candidate.zip"
  | "judge.zip"
  | "exercise.zip";

// -------------------------------------------------------------------------------------- report

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
  /** Line of the learner's file, where there is one. */
  readonly line: number | null;
  /** The learner's own frames only. */
  readonly traceback: string;
}

export interface TestResult extends TestFacts {
  readonly outcome: TestOutcome;
  readonly message: string;
  readonly detail: string;
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

// ----------------------------------------------------------------------------- page and realms

export type RealmRole = "candidate" | "judge";

/** How an interpreter comes up: from a snapshot, or by importing everything. */
export type BootKind = "restore" | "import";

/** First message into a realm's worker, through the frame for the candidate. */
export interface StartMessage {
  readonly role: RealmRole;
  readonly port: MessagePort;
}

/** What the candidate's frame is handed: the worker's script, and its first message. */
export interface FrameMessage {
  readonly script: readonly ArrayBuffer[];
  readonly start: StartMessage;
}

/** From the candidate's frame to the page: its worker could not be started. */
export interface FrameError {
  readonly kind: "frame-error";
  readonly message: string;
}

export type RealmFunction = "load" | "call" | "begin" | "advance" | "rehearse";

/** From the page to a realm. */
export type PageMessage =
  | { readonly kind: "boot"; readonly how: BootKind }
  /** A file that the realm needs, as soon as it is here. */
  | { readonly kind: "file"; readonly name: AssetName; readonly bytes: ArrayBuffer }
  /** A restored interpreter is to take up the rest of its library, whose files follow. */
  | { readonly kind: "attach" }
  | AskMessage;

/** A function of the realm's Python, by name, with one text in and one text out. */
export interface AskMessage {
  readonly kind: "ask";
  readonly id: string;
  readonly function: RealmFunction;
  readonly argument: string;
}

/** One call of a series, and the number upon which the next one follows. */
export interface Ask {
  readonly message: AskMessage;
  readonly expected: number | null;
}

/**
 * From the page to the candidate's frame: calls to be made one after the other, as long as the answers
 * are the expected ones. A series takes the place of what is left of the one before it.
 */
export interface Series {
  readonly kind: "series";
  readonly asks: readonly Ask[];
}

/** From a realm to the page. */
export type RealmMessage =
  | { readonly kind: "booted"; readonly how: BootKind; readonly ms: number }
  | { readonly kind: "attached" }
  | { readonly kind: "answer"; readonly id: string; readonly text: string }
  /** The request needs the library: it is to be attached, and the request repeated. */
  | { readonly kind: "library-wanted"; readonly id: string }
  /** The realm's Python or its boot broke: nothing more is to be had of it. */
  | { readonly kind: "failure"; readonly message: string };

// ------------------------------------------------------------------------------ page and judge

/** Why the candidate has no answer. */
export type Fate =
  | { readonly kind: "timeout"; readonly seconds: number; readonly limit: "call" | "run" }
  | { readonly kind: "crashed" }
  | { readonly kind: "stopped" };

/** What the judge is told: the candidate's answer, word for word, or what became of it. */
export type JudgeInput = ({ readonly answer: string } | { readonly fate: Fate }) & {
  /** The answers to the call and to those ahead of it, but for the last. */
  readonly earlier?: readonly string[];
  /** Whether calls that were foreseen before are under way: no others are wanted then. */
  readonly lined_up?: boolean;
};

/** A call that is foreseen to follow, if the one before it is answered by this number. */
export interface ForeseenCall {
  readonly expected: number;
  readonly call: string;
  /** The test that makes it: the one under way, or one of those after it. */
  readonly test: string;
}

/** What the judge wants next: a call by the candidate; or, at the end, nothing. */
export interface JudgeStep {
  /** Tests that finished since the last step. */
  readonly results: readonly TestResult[];
  /** The test under way, if any. */
  readonly running: string | null;
  /** A call for the candidate, opaque. */
  readonly call: string | null;
  readonly ahead: readonly ForeseenCall[];
  /** Present exactly when there is no call. */
  readonly report: Report | null;
}

// ------------------------------------------------------------------------------------- session

export interface BootProgress {
  readonly stage: "download" | "start";
  readonly loadedBytes: number;
  readonly totalBytes: number;
  /** Interpreters that answered, of the two. */
  readonly realmsReady: number;
}

/** Why the page cannot run anything: for a person, with what to do about it. */
export interface Problem {
  readonly what: string;
  readonly remedy: string;
}

/** Where a run stands: waiting for an interpreter or its library, loading the submission, testing. */
export type RunPhase = "warming" | "loading" | "testing";

export type State =
  | { readonly kind: "loading"; readonly progress: BootProgress; readonly queued: boolean }
  | { readonly kind: "ready" }
  | { readonly kind: "running"; readonly run: number; readonly phase: RunPhase }
  | { readonly kind: "stopping"; readonly run: number }
  | { readonly kind: "failed"; readonly problem: Problem };

export type SessionEvent =
  | { readonly kind: "progress"; readonly progress: BootProgress }
  | { readonly kind: "booted" }
  | { readonly kind: "boot-failed"; readonly problem: Problem }
  | { readonly kind: "run-clicked" }
  | { readonly kind: "stop-clicked" }
  | { readonly kind: "retry-clicked" }
  | { readonly kind: "phase"; readonly run: number; readonly phase: RunPhase }
  | { readonly kind: "finished"; readonly run: number };

export type Effect = "boot" | "start-run" | "stop-run";

// ------------------------------------------------------------------------ page and its embedder

/** Posted to the parent window when the page is framed. */
export type EmbedMessage =
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
