import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { type Draft, openDraft } from "../src/page/draft";
import { replaceGlobals } from "./fakes/globals";
import { FakeStorage } from "./fakes/storage";

const STARTER = "def add(a, b): ...\n";

function open(t: TestContext, window: { readonly localStorage: Storage }): Draft {
  replaceGlobals(t, { window });
  return openDraft("sums", STARTER);
}

test("Without a draft there is the starter, and nothing is left in the storage", (t) => {
  const localStorage = new FakeStorage();
  const draft = open(t, { localStorage });
  assert.deepEqual([draft.available, draft.text(), localStorage.length], [true, STARTER, 0]);
});

test("A draft is there on the next visit, whatever the starter is by then", (t) => {
  const localStorage = new FakeStorage();
  assert.equal(open(t, { localStorage }).save("mine"), true);
  assert.equal(openDraft("sums", "another starter").text(), "mine");
});

test("An empty draft is a draft", (t) => {
  const localStorage = new FakeStorage();
  const draft = open(t, { localStorage });
  assert.equal(draft.save(""), true);
  assert.equal(draft.text(), "");
});

test("Exercises on one site keep their drafts apart", (t) => {
  const localStorage = new FakeStorage();
  open(t, { localStorage }).save("mine");
  assert.equal(openDraft("products", STARTER).text(), STARTER);
});

test("The starter is not kept as a draft, so that a newer one is seen", (t) => {
  const localStorage = new FakeStorage();
  const draft = open(t, { localStorage });
  draft.save("mine");
  assert.equal(draft.save(STARTER), true);
  assert.equal(localStorage.length, 0);
});

class UnreadableStorage extends FakeStorage {
  override getItem(): never {
    throw new Error("the storage cannot be read");
  }
}

const BLOCKED: readonly (readonly [what: string, () => { readonly localStorage: Storage }])[] = [
  [
    "Where the page may not even name the storage",
    () => ({
      get localStorage(): Storage {
        throw new Error("the frame is sandboxed");
      },
    }),
  ],
  [
    "Where the storage takes nothing",
    () => ({ localStorage: Object.assign(new FakeStorage(), { isFull: true }) }),
  ],
];

for (const [what, makeWindow] of BLOCKED) {
  test(`${what} there is the starter, and saving says that it fails`, (t) => {
    const draft = open(t, makeWindow());
    assert.deepEqual([draft.available, draft.text()], [false, STARTER]);
    assert.deepEqual([draft.save("mine"), draft.save(STARTER)], [false, false]);
  });
}

test("A storage that is full by now says so, and keeps what it has", (t) => {
  const localStorage = new FakeStorage();
  const draft = open(t, { localStorage });
  draft.save("mine");
  localStorage.isFull = true;
  assert.equal(draft.save("mine, and more"), false);
  assert.deepEqual([draft.available, draft.text()], [true, "mine"]);
});

test("A storage that cannot be read leaves the starter", (t) => {
  assert.equal(open(t, { localStorage: new UnreadableStorage() }).text(), STARTER);
});

test("A storage whose entries cannot be removed says so", (t) => {
  const localStorage = new FakeStorage();
  const draft = open(t, { localStorage });
  t.mock.method(localStorage, "removeItem", () => {
    throw new Error("it is locked");
  });
  assert.equal(draft.save(STARTER), false);
});
