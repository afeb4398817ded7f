import assert from "node:assert/strict";
import { test } from "node:test";
import { neededFiles, RealmLost } from "../src/driver/realm";
import type { AssetName } from "../src/shared/assets";
import type { BootKind, RealmRole } from "../src/shared/messages";
import { AssetError } from "../src/shared/problem";
import { FakeHost } from "./fakes/host";
import { BOOT_SECONDS, bootRealm, openRealm } from "./fakes/open-realm";
import { Deferred, settled } from "./fakes/promises";
import { FakeTime } from "./fakes/time";

const RUNTIME = ["pyodide.asm.wasm", "multiarray.so", "linalg.so"] as const;
const LIBRARY = ["stdlib.zip", "numpy.zip"] as const;

/** The script, and what the judge is told once it is up. */
const OF_ALL = ["pyodide.asm.js", "realm.js", "judge.json"] as const;

const FILES: readonly (readonly [BootKind, RealmRole, readonly AssetName[]])[] = [
  ["restore", "candidate", ["manifests.json", "candidate.pack", ...RUNTIME]],
  [
    "restore",
    "judge",
    ["manifests.json", "candidate.pack", "judge.pack", "exercise.zip", ...RUNTIME],
  ],
  ["import", "candidate", ["candidate.zip", ...LIBRARY, ...RUNTIME]],
  ["import", "judge", ["judge.zip", "exercise.zip", ...LIBRARY, ...RUNTIME]],
];

for (const [how, role, names] of FILES) {
  test(`A ${role} that boots by ${how} is handed what it needs, and the page asks for it`, async (t) => {
    const { host, worker, realm } = await bootRealm(t, role, how);
    await settled();
    const [boot, ...files] = worker.heard;
    assert.deepEqual(boot, { kind: "boot", how });
    assert.deepEqual(new Set(files.map((file) => file.name)), new Set(names));
    assert.deepEqual([realm.isReady, realm.isLost], [true, false]);
    const needed = neededFiles(how, host.assets);
    for (const name of [...names, ...OF_ALL]) assert.ok(needed.includes(name), name);
  });
}

test("A realm is told to boot first, and handed each file as it arrives", async (t) => {
  const host = new FakeHost();
  const realm = openRealm(t, host);
  const { heard, listener } = await host.worker;
  for (const name of ["candidate.pack", "linalg.so"] as const) {
    host.assets.arrive(name);
    const file = await listener.take("file");
    assert.deepEqual([file.name, Buffer.from(file.bytes).toString()], [name, name]);
  }
  assert.deepEqual(
    heard.map((each) => each.kind),
    ["boot", "file", "file"],
  );
  assert.equal(realm.isReady, false);
});

test("A file that is handed over stays whole for those who need it next", async (t) => {
  const { host } = await bootRealm(t);
  const { "candidate.pack": bytes } = await host.assets.get(["candidate.pack"]);
  assert.equal(Buffer.from(bytes).toString(), "candidate.pack");
});

test("A realm is up when it says so, not when it has its files", async (t) => {
  const host = new FakeHost();
  host.assets.arrive(...neededFiles("restore", host.assets));
  const realm = openRealm(t, host);
  const worker = await host.worker;
  await settled();
  assert.deepEqual([worker.heard.length, realm.isReady], [6, false]);
  worker.say({ kind: "booted", how: "restore", ms: 1 });
  await realm.ready;
  assert.equal(realm.isReady, true);
});

test("A realm whose host fails to start a worker is lost", async (t) => {
  const host = new FakeHost(undefined, Promise.reject(new Error("no more workers")));
  const realm = openRealm(t, host);
  await assert.rejects(realm.ready, /no more workers/);
  assert.equal(realm.isLost, true);
  await assert.rejects(realm.ask("load", ""), /no more workers/);
});

test("A worker that starts after its realm was ended is ended at once", async (t) => {
  const starting = new Deferred<void>();
  const host = new FakeHost(undefined, starting.promise);
  const realm = openRealm(t, host);
  realm.kill();
  starting.resolve();
  assert.equal((await host.worker).heard.length, 0);
  await assert.rejects(realm.ready, RealmLost);
  assert.equal((await host.worker).isEnded, true);
});

test("A file that cannot be had is why a realm does not come up", async (t) => {
  const host = new FakeHost();
  const realm = openRealm(t, host);
  const absent = new AssetError({ what: "linalg.so is missing", remedy: "Retry" });
  host.assets.fail("linalg.so", absent);
  await assert.rejects(realm.ready, absent);
  assert.equal((await host.worker).isEnded, true);
});

type Break = (worker: Awaited<FakeHost["worker"]>) => void;
const BREAKS: readonly (readonly [what: string, Break, RegExp])[] = [
  ["breaks down", (worker) => worker.onLost("the worker did not start"), /did not start/],
  [
    "tells of a failure",
    (worker) => worker.say({ kind: "failure", message: "no", lacksMemory: false }),
    /^no$/,
  ],
  ["says what nobody understands", (worker) => worker.say("booted"), /malformed/],
];

for (const [what, breakDown, why] of BREAKS) {
  test(`A realm whose worker ${what} while it boots is lost`, async (t) => {
    const host = new FakeHost();
    host.assets.arrive(...neededFiles("restore", host.assets));
    const realm = openRealm(t, host);
    breakDown(await host.worker);
    await assert.rejects(realm.ready, { message: why });
    assert.deepEqual([realm.isReady, realm.isLost], [false, true]);
    assert.equal((await host.worker).isEnded, true);
  });
}

test("A realm that takes too long is lost, but downloads are not on its time", async (t) => {
  const time = new FakeTime(t);
  const host = new FakeHost();
  const realm = openRealm(t, host);
  await time.pass(1000);
  assert.equal(realm.isLost, false);
  host.assets.arrive(...neededFiles("restore", host.assets));
  await time.pass(BOOT_SECONDS);
  await assert.rejects(realm.ready, /did not start within 30 seconds/);
});

test("A realm whose worker dies while its files are on their way is lost at once", async (t) => {
  const host = new FakeHost();
  const realm = openRealm(t, host);
  (await host.worker).onLost("its frame was taken out of the page");
  await assert.rejects(realm.ready, /taken out of the page/);
  await assert.rejects(realm.gone, /taken out of the page/);
});

test("A realm that is lost while its library is on its way waits for it no longer", async (t) => {
  const { host, realm, worker } = await bootRealm(t);
  const fetching = realm.fetchLibrary();
  worker.onLost("its frame was taken out of the page");
  await assert.rejects(fetching, /taken out of the page/);
  assert.equal(host.workers.length, 1);
});

test("Nobody watches the time of a realm that is up", async (t) => {
  const time = new FakeTime(t);
  await bootRealm(t);
  assert.equal(time.timers, 0);
});
