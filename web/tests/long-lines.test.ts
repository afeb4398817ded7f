import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST_IN_LINE, pieces } from "../src/diff/long-lines";

const TEXTS: Record<string, readonly [text: string, count: number]> = {
  nothing: ["", 1],
  "ordinary code": ["a = 1\n".repeat(5000), 1],
  "a line as long as may be": [`${"a".repeat(MOST_IN_LINE)}\nb`, 1],
  "a line that is too long": [`a\n${"b".repeat(MOST_IN_LINE + 2)}\nc`, 2],
  "one line alone": ["x".repeat(100_000), 100],
  "characters of two halves": [`x${"😀".repeat(MOST_IN_LINE)}`, 2],
};

for (const [name, [text, count]] of Object.entries(TEXTS)) {
  test(`A text comes in pieces that can be laid out, and is whole: ${name}`, () => {
    const found = pieces(text);
    assert.equal(found.length, count);
    assert.equal(found.join(""), text);
    assert.ok(found.every((piece) => !/[\ud800-\udfff]/u.test(piece)));
    const longest = Math.max(...found.flatMap((piece) => piece.split("\n").map((l) => l.length)));
    assert.ok(longest <= MOST_IN_LINE + 1, String(longest));
  });
}
