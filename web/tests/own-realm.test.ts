import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { GRACE_SECONDS, type OwnAnswer } from "../src/driver/question";
import { type Answer, LIBRARY_WANTED, RealmLost } from "../src/driver/realm";
import { OwnRealm } from "../src/page/own-realm";
import type { RealmSlot } from "../src/page/realm-slot";
import { AssetError } from "../src/shared/problem";
import { Deferred, NEVER, settled } from "./fakes/promises";
import { answered, FakeRealm } from "./fakes/realms";
import { FakeTime } from "./fakes/time";

const IDLE_MS = 60_000;
const QUESTION = { name: "evaluate", argument: "", seconds: 5 } as const;
const RUNNING = new AbortController().signal;

interface Scene {
  readonly own: OwnRealm;
  readonly time: FakeTime;
  /** All that were opened, in order. */
  readonly realms: FakeRealm[];
  readonly gone: string[];
  /** Until when nothing may be opened. */
  readonly mayOpen: Deferred<void>;
  /** What keeps the library away, if anything does. */
  readonly library: { missing: Error | null };
  /** Let the realm that is there go by itself. */
  lose(): void;
}

type Ending = Answer | Promise<Answer> | Error;

/** A realm of one's own whose candidates answer these, one each, the last one for ever. */
function scene(t: TestContext, endings: readonly Ending[], idleMs = IDLE_MS): Scene {
  const time = new FakeTime(t);
  const realms: FakeRealm[] = [];
  const gone: string[] = [];
  const spent: Deferred<void>[] = [];
  const mayOpen = new Deferred<void>();
  const library: Scene["library"] = { missing: null };
  const open = (): RealmSlot => {
    const ending = endings[Math.min(realms.length, endings.length - 1)]!;
    const answer = () => (ending instanceof Error ? Promise.reject(ending) : ending);
    const fetched = () => (library.missing ? Promise.reject(library.missing) : Promise.resolve());
    const realm = new FakeRealm(answer, undefined, fetched);
    realms.push(realm);
    const isSpent = new Deferred<void>();
    spent.push(isSpent);
    const slot = { realm: realm.asRealm, ready: realm.ready, spent: isSpent.promise };
    let wasUp = false;
    void realm.ready.then(() => {
      wasUp = true;
    });
    const end = (): void => realm.kill();
    return {
      ...slot,
      end,
      get wasUp() {
        return wasUp;
      },
    } as unknown as RealmSlot;
  };
  const onGone = (why: string): void => void gone.push(why);
  const own = new OwnRealm({ open, mayOpen: mayOpen.promise, idleMs, onGone });
  return { own, time, realms, gone, mayOpen, library, lose: () => spent.at(-1)?.resolve() };
}

/** The same, where the page has all that it needs. */
function readyScene(t: TestContext, ...endings: readonly Ending[]): Scene {
  const made = scene(t, endings);
  made.mayOpen.resolve();
  return made;
}

test("It is opened by the first question, and keeps what later ones build upon", async (t) => {
  const { own, realms } = readyScene(t, answered("2"));
  assert.equal(own.isThere, false);
  for (let asked = 0; asked < 2; asked++) {
    assert.deepEqual(await own.ask(QUESTION, RUNNING), { kind: "answer", text: "2" });
  }
  assert.deepEqual([realms.length, realms[0]?.asked.length, own.isThere], [1, 2, true]);
});

const ENDINGS: readonly (readonly [what: string, Ending, OwnAnswer])[] = [
  ["that breaks", new RealmLost("it ended"), { kind: "broken" }],
  ["that does not come back", NEVER, { kind: "late", text: "" }],
  [
    "that was interrupted",
    { text: "line 3", brief: null, isLate: true },
    { kind: "late", text: "line 3" },
  ],
  ["that wants its library twice", LIBRARY_WANTED, { kind: "broken" }],
];

for (const [what, ending, told] of ENDINGS) {
  test(`A question ${what} ends it, and the next one gets another`, async (t) => {
    const { own, time, realms } = readyScene(t, ending, answered("anew"));
    const ended = own.ask(QUESTION, RUNNING);
    await time.pass(QUESTION.seconds + GRACE_SECONDS);
    assert.deepEqual(await ended, told);
    assert.deepEqual([realms[0]?.isLost, own.isThere], [true, false]);
    assert.deepEqual(await own.ask(QUESTION, RUNNING), { kind: "answer", text: "anew" });
  });
}

test("It has its library before it is asked, and without one there is no Python", async (t) => {
  const absent = new AssetError({ what: "stdlib.zip is missing", remedy: "Retry" });
  const { own, realms, library } = readyScene(t, answered("2"));
  assert.deepEqual(await own.ask(QUESTION, RUNNING), { kind: "answer", text: "2" });
  assert.deepEqual([realms[0]?.attachments, realms[0]?.asked.length], [1, 1]);
  own.end();
  library.missing = absent;
  assert.deepEqual(await own.ask(QUESTION, RUNNING), { kind: "unavailable", cause: absent });
  library.missing = null;
  assert.deepEqual(await own.ask(QUESTION, RUNNING), { kind: "answer", text: "2" });
  assert.equal(realms.length, 3);
});

test("Stop ends it at once", async (t) => {
  const { own, realms } = readyScene(t, NEVER);
  const stop = new AbortController();
  const asked = own.ask(QUESTION, stop.signal);
  await settled();
  stop.abort();
  assert.deepEqual(await asked, { kind: "stopped" });
  assert.equal(realms[0]?.isLost, true);
});

test("Nothing is opened before the page has what it needs, and Stop ends the waiting", async (t) => {
  const { own, realms, mayOpen } = scene(t, [answered("2")]);
  const stop = new AbortController();
  const stopped = own.ask(QUESTION, stop.signal);
  const asked = own.ask(QUESTION, RUNNING);
  await settled();
  assert.equal(realms.length, 0);
  stop.abort();
  assert.deepEqual(await stopped, { kind: "stopped" });
  mayOpen.resolve();
  assert.deepEqual(await asked, { kind: "answer", text: "2" });
});

test("What was ended before the page has what it needs is not opened then", async (t) => {
  const { own, realms, mayOpen } = scene(t, [answered("2")]);
  const stop = new AbortController();
  own.start();
  const stopped = own.ask(QUESTION, stop.signal);
  stop.abort();
  assert.deepEqual(await stopped, { kind: "stopped" });
  own.end();
  mayOpen.resolve();
  await settled();
  assert.equal(realms.length, 0);
  assert.deepEqual(await own.ask(QUESTION, RUNNING), { kind: "answer", text: "2" });
});

test("It goes when nobody has asked it anything for a while, and not while it answers", async (t) => {
  const { own, time, realms, gone } = readyScene(t, answered("2"));
  own.start();
  await time.pass(IDLE_MS / 2000);
  await own.ask(QUESTION, RUNNING);
  await time.pass(IDLE_MS / 2000);
  assert.equal(own.isThere, true);
  await time.pass(IDLE_MS / 1000);
  assert.deepEqual([own.isThere, realms[0]?.isLost, gone], [false, true, ["spared"]]);
  await own.ask(QUESTION, RUNNING);
  assert.equal(realms.length, 2);
});

test("No time ends one that holds what a learner has computed", async (t) => {
  const { own, time, gone, mayOpen } = scene(t, [answered("2")], Infinity);
  mayOpen.resolve();
  await own.ask(QUESTION, RUNNING);
  await time.pass(24 * 3600);
  assert.deepEqual([own.isThere, gone], [true, []]);
});

test("It gives room where memory is scarce, and not while it answers or is on its way", async (t) => {
  const answer = new Deferred<Answer>();
  const { own, realms, gone } = readyScene(t, answer.promise, answered("3"));
  own.giveRoom();
  const asked = own.ask(QUESTION, RUNNING);
  own.giveRoom();
  await settled();
  own.giveRoom();
  answer.resolve(answered("2"));
  assert.deepEqual(await asked, { kind: "answer", text: "2" });
  assert.deepEqual(gone, []);
  own.giveRoom();
  assert.deepEqual([own.isThere, realms[0]?.isLost, gone], [false, true, ["spared"]]);
  assert.deepEqual(await own.ask(QUESTION, RUNNING), { kind: "answer", text: "3" });
});

test("That it has gone by itself is told once, and the next question gets another", async (t) => {
  const { own, realms, gone, lose } = readyScene(t, answered("2"));
  await own.ask(QUESTION, RUNNING);
  lose();
  await settled();
  assert.deepEqual([own.isThere, gone], [false, ["lost"]]);
  await own.ask(QUESTION, RUNNING);
  assert.equal(realms.length, 2);
});
