import assert from "node:assert/strict";
import { test } from "node:test";
import { asked } from "../src/console/asked-line";

// What the program was given, what stands there now, how many lines it took; what becomes of that.
const ROWS: Readonly<
  Record<
    string,
    readonly [given: string, text: string, taken: number, text: string, answer: string | null]
  >
> = {
  nothing: ["", "", 0, "", null],
  "a line that was ended": ["Ann\n", "Ann\n", 1, "Ann\n", null],
  "a line that was not": ["Ann", "Ann", 1, "Ann\n", null],
  "half a line more": ["Ann\n", "Ann\n12", 1, "Ann\n12", null],
  "half a line, and none before": ["", "An", 0, "An", null],
  "a line more": ["Ann\n", "Ann\n12\n", 1, "Ann\n12\n", "Ann\n12\n"],
  "a line and a half more": ["Ann\n", "Ann\n12\nOs", 1, "Ann\n12\nOs", "Ann\n12\n"],
  "an empty line more": ["Ann\n", "Ann\n\n", 1, "Ann\n\n", "Ann\n\n"],
  "another line in its place": ["Ann\n", "Bea\n", 1, "Bea\n", null],
};

for (const [name, [given, text, taken, ...becomes]] of Object.entries(ROWS)) {
  test(`A program asks for a line, and there is: ${name}`, () => {
    const made = asked(given, text, taken);
    assert.deepEqual([made.text, made.answer], becomes);
  });
}
