/** F6 and Shift+F6 go from part to part of the page; past the ends the key is the browser's. */
import { isOneOf, PAGE } from "../shared/keys";
import type { PaneName, Panes } from "./panes";
import { isModal } from "./shortcuts";
import { part } from "./view";

interface Region {
  /** Where it begins; it goes on to where the next one does. */
  readonly start: HTMLElement;
  /** Which pane has to be in sight, if it is one. */
  pane(): PaneName | null;
  /** What takes the focus, if nothing in the region had it before. */
  first(): HTMLElement | null;
}

export function createRegions(page: Document, panes: Panes): void {
  new Regions(page, panes, regionsOf(page, panes));
}

function regionsOf(page: Document, panes: Panes): readonly Region[] {
  const find = (id: string) => part(page, id, HTMLElement);
  return [
    { start: find("problem"), pane: () => "problem", first: () => find("statement") },
    { start: find("deck"), pane: () => null, first: () => find("run") },
    {
      start: find("code"),
      pane: () => "code",
      first: () => page.querySelector<HTMLElement>("#editor :is(.cm-content, pre)"),
    },
    { start: find("rows"), pane: () => panes.lower, first: () => find(panes.lower) },
  ];
}

/** Stands between parts, or leads to one: no place to come back to. */
const PASSED: readonly string[] = ["separator", "tab"];

class Regions {
  /** What last had the focus in each of them. */
  readonly #last: (HTMLElement | null)[];
  /** Where the focus was when the browser had the key, and whether it has left the page since. */
  #left: { readonly at: Element | null; isGone: boolean } | null = null;

  constructor(
    private readonly page: Document,
    private readonly panes: Panes,
    private readonly regions: readonly Region[],
  ) {
    this.#last = regions.map(() => null);
    page.addEventListener("focusin", ({ target }) => this.#note(target as HTMLElement));
    page.addEventListener("keydown", (event) => this.#onKey(event));
    addEventListener("blur", () => {
      if (this.#left !== null) this.#left.isGone = true;
    });
  }

  #note(target: HTMLElement): void {
    const at = this.#indexOf(target);
    const isAround = this.regions.some(({ start }) => start !== target && target.contains(start));
    if (at >= 0 && !isAround && !PASSED.includes(target.getAttribute("role") ?? ""))
      this.#last[at] = target;
  }

  #onKey(event: KeyboardEvent): void {
    const isNext = isOneOf(PAGE.nextPart, event);
    if (!isNext && !isOneOf(PAGE.previousPart, event)) return;
    if (event.defaultPrevented || isModal(this.page)) return;
    if (event.repeat) {
      event.preventDefault(); // a finger that stays on it goes no further
      return;
    }
    const to = this.#from(isNext) + (isNext ? 1 : -1);
    const region = this.regions[to];
    this.#left = region ? null : { at: this.page.activeElement, isGone: false };
    if (region === undefined) return;
    event.preventDefault();
    this.#enter(region, this.#last[to] ?? null);
  }

  /** The part that has the focus; who comes back from the browser's own ones begins anew. */
  #from(isNext: boolean): number {
    const { activeElement } = this.page;
    if (this.#left?.isGone && this.#left.at === activeElement) {
      return isNext ? -1 : this.regions.length;
    }
    return activeElement === null ? -1 : this.#indexOf(activeElement);
  }

  #indexOf(element: Element): number {
    // A tab belongs to its part, wherever the row of them stands.
    const shown =
      element.getAttribute("role") === "tab" ? element.getAttribute("aria-controls") : null;
    const at = (shown && this.page.getElementById(shown)) || element;
    return this.regions.findLastIndex(({ start }) => {
      const place = start.compareDocumentPosition(at);
      return start === at || (place & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    });
  }

  #enter(region: Region, last: HTMLElement | null): void {
    const pane = region.pane();
    if (pane !== null) this.panes.show(pane);
    if (last !== null && isSeen(last)) last.focus();
    if (last === null || this.page.activeElement !== last) region.first()?.focus();
  }
}

function isSeen(element: HTMLElement): boolean {
  const isAway = element.closest("[data-away]") !== null;
  // As older browsers know it, too.
  const isShown = element.getClientRects().length > 0;
  return !isAway && isShown && getComputedStyle(element).visibility === "visible";
}
