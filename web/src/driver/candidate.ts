/** The candidate's side of a run: what it is asked, and what the judge is to be told of it. */
import type { Exercise } from "../shared/exercise";
import { type Brief, isSame } from "../shared/lookahead";
import type { CandidateEnd, JudgeInput, JudgeStep, LookaheadCall } from "../shared/messages";
import { type Clock, Stopped, TooLate } from "./clock";
import type { Questioner } from "./question";
import { type Answer, RealmLost } from "./realm";
import type { Realms } from "./realms";
import { NoPython, type RunObserver } from "./run";

/** A call that the candidate makes without a word from here, once those before it are right. */
interface LookaheadAnswer {
  readonly call: string;
  readonly test: string;
  /** The answer, in brief, upon which the next one follows; null for the last. */
  readonly expected: Brief | null;
  readonly answer: Promise<Answer>;
}

/** What the judge is to be told, and an answer in it, in brief. */
interface Told {
  readonly input: JudgeInput;
  readonly brief: Brief | null;
}

export type CallStep = JudgeStep & { readonly call: string };

export class CandidateSide {
  /** What the candidate has been asked so far, and has answered. */
  readonly #history: (readonly ["load" | "call", string])[] = [];
  /** The calls under way, and those to follow: in this test and, if it passes, in those after it. */
  #pending: LookaheadAnswer[] = [];
  /** What the run had left when the last answer to a call was taken. */
  #leftAtAnswer: number;

  constructor(
    readonly exercise: Exercise,
    readonly realms: Realms,
    readonly questioner: Questioner,
    readonly clock: Clock,
    readonly observer: Pick<RunObserver, "asked">,
  ) {
    this.#leftAtAnswer = exercise.limits.runSeconds;
  }

  async load(source: string): Promise<JudgeInput> {
    const { entryPoints } = this.exercise;
    const request = JSON.stringify({ source, entry_points: entryPoints });
    return (await this.#ask("load", request)).input;
  }

  /** Have the candidate make a call of a test, and those that surely follow it in this test. */
  async call({ call, lookahead, running }: CallStep): Promise<JudgeInput> {
    if (this.#pending[0]?.call !== call) {
      if (this.clock.secondsLeft <= 0) return this.#tooMany();
      this.#lookAhead(call, lookahead, running ?? "");
    }
    const earlier: string[] = [];
    for (;;) {
      const { call: asked, test, expected, answer } = this.#pending.shift()!;
      const { input, brief } = await this.#ask("call", asked, answer);
      const text = "answer" in input ? input.answer : null;
      this.observer.asked?.(test, { call: asked, answer: text });
      const isRight = expected !== null && isSame(brief, expected);
      if (!isRight) this.#pending = [];
      const isOpen = this.#pending.length > 0;
      if (!isOpen || this.#pending[0]?.test !== running) {
        return { ...input, earlier, lookahead_open: isOpen };
      }
      if ("answer" in input) earlier.push(input.answer);
    }
  }

  /** The run's time went into calls that came back and into what the judge made of them. */
  #tooMany(): JudgeInput {
    const { runSeconds } = this.exercise.limits;
    return { ended: { kind: "timeout", seconds: runSeconds, limit: "tests" } };
  }

  #lookAhead(call: string, lookahead: readonly LookaheadCall[], running: string): void {
    const all = [{ call, test: running }, ...lookahead];
    const calls = all.map((each, place) => ({
      ...each,
      expected: lookahead[place]?.expected ?? null,
      isAwaited: lookahead[place]?.test !== each.test,
    }));
    const { callSeconds } = this.exercise.limits;
    const { realm } = this.realms.candidate;
    const answers = realm.askSeries(calls, callSeconds, this.clock.secondsLeft);
    this.#pending = calls.map((each, place) => ({ ...each, answer: answers[place]! }));
  }

  /** Ask the candidate; whatever becomes of it is something to tell the judge. */
  async #ask(name: "load" | "call", argument: string, asked?: Promise<Answer>): Promise<Told> {
    const { realm } = this.realms.candidate;
    try {
      const { text, brief } = await this.questioner.ask(realm, {
        name,
        argument,
        seconds: this.exercise.limits.callSeconds,
        isOfRun: true,
        ...(asked && { answer: asked }),
        history: name === "call" ? this.#history : [],
        onAgain: () => {
          this.#pending = []; // nothing follows upon this in the frame either
        },
      });
      this.#history.push([name, argument]);
      if (name === "call") this.#leftAtAnswer = this.clock.secondsLeft;
      return { input: { answer: text }, brief };
    } catch (problem) {
      // What the page does to a candidate is nothing that a judge could put to its learner.
      const isTaken = problem instanceof RealmLost && problem.loss === "taken";
      if (problem instanceof NoPython || isTaken) throw problem;
      realm.kill();
      return { input: { ended: this.#end(problem) }, brief: null };
    }
  }

  #end(problem: unknown): CandidateEnd {
    const { callSeconds, runSeconds } = this.exercise.limits;
    if (problem instanceof Stopped) return { kind: "stopped" };
    if (!(problem instanceof TooLate)) return { kind: "crashed" };
    const said = problem.said !== undefined && { answer: problem.said };
    if (problem.limit === "own")
      return { kind: "timeout", seconds: callSeconds, limit: "call", ...said };
    const since_answer = this.#leftAtAnswer;
    return { kind: "timeout", seconds: runSeconds, limit: "run", since_answer, ...said };
  }
}
