/** Whether what nobody has asked for may be done now: while it is wanted, and nothing else goes on. */
export class Permission {
  #isWanted = false;
  #isFree = false;
  #hear: () => void = () => {};

  /** Whether a reader wants it at all. */
  get isWanted(): boolean {
    return this.#isWanted;
  }

  get isGiven(): boolean {
    return this.#isWanted && this.#isFree;
  }

  /** @param isWanted - Whether a reader wants it. */
  want(isWanted: boolean): void {
    if (isWanted === this.#isWanted) return;
    this.#isWanted = isWanted;
    this.#hear();
  }

  /** @param isFree - Whether there is time for it. */
  free(isFree: boolean): void {
    if (isFree === this.#isFree) return;
    this.#isFree = isFree;
    this.#hear();
  }

  /** Have somebody hear, from now on, that it has changed. */
  watch(hear: () => void): void {
    this.#hear = hear;
  }
}
