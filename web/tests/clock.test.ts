import assert from "node:assert/strict";
import { test } from "node:test";
import { Clock, Stopped, TooLate } from "../src/driver/clock";
import { Deferred, NEVER } from "./fakes/promises";
import { FakeTime } from "./fakes/time";

const stopped = (): AbortSignal => AbortSignal.abort();
const going = (): AbortSignal => new AbortController().signal;

test("A run has the seconds that it was given, and fewer as time goes by", async (t) => {
  const time = new FakeTime(t);
  const clock = new Clock(going());
  assert.equal(clock.secondsLeft, Infinity);
  clock.start(20);
  await time.pass(8);
  assert.equal(clock.secondsLeft, 12);
});

test("What is on nobody's time takes none of the run's", async (t) => {
  const time = new FakeTime(t);
  const clock = new Clock(going());
  clock.start(20);
  const waited = await clock.uncounted(async () => {
    await time.pass(100);
    return "here";
  });
  assert.deepEqual([waited, clock.secondsLeft], ["here", 20]);
});

test("A promise that comes in time is what it is", async (t) => {
  const time = new FakeTime(t);
  const clock = new Clock(going());
  assert.equal(await clock.within(3, Promise.resolve("here")), "here");
  await assert.rejects(clock.within(3, Promise.reject(new Error("broken"))), /broken/);
  assert.equal(time.timers, 0);
});

test("A promise that does not come in its seconds is too late", async (t) => {
  const time = new FakeTime(t);
  const late = assert.rejects(new Clock(going()).within(3, NEVER), TooLate);
  await time.pass(3);
  await late;
});

test("A promise may take all but the last of its seconds", async (t) => {
  const time = new FakeTime(t);
  const answer = new Deferred<string>();
  const waiting = new Clock(going()).within(3, answer.promise);
  await time.pass(2.999);
  answer.resolve("just in time");
  assert.equal(await waiting, "just in time");
});

const LIMITS: readonly (readonly [run: number, own: number, limit: string])[] = [
  [20, 5, "own"],
  [5, 5, "own"],
  [4, 5, "run"],
  [20, Infinity, "run"],
];

for (const [left, seconds, limit] of LIMITS) {
  test(`With ${left} s left of a run, what may take ${seconds} s is held to its ${limit} limit`, async (t) => {
    const time = new FakeTime(t);
    const clock = new Clock(going());
    clock.start(left);
    const late = assert.rejects(clock.withinRun(seconds, NEVER), { limit });
    await time.pass(Math.min(left, seconds));
    await late;
  });
}

test("Who is interrupted has its grace in full though all of the machine stood still", async (t) => {
  const time = new FakeTime(t);
  const answer = new Deferred<string>();
  const waiting = new Clock(going()).withinRun(5, answer.promise, true, 2);
  time.stall(60);
  await time.pass(1.9);
  answer.resolve("on line 5");
  assert.equal(await waiting, "on line 5");
  assert.equal(time.timers, 0);
});

test("Who is interrupted has its grace and no more", async (t) => {
  const time = new FakeTime(t);
  const waiting = new Clock(going()).withinRun(5, NEVER, true, 2);
  let isOver = false;
  const late = assert.rejects(waiting, { limit: "own" }).then(() => {
    isOver = true;
  });
  await time.pass(6.9);
  assert.equal(isOver, false);
  await time.pass(0.1);
  await late;
});

test("Where no seconds are left it is too late at once", async (t) => {
  const time = new FakeTime(t);
  const late = assert.rejects(new Clock(going()).within(-5, NEVER), TooLate);
  await time.pass(0);
  await late;
});

test("There are things that may take for ever", async (t) => {
  const time = new FakeTime(t);
  void new Clock(going()).within(Infinity, NEVER);
  assert.equal(time.timers, 0);
});

test("Stop ends the wait", async (t) => {
  const time = new FakeTime(t);
  const stop = new AbortController();
  const waiting = assert.rejects(new Clock(stop.signal).within(3, NEVER), Stopped);
  stop.abort();
  await waiting;
  assert.equal(time.timers, 0);
});

test("After Stop nothing is waited for", async (t) => {
  const time = new FakeTime(t);
  await assert.rejects(new Clock(stopped()).within(3, Promise.resolve("here")), Stopped);
  assert.equal(time.timers, 0);
});

test("What breaks after Stop disturbs nobody", async () => {
  const broken = Promise.reject(new Error("nobody hears it"));
  await assert.rejects(new Clock(stopped()).within(3, broken), Stopped);
});

test("What has to be waited for nevertheless is, after Stop too", async () => {
  assert.equal(await new Clock(stopped()).within(3, Promise.resolve("here"), false), "here");
});

test("A promise that breaks after its time disturbs nobody", async (t) => {
  const time = new FakeTime(t);
  const answer = new Deferred<string>();
  const late = assert.rejects(new Clock(going()).within(3, answer.promise), TooLate);
  await time.pass(3);
  await late;
  answer.reject(new Error("nobody hears it"));
});
