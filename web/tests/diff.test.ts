import assert from "node:assert/strict";
import { test } from "node:test";
import { rowsOf, seen, shortened } from "../src/diff/rows";

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

test("Lines that differ in what nobody sees are not shown alike", () => {
  const lines = ["x = 1", "x = 1 ", "x = 1\t\t", "x\xa0= 1", "x =\u200b 1", "x = 1\u3000"];
  const shown = ["x = 1", "x = 1·", "x = 1··", "x\\xa0= 1", "x =\\u200b 1", "x = 1\\u3000"];
  assert.deepEqual(lines.map(seen), shown);
  assert.equal(seen("    return 'é · 日本'"), "    return 'é · 日本'");
});

test("Texts that differ all over are compared in bounded time", () => {
  const text = (of: string) => Array.from({ length: 20_000 }, (_, n) => `${of} ${n}`).join("\n");
  assert.equal(rowsOf(text("a"), text("b")).length, 20_000);
});

const numbers = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => `${n}`);

test("Of many lines those around a change are shown, and how many are not", () => {
  const before = numbers(1000);
  const after = before.with(500, "changed");
  const rows = shortened(rowsOf(before.join("\n"), after.join("\n")));
  const said = rows.map(({ own }) => own);
  assert.equal(rows.length, 13);
  assert.deepEqual(
    [said[0], said[1], said[6], said[12]],
    ["⋯ 495 lines not shown", "495", "500", "⋯ 494 lines not shown"],
  );
});

test("Of few lines all are shown, and of very many changes the first", () => {
  const few = rowsOf(numbers(400).join("\n"), numbers(400).join("\n"));
  assert.equal(shortened(few), few);
  const rows = shortened(rowsOf("", numbers(100_000).join("\n")));
  assert.equal(rows.length, 4001);
  assert.equal(rows.at(-1)?.own, "⋯ 96000 lines not shown");
});
