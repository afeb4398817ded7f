import assert from "node:assert/strict";
import { test } from "node:test";
import { isNumber } from "../src/shared/lookahead";

const TABLE: readonly (readonly [what: string, number | null, number, boolean])[] = [
  ["The same number is the expected one", 0.1, 0.1, true],
  ["A number that differs by rounding is", 0.1 + 0.2, 0.3, true],
  ["A negative number that differs by rounding is", -(0.1 + 0.2), -0.3, true],
  ["Zero is zero", 0, 0, true],
  ["Minus zero is zero", -0, 0, true],
  ["Almost zero is not zero", 1e-300, 0, false],
  ["A number further off than rounding is not", 0.3 + 1e-11, 0.3, false],
  ["The other sign is not", -0.3, 0.3, false],
  ["An answer that is no number is not", null, 0, false],
  ["Not a number is not", Number.NaN, 1, false],
  ["Infinity is not", Infinity, 1, false],
];

for (const [what, answer, expected, is] of TABLE) {
  test(what, () => assert.equal(isNumber(answer, expected), is));
}
