import assert from "node:assert/strict";
import { test } from "node:test";
import { Clock, Stopped, TooLate } from "../src/driver/clock";
import { GRACE_SECONDS, Questioner } from "../src/driver/question";
import { type Answer, LIBRARY_WANTED, RealmLost } from "../src/driver/realm";
import { NoPython } from "../src/driver/run";
import { AssetError } from "../src/shared/problem";
import { FakeObserver } from "./fakes/observer";
import { Deferred, NEVER, settled } from "./fakes/promises";
import { answered, FakeRealm } from "./fakes/realms";
import { FakeTime } from "./fakes/time";

const QUESTION = { name: "call", argument: "what?", seconds: 5 } as const;

/** A realm that gives these answers, one after the other, and somebody who asks. */
function scene(
  answers: readonly (Answer | Promise<Answer> | (() => Promise<Answer>))[],
  onAttach?: () => Promise<void>,
  onFetch?: () => Promise<void>,
) {
  const left = [...answers];
  const next = () => {
    const answer = left.shift() ?? assert.fail("one answer too few");
    return typeof answer === "function" ? answer() : answer;
  };
  const realm = new FakeRealm(next, onAttach, onFetch);
  const stop = new AbortController();
  const clock = new Clock(stop.signal);
  const observer = new FakeObserver();
  return { realm, stop, clock, observer, questioner: new Questioner(clock, observer) };
}

test("A question is put once, and answered", async () => {
  const { questioner, realm, observer } = scene([answered("that", 3)]);
  assert.deepEqual(await questioner.ask(realm.asRealm, QUESTION), answered("that", 3));
  assert.deepEqual(realm.asked, [["call", "what?"]]);
  assert.deepEqual(observer.heard, []);
});

test("A question that was put already is not put again", async () => {
  const { questioner, realm } = scene([]);
  const answer = Promise.resolve(answered("that"));
  const said = await questioner.ask(realm.asRealm, { ...QUESTION, answer });
  assert.deepEqual([said.text, realm.asked], ["that", []]);
});

test("An answer that does not come is too late", async (t) => {
  const time = new FakeTime(t);
  const { questioner, realm } = scene([NEVER]);
  const late = assert.rejects(questioner.ask(realm.asRealm, QUESTION), TooLate);
  await time.pass(5);
  await late;
});

test("Stop ends a question, but not one that is asked nevertheless", async () => {
  const { questioner, realm, stop } = scene([NEVER, answered("that")]);
  const stopped = assert.rejects(questioner.ask(realm.asRealm, QUESTION), Stopped);
  stop.abort();
  await stopped;
  const said = await questioner.ask(realm.asRealm, { ...QUESTION, stoppable: false });
  assert.equal(said.text, "that");
});

test("A realm that wants its library gets it, is as it was, and is asked again", async () => {
  const { questioner, realm, observer } = scene([
    LIBRARY_WANTED,
    answered("loaded"),
    answered("called"),
    answered("that"),
  ]);
  const history = [
    ["load", "source"],
    ["call", "before"],
  ] as const;
  let again = 0;
  const onAgain = (): void => void again++;
  const said = await questioner.ask(realm.asRealm, { ...QUESTION, history, onAgain });
  assert.deepEqual([said.text, realm.attachments, again], ["that", 1, 1]);
  assert.deepEqual(realm.asked, [["call", "what?"], ...history, ["call", "what?"]]);
  assert.deepEqual(observer.heard, ["warming", "testing"]);
});

const OF_RUN = { ...QUESTION, isOfRun: true } as const;
const AT_ONCE = (): Promise<void> => Promise.resolve();

test("The library is downloaded on nobody's time, and taken up on the run's", async (t) => {
  const time = new FakeTime(t);
  const answers = [LIBRARY_WANTED, answered("that")] as const;
  const { questioner, realm, clock } = scene(
    answers,
    () => time.pass(7),
    () => time.pass(1000),
  );
  clock.start(20);
  await questioner.ask(realm.asRealm, OF_RUN);
  assert.equal(clock.secondsLeft, 13);
});

test("To take up the library may take longer than a call, but no longer than the run", async (t) => {
  const time = new FakeTime(t);
  const { questioner, realm, clock } = scene([LIBRARY_WANTED], () => NEVER);
  clock.start(20);
  const late = assert.rejects(questioner.ask(realm.asRealm, OF_RUN), { limit: "run" });
  await time.pass(19.999);
  assert.equal(realm.attachments, 1);
  await time.pass(0.001 + GRACE_SECONDS);
  await late;
});

test("Outside of a run it may take what an answer may", async (t) => {
  const time = new FakeTime(t);
  const { questioner, realm } = scene([LIBRARY_WANTED], () => NEVER);
  const late = assert.rejects(questioner.ask(realm.asRealm, QUESTION), { limit: "own" });
  await time.pass(5);
  await late;
});

test("What is done again after the library is on the run's time", async (t) => {
  const time = new FakeTime(t);
  const slow = () => time.pass(4).then(() => answered("that"));
  const answers = [LIBRARY_WANTED, slow, slow, slow] as const;
  const { questioner, realm, clock } = scene(answers, AT_ONCE);
  const history = [
    ["load", "source"],
    ["call", "before"],
  ] as const;
  clock.start(20);
  await questioner.ask(realm.asRealm, { ...OF_RUN, history });
  assert.equal(clock.secondsLeft, 8);
});

test("What is done again and comes after its time is too late", async () => {
  const late = { ...answered("that"), isLate: true };
  const { questioner, realm } = scene([LIBRARY_WANTED, late]);
  const history = [["load", "source"]] as const;
  await assert.rejects(questioner.ask(realm.asRealm, { ...QUESTION, history }), TooLate);
});

test("What is done again has the run's last seconds and no more", async (t) => {
  const time = new FakeTime(t);
  const attached = new Deferred<void>();
  const { questioner, realm, clock } = scene([LIBRARY_WANTED, NEVER], () => attached.promise);
  clock.start(20);
  const history = [["load", "source"]] as const;
  const asked = questioner.ask(realm.asRealm, { ...OF_RUN, history });
  const late = assert.rejects(asked, { limit: "run" });
  await time.pass(17);
  attached.resolve();
  await time.pass(3 + GRACE_SECONDS);
  await late;
  assert.deepEqual(realm.asked.at(-1), ["load", "source"]);
});

test("A realm that wants its library again is lost", async () => {
  const { questioner, realm } = scene([LIBRARY_WANTED, LIBRARY_WANTED]);
  await assert.rejects(questioner.ask(realm.asRealm, QUESTION), RealmLost);
});

test("An answer that does not come after the library is too late", async (t) => {
  const time = new FakeTime(t);
  const { questioner, realm } = scene([LIBRARY_WANTED, NEVER]);
  const late = assert.rejects(questioner.ask(realm.asRealm, QUESTION), TooLate);
  await time.pass(5);
  await late;
});

test("What does not come back when it is done again is too late", async (t) => {
  const time = new FakeTime(t);
  const { questioner, realm } = scene([LIBRARY_WANTED, NEVER]);
  const history = [["load", "source"]] as const;
  const late = assert.rejects(questioner.ask(realm.asRealm, { ...QUESTION, history }), TooLate);
  await time.pass(5);
  await late;
});

test("Stop ends the wait for the library", async () => {
  const { questioner, realm, stop } = scene([LIBRARY_WANTED], () => NEVER);
  const stopped = assert.rejects(questioner.ask(realm.asRealm, QUESTION), Stopped);
  await settled();
  assert.equal(realm.attachments, 1);
  stop.abort();
  await stopped;
});

test("A library that cannot be had means that there is no Python", async () => {
  const absent = new AssetError({ what: "numpy.zip is missing", remedy: "Retry" });
  const { questioner, realm } = scene([LIBRARY_WANTED], () => Promise.reject(absent));
  await assert.rejects(questioner.ask(realm.asRealm, QUESTION), NoPython);
});

test("A realm that is lost over its library is lost", async () => {
  const lost = () => Promise.reject(new RealmLost("it broke"));
  const { questioner, realm } = scene([LIBRARY_WANTED], lost);
  await assert.rejects(questioner.ask(realm.asRealm, QUESTION), RealmLost);
});
