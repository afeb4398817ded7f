/** The story of one run: load the submission, then carry calls and answers until the report. */
import type { Exercise, TestFacts } from "../shared/exercise";
import type { JudgeInput, JudgeStep, TestRecords } from "../shared/messages";
import type { Report, TestResult } from "../shared/report";
import { messageOf } from "../shared/thrown";
import { type CallStep, CandidateSide } from "./candidate";
import { Clock, Stopped, TooLate } from "./clock";
import { Questioner } from "./question";
import { RealmLost } from "./realm";
import type { Realms } from "./realms";
import type { Asked } from "./trace";
import { VERDICTS } from "./verdicts";

/** Where a run stands: waiting for an interpreter or its library, loading the submission, testing. */
export type RunPhase = "warming" | "loading" | "testing";

/** What a run tells while it goes on. */
export interface RunObserver {
  phase(phase: RunPhase): void;
  running(test: string): void;
  result(result: TestResult): void;
  /** Where it is there, it hears what the candidate was asked in a test, and has answered. */
  asked?(test: string, asked: Asked): void;
  /** Hears that the run has begun once more. */
  again?(): void;
  /** Where it is there, it hears the exchanges of each test that has ended. */
  records?(records: TestRecords): void;
}

/** Python could not be had at all: no verdict on the submission. */
export class NoPython extends Error {
  constructor(override readonly cause: unknown) {
    super(messageOf(cause));
  }
}

/** Run the hidden tests over a submission and return the report. */
export async function run(
  exercise: Exercise,
  realms: Realms,
  source: string,
  observer: RunObserver,
  stop: AbortSignal,
): Promise<Report> {
  const under = new Run(exercise, realms, observer, new Clock(stop));
  try {
    return await under.report(source);
  } catch (problem) {
    if (problem instanceof NoPython) throw problem;
    return under.abandoned(problem);
  } finally {
    realms.renew();
  }
}

/** How often a run may lose its candidate to the page and begin once more. */
const MOST_LOST = 2;

class Run {
  readonly #results: TestResult[] = [];
  #running: string | null = null;
  readonly #questioner: Questioner;

  constructor(
    readonly exercise: Exercise,
    readonly realms: Realms,
    readonly observer: RunObserver,
    readonly clock: Clock,
  ) {
    this.#questioner = new Questioner(clock, observer);
  }

  /** The report of a run; where the page loses the candidate, the run begins once more. */
  async report(source: string): Promise<Report> {
    for (let lost = 0; ; lost++) {
      try {
        return await this.#attempt(source);
      } catch (problem) {
        if (!(problem instanceof RealmLost) || problem.loss !== "taken") throw problem;
        if (lost === MOST_LOST) throw new NoPython(problem);
      }
      this.realms.renew();
      this.#results.length = 0;
      this.observer.again?.();
    }
  }

  async #attempt(source: string): Promise<Report> {
    await this.#warm();
    this.observer.phase("loading");
    this.clock.start(this.exercise.limits.runSeconds);
    const candidate = new CandidateSide(
      this.exercise,
      this.realms,
      this.#questioner,
      this.clock,
      this.observer,
    );
    let step = await this.#tell("begin", await candidate.load(source));
    this.observer.phase("testing");
    while (hasCall(step)) step = await this.#tell("advance", await candidate.call(step));
    if (step.report === null) throw new RealmLost("the judge ended without a report");
    return step.report;
  }

  /** The report of a run whose judge cannot write one. */
  abandoned(problem: unknown): Report {
    const { tests, limits } = this.exercise;
    const stopped = problem instanceof Stopped;
    const late = problem instanceof TooLate;
    const outcome = stopped ? "stopped" : late ? "error" : "crashed";
    const message = stopped
      ? VERDICTS.stopped
      : late
        ? VERDICTS.hung(limits.judgeSeconds)
        : VERDICTS.crashed;
    return {
      ...unrun(this.exercise, message),
      outcome,
      fault: stopped ? null : late ? "exercise" : "learner",
      passed: this.#results.filter((result) => result.outcome === "passed").length,
      tests: tests.map((test) => this.#resultOf(test, late ? message : null)),
    };
  }

  /** A test's result where the judge is gone; the one under way may be what it hangs in. */
  #resultOf(test: TestFacts, hung: string | null): TestResult {
    const ended = this.#results.find((result) => result.id === test.id);
    if (ended) return ended;
    const hangs = hung !== null && test.id === this.#running;
    return { ...NOT_RUN, ...test, ...(hangs && { outcome: "error", message: hung }) };
  }

  async #warm(): Promise<void> {
    const { candidate, judge } = this.realms;
    if (!candidate.realm.isReady || !judge.realm.isReady) this.observer.phase("warming");
    try {
      await this.clock.within(Infinity, Promise.all([candidate.ready, judge.ready]));
    } catch (problem) {
      throw problem instanceof Stopped ? problem : new NoPython(problem);
    }
    const now = this.realms;
    // One that was lost meanwhile has another in its place, which would rehearse beside the run.
    if (now.judge.ready !== judge.ready || now.candidate.ready !== candidate.ready)
      return this.#warm();
    now.prepareSpare();
  }

  async #tell(name: "begin" | "advance", input: JudgeInput): Promise<JudgeStep> {
    const { realm } = this.realms.judge;
    const stopping = "ended" in input && input.ended.kind === "stopped";
    const seconds = stopping ? 1 : this.exercise.limits.judgeSeconds;
    const record = this.observer.records !== undefined;
    const argument = JSON.stringify(record ? { ...input, record } : input);
    try {
      const question = { name, argument, seconds, stoppable: !stopping };
      const { text } = await this.#questioner.ask(realm, question);
      const step = JSON.parse(text) as JudgeStep;
      this.#show(step);
      return step;
    } catch (problem) {
      realm.kill();
      throw stopping ? new Stopped() : problem;
    }
  }

  #show(step: JudgeStep): void {
    if (step.records) this.observer.records?.(step.records);
    for (const result of step.results) {
      this.#results.push(result);
      this.observer.result(result);
    }
    this.#running = step.running;
    if (step.running !== null) this.observer.running(step.running);
  }
}

/** A test's result where it was not run. */
export const NOT_RUN = {
  outcome: "not-run",
  message: "",
  mistake: null,
  detail: "",
  case: null,
  error: null,
  stdout: "",
  ms: 0,
} as const;

/** The report of a run that never came to a test: nobody's fault. */
export function unrun({ slug, tests }: Exercise, message: string): Report {
  return {
    version: 1,
    exercise: slug,
    outcome: "crashed",
    fault: null,
    message,
    error: null,
    stdout: "",
    passed: 0,
    total: tests.length,
    tests: tests.map((test) => ({ ...NOT_RUN, ...test })),
  };
}

function hasCall(step: JudgeStep): step is CallStep {
  return step.call !== null;
}
