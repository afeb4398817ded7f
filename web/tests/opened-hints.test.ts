import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { OpenedHints } from "../src/page/opened-hints";
import { Store } from "../src/page/store";
import { replaceGlobals } from "./fakes/globals";
import { FakeStorage } from "./fakes/storage";

const KEY = "exercise:sums:/sums/:hints";
const HINTS = ["Hint 1 Add.", "Hint 2 Begin with 0.", "Hint 3 Mind the last."];
const [FIRST, SECOND, LAST] = HINTS as [string, string, string];

function scene(t: TestContext) {
  const storage = new FakeStorage();
  replaceGlobals(t, { window: { localStorage: storage } });
  return { storage, tab: (key = KEY) => new OpenedHints(new Store(), key, () => 1000) };
}

test("Hints that were opened are after a reload, in the order in which that was done", (t) => {
  const { tab } = scene(t);
  assert.deepEqual(tab().among(HINTS), []);
  const hints = tab();
  for (const hint of [LAST, FIRST]) hints.add(hint, HINTS);
  assert.deepEqual(tab().among(HINTS), [LAST, FIRST]);
});

test("Those that another tab has opened are among them, those of another place are not", (t) => {
  const { tab } = scene(t);
  const [one, other, elsewhere] = [tab(), tab(), tab("exercise:sums:/copy/:hints")];
  one.add(LAST, HINTS);
  elsewhere.add(SECOND, HINTS);
  other.add(FIRST, HINTS);
  one.add(LAST, HINTS);
  assert.deepEqual(tab().among(HINTS), [LAST, FIRST]);
});

test("A hint that another edition has changed, or put in place of one, was not opened", (t) => {
  const { tab } = scene(t);
  for (const hint of HINTS) tab().add(hint, HINTS);
  const edition = [FIRST, "Hint 2 Begin with 1.", "Hint 3 Use a loop.", LAST.replace("3", "4")];
  assert.deepEqual(tab().among(edition), [FIRST]);
  tab().add("Hint 3 Use a loop.", edition);
  assert.deepEqual(tab().among([...HINTS, ...edition]), [FIRST, "Hint 3 Use a loop."]);
});

test("Where nothing can be kept, or nothing more, all that was opened in time is", (t) => {
  const { storage, tab } = scene(t);
  const full = tab();
  full.add(FIRST, HINTS);
  storage.fill();
  for (const hint of [SECOND, LAST]) full.add(hint, HINTS);
  assert.deepEqual(tab().among(HINTS), [FIRST]);
  storage.clear();
  storage.room = Number.POSITIVE_INFINITY;
  full.add(LAST, HINTS);
  assert.deepEqual(tab().among(HINTS), HINTS);
  replaceGlobals(t, { window: {} });
  tab().add(FIRST, HINTS);
  assert.deepEqual(tab().among(HINTS), []);
});

const FOREIGN = {
  "no JSON": "{",
  null: "null",
  text: '"opened"',
  "another shape": `["${FIRST}"]`,
  "hints that are none": '{"opened": [null, 1, {"length": 3}]}',
  "one text": `{"opened": "${FIRST}"}`,
};
for (const [what, text] of Object.entries(FOREIGN)) {
  test(`What somebody else stored opens no hint: ${what}`, (t) => {
    const { storage, tab } = scene(t);
    storage.setItem(KEY, text);
    assert.deepEqual(tab().among(HINTS), []);
    tab().add(FIRST, HINTS);
    assert.deepEqual(tab().among(HINTS), [FIRST]);
  });
}
