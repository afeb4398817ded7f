import assert from "node:assert/strict";
import { test } from "node:test";
import { rowsOf } from "../src/diff/rows";

/** Each row as a sign and its sides. */
const told = (own: string, other: string): readonly string[] =>
  rowsOf(own, other).map(
    ({ kind, own, other }) => `${kind === "same" ? "=" : "≠"} ${own ?? "∅"} | ${other ?? "∅"}`,
  );

const CASES: Record<string, readonly [own: string, other: string, rows: readonly string[]]> = {
  "equal texts": ["a\nb\n", "a\nb\n", ["= a | a", "= b | b"]],
  "a changed line": ["a\nb\nc\n", "a\nx\nc\n", ["= a | a", "≠ b | x", "= c | c"]],
  "a line more": ["a\n", "a\nb\n", ["= a | a", "≠ ∅ | b"]],
  "a line less": ["a\nb\n", "b\n", ["≠ a | ∅", "= b | b"]],
  "empty lines that are new": ["a\nb\n", "a\n\n\nb\n", ["= a | a", "≠ ∅ | ", "≠ ∅ | ", "= b | b"]],
  "a last line without an end": ["a\nb", "a\nb\n\n", ["= a | a", "= b | b"]],
  "ends of lines of another system": ["a\r\nb\r\n", "a\nb\n", ["= a | a", "= b | b"]],
};

for (const [name, [own, other, rows]] of Object.entries(CASES)) {
  test(`Two texts stand side by side: ${name}`, () => assert.deepEqual(told(own, other), rows));
}

test("Texts that differ all over are compared in bounded time", () => {
  const text = (of: string) => Array.from({ length: 20_000 }, (_, n) => `${of} ${n}`).join("\n");
  assert.equal(rowsOf(text("a"), text("b")).length, 20_000);
});
