/** One console: what is loaded in its Python, what runs there, and what becomes of it. */
import type { OwnAnswer } from "../driver/question";
import type { OwnRealm, Released } from "../page/own-realm";
import type { Limits } from "../shared/exercise";
import {
  type Completions,
  lacks,
  type Missing,
  type Piece,
  readAnswer,
  readCompletions,
  readPiece,
  type Said,
} from "./said";

/** How the console reaches its Python. */
export type Python = Pick<OwnRealm, "start" | "ask" | "end">;

/** What the console's Python is lost to, once it has run something. */
export type Ending =
  | { readonly kind: "stopped" | "broken" | Released }
  | {
      readonly kind: "late";
      readonly seconds: number;
      readonly line: number | null;
      readonly isOfFile: boolean;
    };

/** What a console tells while it works. */
export interface Watcher {
  /** Something begins, or nothing goes on any more. */
  busy(isBusy: boolean): void;
  /** Code begins to run: the learner's file, or what was typed. */
  began(what: Begun): void;
  piece(piece: Piece): void;
  /** What was begun has ended. */
  said(said: Said): void;
  /** A case is not called, since the file does not come to what it calls. */
  leftOut(): void;
  /** Python is gone, and with it all variables. */
  restarted(ending: Ending): void;
  unavailable(cause: unknown): void;
  /** The text that was run last, or none. */
  holds(held: Held | null): void;
}

export type Begun =
  | { readonly kind: "program"; readonly why: Why }
  | { readonly kind: "typed"; readonly code: string };

/** Why the file is run: because somebody wants to see it, once more with more input, or for what it defines. */
export type Why = "wanted" | "again" | "defines";

export interface Held {
  readonly source: string;
  /** When it was run, in ms. */
  readonly at: number;
  /** What it did not come to. */
  readonly missing: Missing;
}

/** What the input of a program is. */
export interface Input {
  readonly text: string;
  /** Whether nothing follows. */
  readonly isWhole: boolean;
}

export type Typed = "done" | "incomplete";

/** What is typed, or a case that is tried, with the file and the input as they are then. */
interface Command {
  readonly code: string;
  readonly source: string;
  readonly input: string;
  readonly isCase: boolean;
}

/** Of one piece of code so much is shown; what sends more is no console of ours. */
const MAX_SHOWN = 150_000;
const MAX_PIECES = 2_000;
/** How long a name may take to be completed, in seconds. */
const COMPLETE_SECONDS = 2;

export class Session {
  #held: Held | null = null;
  /** Whether the file is loaded without being asked for: at first, and not once Python was lost. */
  #mayLoad = true;
  #hasRun = false;
  #stop: AbortController | null = null;
  /** Settles when what was asked so far is over: one thing goes on at a time. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly python: Python,
    private readonly limits: Pick<Limits, "callSeconds" | "runSeconds">,
    private readonly watcher: Watcher,
    private readonly now: () => number,
  ) {}

  /** End what runs, and Python with it. */
  stop(): void {
    this.#stop?.abort();
  }

  /** Python is gone while nothing ran. */
  gone(why: Released): void {
    const hadRun = this.#hasRun;
    this.#forget();
    if (hadRun) this.watcher.restarted({ kind: why });
  }

  /** Run the learner's file as a program. */
  run(source: string, input: Input, why: Why = "wanted"): Promise<void> {
    return this.#inTurn(async (stop) => void (await this.#run(source, input, why, stop)));
  }

  /**
   * Run what was typed; if nothing is loaded, load the file first.
   *
   * @param isCase - Whether it is a case: the file is loaded anew for it if it is another than the
   *   one that is loaded, and it is left out where that does not come to what it calls.
   */
  async type(code: string, source: string, input: string, isCase = false): Promise<Typed> {
    return this.#inTurn(async (stop) => {
      if (!(await this.#load({ code, source, input, isCase }, stop))) return "done";
      const unloaded = this.#held === null ? source : undefined;
      const argument = JSON.stringify({ code, input, unloaded });
      const { callSeconds } = this.limits;
      const said = await this.#ask("evaluate", argument, callSeconds, stop, {
        kind: "typed",
        code,
      });
      if (said !== null) this.watcher.said(said);
      return said?.kind === "incomplete" ? "incomplete" : "done";
    });
  }

  /** Return what the name before the cursor may become; null where that cannot be asked. */
  async complete(before: string): Promise<Completions | null> {
    return this.#inTurn(async (stop) => {
      if (!this.#hasRun) return null;
      const argument = JSON.stringify({ before });
      const question = { name: "complete", argument, seconds: COMPLETE_SECONDS } as const;
      const answer = await this.python.ask(question, stop.signal);
      if (answer.kind === "answer") return readCompletions(answer.text);
      this.#lost(answer, COMPLETE_SECONDS);
      return null;
    }, true);
  }

  /** Have the file loaded if it is to be; false if the code cannot be run after that. */
  async #load({ code, source, input, isCase }: Command, stop: AbortController): Promise<boolean> {
    const isStale = isCase && (this.#held?.source !== source || this.#lacks(code));
    if (isStale || (this.#held === null && this.#mayLoad)) {
      const isThere = await this.#run(source, { text: input, isWhole: false }, "defines", stop);
      if (!isThere) return false;
    }
    const isLeftOut = isCase && this.#lacks(code);
    if (isLeftOut) this.watcher.leftOut();
    return !isLeftOut;
  }

  #lacks(code: string): boolean {
    return this.#held !== null && lacks(this.#held.missing, code);
  }

  /** Load the file as a program; false if Python is gone after that. */
  async #run(source: string, input: Input, why: Why, stop: AbortController): Promise<boolean> {
    const at = this.now();
    const argument = JSON.stringify({ source, input: input.text, ends: input.isWhole });
    const begun: Begun = { kind: "program", why };
    const said = await this.#ask("program", argument, this.limits.runSeconds, stop, begun);
    if (said === null) return false;
    this.#hold({ source, at, missing: said.missing });
    this.watcher.said(said);
    return true;
  }

  async #ask(
    name: "program" | "evaluate",
    argument: string,
    seconds: number,
    stop: AbortController,
    begun: Begun,
  ): Promise<Said | null> {
    let left = MAX_SHOWN;
    let count = 0;
    let isBroken = false;
    const onPiece = (text: string): void => {
      const piece = isBroken ? null : readPiece(text);
      left -= text.length;
      count += 1;
      isBroken ||= piece === null || left < 0 || count > MAX_PIECES;
      if (isBroken) this.python.end();
      else if (piece !== null) this.watcher.piece(piece);
    };
    this.watcher.began(begun);
    this.#hasRun = true;
    const answer = await this.python.ask({ name, argument, seconds, onPiece }, stop.signal);
    const said = answer.kind === "answer" && !isBroken ? readAnswer(answer.text) : null;
    if (said === null) this.#lost(answer.kind === "answer" ? { kind: "broken" } : answer, seconds);
    return said;
  }

  #lost(answer: Exclude<OwnAnswer, { kind: "answer" }>, seconds: number): void {
    this.python.end();
    this.#forget();
    if (answer.kind === "unavailable") return void this.watcher.unavailable(answer.cause);
    this.python.start();
    if (answer.kind === "late") this.watcher.restarted(lateness(answer.text, seconds));
    else this.watcher.restarted({ kind: answer.kind });
  }

  #forget(): void {
    if (this.#hasRun) this.#mayLoad = false;
    this.#hasRun = false;
    this.#hold(null);
  }

  #hold(held: Held | null): void {
    this.#held = held;
    this.watcher.holds(held);
  }

  /**
   * Do something when all that was asked before is over.
   *
   * @param isQuiet - Whether it is too short to be told of.
   */
  #inTurn<T>(act: (stop: AbortController) => Promise<T>, isQuiet = false): Promise<T> {
    const done = this.#turn.then(async () => {
      const stop = new AbortController();
      this.#stop = stop;
      if (!isQuiet) this.watcher.busy(true);
      try {
        return await act(stop);
      } finally {
        this.#stop = null;
        if (!isQuiet) this.watcher.busy(false);
      }
    });
    this.#turn = done.catch(() => {});
    return done;
  }
}

/** That code came to no end, and where it was then, if it has still said so. */
function lateness(text: string, seconds: number): Ending {
  const said = readAnswer(text);
  const error = said?.kind === "raised" ? said.error : null;
  const { line = null, isOfFile = false } = error ?? {};
  return { kind: "late", seconds, line, isOfFile };
}
