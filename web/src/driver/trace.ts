/** The story of one trace: a fresh candidate loads the submission, does what came before, is watched. */
import type { Exercise } from "../shared/exercise";
import type { RealmFunction } from "../shared/messages";
import { objectOf, parsed } from "../shared/untrusted";
import type { Question } from "./question";

/** A call that a test has made, and the candidate's answer; null where none came. */
export interface Asked {
  readonly call: string;
  readonly answer: string | null;
}

/** A call that a learner has written, after other code that is not watched. */
export interface TypedCall {
  readonly code: string;
  readonly before: readonly string[];
}

/** What is to be watched: a test's call after those before it, or one that a learner has written. */
export interface Traced {
  readonly source: string;
  readonly earlier: readonly Asked[];
  readonly call: Asked | TypedCall;
}

/** What has come of it. */
export type TraceEnd =
  | {
      readonly kind: "ended";
      /** Whether there were more steps than are kept. */
      readonly isCut: boolean;
      /** Whether the call was answered as before; null where that is not known. */
      readonly isSame: boolean | null;
    }
  /** The submission is not one that can be called. */
  | { readonly kind: "unfit" }
  | Exclude<Heard, { readonly kind: "answer" }>;

/** What is asked of the candidate; all of it is code of the learner's, on its clock. */
export type TraceQuestion = Pick<
  Question,
  "name" | "argument" | "seconds" | "history" | "onPiece" | "onAgain"
>;

/** What becomes of a question, as plain data. */
export type Heard =
  | { readonly kind: "answer"; readonly text: string }
  | { readonly kind: "stopped" | "late" | "broken" }
  | { readonly kind: "unavailable"; readonly cause: unknown };

interface TraceObserver {
  /** Hears of steps as they are recorded: each time a JSON array of the candidate's own writing. */
  steps(text: string): void;
  /** Hears that what was recorded so far is to be forgotten. */
  again(): void;
}

/**
 * Watch a call.
 *
 * @param ask - Puts a question to a candidate that nobody has asked anything yet.
 */
export async function trace(
  exercise: Exercise,
  ask: (question: TraceQuestion) => Promise<Heard>,
  { source, earlier, call }: Traced,
  observer: TraceObserver,
): Promise<TraceEnd> {
  const history: (readonly [RealmFunction, string])[] = [];
  const put = async (name: RealmFunction, argument: string): Promise<Heard> => {
    const { callSeconds, bootSeconds } = exercise.limits;
    // With the first question comes the library, which takes its time on a slow machine.
    const seconds = name === "load_traced" ? callSeconds + bootSeconds : callSeconds;
    const onPiece = (piece: string): void => observer.steps(piece);
    const watched = name === "trace" && { onPiece, onAgain: () => observer.again() };
    const heard = await ask({ name, argument, seconds, history: [...history], ...watched });
    history.push([name, argument]);
    return heard;
  };
  const loaded = await put("load_traced", loading(source, exercise));
  if (loaded.kind !== "answer") return loaded;
  if (objectOf(parsed(loaded.text))?.kind !== "loaded") return { kind: "unfit" };
  for (const before of earlier) {
    const heard = await put("call", before.call);
    if (heard.kind !== "answer") return heard;
  }
  const heard = await put("trace", JSON.stringify(call));
  return heard.kind === "answer" ? endOf(heard.text) : heard;
}

function loading(source: string, { entryPoints }: Exercise): string {
  return JSON.stringify({ source, entry_points: entryPoints });
}

function endOf(said: string): TraceEnd {
  const { cut, same } = objectOf(parsed(said)) ?? {};
  return { kind: "ended", isCut: cut === true, isSame: typeof same === "boolean" ? same : null };
}
