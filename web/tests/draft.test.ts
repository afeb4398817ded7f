import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { draftKey, FakeBrowser, type FakeTab, STARTER } from "./fakes/desk";
import { replaceGlobals } from "./fakes/globals";
import { FakeStorage } from "./fakes/storage";

const KEY = draftKey();

function browserOf(t: TestContext, texts: Readonly<Record<string, string>> = {}): FakeBrowser {
  const storage = new FakeStorage();
  for (const [key, text] of Object.entries(texts)) storage.setItem(key, text);
  return new FakeBrowser(t, storage);
}

test("Without a draft there is the starter, and nothing is left in the storage", (t) => {
  const browser = browserOf(t);
  const tab = browser.open();
  assert.deepEqual([tab.text, tab.isUnsaved, browser.storage.length], [STARTER, false, 0]);
  assert.deepEqual(tab.told, []);
});

for (const text of ["mine", "", "ünïcode 𝒙", "\ud800 half of a pair"]) {
  test(`A draft of ${JSON.stringify(text)} is there on the next visit`, (t) => {
    const browser = browserOf(t);
    browser.open().type(text);
    assert.equal(browser.open({ starter: "another starter" }).text, text);
  });
}

test("The starter is not kept as a draft, so that a newer one is seen", (t) => {
  const browser = browserOf(t);
  const tab = browser.open();
  tab.type("mine");
  tab.type(STARTER);
  assert.deepEqual([tab.isUnsaved, browser.storage.getItem(KEY)], [false, null]);
  assert.equal(browser.open({ starter: "newer" }).text, "newer");
});

const APART = [{ slug: "products" }, { place: "/spring/" }, { place: "/" }, { slug: "sum" }];

for (const other of APART) {
  test(`A draft is not one of ${JSON.stringify(other)}`, (t) => {
    const browser = browserOf(t);
    browser.open().type("mine");
    const tab = browser.open(other);
    assert.equal(tab.text, STARTER);
    tab.type("other");
    assert.equal(browser.open().text, "mine");
  });
}

class UnreadableStorage extends FakeStorage {
  override getItem(): never {
    throw new Error("the storage cannot be read");
  }
}

const BLOCKED: readonly (readonly [what: string, window: () => object])[] = [
  [
    "Where the page may not even name the storage",
    () => ({
      get localStorage(): Storage {
        throw new Error("the frame is sandboxed");
      },
    }),
  ],
  ["Where there is no storage", () => ({ localStorage: null })],
  [
    "Where the storage takes nothing",
    () => ({ localStorage: Object.assign(new FakeStorage(), { room: 0 }) }),
  ],
];

for (const [what, window] of BLOCKED) {
  test(`${what} the page says so, and goes on without`, (t) => {
    const browser = browserOf(t);
    replaceGlobals(t, { window: window() });
    const tab = browser.open();
    assert.deepEqual([tab.text, tab.isUnsaved], [STARTER, true]);
    tab.type("mine");
    tab.work.look();
    tab.work.beforeRun();
    assert.deepEqual([tab.text, tab.isUnsaved], ["mine", true]);
    tab.work.reset();
    assert.match(tab.said("back"), /until you leave/);
    tab.answer("back");
    assert.equal(tab.text, "mine");
  });
}

test("A storage that cannot be read leaves the starter", (t) => {
  assert.equal(new FakeBrowser(t, new UnreadableStorage()).open().text, STARTER);
});

test("A storage that is full at the visit still shows the draft, and complains of nothing yet", (t) => {
  const browser = browserOf(t);
  browser.open().type("mine");
  browser.storage.fill();
  const tab = browser.open();
  assert.deepEqual([tab.text, tab.isUnsaved], ["mine", false]);
  tab.type("mine, and more");
  assert.equal(tab.isUnsaved, true);
  tab.type("less");
  assert.equal(tab.isUnsaved, false);
  assert.equal(browser.open().text, "less");
});

test("What a full storage did not take is saved as soon as there is room", (t) => {
  const browser = browserOf(t);
  const tab = browser.open();
  tab.type("mine");
  browser.storage.fill();
  tab.type("mine, and more");
  browser.storage.room = Number.POSITIVE_INFINITY;
  tab.work.settle();
  assert.deepEqual([tab.isUnsaved, browser.open().text], [false, "mine, and more"]);
});

test("Entries that cannot be removed are told as unsaved", (t) => {
  const browser = browserOf(t);
  const tab = browser.open();
  tab.type("mine");
  t.mock.method(browser.storage, "removeItem", () => {
    throw new Error("it is locked");
  });
  tab.type(STARTER);
  assert.equal(tab.isUnsaved, true);
});

const NONSENSE = [
  "(".repeat(1e6),
  "null",
  "[]",
  '"text"',
  '{"at":"now"}',
  '{"at":1,"hour":2}',
  '{"at":1,"hour":2,"edition":null}',
  '{"at":1,"hour":2,"edition":{},"back":7}',
];

for (const text of NONSENSE) {
  test(`Notes and histories that read ${text.slice(0, 20)} keep nobody from working`, (t) => {
    const browser = browserOf(t, {
      [KEY]: "mine",
      [`${KEY}-note`]: text,
      "exercise:sums:history": text,
    });
    const tab = browser.open();
    tab.type("more");
    tab.work.reset();
    tab.answer("back");
    assert.equal(browser.open().text, "more");
  });
}

// --------------------------------------------------------------------- of the time before places

const PLACELESS = "exercise:sums:draft";

function afterTakeover(browser: FakeBrowser): readonly [FakeTab, string | null, string | null] {
  const tab = browser.open();
  return [tab, browser.storage.getItem(KEY), browser.storage.getItem(PLACELESS)];
}

test("A draft of the time before places is taken over once, by the place that sees it first", (t) => {
  const browser = browserOf(t, { [PLACELESS]: "mine" });
  const [tab, here, placeless] = afterTakeover(browser);
  assert.deepEqual([tab.text, tab.told, here, placeless], ["mine", [], "mine", null]);
  assert.equal(browser.open({ place: "/spring/" }).text, STARTER);
});

test("It is taken over where the storage is full, at the price of history or not at all", (t) => {
  const browser = browserOf(t, { [PLACELESS]: "mine" });
  browser.storage.fill();
  const [tab, here] = afterTakeover(browser);
  assert.deepEqual([tab.text, here], ["mine", null]);
  tab.type("mine");
  tab.type("mi");
  assert.equal(browser.open().text, "mi");
});

test("Where there is a draft already, it is offered, and kept in the history", (t) => {
  const browser = browserOf(t, { [KEY]: "mine", [PLACELESS]: "of an older page" });
  const [tab, here, placeless] = afterTakeover(browser);
  assert.deepEqual([tab.text, here, placeless], ["mine", "mine", null]);
  assert.match(tab.said("elsewhere"), /also open elsewhere/);
  assert.deepEqual(tab.history, ["of an older page"]);
  tab.answer("elsewhere");
  assert.deepEqual([tab.text, tab.history], ["of an older page", ["of an older page", "mine"]]);
});
