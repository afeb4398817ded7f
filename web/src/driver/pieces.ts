/** What a realm sends before its answer: so much and no more, since learners' code makes it send. */

/** So long may one piece be, in characters. */
export const MAX_PIECE = 100_000;

/** So many pieces, and characters in all of them, may come before one answer. */
export const MAX_PIECES = 5_000;
export const MAX_CHARACTERS = 8_000_000;

export class Pieces {
  #count = 0;
  #characters = 0;

  constructor(readonly onPiece: (text: string) => void) {}

  /** Take another piece; false where that is too much. */
  take(text: string): boolean {
    this.#count += 1;
    this.#characters += text.length;
    if (this.#count > MAX_PIECES || this.#characters > MAX_CHARACTERS) return false;
    this.onPiece(text);
    return true;
  }
}
