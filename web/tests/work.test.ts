import assert from "node:assert/strict";
import { test } from "node:test";
import { draftKey, EDITION, FakeBrowser, STARTER } from "./fakes/desk";
import { FakeStorage } from "./fakes/storage";

const ELSEWHERE = /also open elsewhere/;

test("A text that is brought in is one step, and what was there is kept first", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const tab = browser.open();
  tab.type("mine");
  tab.work.bring("theirs");
  assert.deepEqual([tab.text, tab.steps, tab.history], ["theirs", [STARTER, "mine"], ["mine"]]);
  tab.answer("back");
  assert.deepEqual([tab.text, browser.open().text], ["mine", "mine"]);
});

test("Where nothing fits, what was there can be brought back until the page is left", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const tab = browser.open();
  browser.storage.fill();
  tab.type("mine");
  tab.work.bring("theirs");
  assert.match(tab.said("back"), /until you leave/);
  tab.answer("back");
  assert.deepEqual([tab.text, tab.isUnsaved], ["mine", true]);
});

// --------------------------------------------------------------------------------- two tabs

test("A tab without edits of its own takes what another has saved, as one step", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const [older, newer] = [browser.open(), browser.open()];
  newer.type("new");
  newer.type("newer");
  older.work.look();
  assert.deepEqual([older.text, older.steps], ["newer", [STARTER]]);
  assert.match(older.said("elsewhere"), ELSEWHERE);
  assert.deepEqual([browser.open().text, newer.told], ["newer", []]);
});

test("Edits that were saved before the other tab began on them are not edits of one's own", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const older = browser.open();
  older.type("Monday");
  const newer = browser.open();
  newer.type("Tuesday");
  older.work.look();
  assert.deepEqual([older.text, older.history], ["Tuesday", ["Monday"]]);
  older.answer("elsewhere");
  assert.deepEqual([older.text, browser.open().text], ["Monday", "Monday"]);
  assert.deepEqual(older.history, ["Monday", "Tuesday"]);
});

test("Run in the older tab runs and keeps what the newer one has saved", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const [older, newer] = [browser.open(), browser.open()];
  newer.type("newer");
  older.work.beforeRun();
  assert.deepEqual([older.text, browser.open().text], ["newer", "newer"]);
});

test("A key in the older tab, before it has looked, leaves both texts", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const [older, newer] = [browser.open(), browser.open()];
  newer.type("newer");
  older.type("older");
  assert.deepEqual([older.text, older.history], ["older", ["newer"]]);
  assert.match(older.said("elsewhere"), ELSEWHERE);
  assert.equal(browser.open().text, "older");
  older.answer("elsewhere");
  assert.deepEqual([older.text, browser.open().text], ["newer", "newer"]);
  assert.deepEqual(older.history, ["newer", "older"]);
  older.answer("back");
  assert.equal(older.text, "older");
});

test("The other tab then takes the text that was saved last, and can have its own back", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const [older, newer] = [browser.open(), browser.open()];
  newer.type("newer");
  older.type("older");
  newer.work.look();
  assert.equal(newer.text, "older");
  newer.answer("elsewhere");
  assert.deepEqual([newer.text, browser.open().text], ["newer", "newer"]);
});

test("The other text is offered after a reload too, until it is dismissed", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const [older, newer] = [browser.open(), browser.open()];
  newer.type("newer");
  older.type("older");
  older.type("older, and more");
  const reloaded = browser.open();
  assert.equal(reloaded.text, "older, and more");
  reloaded.answer("elsewhere");
  assert.deepEqual([reloaded.text, browser.open().notices.has("elsewhere")], ["newer", false]);
  older.type("older");
  browser.open().dismiss("elsewhere");
  assert.equal(browser.open().said("elsewhere"), "");
});

test("What both tabs write is told once for each", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const [reader, writer] = [browser.open(), browser.open()];
  for (const text of ["a", "ab", "abc"]) {
    writer.type(text);
    reader.work.look();
  }
  assert.deepEqual([reader.text, reader.told, reader.history], ["abc", ["elsewhere"], []]);
  reader.dismiss("elsewhere");
  writer.type("abcd");
  reader.work.look();
  assert.deepEqual([reader.text, reader.notices.size], ["abcd", 0]);
});

test("A reset in one tab shows in the other, which can have the text back", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const [one, other] = [browser.open(), browser.open()];
  one.type("mine");
  other.work.look();
  one.work.reset();
  other.work.look();
  assert.equal(other.text, STARTER);
  other.answer("elsewhere");
  assert.deepEqual([other.text, browser.open().text], ["mine", "mine"]);
});

test("A text that could not be saved is an edit of one's own", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const [one, other] = [browser.open(), browser.open()];
  one.type("short");
  browser.storage.fill();
  one.type("longer than there is room for");
  browser.storage.room = Number.POSITIVE_INFINITY;
  other.work.look();
  other.type("other");
  one.work.look();
  assert.equal(one.text, "longer than there is room for");
  assert.deepEqual([one.isUnsaved, one.history.includes("other")], [false, true]);
  one.answer("elsewhere");
  assert.equal(one.text, "other");
});

test("A text that the history has no room for is not replaced", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const [one, other] = [browser.open(), browser.open()];
  other.type("other".repeat(100));
  browser.storage.fill();
  one.type("mine");
  assert.deepEqual([one.text, one.isUnsaved], ["mine", true]);
  assert.equal(browser.storage.getItem(draftKey()), "other".repeat(100));
  one.answer("elsewhere");
  assert.equal(one.text, "other".repeat(100));
});

test("What cannot be kept is told once, however much is written, and tried again when it settles", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const [one, other] = [browser.open(), browser.open()];
  other.type("other".repeat(100));
  browser.storage.fill();
  one.type("mine");
  assert.match(one.said("elsewhere"), /what you write here is not saved/);
  assert.doesNotMatch(one.said("elsewhere"), /kept/);
  const writes = t.mock.method(browser.storage, "setItem").mock;
  for (const text of ["mine, ", "mine, and", "mine, and more"]) one.type(text);
  one.work.look();
  assert.deepEqual([one.told, writes.callCount()], [["elsewhere"], 0]);
  one.work.settle();
  assert.deepEqual([one.told, writes.callCount() > 0, one.isUnsaved], [["elsewhere"], true, true]);
  browser.storage.room = Number.POSITIVE_INFINITY;
  one.work.beforeRun();
  assert.deepEqual([one.isUnsaved, browser.open().text], [false, "mine, and more"]);
  assert.match(one.said("elsewhere"), /Both are kept/);
  one.answer("elsewhere");
  assert.equal(one.text, "other".repeat(100));
});

test("Of what could not be kept the notice shows what the other tab has saved by then", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const [one, other] = [browser.open(), browser.open()];
  other.type("other".repeat(100));
  browser.storage.fill();
  one.type("mine");
  other.type("other".repeat(99));
  one.work.look();
  one.answer("elsewhere");
  assert.deepEqual([one.text, one.isUnsaved], ["other".repeat(99), false]);
  one.answer("back");
  assert.equal(one.text, "mine");
});

test("Once dismissed, what could not be kept is told no more, until the tabs have come together", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const [one, other] = [browser.open(), browser.open()];
  other.type("other".repeat(100));
  browser.storage.fill();
  one.type("mine");
  one.dismiss("elsewhere");
  one.type("mine, and more");
  assert.deepEqual([one.told, one.notices.size], [["elsewhere"], 0]);
  other.type("mine, and more");
  one.work.look();
  assert.equal(one.isUnsaved, false);
  other.type("other".repeat(100));
  one.type("mine again");
  assert.deepEqual([one.isUnsaved, one.told], [true, ["elsewhere", "elsewhere"]]);
});

test("Each text that another tab had saved is offered, the newest first, after a reload too", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const [one, other] = [browser.open(), browser.open()];
  for (const n of [1, 2]) {
    other.work.look();
    other.type(`other ${n}`);
    one.type(`mine ${n}`);
  }
  assert.match(one.said("elsewhere"), /from before that/);
  const tab = browser.open();
  assert.match(tab.said("elsewhere"), /from before that/);
  tab.answer("elsewhere");
  assert.equal(tab.text, "other 2");
  assert.doesNotMatch(tab.said("elsewhere"), /from before that/);
  tab.answer("elsewhere");
  assert.deepEqual([tab.text, tab.said("elsewhere")], ["other 1", ""]);
  assert.equal(browser.open().said("elsewhere"), "");
  tab.answer("back");
  tab.answer("back");
  assert.equal(tab.text, "mine 2");
});

test("Two tabs that come to the same text have nothing to say", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const [one, other] = [browser.open(), browser.open()];
  one.type("same");
  other.type("same");
  one.work.look();
  assert.deepEqual([one.told, other.told, one.history], [[], [], []]);
});

test("A storage that was emptied is no other tab's text, and is filled again by a run", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const tab = browser.open();
  tab.type("mine");
  browser.storage.clear();
  tab.work.look();
  tab.work.settle();
  assert.deepEqual([tab.text, tab.told, browser.storage.length], ["mine", [], 0]);
  tab.work.beforeRun();
  assert.equal(browser.open().text, "mine");
});

// ------------------------------------------------------------------------------------- places

test("A place without a draft offers the newest of the same exercise, until it is answered", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  browser.open({ place: "/1/" }).type("newest");
  browser.open({ place: "/0/" }).type("oldest");
  browser.pass(0.5);
  browser.open({ place: "/1/" }).type("newest of all");
  browser.open({ slug: "products", place: "/2/" }).type("of something else");
  const tab = browser.open({ place: "/3/" });
  assert.match(tab.said("place"), /\/1\/, last on 1 Jan/);
  tab.type("begun anew");
  const later = browser.open({ place: "/3/" });
  later.answer("place");
  assert.deepEqual([later.text, later.history], ["newest of all", ["begun anew"]]);
  assert.equal(browser.open({ place: "/3/" }).said("place"), "");
  assert.equal(browser.open({ place: "/1/" }).text, "newest of all");
});

test("An offer that was dismissed is not made again, and its text is in the history", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  browser.open().type("mine");
  const tab = browser.open({ place: "/spring/" });
  tab.dismiss("place");
  const later = browser.open({ place: "/spring/" });
  assert.deepEqual([later.told, later.text, later.history], [[], STARTER, ["mine"]]);
});

const NOT_OFFERED: readonly (readonly [what: string, key: string, text: string])[] = [
  ["the same as here", draftKey("/1/"), STARTER],
  ["of another exercise", draftKey("/1/", "sums-2"), "mine"],
  ["no draft", "exercise:sums:/1/:note", "mine"],
  ["somebody else's", "sums:/1/:draft", "mine"],
];

for (const [what, key, text] of NOT_OFFERED) {
  test(`What is ${what} is not offered`, (t) => {
    const browser = new FakeBrowser(t, new FakeStorage());
    browser.storage.setItem(key, text);
    assert.deepEqual(browser.open().told, []);
  });
}

test("Whoever has a draft is offered nothing, nor whoever has reset one", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const tab = browser.open();
  tab.type("mine");
  browser.pass(1);
  browser.open({ place: "/spring/" }).type("other");
  assert.equal(browser.open().said("place"), "");
  tab.work.reset();
  assert.equal(browser.open().said("place"), "");
});

// ----------------------------------------------------------------------------------- editions

const EDITIONS: readonly (readonly [string, Partial<typeof EDITION>, RegExp, number])[] = [
  ["starter", { starter: "starter 2" }, /starter .* has changed/, 1],
  ["tests", { tests: "tests 2" }, /hidden tests .* have changed/, 0],
  ["starter and tests", { starter: "starter 2", tests: "tests 2" }, /starter .* has changed/, 1],
];

for (const [what, change, said, actions] of EDITIONS) {
  test(`Of new ${what} a learner with a draft is told once`, (t) => {
    const browser = new FakeBrowser(t, new FakeStorage());
    browser.open().type("mine");
    const edition = { ...EDITION, ...change };
    const tab = browser.open({ edition });
    assert.match(tab.said("edition"), said);
    assert.equal(tab.notices.get("edition")?.actions.length, actions);
    assert.deepEqual([tab.text, browser.open({ edition }).told], ["mine", []]);
  });
}

test("Who has not begun is not told of what is new, nor who began on it", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  browser.open();
  const edition = { starter: "starter 2", tests: "tests 2" };
  const tab = browser.open({ edition });
  tab.type("mine");
  assert.deepEqual([tab.told, browser.open({ edition }).told], [[], []]);
});

test("Who went back to the starter begins on the one that there is then", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const first = browser.open();
  first.type("mine");
  first.type(STARTER);
  const edition = { ...EDITION, starter: "starter 2" };
  browser.open({ edition }).type("mine again");
  assert.deepEqual(browser.open({ edition }).told, []);
});

test("The code of another place may have been written on another starter", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  browser.open().type("mine");
  const edition = { ...EDITION, starter: "starter 2" };
  const tab = browser.open({ place: "/spring/", edition });
  tab.answer("place");
  assert.match(tab.said("edition"), /starter .* has changed/);
  assert.equal(tab.text, "mine");
});
