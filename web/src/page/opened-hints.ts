/** Which hints were opened at this place, kept in this browser: a reload of the page closes none. */
import type { Store } from "./store";

export class OpenedHints {
  #opened: readonly string[] = [];

  constructor(
    private readonly store: Store,
    private readonly key: string,
    private readonly now: () => number,
  ) {}

  /**
   * Return which of a page's hints were opened, in that order.
   *
   * @param hints - Their texts: what an edition has changed is a hint that nobody has opened.
   */
  among(hints: readonly string[]): readonly string[] {
    const known = new Set([...this.#opened, ...this.#stored()]);
    return [...known].filter((hint) => hints.includes(hint));
  }

  /** Take in one that is opened now, beside those that other tabs have opened. */
  add(hint: string, hints: readonly string[]): void {
    this.#opened = [...new Set([...this.among(hints), hint])];
    this.store.write(this.key, JSON.stringify({ at: this.now(), opened: this.#opened }));
  }

  #stored(): readonly string[] {
    const { opened } = (this.store.readJson(this.key) ?? {}) as { readonly opened?: unknown };
    return Array.isArray(opened) ? opened.filter((hint) => typeof hint === "string") : [];
  }
}
