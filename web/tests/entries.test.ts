import assert from "node:assert/strict";
import { test } from "node:test";
import { listed } from "../src/dialogs/entries";
import type { Entry } from "../src/page/history";

const ENTRY: Entry = { at: 1000, place: "/sums/", reason: "hour", run: null, text: "a" };
const what = (change: object): string => listed([{ ...ENTRY, ...change }], "/sums/")[0]!.what;

test("The newest comes first, and says where it was written if not here", () => {
  const rows = listed([ENTRY, { ...ENTRY, at: 2000, place: "/spring/" }], "/sums/");
  assert.deepEqual(
    rows.map(({ entry, where }) => [entry.at, where]),
    [
      [2000, "/spring/"],
      [1000, null],
    ],
  );
});

const NAMED: readonly (readonly [change: object, what: string])[] = [
  [{}, "After an hour of work"],
  [{ reason: "reset" }, "Before a reset"],
  [{ reason: "replaced" }, "Before other code took its place"],
  [{ reason: "run", run: { outcome: "failed", passed: 3, total: 5 } }, "Failed: 3 of 5 passed"],
  [{ reason: "reset", run: { outcome: "passed", passed: 5, total: 5 } }, "Passed: 5 of 5 passed"],
  [{ reason: "run", run: { outcome: "<b>", passed: 3, total: 5 } }, "Kept"],
  [{ reason: "toString", run: 7 }, "Kept"],
];

for (const [change, expected] of NAMED) {
  test(`An entry says what became of its text: ${JSON.stringify(change)}`, () => {
    assert.equal(what(change), expected);
  });
}

test("A time that is none does not keep the others from being listed", () => {
  const rows = listed([ENTRY, { ...ENTRY, at: 1e300 }], "/sums/");
  assert.match(rows[1]!.when, /1970/);
  assert.equal(rows.length, 2);
});
