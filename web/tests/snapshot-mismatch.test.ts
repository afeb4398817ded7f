import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { replaceGlobals } from "./fakes/globals";
import "./fakes/build";
import { bestBoot, rememberMismatch } from "../src/page/snapshot-mismatch";
import { Store } from "../src/page/store";
import { FakeStorage } from "./fakes/storage";

const HERE = "exercise:sums:/spring/:";
const DAY_MS = 24 * 60 * 60 * 1000;

function browser(t: TestContext, userAgent = "a browser") {
  const localStorage = new FakeStorage();
  let now = 1_000_000_000_000;
  replaceGlobals(t, { window: { localStorage }, navigator: { userAgent } });
  t.mock.method(Date, "now", () => now);
  const pass = (days: number): void => {
    now += days * DAY_MS;
  };
  return { localStorage, store: new Store(), pass };
}

test("A browser of which nothing is known restores", (t) => {
  const { store } = browser(t);
  assert.equal(bestBoot(store, HERE), "restore");
});

test("A snapshot that does not fit is remembered for a week", (t) => {
  const { store, pass } = browser(t);
  rememberMismatch(store, HERE);
  assert.equal(bestBoot(store, HERE), "import");
  pass(6.9);
  assert.equal(bestBoot(store, HERE), "import");
  pass(0.2);
  assert.equal(bestBoot(store, HERE), "restore");
});

test("A mark from a clock that was wrong does not stay", (t) => {
  const { store, pass } = browser(t);
  pass(365);
  rememberMismatch(store, HERE);
  pass(-365);
  assert.equal(bestBoot(store, HERE), "restore");
});

test("What is known of one place is not known of another", (t) => {
  const { store } = browser(t);
  rememberMismatch(store, HERE);
  assert.equal(bestBoot(store, "exercise:sums:/fall/:"), "restore");
  assert.equal(bestBoot(store, "exercise:products:/spring/:"), "restore");
});

test("Another browser on the same storage tries for itself", (t) => {
  const { store } = browser(t);
  rememberMismatch(store, HERE);
  replaceGlobals(t, { navigator: { userAgent: "a newer browser" } });
  assert.equal(bestBoot(store, HERE), "restore");
});

const ODD = ["", "{", "null", "[]", "3", '"text"', '{"until": "never"}', "a mark of an older page"];

for (const text of ODD) {
  test(`A mark that reads ${text || "nothing"} is none`, (t) => {
    const { store, localStorage } = browser(t);
    rememberMismatch(store, HERE);
    for (const key of localStorage.kept.keys()) localStorage.kept.set(key, text);
    assert.equal(bestBoot(store, HERE), "restore");
  });
}

test("A newer build is tried, whatever was known of the one before", (t) => {
  const { store, localStorage } = browser(t);
  rememberMismatch(store, HERE);
  for (const [key, text] of localStorage.kept) {
    localStorage.kept.set(key, JSON.stringify({ ...JSON.parse(text), snapshot: "an older one" }));
  }
  assert.equal(bestBoot(store, HERE), "restore");
});

test("Where nothing can be stored it restores, time and again", (t) => {
  const { store, localStorage } = browser(t);
  localStorage.room = 0;
  rememberMismatch(store, HERE);
  assert.equal(bestBoot(store, HERE), "restore");
});
