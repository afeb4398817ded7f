/** Realms that are lost for no reason of their own: known at once, and replaced. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { type Loss, neededFiles } from "../src/driver/realm";
import type { BootKind } from "../src/shared/messages";
import { FakeHost, type FakeWorker } from "./fakes/host";
import type { Heard } from "./fakes/listener";
import { settled } from "./fakes/promises";
import { FakeTime } from "./fakes/time";

Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
const { RealmPool } = await import("../src/page/realm-pool");

type OnMessage = (worker: FakeWorker, message: Heard) => unknown;

/** Do as a realm does that is in order. */
function obey(worker: FakeWorker, { kind, how, id }: Heard): void {
  if (kind === "boot") worker.say({ kind: "booted", how, ms: 1 });
  if (kind === "ask") worker.say({ kind: "answer", id, text: "", brief: null, isLate: false });
}

/** So many candidates fail while they boot; all else is in order. */
function failing(times: number, fail: (worker: FakeWorker) => void): OnMessage {
  let left = times;
  return (worker, message) => {
    if (message.kind === "boot" && worker.role === "candidate" && left > 0) {
      left -= 1;
      return fail(worker);
    }
    return obey(worker, message);
  };
}

const TAKEN = (worker: FakeWorker): void => worker.onLost("taken out of the page", "taken");
const NO_MEMORY = (worker: FakeWorker): void =>
  worker.say({ kind: "failure", message: "RangeError: no memory", lacksMemory: true });
const MISFIT = (worker: FakeWorker): void =>
  worker.say({ kind: "failure", message: "it does not fit", lacksMemory: false });
const DEAD = (worker: FakeWorker): void => worker.onLost("the worker did not start");

function open(t: TestContext, onMessage: OnMessage = obey) {
  const time = new FakeTime(t);
  const host = new FakeHost(onMessage);
  host.assets.arrive(...neededFiles("restore", host.assets), ...neededFiles("import", host.assets));
  let mismatches = 0;
  const pool = new RealmPool(host, 30, "restore", () => void mismatches++);
  t.after(() => pool.end());
  const candidates = () => host.workers.filter(({ role }) => role === "candidate");
  const up = () => Promise.all([pool.candidate.ready, pool.judge.ready]);
  return { time, host, pool, up, candidates, mismatches: () => mismatches };
}

const boots = (workers: readonly FakeWorker[]): readonly BootKind[] =>
  workers.flatMap(({ heard }) => heard.filter(({ kind }) => kind === "boot").map(({ how }) => how));

const FAILURES: readonly (readonly [what: string, OnMessage])[] = [
  ["whose frame is taken away", TAKEN],
  ["that finds no memory", NO_MEMORY],
];

for (const [what, fail] of FAILURES) {
  test(`A candidate ${what} while it boots is opened again, and nothing is remembered`, async (t) => {
    const { pool, time, candidates, mismatches } = open(t, failing(2, fail as typeof TAKEN));
    await time.pass(5);
    await pool.candidate.ready;
    assert.deepEqual(boots(candidates()), ["restore", "restore", "restore"]);
    assert.deepEqual(
      candidates().map(({ isEnded }) => isEnded),
      [true, true, false],
    );
    assert.equal(mismatches(), 0);
  });

  test(`A candidate ${what} again and again is given up, and the next run tries anew`, async (t) => {
    const { pool, time, candidates, mismatches } = open(t, failing(3, fail as typeof TAKEN));
    const { ready } = pool.candidate;
    const givenUp = assert.rejects(ready);
    await time.pass(5);
    await givenUp;
    assert.deepEqual([candidates().length, mismatches()], [3, 0]);
    await pool.candidate.ready;
    assert.deepEqual([candidates().length, mismatches()], [4, 0]);
  });

  test(`A spare ${what} is dropped, and another comes up after the run`, async (t) => {
    const { pool, time, up, host, candidates, mismatches } = open(t);
    await up();
    Object.assign(host, { onMessage: failing(1, fail as typeof TAKEN) });
    pool.prepareSpare();
    await time.pass(1);
    assert.equal(candidates().length, 2);
    pool.renew();
    await time.pass(0.1);
    await pool.candidate.ready;
    assert.deepEqual([pool.candidate.realm.how, mismatches()], ["restore", 0]);
    assert.equal(candidates().length, 3);
  });
}

test("Before a candidate tries again for memory, the last one goes", async (t) => {
  const { pool, time, up, host, candidates } = open(t);
  await up();
  pool.renew();
  const seen: boolean[] = [];
  const look: OnMessage = (worker, message) => {
    if (message.kind === "boot") seen.push(candidates()[0]?.isEnded ?? false);
    return lacking(worker, message);
  };
  const lacking = failing(1, NO_MEMORY);
  Object.assign(host, { onMessage: look });
  await time.pass(1);
  await pool.candidate.ready;
  assert.deepEqual(seen, [false, true]);
});

test("A spare that becomes the candidate while it boots may try again from then on", async (t) => {
  const { pool, time, up, host, candidates } = open(t);
  await up();
  Object.assign(host, { onMessage: () => {} });
  pool.prepareSpare();
  await time.pass(1);
  pool.renew();
  Object.assign(host, { onMessage: obey });
  TAKEN(candidates()[1]!);
  await time.pass(1);
  await pool.candidate.ready;
  assert.equal(candidates().length, 3);
});

test("A candidate that is lost while nobody uses it is replaced at once", async (t) => {
  const { pool, up, candidates } = open(t);
  await up();
  TAKEN(candidates()[0]!);
  await settled();
  assert.equal(candidates().length, 2);
  assert.equal(pool.candidate.realm.isReady, true);
});

test("A judge that is lost while nobody uses it is replaced at once, and told the facts", async (t) => {
  const { pool, up, host } = open(t);
  await up();
  DEAD(host.workers[1]!);
  await settled();
  await pool.judge.ready;
  assert.equal(host.workers.filter(({ role }) => role === "judge").length, 2);
});

test("A page that takes every frame away is not filled with new ones", async (t) => {
  const { time, up, host, candidates } = open(t);
  await up();
  Object.assign(host, {
    onMessage: (worker: FakeWorker, message: Heard) => {
      obey(worker, message);
      if (message.kind === "boot") setTimeout(() => TAKEN(worker), 100);
    },
  });
  TAKEN(candidates()[0]!);
  await time.pass(100);
  assert.equal(candidates().length, 4);
});

test("A candidate that is lost in a run is the run's to hear of, and replaced after it", async (t) => {
  const { pool, up, time, candidates } = open(t);
  await up();
  pool.prepareSpare();
  TAKEN(candidates()[0]!);
  await settled();
  assert.deepEqual([candidates().length, pool.candidate.realm.isLost], [1, true]);
  pool.renew();
  await time.pass(0.1);
  assert.equal(candidates().length, 2);
});

const BLAMED: readonly (readonly [Loss | "misfit", typeof TAKEN, number])[] = [
  ["misfit", MISFIT, 1],
  ["other", DEAD, 0],
];

for (const [loss, fail, right] of BLAMED) {
  test(`A snapshot is ${right ? "" : "not "}to blame for a loss of kind ${loss}`, async (t) => {
    const { pool, mismatches } = open(t, failing(1, fail));
    await pool.candidate.ready.catch(() => {});
    assert.equal(mismatches(), right);
  });
}

test("A judge that never takes the facts in is ended", async (t) => {
  const { pool, time } = open(
    t,
    (worker, message) => message.kind === "boot" && obey(worker, message),
  );
  const ended = assert.rejects(pool.judge.ready);
  await time.pass(30);
  await ended;
});
