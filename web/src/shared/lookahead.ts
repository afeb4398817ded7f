/** Calls asked ahead of their test: when one may follow upon another without a word from the judge. */

/** So near to the reference's number, an answer takes every test the same way. */
const SAME = 1e-12;

/** The float with which a candidate's answer begins, and what tells that it changed nothing. */
const RETURNED_FLOAT = /^\{"kind": "returned", "value": (-?[\d.]+(?:e[+-]?\d+)?), "changed": \{\},/;

/** Whether an answer is just a float, and this one but for rounding. */
export function isFloat(answer: string, expected: number): boolean {
  const text = RETURNED_FLOAT.exec(answer)?.[1] ?? "";
  // Without a point or an exponent it is an int of Python's, which is another answer.
  return /[.e]/.test(text) && Math.abs(Number(text) - expected) <= SAME * Math.abs(expected);
}
