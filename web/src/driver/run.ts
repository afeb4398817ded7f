/** The story of one run: load the submission, then carry calls and answers until the report. */

import { AssetError } from "../page/assets";
import type { Exercise } from "../shared/exercise";
import { isFloat } from "../shared/lookahead";
import type {
  CandidateEnd,
  JudgeInput,
  JudgeStep,
  LookaheadCall,
  RealmFunction,
} from "../shared/messages";
import type { Report, TestResult } from "../shared/report";
import { type Answer, LIBRARY_WANTED, type Realm, RealmLost } from "./realm";
import type { RealmPool } from "./realm-pool";

/** A hidden test that has not come back by then is the exercise's fault. */
const JUDGE_SECONDS = 30;

/** Where a run stands: waiting for an interpreter or its library, loading the submission, testing. */
export type RunPhase = "warming" | "loading" | "testing";

/** What a run tells while it goes on. */
export interface RunObserver {
  phase(phase: RunPhase): void;
  running(test: string): void;
  result(result: TestResult): void;
}

/** Python could not be had at all: no verdict on the submission. */
export class NoPython extends Error {
  constructor(override readonly cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause));
  }
}

/** A call that the candidate makes without a word from here, once those before it are right. */
interface LookaheadAnswer {
  readonly call: string;
  readonly test: string;
  /** The number upon which the next one follows; null for the last. */
  readonly expected: number | null;
  readonly answer: Promise<Answer>;
}

class Stopped extends Error {}
class TooLate extends Error {}

/** Run the hidden tests over a submission and return the report. */
export async function run(
  exercise: Exercise,
  realms: RealmPool,
  source: string,
  observer: RunObserver,
  stop: AbortSignal,
): Promise<Report> {
  const under = new Run(exercise, realms, observer, stop);
  try {
    return await under.report(source);
  } catch (problem) {
    if (problem instanceof NoPython) throw problem;
    return under.abandoned(problem);
  } finally {
    realms.renew();
  }
}

class Run {
  readonly #results: TestResult[] = [];
  /** What the candidate has been asked so far, and has answered. */
  readonly #asked: (readonly ["load" | "call", string])[] = [];
  /** The calls under way, and those to follow: in this test and, if it passes, in those after it. */
  #pending: LookaheadAnswer[] = [];
  #ends = Infinity;

  constructor(
    readonly exercise: Exercise,
    readonly realms: RealmPool,
    readonly observer: RunObserver,
    readonly stop: AbortSignal,
  ) {}

  async report(source: string): Promise<Report> {
    await this.#warm();
    this.observer.phase("loading");
    this.#ends = performance.now() + this.exercise.limits.runSeconds * 1000;
    const request = JSON.stringify({ source, entry_points: this.exercise.entryPoints });
    let step = await this.#tell("begin", await this.#ask("load", request));
    this.observer.phase("testing");
    while (hasCall(step)) step = await this.#tell("advance", await this.#call(step));
    if (step.report === null) throw new RealmLost("the judge ended without a report");
    return step.report;
  }

  /** The report of a run whose judge cannot write one. */
  abandoned(problem: unknown): Report {
    const { slug, tests, limits } = this.exercise;
    const stopped = problem instanceof Stopped;
    const late = problem instanceof TooLate;
    const ended = new Map(this.#results.map((result) => [result.id, result]));
    const blank = {
      outcome: "not-run",
      message: "",
      detail: "",
      error: null,
      stdout: "",
      ms: 0,
    } as const;
    const crashed = `Python ran out of memory or broke down while the tests ran. Try again.`;
    const hung = `A test did not come back within ${Math.max(JUDGE_SECONDS, limits.callSeconds)} seconds. Please tell whoever gave you this exercise.`;
    return {
      version: 1,
      exercise: slug,
      outcome: stopped ? "stopped" : late ? "error" : "crashed",
      fault: stopped ? null : late ? "exercise" : "learner",
      message: stopped ? "You stopped the run." : late ? hung : crashed,
      error: null,
      stdout: "",
      passed: this.#results.filter((result) => result.outcome === "passed").length,
      total: tests.length,
      tests: tests.map((test) => ended.get(test.id) ?? { ...blank, ...test }),
    };
  }

  async #warm(): Promise<void> {
    const { candidate, judge } = this.realms;
    if (!candidate.realm.isReady || !judge.realm.isReady) this.observer.phase("warming");
    try {
      await this.#within(Infinity, Promise.all([candidate.ready, judge.ready]));
    } catch (problem) {
      throw problem instanceof Stopped ? problem : new NoPython(problem);
    }
    this.realms.prepareSpare();
  }

  /** Have the candidate make a call of a test, and those that surely follow it in this test. */
  async #call({
    call,
    lookahead,
    running,
  }: JudgeStep & { readonly call: string }): Promise<JudgeInput> {
    if (this.#pending[0]?.call !== call) this.#lookAhead(call, lookahead, running ?? "");
    const earlier: string[] = [];
    for (;;) {
      const { call: asked, expected, answer } = this.#pending.shift()!;
      const input = await this.#ask("call", asked, answer);
      const isRight = "answer" in input && expected !== null && isFloat(input.answer, expected);
      if (!isRight) this.#pending = [];
      const lookahead_open = this.#pending.length > 0;
      if (!lookahead_open || this.#pending[0]?.test !== running)
        return { ...input, earlier, lookahead_open };
      if ("answer" in input) earlier.push(input.answer);
    }
  }

  #lookAhead(call: string, lookahead: readonly LookaheadCall[], running: string): void {
    const calls = [{ call, test: running }, ...lookahead];
    const expected = lookahead.map((following) => following.expected);
    const { realm } = this.realms.candidate;
    const answers = realm.askSeries(
      calls.map((each) => each.call),
      expected,
    );
    this.#pending = answers.map((answer, place) => ({
      call: calls[place]!.call,
      test: calls[place]!.test,
      expected: expected[place] ?? null,
      answer,
    }));
  }

  /** Ask the candidate; whatever becomes of it is something to tell the judge. */
  async #ask(
    name: "load" | "call",
    argument: string,
    asked?: Promise<Answer>,
  ): Promise<JudgeInput> {
    const { realm } = this.realms.candidate;
    const { callSeconds, runSeconds } = this.exercise.limits;
    const left = (this.#ends - performance.now()) / 1000;
    try {
      const answer = await this.#answer(realm, name, argument, Math.min(left, callSeconds), {
        asked,
      });
      this.#asked.push([name, argument]);
      return { answer };
    } catch (problem) {
      if (problem instanceof NoPython) throw problem;
      realm.kill();
      return { ended: this.#ended(problem, callSeconds <= left ? callSeconds : null, runSeconds) };
    }
  }

  /**
   * Ask a realm; if the question needs its library, bring that first, on nobody's time.
   *
   * @param asked - The answer to come, where the question has been asked already.
   */
  async #answer(
    realm: Realm,
    name: RealmFunction,
    argument: string,
    seconds: number,
    { asked, stoppable = true }: { asked?: Promise<Answer> | undefined; stoppable?: boolean } = {},
  ): Promise<string> {
    const answer = await this.#within(seconds, asked ?? realm.ask(name, argument), stoppable);
    if (answer !== LIBRARY_WANTED) return answer;
    this.#pending = []; // nothing follows upon this in the frame either
    const began = performance.now();
    this.observer.phase("warming");
    try {
      await this.#within(Infinity, realm.attach(), stoppable);
    } catch (problem) {
      throw problem instanceof AssetError ? new NoPython(problem) : problem;
    }
    // What the submission did before it asked for more has to be as if it had never been.
    if (name === "call") {
      for (const before of this.#asked)
        await this.#within(seconds, realm.ask(...before), stoppable);
    }
    this.observer.phase("testing");
    this.#ends += performance.now() - began;
    return this.#answer(realm, name, argument, seconds, { stoppable });
  }

  #ended(problem: unknown, callSeconds: number | null, runSeconds: number): CandidateEnd {
    if (problem instanceof Stopped) return { kind: "stopped" };
    if (!(problem instanceof TooLate)) return { kind: "crashed" };
    return callSeconds === null
      ? { kind: "timeout", seconds: runSeconds, limit: "run" }
      : { kind: "timeout", seconds: callSeconds, limit: "call" };
  }

  async #tell(name: "begin" | "advance", input: JudgeInput): Promise<JudgeStep> {
    const { realm } = this.realms.judge;
    const stopping = "ended" in input && input.ended.kind === "stopped";
    const seconds = stopping ? 1 : JUDGE_SECONDS;
    try {
      const text = await this.#answer(realm, name, JSON.stringify(input), seconds, {
        stoppable: !stopping,
      });
      const step = JSON.parse(text) as JudgeStep;
      this.#show(step);
      return step;
    } catch (problem) {
      realm.kill();
      throw stopping ? new Stopped() : problem;
    }
  }

  #show(step: JudgeStep): void {
    for (const result of step.results) {
      this.#results.push(result);
      this.observer.result(result);
    }
    if (step.running !== null) this.observer.running(step.running);
  }

  /** Wait for a promise so long and no longer, and no longer than the learner wants. */
  #within<T>(seconds: number, promise: Promise<T>, stoppable = true): Promise<T> {
    promise.catch(() => {}); // the race may be over before it
    return new Promise<T>((resolve, reject) => {
      const onStop = (): void => settle(() => reject(new Stopped()));
      const timer =
        seconds === Infinity
          ? undefined
          : setTimeout(() => settle(() => reject(new TooLate())), Math.max(0, seconds) * 1000);
      const settle = (end: () => void): void => {
        clearTimeout(timer);
        this.stop.removeEventListener("abort", onStop);
        end();
      };
      if (stoppable && this.stop.aborted) return onStop();
      if (stoppable) this.stop.addEventListener("abort", onStop);
      promise.then(
        (value) => settle(() => resolve(value)),
        (problem: unknown) => settle(() => reject(problem)),
      );
    });
  }
}

function hasCall(step: JudgeStep): step is JudgeStep & { readonly call: string } {
  return step.call !== null;
}
