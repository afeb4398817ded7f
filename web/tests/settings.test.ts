import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { Preferences, readSettings, SETTINGS_KEY, type Settings } from "../src/page/settings";
import { Store } from "../src/page/store";
import { replaceGlobals } from "./fakes/globals";
import { FakeStorage } from "./fakes/storage";

const DEFAULTS: Settings = {
  theme: "system",
  size: 100,
  wrap: "auto",
  keyHints: true,
  singleKeys: true,
  marks: true,
};

function open(t: TestContext, storage: FakeStorage | null = new FakeStorage()) {
  const window = {
    get localStorage() {
      if (storage === null) throw new Error("denied");
      return storage;
    },
  };
  replaceGlobals(t, { window });
  const told: Settings[] = [];
  const tab = () => new Preferences(new Store(), (settings) => told.push(settings));
  return { storage, told, tab };
}

const KEPT: Record<string, Settings> = {
  "": DEFAULTS,
  null: DEFAULTS,
  "7": DEFAULTS,
  "[]": DEFAULTS,
  "{not json": DEFAULTS,
  '{"theme":"dark"}': { ...DEFAULTS, theme: "dark" },
  '{"theme":"<style>","size":1e9,"wrap":true,"keyHints":"no","singleKeys":0,"marks":0}': DEFAULTS,
  '{"theme":"light","size":150,"wrap":"off","keyHints":false,"marks":false,"other":1}': {
    theme: "light",
    size: 150,
    wrap: "off",
    keyHints: false,
    singleKeys: true,
    marks: false,
  },
  '{"singleKeys":false}': { ...DEFAULTS, singleKeys: false },
};

for (const [text, settings] of Object.entries(KEPT)) {
  test(`Of what is kept, ${text || "nothing"}, that counts which makes sense`, (t) => {
    const { storage } = open(t);
    storage?.setItem(SETTINGS_KEY, text);
    assert.deepEqual(readSettings(new Store()), settings);
  });
}

test("What was set holds on the next visit, of another exercise too", (t) => {
  const { tab, told } = open(t);
  tab().change({ theme: "dark", size: 130 });
  assert.deepEqual(tab().now, { ...DEFAULTS, theme: "dark", size: 130 });
  assert.deepEqual([told.length, tab().isKept], [1, true]);
});

test("Two tabs do not undo each other's settings", (t) => {
  const { tab } = open(t);
  const [one, other] = [tab(), tab()];
  one.change({ theme: "dark" });
  other.change({ wrap: "on" });
  one.follow();
  assert.deepEqual(one.now, { ...DEFAULTS, theme: "dark", wrap: "on" });
});

test("A storage that is emptied meanwhile takes no setting of this visit with it", (t) => {
  const { storage, tab } = open(t);
  const visit = tab();
  visit.change({ theme: "dark" });
  storage?.removeItem(SETTINGS_KEY);
  visit.change({ marks: false });
  assert.deepEqual(tab().now, { ...DEFAULTS, theme: "dark", marks: false });
});

test("Where nothing can be kept, settings hold for the visit, and that is known", (t) => {
  const { tab, told } = open(t, null);
  const visit = tab();
  assert.equal(visit.isKept, false);
  visit.change({ theme: "dark" });
  visit.change({ wrap: "off" });
  assert.deepEqual(visit.now, { ...DEFAULTS, theme: "dark", wrap: "off" });
  assert.deepEqual([told.length, visit.isKept, tab().now], [2, false, DEFAULTS]);
});

test("In a full storage settings hold for the visit, until there is room", (t) => {
  const { storage, tab } = open(t);
  storage?.setItem("others", "x".repeat(200));
  storage?.fill();
  const visit = tab();
  visit.change({ theme: "dark" });
  assert.deepEqual([visit.now.theme, visit.isKept], ["dark", false]);
  storage?.removeItem("others");
  visit.change({ wrap: "on" });
  assert.deepEqual([visit.isKept, tab().now], [true, { ...DEFAULTS, theme: "dark", wrap: "on" }]);
});

test("A storage that takes nothing is known before anything is set", (t) => {
  const { storage, tab } = open(t);
  t.mock.method(storage as FakeStorage, "setItem", () => {
    throw new Error("refused");
  });
  assert.equal(tab().isKept, false);
});
