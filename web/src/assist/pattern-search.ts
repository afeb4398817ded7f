/** Looking for what may take for ever, in a thread that is ended when it takes too long. */
import type { Pattern } from "./query";
import type { Spans } from "./spans";

export interface Job {
  readonly pattern: Pattern;
  readonly text: string;
  /** What is to be put in place; null where matches are only looked for. */
  readonly replace: string | null;
}

export interface Answer {
  /** Where the matches are; none where it was asked what is put in their place. */
  readonly spans: Spans;
  /** What is put in place of each match; null where that is too much, or nothing was to be. */
  readonly inserts: readonly string[] | null;
}

/** Why there is no answer. */
export type Failure = "late" | "failed";

export const LIMIT_MS = 2000;

export type Thread = Pick<Worker, "postMessage" | "terminate" | "onmessage" | "onerror">;

export class PatternSearch {
  #thread: Thread | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #settle: ((answer: Answer | Failure) => void) | null = null;

  constructor(private readonly start: () => Thread) {}

  /** Calls back with what has been found, but where something else is asked before that. */
  ask(job: Job, settle: (answer: Answer | Failure) => void): void {
    if (this.#settle !== null) this.end(); // nothing else makes it stop
    this.#settle = settle;
    try {
      this.#thread ??= this.#begin();
      this.#thread.postMessage(job);
      this.#timer = setTimeout(() => this.#fail("late"), LIMIT_MS);
    } catch {
      this.#fail("failed");
    }
  }

  /** Nobody waits for an answer any more. */
  end(): void {
    clearTimeout(this.#timer);
    this.#thread?.terminate();
    this.#thread = null;
    this.#settle = null;
  }

  #begin(): Thread {
    const thread = this.start();
    thread.onmessage = ({ data }: MessageEvent<Answer>) => this.#answer(data);
    thread.onerror = (event) => {
      event.preventDefault(); // an expression may be too large for the browser
      if (thread === this.#thread) this.#fail("failed");
    };
    return thread;
  }

  #fail(why: Failure): void {
    const settle = this.#settle;
    this.end();
    settle?.(why);
  }

  #answer(answer: Answer): void {
    const settle = this.#settle;
    clearTimeout(this.#timer);
    this.#settle = null;
    settle?.(answer);
  }
}
