/**
 * Scrolling the results in their pane: by hand, because what a browser offers for it scrolls the page
 * around a frame as well.
 */
import { part } from "./view";

const MARGIN = 4;

export class ResultsScroll {
  readonly #pane: HTMLElement;
  readonly #pinned: HTMLElement;

  constructor(page: Document) {
    this.#pane = part(page, "results", HTMLElement);
    this.#pinned = part(page, "verdict-row", HTMLElement);
  }

  toStart(): void {
    this.#pane.scrollTop = 0;
  }

  /** Puts an item to the top of what can be seen. */
  toTop(item: HTMLElement): void {
    const top = item.getBoundingClientRect().top - this.#top() - MARGIN;
    this.#pane.scrollBy({ top, behavior: "instant" });
  }

  /** Where what can be seen begins, below what stays in place. */
  #top(): number {
    const isPinned = getComputedStyle(this.#pinned).position === "sticky";
    return this.#pane.getBoundingClientRect().top + (isPinned ? this.#pinned.offsetHeight : 0);
  }
}
