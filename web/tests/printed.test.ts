import assert from "node:assert/strict";
import { test } from "node:test";
import { overwritten } from "../src/console/printed";

const ROWS: Readonly<Record<string, readonly [string, string]>> = {
  "nothing to write over": ["a\nb", "a\nb"],
  "a count that begins with it": ["\r0\r1\r2", "2"],
  "a count that ends with it": ["0\r1\r2\r", "2"],
  "a line that has ended": ["10 %\r99 %\ndone\n", "99 %\ndone\n"],
  "an end of line of Windows": ["a\r\nb\r\n", "a\nb\n"],
  "nothing else": ["\r\r\r", ""],
  "nothing at all": ["", ""],
};

for (const [name, [text, shown]] of Object.entries(ROWS)) {
  test(`Of printed lines what was written last is shown: ${name}`, () => {
    assert.equal(overwritten(text), shown);
  });
}

test("Carriage returns without end take no time", () => {
  const before = performance.now();
  assert.equal(overwritten(`${"\r".repeat(100_000)}x`), "x");
  assert.ok(performance.now() - before < 500);
});
