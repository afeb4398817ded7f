import assert from "node:assert/strict";
import { test } from "node:test";
import { type CallStep, CandidateSide } from "../src/driver/candidate";
import { Clock } from "../src/driver/clock";
import { GRACE_SECONDS, Questioner } from "../src/driver/question";
import { type Answer, type Answered, LIBRARY_WANTED, RealmLost } from "../src/driver/realm";
import { NoPython } from "../src/driver/run";
import type { Brief } from "../src/shared/lookahead";
import type { CandidateEnd } from "../src/shared/messages";
import { AssetError } from "../src/shared/problem";
import { EXERCISE, step } from "./fakes/exercise";
import { FakeObserver } from "./fakes/observer";
import { NEVER, settled } from "./fakes/promises";
import { type Answers, answered, answering, FakeRealm, FakeRealms } from "./fakes/realms";
import { FakeTime } from "./fakes/time";

/** A candidate that answers so, and the side of a run that asks it. */
function scene(
  respond: FakeRealm["respond"],
  onAttach?: () => Promise<void>,
  onFetch?: () => Promise<void>,
) {
  const realm = new FakeRealm(respond, onAttach, onFetch);
  const stop = new AbortController();
  const clock = new Clock(stop.signal);
  const observer = new FakeObserver();
  const realms = new FakeRealms(new FakeRealm(answering({})), realm);
  const questioner = new Questioner(clock, observer);
  const side = new CandidateSide(EXERCISE, realms, questioner, clock, {});
  return { realm, stop, clock, observer, side };
}

type Ahead = readonly [test: string, call: string, expected: Brief];

/** A step that wants a call of test one, and knows which calls follow upon which answer. */
function calling(call: string, ...ahead: readonly Ahead[]): CallStep {
  const lookahead = ahead.map(([test, following, expected]) => ({
    test,
    call: following,
    expected,
  }));
  return { ...step({ running: "one", lookahead }), call };
}

const NUMBERS = {
  load: answered("loaded"),
  a: answered("says 1", 1),
  b: answered("says 2", 2),
  c: answered("says 3", 3),
};

test("The candidate is told the source and what it has to define", async () => {
  const { side, realm } = scene(answering(NUMBERS));
  const source = "def add(a, b): return a";
  assert.deepEqual(await side.load(source), { answer: "loaded" });
  const [name, argument] = realm.asked[0]!;
  assert.equal(name, "load");
  assert.deepEqual(JSON.parse(argument), { source, entry_points: EXERCISE.entryPoints });
});

test("The judge is told word for word what the candidate said", async () => {
  const odd = '{"nan": NaN, "big": 123456789012345678901234567890, "half": "\\ud800"}\n\u2028 \0';
  const { side } = scene(() => answered(odd));
  assert.deepEqual(await side.load(""), { answer: odd });
  const told = await side.call(calling("add(1, 1)"));
  assert.deepEqual(told, { answer: odd, earlier: [], lookahead_open: false });
});

/** The series that a realm was asked: each call, what it follows upon, whether a test ends with it. */
const seriesOf = (realm: FakeRealm) =>
  realm.series.map((calls) =>
    calls.map((each) => `${each.call} ${each.expected}${each.isAwaited ? ", awaited" : ""}`),
  );

test("Calls known ahead are asked in one go, and a test's answers handed in together", async () => {
  const { side, realm } = scene(answering(NUMBERS));
  const told = await side.call(calling("a", ["one", "b", 1], ["one", "c", 2]));
  const earlier = ["says 1", "says 2"];
  assert.deepEqual(told, { answer: "says 3", earlier, lookahead_open: false });
  assert.deepEqual(seriesOf(realm), [["a 1", "b 2", "c null, awaited"]]);
});

const OTHERS: readonly (readonly [what: string, Answered])[] = [
  ["Another number", answered("says 9", 9)],
  ["An answer that is no number", answered("says a list", "[[2], []]")],
  ["An answer that has no brief", answered("says a book")],
];

for (const [what, other] of OTHERS) {
  test(`${what} ends the lookahead`, async () => {
    const { side, realm } = scene(answering({ ...NUMBERS, b: other, c: NEVER }));
    const told = await side.call(calling("a", ["one", "b", 1], ["one", "c", 2]));
    assert.deepEqual(told, { answer: other.text, earlier: ["says 1"], lookahead_open: false });
    await side.call(calling("b"));
    assert.deepEqual(seriesOf(realm)[1], ["b null, awaited"]);
  });
}

test("Calls that reach into the next test wait for it, and are not asked again", async () => {
  const { side, realm } = scene(answering(NUMBERS));
  const one = await side.call(calling("a", ["two", "b", 1], ["two", "c", 2]));
  assert.deepEqual(one, { answer: "says 1", earlier: [], lookahead_open: true });
  const two = await side.call({ ...calling("b"), running: "two" });
  assert.deepEqual(two, { answer: "says 3", earlier: ["says 2"], lookahead_open: false });
  assert.deepEqual(seriesOf(realm), [["a 1, awaited", "b 2", "c null, awaited"]]);
});

test("A call that was not known ahead takes the place of those that were", async () => {
  const { side, realm } = scene(answering({ ...NUMBERS, b: NEVER }));
  await side.call(calling("a", ["two", "b", 1]));
  const told = await side.call({ ...calling("c"), running: "two" });
  assert.deepEqual(told, { answer: "says 3", earlier: [], lookahead_open: false });
  assert.deepEqual(seriesOf(realm)[1], ["c null, awaited"]);
});

interface Ending {
  readonly name: string;
  readonly answer: Promise<Answer> | Error;
  /** What takes place while the answer is waited for. */
  readonly meanwhile: (time: FakeTime, stop: AbortController) => unknown;
  /** How many seconds the run has left. */
  readonly left?: number;
  readonly ended: CandidateEnd;
  /** For how long no call had come back where another had before. */
  readonly sinceAnswer?: number;
}

const ENDINGS: readonly Ending[] = [
  {
    name: "never answers ends by the limit of a call",
    answer: NEVER,
    meanwhile: (time) => time.pass(5 + GRACE_SECONDS),
    ended: { kind: "timeout", seconds: 5, limit: "call" },
  },
  {
    name: "never answers ends by the limit of the run where less is left of that",
    answer: NEVER,
    meanwhile: (time) => time.pass(4 + GRACE_SECONDS),
    left: 4,
    ended: { kind: "timeout", seconds: 20, limit: "run", since_answer: 20 },
    sinceAnswer: 4,
  },
  {
    name: "says after its time where it was then is told with what it said",
    answer: Promise.resolve({ ...answered("on line 7"), isLate: true }),
    meanwhile: () => {},
    ended: { kind: "timeout", seconds: 5, limit: "call", answer: "on line 7" },
  },
  {
    name: "says where it was when the run's time was up is told with what it said",
    answer: Promise.resolve({ ...answered("on line 7"), isLate: true }),
    meanwhile: () => {},
    left: 4,
    ended: { kind: "timeout", seconds: 20, limit: "run", since_answer: 20, answer: "on line 7" },
    sinceAnswer: 4,
  },
  {
    name: "loses the realm has crashed",
    answer: new RealmLost("it broke"),
    meanwhile: () => {},
    ended: { kind: "crashed" },
  },
  {
    name: "is stopped has stopped",
    answer: NEVER,
    meanwhile: (_time, stop) => stop.abort(),
    ended: { kind: "stopped" },
  },
];

for (const { name, answer, meanwhile, left = 20, ended, sinceAnswer } of ENDINGS) {
  test(`Loading that ${name}, and the realm is ended`, async (t) => {
    const time = new FakeTime(t);
    const { side, realm, clock, stop } = scene(answering({ load: answer }));
    clock.start(left);
    const told = side.load("");
    await settled();
    await meanwhile(time, stop);
    assert.deepEqual(await told, { ended });
    assert.equal(realm.isLost, true);
  });

  test(`A call that ${name}, and the answers before it are handed in`, async (t) => {
    const time = new FakeTime(t);
    const { side, realm, clock, stop } = scene(answering({ ...NUMBERS, b: answer }));
    clock.start(left);
    const told = side.call(calling("a", ["one", "b", 1], ["two", "c", 2]));
    await settled();
    await meanwhile(time, stop);
    const end = { ...ended, ...(sinceAnswer !== undefined && { since_answer: sinceAnswer }) };
    assert.deepEqual(await told, { ended: end, earlier: ["says 1"], lookahead_open: false });
    assert.equal(realm.isLost, true);
  });
}

/** Answers from a table, but that one question first wants the library, so many times. */
function wanting(answers: Answers, question: string, times = 1): FakeRealm["respond"] {
  let left = times;
  return (name, argument) => {
    if (question !== (name === "call" ? argument : name)) return answering(answers)(name, argument);
    left -= 1;
    return left >= 0 ? LIBRARY_WANTED : answering(answers)(name, argument);
  };
}

test("What the candidate is asked is to be interrupted by its time, or by the run's", async (t) => {
  const time = new FakeTime(t);
  const { side, realm, clock } = scene(answering(NUMBERS));
  clock.start(7);
  await side.load("");
  await time.pass(4);
  await side.load("");
  assert.deepEqual(realm.deadlines, [5, 3]);
});

test("A series is told how long a call may take, and what the run has left", async (t) => {
  const time = new FakeTime(t);
  const { side, realm, clock } = scene(answering(NUMBERS));
  clock.start(7);
  await side.call(calling("a"));
  await time.pass(4);
  await side.call(calling("b"));
  assert.deepEqual(realm.seriesLimits, [
    [5, 7],
    [5, 3],
  ]);
});

test("What was done before the library came is done again, then the call is", async () => {
  const { side, realm, observer } = scene(wanting(NUMBERS, "b"));
  await side.load("source");
  const told = await side.call(calling("a", ["one", "b", 1], ["one", "c", 2]));
  assert.deepEqual(told, { answer: "says 2", earlier: ["says 1"], lookahead_open: false });
  const [loading] = realm.asked;
  assert.deepEqual(realm.asked, [loading, loading, ["call", "a"], ["call", "b"]]);
  assert.equal(realm.attachments, 1);
  assert.deepEqual(observer.heard, ["warming", "testing"]);
});

test("A submission that wants the library while it is loaded is loaded again", async () => {
  const { side, realm } = scene(wanting(NUMBERS, "load"));
  assert.deepEqual(await side.load("source"), { answer: "loaded" });
  const [loading] = realm.asked;
  assert.deepEqual(realm.asked, [loading, loading]);
});

test("A submission whose code never lets the library be taken up is too slow", async (t) => {
  const time = new FakeTime(t);
  const { side, realm, clock } = scene(wanting(NUMBERS, "a"), () => NEVER);
  clock.start(EXERCISE.limits.runSeconds);
  const told = side.call(calling("a"));
  await time.pass(20 + GRACE_SECONDS);
  const ended: CandidateEnd = { kind: "timeout", seconds: 20, limit: "run", since_answer: 20 };
  assert.deepEqual(await told, { ended, earlier: [], lookahead_open: false });
  assert.equal(realm.isLost, true);
});

test("A run whose time is up between two calls ends there, and asks for no more", async (t) => {
  const time = new FakeTime(t);
  const { side, realm, clock } = scene(answering(NUMBERS));
  clock.start(EXERCISE.limits.runSeconds);
  await side.call(calling("a"));
  await time.pass(20);
  const ended: CandidateEnd = { kind: "timeout", seconds: 20, limit: "tests" };
  assert.deepEqual(await side.call(calling("b")), { ended });
  assert.equal(realm.series.length, 1);
});

test("The time that the library takes to arrive is not the submission's", async (t) => {
  const time = new FakeTime(t);
  const respond = wanting({ ...NUMBERS, b: NEVER }, "a");
  const atOnce = () => Promise.resolve();
  const { side, clock } = scene(respond, atOnce, () => time.pass(1000));
  clock.start(EXERCISE.limits.runSeconds);
  await side.call(calling("a"));
  const told = side.call(calling("b"));
  await time.pass(5 + GRACE_SECONDS);
  const ended: CandidateEnd = { kind: "timeout", seconds: 5, limit: "call" };
  assert.deepEqual(await told, { ended, earlier: [], lookahead_open: false });
});

test("A candidate that wants its library twice has crashed", async () => {
  const { side, realm } = scene(wanting(NUMBERS, "a", 2));
  const told = await side.call(calling("a"));
  assert.deepEqual(told, { ended: { kind: "crashed" }, earlier: [], lookahead_open: false });
  assert.equal(realm.isLost, true);
});

test("A library that cannot be had is not the submission's fault", async () => {
  const absent = new AssetError({ what: "numpy.zip is missing", remedy: "Retry" });
  const { side } = scene(wanting(NUMBERS, "a"), () => Promise.reject(absent));
  await assert.rejects(side.call(calling("a")), NoPython);
});
