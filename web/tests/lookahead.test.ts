import assert from "node:assert/strict";
import { test } from "node:test";
import { type Brief, isSame } from "../src/shared/lookahead";

const TABLE: readonly (readonly [what: string, Brief | null, Brief, boolean])[] = [
  ["The same number is the expected one", 0.1, 0.1, true],
  ["A number that differs by rounding is", 0.1 + 0.2, 0.3, true],
  ["A negative number that differs by rounding is", -(0.1 + 0.2), -0.3, true],
  ["Zero is zero", 0, 0, true],
  ["Minus zero is zero", -0, 0, true],
  ["Almost zero is not zero", 1e-300, 0, false],
  ["A number further off than rounding is not", 0.3 + 1e-11, 0.3, false],
  ["The other sign is not", -0.3, 0.3, false],
  ["An answer that came too long is not", null, 0, false],
  ["The same text is", "[[1, true], []]", "[[1, true], []]", true],
  ["Another text is not, whatever it means", "[[1,true],[]]", "[[1, true], []]", false],
  ["A text is no number", "1", 1, false],
  ["A number is no text", 1, "1", false],
  ["Not a number is not", Number.NaN, 1, false],
  ["Infinity is not", Infinity, 1, false],
];

for (const [what, answer, expected, is] of TABLE) {
  test(what, () => assert.equal(isSame(answer, expected), is));
}
