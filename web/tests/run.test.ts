import assert from "node:assert/strict";
import { test } from "node:test";
import { GRACE_SECONDS } from "../src/driver/question";
import { LIBRARY_WANTED, RealmLost } from "../src/driver/realm";
import { NoPython, type RunObserver, run, unrun } from "../src/driver/run";
import type { JudgeStep, TestRecords } from "../src/shared/messages";
import { AssetError } from "../src/shared/problem";
import type { Report } from "../src/shared/report";
import { EXERCISE, PASSED, result, step } from "./fakes/exercise";
import { FakeObserver } from "./fakes/observer";
import { Deferred, NEVER, settled } from "./fakes/promises";
import { type Answers, answered, answering, FakeRealm, FakeRealms } from "./fakes/realms";
import { FakeTime } from "./fakes/time";

/** What the judge says, one after the other: a step, something else, or nothing. */
type Steps = readonly (JudgeStep | string | Error | Promise<never>)[];

/** A candidate that answers from a table, a judge that says its steps, and a run of both. */
function stage(answers: Answers, steps: Steps, observer: RunObserver = new FakeObserver()) {
  const left = [...steps];
  const judge = new FakeRealm(() => {
    const next = left.shift() ?? assert.fail("the judge has no more steps");
    if (next instanceof Error) throw next;
    if (next instanceof Promise) return next;
    return answered(typeof next === "string" ? next : JSON.stringify(next));
  });
  const candidate = new FakeRealm(answering(answers));
  const realms = new FakeRealms(judge, candidate);
  const stop = new AbortController();
  const play = async (): Promise<Report> => {
    try {
      return await run(EXERCISE, realms, "source", observer, stop.signal);
    } finally {
      assert.equal(realms.did.filter((each) => each === "renew").length, 1, "renewed at the end");
    }
  };
  const told = () => judge.asked.map(([name, argument]) => [name, JSON.parse(argument)]);
  return { judge, candidate, realms, stop, play, told };
}

const ANSWERS: Answers = {
  load: answered("loaded"),
  a: answered("says 1", 1),
  b: answered("says 2", 2),
};
const FIRST = step({ running: "one", call: "a" });
const SECOND = step({ results: [result("one", "passed")], running: "two", call: "b" });
const LAST = step({ results: [result("two", "passed")], report: PASSED });

test("A run that passes goes from loading to the judge's report", async () => {
  const observer = new FakeObserver();
  const { play, told, realms } = stage(ANSWERS, [FIRST, SECOND, LAST], observer);
  assert.deepEqual(await play(), PASSED);
  assert.deepEqual(told(), [
    ["begin", { answer: "loaded" }],
    ["advance", { answer: "says 1", earlier: [], lookahead_open: false }],
    ["advance", { answer: "says 2", earlier: [], lookahead_open: false }],
  ]);
  const heard = ["running one", "testing", "one passed", "running two", "two passed"];
  assert.deepEqual(observer.heard, ["loading", ...heard]);
  assert.deepEqual(realms.did, ["prepareSpare", "renew"]);
});

test("A run with lookahead asks the judge once for each test", async () => {
  const lookahead = [{ expected: 1, call: "b", test: "two" }];
  const steps = [{ ...FIRST, lookahead }, SECOND, LAST];
  const { play, told, candidate } = stage(ANSWERS, steps);
  assert.deepEqual(await play(), PASSED);
  assert.deepEqual(told()[1], ["advance", { answer: "says 1", earlier: [], lookahead_open: true }]);
  const calls = candidate.series.map((series) => series.map(({ call }) => call));
  assert.deepEqual(calls, [["a", "b"]]);
});

test("A run whose Python is not up yet waits for it, and says so", async () => {
  const observer = new FakeObserver();
  const { play, candidate } = stage(ANSWERS, [LAST], observer);
  candidate.isReady = false;
  await play();
  assert.deepEqual(observer.heard.slice(0, 2), ["warming", "loading"]);
});

test("A run waits for the judge that took a lost one's place while the candidate came up", async () => {
  const { play, judge, candidate, realms } = stage(ANSWERS, []);
  const other = new FakeRealm(() => answered(JSON.stringify(LAST)));
  const [candidateUp, otherUp] = [new Deferred<void>(), new Deferred<void>()];
  candidate.ready = candidateUp.promise;
  other.ready = otherUp.promise;
  const report = play();
  Object.assign(realms, { fakeJudge: other });
  candidateUp.resolve();
  await settled();
  assert.deepEqual([other.asked, realms.did], [[], []]);
  otherUp.resolve();
  assert.deepEqual(await report, PASSED);
  assert.deepEqual([judge.asked, other.asked.map(([name]) => name)], [[], ["begin"]]);
});

test("Records are asked for where somebody hears them", async () => {
  const heard: TestRecords[] = [];
  const records: TestRecords = {
    one: { file: "test_sums.py", line: 3, exchanges: [], telling: "null", wider: [] },
  };
  const observer = Object.assign(new FakeObserver(), {
    records: (each: TestRecords) => void heard.push(each),
  });
  const { play, told } = stage(ANSWERS, [{ ...LAST, records }], observer);
  await play();
  assert.deepEqual(told(), [["begin", { answer: "loaded", record: true }]]);
  assert.deepEqual(heard, [records]);
});

test("A judge that wants its library gets it and is asked again", async () => {
  const { play, judge, told } = stage(ANSWERS, []);
  const answers = [LIBRARY_WANTED, answered(JSON.stringify(LAST))];
  Object.assign(judge, { respond: () => answers.shift() });
  assert.deepEqual(await play(), PASSED);
  assert.deepEqual([told().length, judge.attachments], [2, 1]);
});

test("What becomes of a call that never answers is for the judge to say", async (t) => {
  const time = new FakeTime(t);
  const { play, told } = stage({ ...ANSWERS, b: NEVER }, [FIRST, SECOND, LAST]);
  const report = play();
  await time.pass(5 + GRACE_SECONDS);
  assert.deepEqual(await report, PASSED);
  const ended = { kind: "timeout", seconds: 5, limit: "call" };
  assert.deepEqual(told().at(-1), ["advance", { ended, earlier: [], lookahead_open: false }]);
});

const NOT_RUN = result("two", "not-run");

test("A judge that never answers is the exercise's fault, and what has ended is kept", async (t) => {
  const time = new FakeTime(t);
  const { play, judge } = stage(ANSWERS, [FIRST, SECOND, NEVER]);
  const report = play();
  await time.pass(10);
  const { message, ...rest } = await report;
  assert.match(message, /did not come back within 10 seconds/);
  const tests = [result("one", "passed"), { ...NOT_RUN, outcome: "error", message }];
  const said = { ...PASSED, outcome: "error", fault: "exercise", passed: 1, tests };
  assert.deepEqual({ ...rest, message: "" }, said);
  assert.equal(judge.isLost, true);
});

const BROKEN: readonly (readonly [what: string, Steps[number]])[] = [
  ["A judge that is lost", new RealmLost("out of memory")],
  ["A judge that says no step", "no JSON"],
  ["A judge that ends without a report", step({})],
];

for (const [what, last] of BROKEN) {
  test(`${what} means that Python has crashed`, async () => {
    const { play } = stage(ANSWERS, [FIRST, SECOND, last]);
    const { outcome, fault, passed, tests } = await play();
    assert.deepEqual([outcome, fault, passed], ["crashed", "learner", 1]);
    assert.deepEqual(tests, [result("one", "passed"), NOT_RUN]);
  });
}

const STOPPED: Report = { ...PASSED, outcome: "stopped", message: "said by the judge", passed: 0 };
const BY_JUDGE = step({ report: STOPPED });

interface Stop {
  readonly name: string;
  readonly answers?: Answers;
  readonly steps: Steps;
  prepare?(play: ReturnType<typeof stage>): void;
}

const STOPS_FOR_THE_JUDGE: readonly Stop[] = [
  {
    name: "while the submission is loaded",
    answers: { load: NEVER },
    steps: [BY_JUDGE],
  },
  {
    name: "while a call is under way",
    answers: { ...ANSWERS, a: NEVER },
    steps: [FIRST, BY_JUDGE],
  },
  {
    name: "while the library is on its way",
    answers: { ...ANSWERS, a: Promise.resolve(LIBRARY_WANTED) },
    steps: [FIRST, BY_JUDGE],
    prepare: ({ candidate }) => Object.assign(candidate, { onAttach: () => NEVER }),
  },
];

for (const { name, answers = ANSWERS, steps, prepare } of STOPS_FOR_THE_JUDGE) {
  test(`Stop ${name} leaves the report to the judge`, async () => {
    const stopping = stage(answers, steps);
    prepare?.(stopping);
    const report = stopping.play();
    await settled();
    stopping.stop.abort();
    assert.deepEqual(await report, STOPPED);
    const [, input] = stopping.told().at(-1)!;
    assert.deepEqual(input.ended, { kind: "stopped" });
    assert.deepEqual([stopping.candidate.isLost, stopping.judge.isLost], [true, false]);
  });
}

const STOPS_WITHOUT_A_JUDGE: readonly Stop[] = [
  {
    name: "while the candidate comes up",
    steps: [],
    prepare: ({ candidate }) => Object.assign(candidate, { ready: NEVER }),
  },
  {
    name: "while the judge comes up",
    steps: [],
    prepare: ({ judge }) => Object.assign(judge, { ready: NEVER }),
  },
  { name: "while the judge is at work", steps: [NEVER] },
  {
    name: "to which the judge says nothing for a second",
    answers: { load: NEVER },
    steps: [NEVER],
  },
  {
    name: "to which the judge breaks down",
    answers: { load: NEVER },
    steps: [new RealmLost("it broke")],
  },
];

for (const { name, answers = ANSWERS, steps, prepare } of STOPS_WITHOUT_A_JUDGE) {
  test(`Stop ${name} makes a report of its own`, async (t) => {
    const time = new FakeTime(t);
    const stopping = stage(answers, steps);
    prepare?.(stopping);
    const report = stopping.play();
    await settled();
    stopping.stop.abort();
    await time.pass(1);
    const tests = [result("one", "not-run"), NOT_RUN];
    const said = { ...STOPPED, message: "You stopped the run.", tests };
    assert.deepEqual(await report, said);
  });
}

const ABSENT = new AssetError({ what: "judge.pack is missing", remedy: "Retry" });

for (const role of ["candidate", "judge"] as const) {
  test(`Without a ${role} there is no Python, and no report`, async () => {
    const running = stage(ANSWERS, []);
    running[role].ready = Promise.reject(ABSENT);
    await assert.rejects(running.play(), (problem) => {
      assert.ok(problem instanceof NoPython);
      assert.equal(problem.cause, ABSENT);
      return true;
    });
  });

  test(`Where the library of the ${role} cannot be had there is no report either`, async () => {
    const running = stage(ANSWERS, [FIRST]);
    const wants = { respond: () => LIBRARY_WANTED, onAttach: () => Promise.reject(ABSENT) };
    Object.assign(running[role], wants);
    await assert.rejects(running.play(), NoPython);
  });
}

const TAKEN = new RealmLost("taken out of the page", "taken");

/** A run whose candidate is taken out of the page so many times. */
function losing(times: number, steps: Steps) {
  let left = times;
  const running = stage(ANSWERS, steps);
  const { candidate, realms } = running;
  const respond = candidate.respond;
  Object.assign(candidate, {
    respond: (name: "call", argument: string) => {
      if (argument !== "a" || left-- <= 0) return respond(name, argument);
      throw TAKEN;
    },
  });
  const observer = new FakeObserver();
  const play = () => run(EXERCISE, realms, "source", observer, new AbortController().signal);
  return { ...running, play, observer };
}

test("A run whose candidate is taken out of the page begins once more", async () => {
  const { play, told, realms } = losing(1, [FIRST, FIRST, SECOND, LAST]);
  assert.deepEqual(await play(), PASSED);
  assert.deepEqual(
    told().map(([name]) => name),
    ["begin", "begin", "advance", "advance"],
  );
  assert.deepEqual(realms.did, ["prepareSpare", "renew", "prepareSpare", "renew"]);
});

test("A page that takes every candidate away has no Python, and that ends", async () => {
  const { play, realms } = losing(9, [FIRST, FIRST, FIRST, FIRST]);
  await assert.rejects(play(), (problem) => problem instanceof NoPython && problem.cause === TAKEN);
  assert.equal(realms.did.filter((each) => each === "renew").length, 3);
});

test("A run without Python has a report that blames nobody", () => {
  const report = unrun(EXERCISE, "There was no Python.");
  const tests = [result("one", "not-run"), NOT_RUN];
  const said = { ...PASSED, outcome: "crashed", message: "There was no Python.", passed: 0, tests };
  assert.deepEqual(report, said);
});
