/** Calls asked ahead of their test: when one may follow upon another without a word from the judge. */

/**
 * What tells one answer from another (`grading/shared/brief.py`): the number that a call returned, or
 * the text of what it returned and changed.
 */
export type Brief = number | string;

/** So near to the reference's number, an answer takes every test the same way. */
const SAME = 1e-12;

/** Whether an answer is the expected one: a number but for rounding, all else to the letter. */
export function isSame(answer: Brief | null, expected: Brief): boolean {
  if (typeof answer !== "number" || typeof expected !== "number") return answer === expected;
  return Math.abs(answer - expected) <= SAME * Math.abs(expected);
}
