import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Run } from "../src/page/history";
import { LastRuns } from "../src/page/last-runs";
import { Store } from "../src/page/store";
import { replaceGlobals } from "./fakes/globals";
import { FakeStorage } from "./fakes/storage";

const KEY = "exercise:sums:/sums/:runs";
const run = (passed: number): Run => ({ outcome: "failed", passed, total: 5 });

function open(t: TestContext) {
  const storage = new FakeStorage();
  replaceGlobals(t, { window: { localStorage: storage } });
  let time = 1000;
  const tab = (key = KEY): LastRuns => new LastRuns(new Store(), key, () => time++);
  return { storage, tab };
}

const passed = (runs: LastRuns): readonly number[] => runs.all().map((one) => one.passed);

test("The newest twelve are there after a reload, the oldest first", (t) => {
  const { tab } = open(t);
  const first = tab();
  for (let n = 0; n < 14; n++) first.add(run(n));
  assert.deepEqual(passed(first), [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  assert.deepEqual(tab().all(), first.all());
});

test("Runs of another tab are among them, those of another place are not", (t) => {
  const { tab } = open(t);
  const [one, other, elsewhere] = [tab(), tab(), tab("exercise:sums:/copy/:runs")];
  one.add(run(1));
  elsewhere.add(run(9));
  other.add(run(2));
  assert.deepEqual(passed(other), [1, 2]);
  one.add(run(3));
  assert.deepEqual(passed(one), [1, 2, 3]);
});

test("Where nothing can be kept they last until the page is left", (t) => {
  const { tab } = open(t);
  replaceGlobals(t, { window: {} });
  const runs = tab();
  runs.add(run(1));
  runs.add(run(2));
  assert.deepEqual(passed(runs), [1, 2]);
  assert.deepEqual(passed(tab()), []);
});

test("Runs that were stopped come to no verdict and do not count, after a reload neither", (t) => {
  const { tab } = open(t);
  for (let n = 0; n < 3; n++) tab().add({ outcome: "stopped", passed: 0, total: 5 });
  assert.equal(tab().count, 0);
  for (const outcome of ["timeout", "crashed", "error", "invalid"] as const) {
    tab().add({ outcome, passed: 0, total: 5 });
  }
  assert.equal(tab().count, 4);
});

test("What another tab has run counts at once, and that it has passed does", (t) => {
  const { tab } = open(t);
  const [one, other] = [tab(), tab()];
  one.add(run(1));
  assert.equal(other.count, 1);
  one.add({ outcome: "passed", passed: 5, total: 5 });
  assert.deepEqual([other.count, other.hasPassed], [2, true]);
  other.add(run(2));
  assert.deepEqual([one.count, one.hasPassed], [3, true]);
});

test("Where the storage is full or has been cleared, this tab's runs go on counting", (t) => {
  const { storage, tab } = open(t);
  const runs = tab();
  runs.add(run(1));
  storage.fill();
  for (const n of [22, 33]) runs.add(run(n));
  assert.deepEqual(passed(runs), [1, 22, 33]);
  storage.clear();
  runs.add(run(4));
  assert.equal(runs.count, 4);
  assert.deepEqual(passed(runs), [1, 22, 33, 4]);
});

const FOREIGN = {
  "no JSON": "{",
  "another shape": "[1, 2]",
  "runs that are none": '{"at": 1, "runs": [null, 1, {"outcome": "won", "passed": 1, "total": 2}]}',
  "numbers that are none": '{"runs": [{"outcome": "failed", "passed": "1", "total": 5}]}',
  "a count that is none": '{"count": -3, "runs": []}',
  "a name of every object": '{"runs": [{"outcome": "constructor", "passed": 1, "total": 5}]}',
};
for (const [what, text] of Object.entries(FOREIGN)) {
  test(`What somebody else stored counts for nothing: ${what}`, (t) => {
    const { storage, tab } = open(t);
    storage.setItem(KEY, text);
    const runs = tab();
    assert.deepEqual(runs.all(), []);
    runs.add(run(1));
    assert.deepEqual(passed(tab()), [1]);
  });
}
