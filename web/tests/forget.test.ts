import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { forgetAll } from "../src/dialogs/forget";
import type { Report } from "../src/shared/report";
import { FakeBrowser, STARTER } from "./fakes/desk";
import { FakeStorage } from "./fakes/storage";

const REPORT = { outcome: "failed", passed: 1, total: 5 } as Report;
const own = (storage: FakeStorage): readonly string[] =>
  [...storage.kept].filter(([, text]) => text.includes("mine")).map(([key]) => key);

function worked(t: TestContext) {
  const browser = new FakeBrowser(t, new FakeStorage());
  const tab = browser.open();
  tab.type("mine");
  tab.work.ran("mine", REPORT);
  tab.work.reset();
  tab.type("mine, later");
  return { browser, tab, storage: browser.storage };
}

test("All that is kept of an exercise at a place goes: draft, note, runs, hints, marks, history", (t) => {
  const { storage, tab } = worked(t);
  tab.kept.hints.add("mine to see", ["mine to see"]);
  storage.setItem("exercise:sums:/sums/:snapshot-mismatch", "{}");
  storage.setItem("exercise:sums:draft", "mine, of old");
  assert.equal(own(storage).length, 4);
  assert.ok(forgetAll(tab.kept, "sums", "/sums/"));
  assert.deepEqual([...storage.kept.keys()], []);
});

test("What is of other places, other exercises and nobody stays", (t) => {
  const { browser, storage, tab } = worked(t);
  browser.open({ place: "/sums/spring/" }).type("mine, elsewhere");
  browser.open({ slug: "sums-2" }).type("mine, of another");
  browser.open({ place: "/sums/spring/" }).work.reset();
  storage.setItem("exercise:settings", "{}");
  storage.setItem("theirs", "x");
  assert.ok(forgetAll(tab.kept, "sums", "/sums/"));
  assert.deepEqual([...storage.kept.keys()].sort(), [
    "exercise:settings",
    "exercise:sums-2:/sums/:draft",
    "exercise:sums-2:/sums/:draft-note",
    "exercise:sums:/sums/spring/:draft-note",
    "exercise:sums:history",
    "theirs",
  ]);
  assert.deepEqual(tab.history, ["mine, elsewhere"]);
});

test("A tab that is closed keeps nothing any more, whatever happens in it", (t) => {
  const { storage, tab } = worked(t);
  tab.work.close();
  forgetAll(tab.kept, "sums", "/sums/");
  tab.type("mine again");
  tab.work.settle();
  tab.work.beforeRun();
  tab.work.ran("mine", REPORT);
  tab.work.look();
  assert.deepEqual([...storage.kept.keys()], []);
});

test("Another tab that looks in between keeps nothing again", (t) => {
  const { browser, storage, tab } = worked(t);
  const other = browser.open();
  const remove = storage.removeItem.bind(storage);
  t.mock.method(storage, "removeItem", (key: string) => {
    remove(key);
    other.work.look();
  });
  assert.ok(forgetAll(tab.kept, "sums", "/sums/"));
  assert.deepEqual([...storage.kept.keys()], []);
});

test("In a full storage all goes as well", (t) => {
  const { storage, tab } = worked(t);
  storage.fill();
  assert.ok(forgetAll(tab.kept, "sums", "/sums/"));
  assert.deepEqual([...storage.kept.keys()], []);
});

test("Who begins anew finds the starter, and is asked nothing", (t) => {
  const { browser, tab } = worked(t);
  forgetAll(tab.kept, "sums", "/sums/");
  const next = browser.open();
  assert.deepEqual([next.text, next.told, next.history], [STARTER, [], []]);
  assert.deepEqual([next.kept.runs.count, next.kept.runs.hasPassed], [0, false]);
});

test("A storage that lets go of nothing is told", (t) => {
  const { storage, tab } = worked(t);
  t.mock.method(storage, "removeItem", () => {
    throw new Error("refused");
  });
  assert.equal(forgetAll(tab.kept, "sums", "/sums/"), false);
});
