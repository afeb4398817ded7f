/** Calls asked ahead of their test: when one may follow upon another without a word from the judge. */

/** So near to the reference's number, an answer takes every test the same way. */
const SAME = 1e-12;

/** Whether an answer is a number, and this one but for rounding. */
export function isNumber(answer: number | null, expected: number): boolean {
  return answer !== null && Math.abs(answer - expected) <= SAME * Math.abs(expected);
}
