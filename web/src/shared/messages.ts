/**
 * What travels between the driver of a run and its realms.
 *
 * Values that cross between the realms (arguments, results) are opaque strings here: only Python
 * encodes and decodes them, because NaN, infinities, -0.0, large ints and lone surrogates do not
 * survive JSON in JavaScript.
 */
import type { AssetName } from "./assets";
import type { Brief } from "./lookahead";
import type { Report, TestResult } from "./report";

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

/** From the candidate's frame to the page: its script runs, which a host's policy can refuse. */
export interface FrameUp {
  readonly kind: "frame-up";
}

/** From the candidate's frame to the page: its worker could not be started, or broke down. */
export interface FrameError {
  readonly kind: "frame-error";
  readonly message: string;
  /** The directive of the host's policy that refused something there. */
  readonly refused?: string;
}

/** What a realm can be asked: `grading/candidate/entry.py` and `grading/judge/entry.py`. */
export type RealmFunction =
  | "load"
  | "call"
  | "collect"
  | "adopt"
  | "begin"
  | "advance"
  | "rehearse"
  | "load_traced"
  | "trace"
  | "program"
  | "evaluate"
  | "complete"
  | "explore"
  | "check"
  | "modules";

/** A file that a realm needs, as soon as it is here. */
export interface FileMessage {
  readonly kind: "file";
  readonly name: AssetName;
  readonly bytes: ArrayBuffer;
}

/**
 * From the page to a realm, first of all: where its files will come, past the page's own thread. Firefox
 * takes no port any more once a submission finds no `MessagePort`, so those for later come now, too.
 */
export interface FilesMessage {
  readonly kind: "files";
  readonly ports: readonly MessagePort[];
}

/** From the driver to a realm. */
export type DriverMessage =
  | { readonly kind: "boot"; readonly how: BootKind }
  /** A restored interpreter is to take up the rest of its library, whose files follow. */
  | { readonly kind: "attach" }
  | AskMessage;

/** A function of the realm's Python, by name, with one text in and one text out. */
export interface AskMessage {
  readonly kind: "ask";
  readonly id: string;
  readonly function: RealmFunction;
  readonly argument: string;
  /** After so long Python's own loops are to be interrupted; none for what nobody's code is part of. */
  readonly seconds?: number;
  /** Whether the function is given, beside the argument, where it sends pieces while it runs. */
  readonly pieces?: true;
}

/** To a candidate whose host can lay its memory back: be as you were after the boot. */
export interface RewindMessage {
  readonly kind: "rewind";
}

/** One call of a series, and the answer, in brief, upon which the next one follows. */
export interface Ask {
  readonly message: AskMessage;
  readonly expected: Brief | null;
  /** Whether the driver goes on as soon as it has the answer; else that may wait for the next. */
  readonly isAwaited: boolean;
}

/**
 * From the driver to the candidate's relay: calls to be made one after the other, as long as the answers
 * are the expected ones. A series takes the place of what is left of the one before it.
 */
export interface Series {
  readonly kind: "series";
  readonly asks: readonly Ask[];
  /** What the run has left for all of them. */
  readonly secondsLeft: number;
}

/** From a realm to its driver. */
export type RealmMessage =
  | { readonly kind: "booted"; readonly how: BootKind; readonly ms: number }
  | { readonly kind: "attached" }
  | {
      readonly kind: "answer";
      readonly id: string;
      readonly text: string;
      /** What came of a call, in brief; null where it raised, or that is too long. */
      readonly brief: Brief | null;
      /** Whether it came after its time: what it tells is where the code was then. */
      readonly isLate: boolean;
    }
  /** What a question that wants pieces has come to so far, bounded; its answer follows. */
  | { readonly kind: "piece"; readonly id: string; readonly text: string }
  /** The request needs the library: it is to be attached, and the request repeated. */
  | { readonly kind: "library-wanted"; readonly id: string }
  /** Where memory can be laid back: whether that was all that had to be. */
  | { readonly kind: "rewound"; readonly isClean: boolean }
  /** The realm's Python or its boot broke: nothing more is to be had of it. */
  | { readonly kind: "failure"; readonly message: string; readonly lacksMemory: boolean };

/** From the candidate's relay to the driver: right answers of a series, which waited for each other. */
export interface Answers {
  readonly kind: "answers";
  readonly answers: readonly RealmMessage[];
}

interface TimeUp {
  readonly kind: "timeout";
  readonly seconds: number;
  /** What the candidate has still said, opaque: where it was interrupted. */
  readonly answer?: string;
}

/** Why the candidate has no answer. */
export type CandidateEnd =
  | (TimeUp & {
      readonly limit: "run";
      /** How long no call had come back. */
      readonly since_answer: number;
    })
  /** The call's time, or the run's before the call was made. */
  | (TimeUp & { readonly limit: "call" | "tests" })
  | { readonly kind: "crashed" }
  | { readonly kind: "stopped" };

/** What the judge is told: the candidate's answer, word for word, or what became of it. */
export type JudgeInput = ({ readonly answer: string } | { readonly ended: CandidateEnd }) & {
  /** The answers to the call and to those of its lookahead, but for the last. */
  readonly earlier?: readonly string[];
  /** Whether calls of an earlier lookahead are under way: no others are wanted then. */
  readonly lookahead_open?: boolean;
  /** Whether records of the tests that end are wanted. */
  readonly record?: boolean;
};

/** A call of a test and the candidate's answer, opaque. */
interface Exchange {
  readonly call: string;
  readonly answer: string;
}

/** What a build keeps of a test that has ended. */
interface TestRecord {
  readonly file: string;
  readonly line: number;
  readonly exchanges: readonly Exchange[];
  /** What tells a mistake in the last answer, as Python's JSON. */
  readonly telling: string;
  /** Its fixtures that plain pytest would share with other tests. */
  readonly wider: readonly string[];
}

export type TestRecords = Readonly<Record<string, TestRecord>>;

/** A call that is to follow, if the one before it is answered by this. */
export interface LookaheadCall {
  readonly expected: Brief;
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
  readonly lookahead: readonly LookaheadCall[];
  /** Of the tests that finished, by their ids, where they are wanted. */
  readonly records?: TestRecords;
  /** Present exactly when there is no call. */
  readonly report: Report | null;
}
