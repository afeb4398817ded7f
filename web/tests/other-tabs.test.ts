import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { watchOtherTabs } from "../src/page/other-tabs";
import { FakeBrowser, STARTER } from "./fakes/desk";
import { replaceGlobals } from "./fakes/globals";
import { FakeStorage } from "./fakes/storage";

function watch(t: TestContext) {
  const window = new EventTarget();
  const page = Object.assign(new EventTarget(), { visibilityState: "visible" });
  replaceGlobals(t, { addEventListener: window.addEventListener.bind(window) });
  const did: string[] = [];
  watchOtherTabs(page as unknown as Document, "draft", {
    look: () => void did.push("look"),
    settle: () => void did.push("settle"),
  });
  const stored = (key: string | null): void => {
    window.dispatchEvent(Object.assign(new Event("storage"), { key }));
  };
  const become = (visibilityState: string): void => {
    page.visibilityState = visibilityState;
    page.dispatchEvent(new Event("visibilitychange"));
  };
  return { window, did, stored, become };
}

test("A page that can be seen looks at once at what another tab stores", (t) => {
  const { did, stored } = watch(t);
  for (const key of ["draft", "draft-note", "history", null]) stored(key);
  assert.deepEqual(did, ["look"]);
});

test("A page that nobody sees looks when it is seen again, and saves when it is left", (t) => {
  const { did, stored, become } = watch(t);
  become("hidden");
  stored("draft");
  assert.deepEqual(did, ["settle"]);
  become("visible");
  assert.deepEqual(did, ["settle", "look"]);
});

for (const kind of ["focus", "pageshow"]) {
  test(`It looks at ${kind}`, (t) => {
    const { window, did } = watch(t);
    window.dispatchEvent(new Event(kind));
    assert.deepEqual(did, ["look"]);
  });
}

test("It saves when the page goes", (t) => {
  const { window, did } = watch(t);
  window.dispatchEvent(new Event("pagehide"));
  assert.deepEqual(did, ["settle"]);
});

test("What another tab saves while a word is composed is taken when the word was given up", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const [one, other] = [browser.open(), browser.open()];
  one.isComposing = true;
  other.type("other");
  one.work.look();
  assert.equal(one.text, STARTER);
  one.endWord();
  assert.equal(one.text, "other");
});

test("A text that is brought in while a word is composed waits until the word is whole", (t) => {
  const tab = new FakeBrowser(t, new FakeStorage()).open();
  tab.type("n");
  tab.isComposing = true;
  tab.work.bring("theirs");
  tab.type("你");
  tab.endWord();
  assert.deepEqual([tab.text, tab.history], ["theirs", ["你"]]);
});

test("What another tab saves while a word is composed is set aside when the word goes on", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const [one, other] = [browser.open(), browser.open()];
  one.type("n");
  one.isComposing = true;
  other.type("other");
  one.work.look();
  one.type("ni");
  one.endWord();
  assert.deepEqual([one.text, browser.open().text], ["ni", "ni"]);
  one.answer("elsewhere");
  assert.equal(one.text, "other");
});
