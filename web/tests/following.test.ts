import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { FakeBrowser, STARTER } from "./fakes/desk";
import { FakeStorage } from "./fakes/storage";

const MONDAY = "Monday".repeat(50);

/** A tab that has taken another one's text, in a browser that has no room for what was there. */
function followedWithoutRoom(t: TestContext) {
  const browser = new FakeBrowser(t, new FakeStorage());
  const older = browser.open();
  older.type(MONDAY);
  const newer = browser.open();
  newer.type("Tuesday".repeat(50));
  browser.storage.fill();
  older.work.look();
  return { older, newer };
}

test("Where the other tab is followed without room for what was here, nothing is said to be kept", (t) => {
  const { older } = followedWithoutRoom(t);
  assert.match(older.said("elsewhere"), /until you leave/);
  older.answer("elsewhere");
  assert.equal(older.text, MONDAY);
});

test("What is kept nowhere else stays on offer when the other tab goes back to the starter", (t) => {
  const { older, newer } = followedWithoutRoom(t);
  newer.type(STARTER);
  older.work.look();
  assert.deepEqual([older.text, older.told], [STARTER, ["elsewhere"]]);
  older.answer("elsewhere");
  assert.equal(older.text, MONDAY);
});

test("What was offered before the other tab was followed is offered after that", (t) => {
  const browser = new FakeBrowser(t, new FakeStorage());
  const [one, other] = [browser.open(), browser.open()];
  other.type("other 1");
  one.type("mine");
  other.work.look();
  other.type("other 2");
  one.work.look();
  assert.match(one.said("elsewhere"), /what was here, which is kept/);
  one.dismiss("elsewhere");
  one.answer("elsewhere");
  assert.equal(one.text, "other 1");
});

for (const [name, mine] of [
  ["A text", "mine"],
  ["The starter", STARTER],
] as const) {
  test(`${name} that another tab's took the place of is not offered once it is back`, (t) => {
    const browser = new FakeBrowser(t, new FakeStorage());
    const one = browser.open();
    one.type(mine);
    browser.open().type("other");
    one.work.look();
    assert.match(one.said("elsewhere"), /also open elsewhere/);
    one.undo();
    one.type(`${mine}, and more`);
    assert.equal(one.said("elsewhere"), "");
  });
}
