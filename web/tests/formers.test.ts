import assert from "node:assert/strict";
import { test } from "node:test";
import { draftKey, FakeBrowser, type FakeTab, STARTER } from "./fakes/desk";
import { FakeStorage } from "./fakes/storage";

test("A reset can be undone from its notice", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const tab = browser.open();
  tab.type("mine");
  tab.work.reset();
  assert.deepEqual([tab.text, tab.history], [STARTER, ["mine"]]);
  tab.answer("back");
  assert.deepEqual([tab.text, tab.notices.size, browser.open().text], ["mine", 0, "mine"]);
});

test("A reset can be undone after a reload, and after more was written", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const first = browser.open();
  first.type("mine");
  first.work.reset();
  first.type("a new beginning");
  const tab = browser.open();
  assert.equal(tab.said("back"), first.said("back"));
  tab.answer("back");
  assert.deepEqual([tab.text, tab.history], ["mine", ["mine", "a new beginning"]]);
  tab.answer("back");
  assert.equal(tab.text, "a new beginning");
});

test("A notice that was dismissed does not come back, but the text stays in the history", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const tab = browser.open();
  tab.type("mine");
  tab.work.reset();
  tab.dismiss("back");
  const later = browser.open();
  assert.deepEqual([later.told, later.history], [[], ["mine"]]);
});

function undoLate(tab: FakeTab): void {
  tab.work.reset();
  tab.type("a new beginning");
  tab.answer("back");
}

const REPLACING: readonly [how: string, replace: (tab: FakeTab) => void][] = [
  ["A reset", (tab) => tab.work.reset()],
  ["A text that was brought in", (tab) => tab.work.bring("theirs")],
  ["An Undo of the notice", undoLate],
];

for (const [how, replace] of REPLACING) {
  test(`${how}, once undone in the editor, is not offered to be undone again`, (t) => {
    const browser = new FakeBrowser(t, new FakeStorage());
    const tab = browser.open();
    tab.type("mine");
    replace(tab);
    assert.notEqual(tab.said("back"), "");
    tab.undo();
    tab.type(`${tab.text}, and more`);
    assert.deepEqual([tab.said("back"), browser.open().said("back")], ["", ""]);
  });
}

test("Of two resets the one that was undone in the editor is not offered, the other still is", (t) => {
  const tab = new FakeBrowser(t, new FakeStorage()).open();
  for (const text of ["a", "b"]) {
    tab.type(text);
    tab.work.reset();
  }
  tab.undo();
  assert.doesNotMatch(tab.said("back"), /Undo once more/);
  tab.answer("back");
  assert.equal(tab.text, "a");
});

test("A reset that was undone in another tab is not offered to be undone in this one", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const one = browser.open();
  one.type("mine");
  one.work.reset();
  browser.open().type("mine");
  one.work.look();
  assert.deepEqual([one.text, one.said("back")], ["mine", ""]);
});

test("Two resets are undone one after the other, after a reload too, and the round goes on", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const first = browser.open();
  first.type("mine");
  first.work.reset();
  first.type("x");
  first.work.reset();
  assert.match(first.said("back"), /Undo once more/);
  const tab = browser.open();
  assert.equal(tab.said("back"), first.said("back"));
  tab.answer("back");
  assert.equal(tab.text, "x");
  assert.doesNotMatch(tab.said("back"), /Undo once more/);
  for (const text of ["mine", "x", "mine"]) {
    tab.answer("back");
    assert.deepEqual([tab.text, browser.open().text], [text, text]);
  }
});

test("Of three texts none is out of the reach of Undo", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const tab = browser.open();
  for (const text of ["a", "b"]) {
    tab.type(text);
    tab.work.reset();
  }
  tab.type("c");
  const seen = [1, 2, 3].map(() => {
    tab.answer("back");
    return tab.text;
  });
  assert.deepEqual(seen, ["b", "a", "c"]);
});

test("Where nothing is kept two resets are undone all the same", (t) => {
  const browser = new FakeBrowser(t, Object.assign(new FakeStorage(), { room: 0 }));
  const tab = browser.open();
  for (const text of ["a", "b"]) {
    tab.type(text);
    tab.work.reset();
  }
  tab.answer("back");
  assert.equal(tab.text, "b");
  tab.answer("back");
  assert.equal(tab.text, "a");
});

test("After a reset another text in its place leaves what can be undone", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  browser.open({ place: "/spring/" }).type("of spring");
  const tab = browser.open();
  tab.type("mine");
  tab.work.reset();
  tab.answer("place");
  assert.deepEqual([tab.text, tab.told], ["of spring", ["place", "back"]]);
  const later = browser.open();
  later.answer("back");
  assert.deepEqual([later.text, later.history], ["mine", ["mine", "of spring"]]);
});

test("What two tabs have reset can be had back by the next visit", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const [one, other] = [browser.open(), browser.open()];
  for (const [tab, text] of [
    [one, "a"],
    [other, "b"],
  ] as const) {
    tab.work.look();
    tab.type(text);
    tab.work.reset();
  }
  const later = browser.open();
  for (const text of ["b", "a"]) {
    later.answer("back");
    assert.equal(later.text, text);
  }
});

test("A note of the time when one text could be had back is understood", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const first = browser.open();
  first.type("mine");
  first.work.reset();
  const key = `${draftKey()}-note`;
  const note = JSON.parse(browser.storage.getItem(key) ?? "");
  browser.storage.setItem(key, JSON.stringify({ ...note, back: note.back[0], other: null }));
  const tab = browser.open();
  tab.answer("back");
  assert.equal(tab.text, "mine");
});

test("A reset of the starter says nothing", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const tab = browser.open();
  tab.work.reset();
  assert.deepEqual([tab.told, browser.storage.length], [[], 0]);
});

test("A reset frees the room that its own history needs", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const tab = browser.open();
  tab.type("mine".repeat(100));
  browser.storage.fill();
  browser.storage.room += 150;
  tab.work.reset();
  const later = browser.open();
  later.answer("back");
  assert.equal(later.text, "mine".repeat(100));
});
