/** How much code is taken from outside. */

/** More is not run, either: `grading/candidate/loading.py`. */
export const MOST_CHARACTERS = 100_000;

/** No character takes more bytes. */
export const MOST_BYTES = 4 * MOST_CHARACTERS;

/** Whether a text has more characters than are taken; those of Python, which counts no halves. */
export function isTooLong(text: string): boolean {
  return text.length > 2 * MOST_CHARACTERS || [...text].length > MOST_CHARACTERS;
}
