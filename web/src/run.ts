/** The story of one run: load the submission, then carry calls and answers until the report. */
import type {
  Exercise,
  Fate,
  ForeseenCall,
  JudgeInput,
  JudgeStep,
  RealmFunction,
  Report,
  RunPhase,
  TestResult,
} from "./protocol";
import { AssetError } from "./assets";
import { LIBRARY_WANTED, type Realm, RealmLost } from "./realm";
import type { Realms } from "./realms";

/** A hidden test that has not come back by then is the exercise's fault. */
const JUDGE_SECONDS = 30;

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

/** So near to the reference's number, an answer takes every test the same way. */
const SAME = 1e-12;

class Stopped extends Error {}
class TooLate extends Error {}

/** Run the hidden tests over a submission and return the report. */
export async function run(
  exercise: Exercise,
  realms: Realms,
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
  #ends = Infinity;

  constructor(
    readonly exercise: Exercise,
    readonly realms: Realms,
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
    while (step.call !== null) step = await this.#tell("advance", await this.#call(step.call, step.ahead));
    if (step.report === null) throw new RealmLost("the judge ended without a report");
    return step.report;
  }

  /** The report of a run whose judge cannot write one. */
  abandoned(problem: unknown): Report {
    const { slug, tests, limits } = this.exercise;
    const stopped = problem instanceof Stopped;
    const late = problem instanceof TooLate;
    const ended = new Map(this.#results.map((result) => [result.id, result]));
    const blank = { outcome: "not-run", message: "", detail: "", error: null, stdout: "", ms: 0 } as const;
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

  /** Ask the candidate for a call and for those that surely follow, without a way to the judge each. */
  async #call(call: string, ahead: readonly ForeseenCall[]): Promise<JudgeInput> {
    const earlier: string[] = [];
    let input = await this.#ask("call", call);
    for (const { expected, call: following } of ahead) {
      if (!("answer" in input) || !isFloat(input.answer, expected)) break;
      earlier.push(input.answer);
      input = await this.#ask("call", following);
    }
    return { ...input, earlier };
  }

  /** Ask the candidate; whatever becomes of it is something to tell the judge. */
  async #ask(name: "load" | "call", argument: string): Promise<JudgeInput> {
    const { realm } = this.realms.candidate;
    const { callSeconds, runSeconds } = this.exercise.limits;
    const left = (this.#ends - performance.now()) / 1000;
    try {
      const seconds = Math.min(left, callSeconds);
      const answer = await this.#answer(realm, name, argument, seconds);
      this.#asked.push([name, argument]);
      return { answer };
    } catch (problem) {
      if (problem instanceof NoPython) throw problem;
      realm.kill();
      return { fate: this.#fate(problem, callSeconds <= left ? callSeconds : null, runSeconds) };
    }
  }

  /** Ask a realm; if the question needs its library, bring that first, on nobody's time. */
  async #answer(
    realm: Realm,
    name: RealmFunction,
    argument: string,
    seconds: number,
    stoppable = true,
  ): Promise<string> {
    const answer = await this.#within(seconds, realm.ask(name, argument), stoppable);
    if (answer !== LIBRARY_WANTED) return answer;
    const began = performance.now();
    this.observer.phase("warming");
    try {
      await this.#within(Infinity, realm.attach(), stoppable);
    } catch (problem) {
      throw problem instanceof AssetError ? new NoPython(problem) : problem;
    }
    // What the submission did before it asked for more has to be as if it had never been.
    if (name === "call") {
      for (const asked of this.#asked) await this.#within(seconds, realm.ask(...asked), stoppable);
    }
    this.observer.phase("testing");
    this.#ends += performance.now() - began;
    return this.#answer(realm, name, argument, seconds, stoppable);
  }

  #fate(problem: unknown, callSeconds: number | null, runSeconds: number): Fate {
    if (problem instanceof Stopped) return { kind: "stopped" };
    if (!(problem instanceof TooLate)) return { kind: "crashed" };
    return callSeconds === null
      ? { kind: "timeout", seconds: runSeconds, limit: "run" }
      : { kind: "timeout", seconds: callSeconds, limit: "call" };
  }

  async #tell(name: "begin" | "advance", input: JudgeInput): Promise<JudgeStep> {
    const { realm } = this.realms.judge;
    const stopping = "fate" in input && input.fate.kind === "stopped";
    const seconds = stopping ? 1 : JUDGE_SECONDS;
    try {
      const text = await this.#answer(realm, name, JSON.stringify(input), seconds, !stopping);
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

/** The float with which a candidate's answer begins, and what tells that it changed nothing. */
const RETURNED_FLOAT = /^\{"kind": "returned", "value": (-?[\d.]+(?:e[+-]?\d+)?), "changed": \{\},/;

/** Whether an answer is just a float, and this one but for rounding. */
function isFloat(answer: string, expected: number): boolean {
  const text = RETURNED_FLOAT.exec(answer)?.[1] ?? "";
  // Without a point or an exponent it is an int of Python's, which is another answer.
  return /[.e]/.test(text) && Math.abs(Number(text) - expected) <= SAME * Math.abs(expected);
}
