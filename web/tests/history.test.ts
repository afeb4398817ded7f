import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { History, type Run } from "../src/page/history";
import { Store } from "../src/page/store";
import type { VerdictOutcome } from "../src/shared/report";
import { draftKey, FakeBrowser, STARTER } from "./fakes/desk";
import { replaceGlobals } from "./fakes/globals";
import { FakeStorage } from "./fakes/storage";

const KEY = "exercise:sums:history";

function open(t: TestContext, place = "/sums/", slug = "sums") {
  const storage = new FakeStorage();
  replaceGlobals(t, { window: { localStorage: storage } });
  let time = 1000;
  const now = () => time++;
  const histories = (where: string, what = slug) => new History(new Store(), what, where, now);
  return { storage, histories, history: histories(place) };
}

function run(outcome: VerdictOutcome, passed = 0): Run {
  return { outcome, passed, total: 5 };
}

test("An entry says when it was kept, where, why, and what a run came to", (t) => {
  const { history } = open(t);
  history.keep("one", "reset");
  history.keepRun("two", run("failed", 3));
  assert.deepEqual(history.entries(), [
    { at: 1000, place: "/sums/", reason: "reset", run: null, text: "one" },
    { at: 1001, place: "/sums/", reason: "run", run: run("failed", 3), text: "two" },
  ]);
  assert.equal(history.find(1001)?.text, "two");
  assert.equal(history.find(1), null);
});

const SERIES: readonly (readonly [runs: readonly (readonly [string, Run])[], kept: string])[] = [
  [
    [
      ["a", run("failed")],
      ["b", run("failed")],
    ],
    "a",
  ],
  [
    [
      ["a", run("failed", 1)],
      ["b", run("failed", 2)],
    ],
    "a b",
  ],
  [
    [
      ["a", run("error")],
      ["b", run("passed", 5)],
      ["c", run("passed", 5)],
    ],
    "a b",
  ],
  [
    [
      ["a", run("passed", 5)],
      ["b", run("timeout")],
      ["c", run("passed", 5)],
    ],
    "a b c",
  ],
  [
    [
      ["a", run("timeout")],
      ["a", run("passed", 5)],
    ],
    "a a",
  ],
];

for (const [runs, kept] of SERIES) {
  const name = runs.map(([text, { outcome, passed }]) => `${text} ${outcome} ${passed}`).join(", ");
  test(`Of runs (${name}) those are kept that come to something else`, (t) => {
    const { history } = open(t);
    for (const [text, outcome] of runs) history.keepRun(text, outcome);
    const texts = history.entries().map((entry) => entry.text);
    assert.equal(texts.join(" "), kept);
  });
}

test("What a place's last run came to holds for that place alone", (t) => {
  const { histories, history } = open(t);
  history.keepRun("a", run("failed"));
  histories("/spring/").keepRun("b", run("failed"));
  assert.deepEqual(
    history.entries().map((entry) => entry.place),
    ["/sums/", "/spring/"],
  );
});

test("A text that is the newest already is not kept twice, and learns what its run came to", (t) => {
  const { history } = open(t);
  const first = history.keep("a", "hour");
  assert.deepEqual(history.keep("a", "reset"), first);
  history.keepRun("a", run("passed", 5));
  assert.deepEqual(history.entries(), [{ ...first, run: run("passed", 5) }]);
});

test("The newest fifty stay", (t) => {
  const { history } = open(t);
  for (let n = 0; n < 60; n++) history.keep(`text ${n}`, "replaced");
  const texts = history.entries().map((entry) => entry.text);
  assert.deepEqual([texts.length, texts[0], texts.at(-1)], [50, "text 10", "text 59"]);
});

for (const letter of ["a", "é", "𝒙", '"']) {
  test(`Texts of ${letter} take no more than 500 kB`, (t) => {
    const { history, storage } = open(t);
    for (let n = 0; n < 20; n++) history.keep(`${n} ${letter.repeat(25_000)}`, "replaced");
    const bytes = new TextEncoder().encode(storage.getItem(KEY) ?? "").length;
    assert.ok(bytes <= 500_000 && bytes > 350_000, String(bytes));
    assert.match(history.entries().at(-1)?.text ?? "", /^19 /);
  });
}

test("A single text that is longer than that takes no other's place, and goes when it is not the newest", (t) => {
  const { history } = open(t);
  const lengths = () => history.entries().map((entry) => entry.text.length);
  history.keep("short", "reset");
  history.keep("long ".repeat(200_000), "reset");
  assert.deepEqual(lengths(), [5, 1_000_000]);
  history.keepRun("long ".repeat(200_000), run("error"));
  assert.deepEqual(lengths(), [5, 1_000_000]);
  history.keep("newer", "reset");
  assert.deepEqual(lengths(), [5, 5]);
});

test("All exercises of an origin together take no more than a megabyte, the oldest goes", (t) => {
  const { histories, storage } = open(t);
  for (let n = 0; n < 12; n++) {
    const history = histories("/", `sums-${n}`);
    for (const part of [0, 1]) history.keep(`${n} ${part} ${"é".repeat(30_000)}`, "replaced");
  }
  const bytes = new TextEncoder().encode([...storage.kept.values()].join("")).length;
  assert.ok(bytes <= 1_000_000 && bytes > 900_000, String(bytes));
  const left = (n: number) => histories("/", `sums-${n}`).entries().length;
  assert.deepEqual([0, 3, 4, 11].map(left), [0, 0, 2, 2]);
});

test("Of texts that are longer than all may be the newest of all exercises stays, beside the others", (t) => {
  const { histories } = open(t);
  const [products, sums] = [histories("/", "products"), histories("/", "sums")];
  products.keep("short", "reset");
  for (const history of [products, sums]) {
    assert.ok(history.keep("long ".repeat(250_000), "reset"));
  }
  assert.deepEqual(
    products.entries().map(({ text }) => text),
    ["short"],
  );
  assert.equal(sums.entries().length, 1);
});

test("In a full storage the oldest goes, of whatever exercise", (t) => {
  const { history, histories, storage } = open(t);
  const others = histories("/products/", "products");
  for (const text of ["older", "old"]) others.keep(text.repeat(100), "reset");
  history.keep("mine".repeat(100), "reset");
  storage.fill();
  assert.ok(history.keep("newest".repeat(20), "reset"));
  assert.deepEqual(
    others.entries().map((entry) => entry.text.slice(0, 5)),
    ["oldol"],
  );
  assert.equal(history.entries().length, 2);
});

test("What does not fit even without any history leaves all history as it is", (t) => {
  const { history, storage } = open(t);
  for (const text of ["one", "two", "three"]) history.keep(text, "reset");
  const before = storage.getItem(KEY);
  storage.fill();
  assert.equal(history.keep("far too long".repeat(1000), "reset"), null);
  assert.equal(storage.getItem(KEY), before);
});

test("A draft that does not fit is saved at the price of the oldest history", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const tab = browser.open();
  for (const text of ["one", "two", "three"]) tab.kept.history.keep(text.repeat(50), "reset");
  tab.type("mine");
  browser.storage.fill();
  tab.type("mine, and more");
  assert.deepEqual([tab.isUnsaved, browser.open().text], [false, "mine, and more"]);
  assert.deepEqual(
    tab.history,
    ["two", "three"].map((text) => text.repeat(50)),
  );
});

test("A draft that fits in no way is told as unsaved, and no history goes for it", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const tab = browser.open();
  tab.kept.history.keep("one", "reset");
  tab.type("mine");
  browser.storage.fill();
  tab.type("far too long".repeat(1000));
  assert.deepEqual([tab.isUnsaved, tab.history], [true, ["one"]]);
  assert.equal(browser.storage.getItem(draftKey()), "mine");
});

test("What fits in no way is not tried with every key", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const tab = browser.open();
  for (const text of ["one", "two", "three"]) tab.kept.history.keep(text, "reset");
  tab.type("mine");
  browser.storage.fill();
  const long = "far too long".repeat(1000);
  tab.type(long);
  const writes = t.mock.method(browser.storage, "setItem").mock;
  tab.type(`${long}.`);
  assert.deepEqual([tab.isUnsaved, writes.callCount()], [true, 1]);
  browser.storage.room = Number.POSITIVE_INFINITY;
  tab.type(`${long}..`);
  assert.equal(tab.isUnsaved, false);
});

test("Each hour of work leaves the text that it began with", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const tab = browser.open();
  for (let minutes = 0; minutes <= 180; minutes += 10) {
    tab.type(`after ${minutes} minutes`);
    browser.pass(1 / 6);
  }
  assert.deepEqual(tab.history, ["after 50 minutes", "after 110 minutes", "after 170 minutes"]);
});

test("An hour is counted over visits, and work that is taken up later begins with what was there", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  browser.open().type("first");
  browser.pass(0.7);
  browser.open().type("second");
  browser.pass(20);
  const tab = browser.open();
  tab.type("the next day");
  assert.deepEqual(tab.history, ["second"]);
  assert.equal(tab.kept.history.entries()[0]?.reason, "hour");
});

test("A clock that was set back begins another hour, and what is kept is in the order of keeping", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const tab = browser.open();
  browser.pass(9000);
  tab.type("first");
  tab.work.reset();
  tab.type("second");
  browser.pass(-9000);
  tab.type("third");
  for (const text of ["fourth", "fifth"]) {
    browser.pass(0.6);
    tab.type(text);
  }
  assert.deepEqual(tab.history, ["first", "second", "fourth"]);
});

test("The starter is no work", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const tab = browser.open();
  tab.type("mine");
  tab.type(STARTER);
  browser.pass(2);
  tab.type("later");
  assert.deepEqual(tab.history, []);
});

test("A run is kept with the text that ran, whatever the editor holds by then", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const tab = browser.open();
  tab.type("edited meanwhile");
  const report = { outcome: "failed", passed: 1, total: 5 } as Parameters<typeof tab.work.ran>[1];
  tab.work.ran("what ran", report);
  assert.deepEqual(tab.history, ["what ran"]);
});
