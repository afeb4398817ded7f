import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { neededFiles, RealmLost } from "../src/driver/realm";
import type { BootKind, RealmRole } from "../src/shared/messages";
import { AssetError } from "../src/shared/problem";
import { FakeHost, type FakeWorker } from "./fakes/host";
import type { Heard } from "./fakes/listener";
import { FakeTime } from "./fakes/time";

type PoolModule = typeof import("../src/page/realm-pool");

/** Evaluate the module on a machine of so much memory (GB). */
async function evaluate(deviceMemory: number, load: () => Promise<PoolModule>) {
  Object.defineProperty(globalThis, "navigator", { value: { deviceMemory }, configurable: true });
  return load();
}

const ENOUGH = await evaluate(8, () => import("../src/page/realm-pool"));
const LITTLE = await evaluate(2, () => import("../src/page/realm-pool?again"));

/** Do as a realm does that is in order. */
function obey(worker: FakeWorker, { kind, how, id }: Heard): void {
  if (kind === "boot") worker.say({ kind: "booted", how, ms: 1 });
  if (kind === "ask") worker.say({ kind: "answer", id, text: "", brief: null, isLate: false });
}

interface Setting {
  readonly onMessage?: FakeHost["onMessage"];
  readonly how?: BootKind;
  readonly module?: PoolModule;
}

/** A pool on a host that has all files. */
function open(t: TestContext, { onMessage = obey, how = "restore", module = ENOUGH }: Setting) {
  const time = new FakeTime(t);
  const host = new FakeHost(onMessage);
  host.assets.arrive(...neededFiles("restore", host.assets), ...neededFiles("import", host.assets));
  let mismatches = 0;
  let scarce = 0;
  const pool = new module.RealmPool(
    host,
    30,
    how,
    () => void mismatches++,
    () => void scarce++,
  );
  t.after(() => pool.end());
  const up = () => Promise.all([pool.candidate.ready, pool.judge.ready]);
  return { time, host, pool, up, mismatches: () => mismatches, scarce: () => scarce };
}

/** Which realms have been started, in order, and whether they are still there. */
function realms({ workers }: FakeHost): readonly string[] {
  return workers.map(({ role, isEnded }) => (isEnded ? `${role}, ended` : role));
}

/** What a worker has been asked, by function. */
function asked({ heard }: FakeWorker): readonly string[] {
  return heard.filter(({ kind }) => kind === "ask").map((message) => message.function);
}

function bootsOf({ heard }: FakeWorker): readonly BootKind[] {
  return heard.filter(({ kind }) => kind === "boot").map(({ how }) => how);
}

for (const how of ["restore", "import"] as const) {
  test(`A candidate and a judge come up by ${how}`, async (t) => {
    const { host, up, mismatches } = open(t, { how });
    await up();
    assert.deepEqual(realms(host), ["candidate", "judge"]);
    assert.deepEqual(host.workers.flatMap(bootsOf), [how, how]);
    assert.equal(mismatches(), 0);
  });
}

test("The judge is ready when it has been told what the build recorded", async (t) => {
  const { host, pool } = open(t, {});
  await pool.judge.ready;
  const [, judge] = host.workers;
  const told = judge?.heard.find(({ kind }) => kind === "ask");
  assert.deepEqual([told?.function, told?.argument], ["adopt", "judge.json"]);
});

/** Do as realms do whose snapshots do not fit. */
function misfit(worker: FakeWorker, message: Heard): void {
  if (message.how === "restore")
    worker.say({ kind: "failure", message: "it does not fit", lacksMemory: false });
  else obey(worker, message);
}

test("Realms whose snapshots do not fit are imported, as are all that follow", async (t) => {
  const { host, pool, up, mismatches, time } = open(t, { onMessage: misfit });
  await up();
  assert.deepEqual([pool.candidate.realm.how, pool.judge.realm.how], ["import", "import"]);
  assert.equal(mismatches(), 2);
  pool.renew();
  await time.pass(0.06);
  await pool.candidate.ready;
  assert.deepEqual(bootsOf(host.workers.at(-1)!), ["import"]);
  assert.equal(mismatches(), 2);
});

test("A realm that cannot be imported either is lost", async (t) => {
  const onMessage = (worker: FakeWorker) =>
    worker.say({ kind: "failure", message: "no Python", lacksMemory: false });
  const { pool, host } = open(t, { onMessage });
  await assert.rejects(pool.candidate.ready, { constructor: RealmLost, message: "no Python" });
  await assert.rejects(pool.judge.ready, RealmLost);
  assert.equal(host.workers.length, 4);
});

test("A snapshot is not to blame where importing fails as well", async (t) => {
  const onMessage = (worker: FakeWorker) =>
    worker.say({ kind: "failure", message: "no Python", lacksMemory: false });
  const { pool, mismatches } = open(t, { onMessage });
  await assert.rejects(pool.candidate.ready);
  assert.equal(mismatches(), 0);
});

test("Where a file is missing nothing is tried by importing", async () => {
  const host = new FakeHost(obey);
  const absent = new AssetError({ what: "candidate.pack is missing", remedy: "Retry" });
  host.assets.fail("candidate.pack", absent);
  const pool = new ENOUGH.RealmPool(host, 30, "restore", () => assert.fail("no misfit"));
  await assert.rejects(pool.candidate.ready, absent);
  await assert.rejects(pool.judge.ready, absent);
  assert.deepEqual(realms(host), ["candidate, ended", "judge, ended"]);
});

test("A pool that ends while it boots opens nothing more", async (t) => {
  const { pool, host, time } = open(t, { onMessage: () => {} });
  await time.pass(0);
  pool.end();
  await assert.rejects(pool.candidate.ready, RealmLost);
  await assert.rejects(pool.judge.ready, RealmLost);
  assert.deepEqual(realms(host), ["candidate, ended", "judge, ended"]);
  assert.equal(time.timers, 0);
});

test("A spare comes up beside a run that takes its time, and is the next candidate", async (t) => {
  const { pool, host, up, time } = open(t, {});
  await up();
  pool.prepareSpare();
  await time.pass(0.399);
  assert.equal(host.workers.length, 2);
  await time.pass(0.001);
  assert.deepEqual(realms(host), ["candidate", "judge", "candidate"]);
  pool.renew();
  assert.deepEqual(realms(host), ["candidate, ended", "judge", "candidate"]);
  await time.pass(1);
  assert.equal(host.workers.length, 3);
  assert.equal(pool.candidate.realm.isReady, true);
});

test("Runs that follow one another have one spare at the most", async (t) => {
  const { pool, host, up, time } = open(t, {});
  await up();
  pool.prepareSpare();
  await time.pass(1);
  pool.prepareSpare();
  await time.pass(1);
  assert.equal(host.workers.length, 3);
});

test("A candidate that ended in peace goes when the next one is up", async (t) => {
  let isHeld = false;
  const { pool, host, up, time } = open(t, {
    onMessage: (worker, message) => isHeld || obey(worker, message),
  });
  await up();
  pool.prepareSpare();
  isHeld = true;
  pool.renew();
  await time.pass(0.059);
  assert.deepEqual(realms(host), ["candidate", "judge"]);
  await time.pass(0.001);
  assert.deepEqual(realms(host), ["candidate", "judge", "candidate"]);
  host.workers.at(-1)?.say({ kind: "booted", how: "restore", ms: 1 });
  await time.pass(1);
  assert.deepEqual(realms(host), ["candidate, ended", "judge", "candidate"]);
});

test("Where memory is short, whoever can give some back hears of it before the next try", async (t) => {
  let isShort = true;
  const { host, up, time, scarce } = open(t, {
    onMessage: (worker, message) => {
      if (!isShort || worker.role === "judge" || message.kind !== "boot") obey(worker, message);
      else worker.say({ kind: "failure", message: "no memory", lacksMemory: true });
    },
  });
  await time.pass(0.1);
  assert.deepEqual([scarce(), realms(host).length], [1, 2]);
  isShort = false;
  await time.pass(1);
  await up();
  assert.equal(scarce(), 1);
});

test("A run that cannot wait gets the next candidate at once", async (t) => {
  const { pool, host, up, time } = open(t, {});
  await up();
  pool.renew();
  await pool.candidate.ready;
  assert.deepEqual(realms(host), ["candidate", "judge", "candidate"]);
  await time.pass(1);
  assert.deepEqual(realms(host), ["candidate, ended", "judge", "candidate"]);
});

test("A judge stays from run to run", async (t) => {
  const { pool, up } = open(t, {});
  await up();
  const { judge } = pool;
  pool.renew();
  assert.equal(pool.judge, judge);
});

test("A judge that was lost is replaced after the run, and told the facts anew", async (t) => {
  const { pool, host, up } = open(t, {});
  await up();
  pool.judge.realm.kill();
  pool.renew();
  await pool.judge.ready;
  assert.deepEqual(realms(host), ["candidate", "judge, ended", "judge"]);
  assert.deepEqual(asked(host.workers.at(-1)!), ["adopt"]);
});

const REHEARSED: Readonly<Record<RealmRole, readonly string[]>> = {
  candidate: ["rehearse"],
  judge: ["adopt", "rehearse", "rehearse", "rehearse", "rehearse"],
};

test("Realms rehearse once both are up, and each that comes later when it is", async (t) => {
  const { pool, host, up, time } = open(t, {});
  await up();
  await time.pass(1);
  assert.deepEqual(host.workers.map(asked), [[], ["adopt"]]);
  pool.rehearse();
  for (let pauses = 0; pauses < 9; pauses++) await time.pass(0.5);
  pool.prepareSpare();
  await time.pass(1);
  assert.deepEqual(
    host.workers.map(asked),
    host.workers.map(({ role }) => REHEARSED[role]),
  );
  assert.equal(host.workers.length, 3);
});

test("A judge that rehearses once more does so before a run or after it", async (t) => {
  const { pool, host, up, time } = open(t, {});
  await up();
  pool.rehearse();
  pool.prepareSpare();
  for (let pauses = 0; pauses < 9; pauses++) await time.pass(0.5);
  assert.deepEqual(asked(host.workers[1]!), ["adopt", "rehearse"]);
});

test("Of realms beside the runs those rehearse in which code is to run", async (t) => {
  const { pool, host, up, time } = open(t, {});
  await up();
  pool.rehearse();
  const beside = [true, false].map((isToRun) => pool.openBeside(isToRun));
  for (const { ready } of beside) await ready;
  await time.pass(1);
  assert.deepEqual(host.workers.slice(2).map(asked), [["rehearse"], []]);
  for (const slot of beside) slot.end(); // which is up to who opened it
});

test("However many realms beside the runs are lost, a lost candidate is replaced", async (t) => {
  const { pool, host, up, time } = open(t, {});
  await up();
  for (let lost = 0; lost < 5; lost++) {
    const beside = pool.openBeside(false);
    await beside.ready;
    beside.realm.kill();
    await time.pass(1);
  }
  assert.equal(host.workers.length, 7);
  pool.candidate.realm.kill();
  await time.pass(1);
  assert.equal(host.workers.length, 8);
});

test("With little memory there is one candidate at a time", async (t) => {
  const { pool, host, up, time } = open(t, { module: LITTLE });
  await up();
  pool.prepareSpare();
  await time.pass(1);
  assert.equal(host.workers.length, 2);
  pool.renew();
  assert.deepEqual(realms(host), ["candidate, ended", "judge"]);
  await time.pass(0.06);
  assert.deepEqual(realms(host), ["candidate, ended", "judge", "candidate"]);
});

test("The end of a pool is the end of every realm and of all that was to come", async (t) => {
  const { pool, host, up, time } = open(t, {});
  await up();
  pool.prepareSpare();
  await time.pass(1);
  pool.prepareSpare();
  pool.end();
  assert.equal(time.timers, 0);
  const ended = ["candidate, ended", "judge, ended", "candidate, ended"];
  assert.deepEqual(realms(host), ended);
});
