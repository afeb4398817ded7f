import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { Stopped, TooLate } from "../src/driver/clock";
import { type Answer, LIBRARY_WANTED, RealmLost } from "../src/driver/realm";
import { OwnRealm } from "../src/page/own-realm";
import type { RealmSlot } from "../src/page/realm-slot";
import { NEVER, settled } from "./fakes/promises";
import { answered, FakeRealm } from "./fakes/realms";
import { FakeTime } from "./fakes/time";

const IDLE_MS = 60_000;
const QUESTION = { name: "call", argument: "", seconds: 5 } as const;
const RUNNING = new AbortController().signal;

interface Scene {
  readonly own: OwnRealm;
  readonly time: FakeTime;
  /** All that were opened, in order. */
  readonly realms: FakeRealm[];
  readonly idled: string[];
}

/** A realm of one's own whose candidates answer these, one each, the last one for ever. */
function scene(t: TestContext, ...answers: readonly (Answer | Promise<Answer> | Error)[]): Scene {
  const time = new FakeTime(t);
  const realms: FakeRealm[] = [];
  const idled: string[] = [];
  const open = (): RealmSlot => {
    const answer = answers[Math.min(realms.length, answers.length - 1)]!;
    const realm = new FakeRealm(() => (answer instanceof Error ? Promise.reject(answer) : answer));
    realms.push(realm);
    return {
      realm: realm.asRealm,
      ready: realm.ready,
      get isSpent() {
        return realm.isLost;
      },
      end: () => realm.kill(),
    } as unknown as RealmSlot;
  };
  return { own: new OwnRealm(open, IDLE_MS, () => idled.push("idle")), time, realms, idled };
}

test("It is opened by the first question, and keeps what later ones build upon", async (t) => {
  const { own, realms } = scene(t, answered("2"));
  assert.equal(own.isThere, false);
  for (let asked = 0; asked < 2; asked++) {
    assert.equal((await own.ask(QUESTION, RUNNING)).text, "2");
  }
  assert.deepEqual([realms.length, realms[0]?.asked.length, own.isThere], [1, 2, true]);
});

const ENDINGS: readonly (readonly [what: string, Answer | Promise<Answer> | Error, object])[] = [
  ["that breaks", new RealmLost("it ended"), RealmLost],
  ["that does not come back", NEVER, TooLate],
  ["that was interrupted", { text: "line 3", number: null, isLate: true }, TooLate],
  ["that wants its library twice", LIBRARY_WANTED, RealmLost],
];

for (const [what, ending, kind] of ENDINGS) {
  test(`A question ${what} ends it, and the next one gets another`, async (t) => {
    const { own, time, realms } = scene(t, ending, answered("anew"));
    const ended = assert.rejects(own.ask(QUESTION, RUNNING), kind as typeof RealmLost);
    await time.pass(QUESTION.seconds + 1);
    await ended;
    assert.deepEqual([realms[0]?.isLost, own.isThere], [true, false]);
    assert.equal((await own.ask(QUESTION, RUNNING)).text, "anew");
  });
}

test("Stop ends it at once", async (t) => {
  const { own, realms } = scene(t, NEVER);
  const stop = new AbortController();
  const stopped = assert.rejects(own.ask(QUESTION, stop.signal), Stopped);
  await settled();
  stop.abort();
  await stopped;
  assert.equal(realms[0]?.isLost, true);
});

test("It goes when nobody has asked it anything for a while, and not while it answers", async (t) => {
  const { own, time, realms, idled } = scene(t, answered("2"));
  own.start();
  await time.pass(IDLE_MS / 2000);
  await own.ask(QUESTION, RUNNING);
  await time.pass(IDLE_MS / 2000);
  assert.equal(own.isThere, true);
  await time.pass(IDLE_MS / 1000);
  assert.deepEqual([own.isThere, realms[0]?.isLost, idled], [false, true, ["idle"]]);
  await own.ask(QUESTION, RUNNING);
  assert.equal(realms.length, 2);
});
