/**
 * Parts of the page that take turns: all of them where the window is small, else those below the editor.
 *
 * What is away is only out of sight, beyond the edge of a box that nobody scrolls by hand: its
 * verdict still speaks, and whoever finds, clicks or focuses something in it has it shown.
 */
import { keyOf, TABS } from "../shared/keys";
import { ledTo } from "./arrows";
import { part } from "./view";

const PANES = ["problem", "code", "results", "try", "steps", "explore"] as const;
export type PaneName = (typeof PANES)[number];

/** Those that stand below the editor where there is room for it. */
const LOWER: readonly PaneName[] = ["results", "try", "steps", "explore"];

/** What may have a wide window for itself: the problem, the code, or what is below the code. */
export const FILLS = ["problem", "code", "lower"] as const;
type Fill = (typeof FILLS)[number];

/** A row of less (rem) has room for the tabs alone. */
const SLIM = 34;

interface Pane {
  readonly name: PaneName;
  readonly box: HTMLElement;
  readonly tab: HTMLElement;
}

export class Panes {
  readonly #panes: readonly Pane[];
  readonly #main: HTMLElement;
  readonly #lower: HTMLElement;
  readonly #unfill: HTMLElement;
  readonly #waiting = new Map<PaneName, () => void>();
  /** Of what scrolls, when it was last settled. */
  readonly #heights = new Map<HTMLElement, number>();
  #shown: PaneName = "problem";
  /** The part out of sight in which a pointer is down: that of a script. */
  #pressed: PaneName | null = null;
  #wasWide = false;
  /** What has the focus, or had it until it was not seen any more. */
  #focused: Element | null = null;
  #shownBelow: PaneName = "results";

  constructor(readonly page: Document) {
    const find = (id: string) => part(page, id, HTMLElement);
    this.#panes = PANES.map((name) => ({ name, box: find(name), tab: find(`tab-${name}`) }));
    this.#main = find("panes");
    this.#lower = find("lower");
    this.#unfill = find("unfill");
    this.#unfill.addEventListener("click", () => {
      this.fill(null);
      find("more").focus();
    });
    for (const { name, tab } of this.#panes) tab.addEventListener("click", () => this.open(name));
    find("tabs").addEventListener("keydown", (event) => this.#onKey(event));
    this.#followFocus();
    this.#followPress();
    for (const box of [this.#main, this.#lower]) {
      box.addEventListener("scroll", () => this.#followScroll(box));
    }
    const measure = new ResizeObserver(() => this.#fit(find("deck")));
    for (const id of ["deck", "panes", "lower"]) measure.observe(find(id));
  }

  /** The one of the lower parts that is, or was last, in sight. */
  get lower(): PaneName {
    return this.#shownBelow;
  }

  /** Brings a part into sight; the focus moves only if what holds it goes out of sight. */
  show(name: PaneName): void {
    this.#shown = name;
    // Or there were no tabs to be seen, nor to take the focus.
    if (name !== "code") this.page.documentElement.removeAttribute("data-typing");
    const { fill } = this.page.documentElement.dataset;
    if (fill !== undefined && fill !== fillOf(name)) this.fill(null);
    if (LOWER.includes(name)) this.#shownBelow = name;
    this.#settle();
    const { activeElement } = this.page;
    const left = this.#holding(activeElement);
    if (left?.box.hasAttribute("data-away")) this.#tabOf(name).focus({ preventScroll: true });
    this.#waiting.get(name)?.();
    this.#waiting.delete(name);
  }

  /** Shows a part, and moves the focus to its tab: some browsers give it to no button by a click. */
  open(name: PaneName): void {
    this.show(name);
    this.#tabOf(name).focus({ preventScroll: true });
  }

  /** Lets one part have a wide window for itself, beside the buttons; null brings back the others. */
  fill(fill: Fill | null): void {
    const { dataset } = this.page.documentElement;
    if (fill === null) delete dataset.fill;
    else dataset.fill = fill;
    this.#unfill.hidden = fill === null;
    this.#settle();
  }

  /** Lets a part have a tab that has none from the start. */
  offer(name: PaneName): void {
    this.#tabOf(name).hidden = false;
  }

  /** Calls back once, when a part is first shown. */
  onFirst(name: PaneName, opened: () => void): void {
    this.#waiting.set(name, opened);
  }

  /** Whether the code stands beside the problem, and only what is below it takes turns. */
  get #isWide(): boolean {
    return getComputedStyle(this.#tabOf("code")).display === "none";
  }

  /** The part that something is in. */
  #holding(thing: EventTarget | null): Pane | undefined {
    return this.#panes.find(({ box }) => box.contains(thing as Node | null));
  }

  #tabOf(name: PaneName): HTMLElement {
    return part(this.page, `tab-${name}`, HTMLElement);
  }

  #settle(): void {
    const isWide = this.#isWide;
    this.#followZoom(isWide);
    const shown = isWide ? this.#shownBelow : this.#shown;
    this.page.documentElement.dataset.pane = shown;
    for (const { name, box, tab } of this.#panes) {
      const isAway = name !== shown && (!isWide || LOWER.includes(name));
      box.toggleAttribute("data-away", isAway);
      if (!isAway) box.inert = false;
      tab.setAttribute("aria-selected", String(name === shown));
      tab.tabIndex = name === shown ? 0 : -1;
    }
    const scroller = isWide ? this.#lower : this.#main;
    const { box } = this.#panes.find(({ name }) => name === shown) as Pane;
    scroller.scrollTop += offset(box, scroller);
    this.#heights.set(scroller, scroller.clientHeight);
    if (isWide) this.#main.scrollTop = 0;
  }

  /** Who makes the window small, or what is in it large, goes on with what has the focus. */
  #followZoom(isWide: boolean): void {
    const focused = this.#focused;
    const isOther = isWide !== this.#wasWide;
    this.#wasWide = isWide;
    if (!isOther || focused === null) return;
    const at = this.#holding(focused);
    if (!isWide && at) this.#shown = at.name;
    requestAnimationFrame(() => {
      // A separator stands in wide windows alone, and some tabs in small ones.
      if (!isSeen(focused)) part(this.page, "run", HTMLElement).focus({ preventScroll: true });
      else focused.scrollIntoView({ block: "nearest" });
    });
  }

  /** The room between the bars depends on what the upper one has to say. */
  #fit(deck: HTMLElement): void {
    const { height, width } = deck.getBoundingClientRect();
    const root = this.page.documentElement;
    root.style.setProperty("--deck", `${height}px`);
    const rem = Number.parseFloat(getComputedStyle(root).fontSize);
    part(this.page, "workspace", HTMLElement).toggleAttribute("data-slim", width < SLIM * rem);
    this.#settle();
  }

  #followFocus(): void {
    this.page.addEventListener("focusout", ({ target }) => {
      if (isSeen(target as Element)) this.#focused = null;
    });
    this.page.addEventListener("focusin", ({ target }) => {
      this.#focused = target as Element;
      const pane = this.#holding(target);
      if (pane?.box.hasAttribute("data-away") && this.#pressed === null) this.show(pane.name);
    });
    // Away is out of the way of Tab, but not of what is done by a script.
    this.page.addEventListener("keydown", (event) => keyOf(event) === "Tab" && this.#let(true));
    const back = ({ type }: Event): void => {
      // Tab has left the page: it comes back to what is shown.
      if (type === "keyup" && this.page.activeElement === this.page.body) return;
      this.#let(false);
    };
    for (const deed of ["focusin", "keyup", "pointerdown"]) this.page.addEventListener(deed, back);
  }

  /** A script clicks where it has scrolled to: until it lets go, that has to stay there. */
  #followPress(): void {
    this.page.addEventListener("pointerdown", ({ target }) => {
      const pane = this.#holding(target);
      this.#pressed = pane?.box.hasAttribute("data-away") ? pane.name : null;
    });
    const release = (): void => {
      const name = this.#pressed;
      this.#pressed = null;
      if (name !== null) this.show(name);
    };
    for (const deed of ["pointerup", "pointercancel"]) this.page.addEventListener(deed, release);
  }

  #let(inert: boolean): void {
    for (const { box } of this.#panes) box.inert = inert && box.hasAttribute("data-away");
  }

  /** A page, not a person at it, has scrolled: what is looked for there is shown whole. */
  #followScroll(scroller: HTMLElement): void {
    if (this.#pressed !== null) return;
    const { clientHeight } = scroller;
    // What came into sight because the room is another one, as above a keyboard, was not looked for.
    if (this.#heights.get(scroller) !== clientHeight) {
      this.#settle();
      return;
    }
    const inSight = this.#panes.find(({ box }) => {
      const from = offset(box, scroller);
      return scroller.contains(box) && from < clientHeight - 1 && from + box.offsetHeight > 1;
    });
    if (inSight?.box.hasAttribute("data-away")) this.show(inSight.name);
    else this.#settle();
  }

  /** As tabs have it: arrows, Home and End go from one to the other. */
  #onKey(event: KeyboardEvent): void {
    const tabs = this.#panes.filter(({ tab }) => tab.offsetParent !== null);
    const at = tabs.findIndex(({ tab }) => tab === event.target);
    const to = at < 0 ? undefined : ledTo(tabs, at, event, TABS);
    if (to === undefined || to.tab === event.target) return;
    event.preventDefault();
    this.open(to.name);
  }
}

function fillOf(name: PaneName): Fill {
  return name === "problem" || name === "code" ? name : "lower";
}

function isSeen(element: Element): boolean {
  return element.getClientRects().length > 0;
}

function offset(box: HTMLElement, scroller: HTMLElement): number {
  return box.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
}
