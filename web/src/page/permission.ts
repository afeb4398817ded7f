/** Whether what nobody has asked for may be done now: while it is wanted, and nothing else goes on. */
export class Permission {
  #isWanted = false;
  #isFree = false;
  #hear: (isScarce: boolean) => void = () => {};

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
    this.#hear(false);
  }

  /** @param isFree - Whether there is time for it. */
  free(isFree: boolean): void {
    if (isFree === this.#isFree) return;
    this.#isFree = isFree;
    this.#hear(false);
  }

  /** There is no memory left for what the page needs: whatever can be given back is. */
  giveRoom(): void {
    this.#hear(true);
  }

  /** @param hear - Told, from now on, that it has changed, or that memory is scarce. */
  watch(hear: (isScarce: boolean) => void): void {
    this.#hear = hear;
  }
}
