/**
 * Scrolling the results, in their own pane or with the page: by hand, because what a browser offers
 * for it scrolls the page around a frame as well.
 */
import { part } from "./view";

const MARGIN = 4;

export class ResultsScroll {
  readonly #pane: HTMLElement;
  readonly #pinned: HTMLElement;
  readonly #toolbar: HTMLElement | null;

  constructor(readonly page: Document) {
    this.#pane = part(page, "results", HTMLElement);
    this.#pinned = part(page, "verdict-row", HTMLElement);
    this.#toolbar = page.querySelector(".toolbar");
  }

  /** Whether the results scroll apart from the editor. */
  get hasOwnPane(): boolean {
    return getComputedStyle(this.#pane).overflowY === "auto";
  }

  /** Puts an item to the top of what can be seen. */
  toTop(item: HTMLElement): void {
    this.#by(item.getBoundingClientRect().top - this.#top() - MARGIN);
  }

  /** Shows the verdict, if it is out of sight, by as little as it takes. */
  toVerdict(): void {
    if (this.hasOwnPane) return;
    const { top, bottom } = this.#pinned.getBoundingClientRect();
    if (bottom > innerHeight) this.#by(bottom - innerHeight + MARGIN);
    else if (top < this.#top()) this.#by(top - this.#top() - MARGIN);
  }

  /** Where what can be seen begins, below what stays in place. */
  #top(): number {
    if (!this.hasOwnPane) return this.#toolbar?.offsetHeight ?? 0;
    const isPinned = getComputedStyle(this.#pinned).position === "sticky";
    return this.#pane.getBoundingClientRect().top + (isPinned ? this.#pinned.offsetHeight : 0);
  }

  #by(top: number): void {
    if (this.hasOwnPane) this.#pane.scrollBy({ top, behavior: "instant" });
    else scrollBy({ top, behavior: "instant" });
  }
}
