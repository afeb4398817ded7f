/** How problem, code and results share a wide window: two separators, whose places are kept. */
import { type Chord, isOneOf, type Pressed, SEPARATORS } from "../shared/keys";
import type { Store } from "./store";
import { part } from "./view";

/** How much of the two the first one has (per cent); null is the page's own choice. */
type Room = Readonly<Record<Axis, number | null>>;
export const AXES = ["columns", "rows"] as const;
type Axis = (typeof AXES)[number];

const ROOM_KEY = "exercise:room";
const LEAST = 20;
const MOST = 75;
const STEP = 2;

export function readRoom(store: Store): Room {
  const { columns, rows } = Object(store.readJson(ROOM_KEY)) as Partial<Record<Axis, unknown>>;
  return { columns: share(columns), rows: share(rows) };
}

export function applyRoom(page: Document, room: Room): void {
  for (const axis of AXES) applyShare(page, axis, room[axis]);
}

function applyShare(page: Document, axis: Axis, share: number | null): void {
  const { style } = page.documentElement;
  if (share === null) style.removeProperty(`--${axis}`);
  else style.setProperty(`--${axis}`, `${share}%`);
}

/** Whether the window is wide, and its parts share it. */
export function isRoomShared(page: Document): boolean {
  return part(page, "columns", HTMLElement).getClientRects().length > 0;
}

/** What the first part was given (per cent), if not by the page itself. */
export function shareNow(page: Document, axis: Axis): number | null {
  const given = page.documentElement.style.getPropertyValue(`--${axis}`);
  return given === "" ? null : Math.round(Number.parseFloat(given));
}

export function keepShare(page: Document, store: Store, axis: Axis, to: number | null): void {
  applyShare(page, axis, to);
  store.write(ROOM_KEY, JSON.stringify({ ...readRoom(store), [axis]: to }));
}

/** Let both separators be moved, by mouse, touch and keys; a double click or Enter moves one back. */
export function createSeparators(page: Document, store: Store): void {
  const separator = (axis: Axis, whole: string, first: string): void => {
    const find = (id: string) => part(page, id, HTMLElement);
    const moved = (to: number | null, isDone: boolean): void => {
      if (isDone) keepShare(page, store, axis, to);
      else applyShare(page, axis, to);
    };
    new Separator(find(axis), axis, find(whole), find(first), moved);
  };
  separator("columns", "panes", "statement");
  separator("rows", "workspace", "code");
}

class Separator {
  /** Where in it the pointer holds it, so that it does not jump there. */
  #grip = 0;
  /** Where the pointer has moved it to: to press it, as one does to focus it, is to move nothing. */
  #to: number | null = null;

  constructor(
    readonly handle: HTMLElement,
    readonly axis: Axis,
    readonly whole: HTMLElement,
    readonly first: HTMLElement,
    /** Told the share of the first part, and whether it is to stay. */
    readonly moved: (to: number | null, isDone: boolean) => void,
  ) {
    handle.setAttribute("aria-valuemin", String(LEAST));
    handle.setAttribute("aria-valuemax", String(MOST));
    handle.addEventListener("pointerdown", (event) => this.#onPress(event));
    handle.addEventListener("pointermove", (event) => this.#onMove(event));
    // A system may take a finger away, for a gesture of its own.
    for (const end of ["pointerup", "pointercancel"] as const) {
      handle.addEventListener(end, () => this.#onEnd());
    }
    handle.addEventListener("dblclick", () => moved(null, true));
    handle.addEventListener("keydown", (event) => this.#onKey(event));
    const measure = new ResizeObserver(() => {
      handle.setAttribute("aria-valuenow", String(Math.round(this.#now)));
    });
    measure.observe(whole);
    measure.observe(first);
  }

  get #now(): number {
    const [{ size }, { size: all }] = [this.#extent(this.first), this.#extent(this.whole)];
    return all > 0 ? (100 * size) / all : LEAST;
  }

  #extent(box: HTMLElement): { readonly start: number; readonly size: number } {
    const { left, top, width, height } = box.getBoundingClientRect();
    return this.axis === "columns" ? { start: left, size: width } : { start: top, size: height };
  }

  #onPress(event: PointerEvent): void {
    if (event.button !== 0) return;
    const { start, size } = this.#extent(this.first);
    this.#to = null;
    this.#grip = this.#place(event) - (start + size);
    this.handle.setPointerCapture(event.pointerId);
  }

  #onMove(event: PointerEvent): void {
    if (!this.handle.hasPointerCapture(event.pointerId)) return;
    const end = this.#place(event) - this.#grip;
    const { size } = this.#extent(this.whole);
    this.#to = within((100 * (end - this.#extent(this.first).start)) / size);
    this.moved(this.#to, false);
  }

  #onEnd(): void {
    if (this.#to !== null) this.moved(this.#to, true);
    this.#to = null;
  }

  #place({ clientX, clientY }: PointerEvent): number {
    return this.axis === "columns" ? clientX : clientY;
  }

  #onKey(event: KeyboardEvent): void {
    const to = this.#ledTo(event);
    if (isOneOf(SEPARATORS.back, event)) this.moved(null, true);
    else if (to !== undefined) this.moved(within(to), true);
    else return;
    event.preventDefault();
  }

  #ledTo(pressed: Pressed): number | undefined {
    const axis = this.axis === "columns" ? 0 : 1;
    const { less, more, least, most } = SEPARATORS;
    const places: readonly (readonly [Chord, () => number])[] = [
      [less[axis], () => this.#now - STEP],
      [more[axis], () => this.#now + STEP],
      [least[0], () => LEAST],
      [most[0], () => MOST],
    ];
    return places.find(([chord]) => isOneOf([chord], pressed))?.[1]();
  }
}

function within(share: number): number {
  return Math.min(MOST, Math.max(LEAST, share));
}

function share(kept: unknown): number | null {
  return typeof kept === "number" && kept >= LEAST && kept <= MOST ? kept : null;
}
