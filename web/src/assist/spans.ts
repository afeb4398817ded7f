/** Where matches are in a text: from and to of each, in order. */
import type { ChangeDesc } from "@codemirror/state";
import type { Pattern } from "./query";

export type Spans = Int32Array<ArrayBuffer>;

export interface Span {
  readonly from: number;
  readonly to: number;
}

export const NO_SPANS: Spans = new Int32Array(0);

/** All matches. Of an expression that somebody wrote this may take for ever. */
export function spansOf({ source, flags }: Pattern, text: string): Spans {
  const found: number[] = [];
  for (const { 0: match, index } of text.matchAll(new RegExp(source, flags))) {
    found.push(index, index + match.length);
  }
  return Int32Array.from(found);
}

export const countOf = (spans: Spans): number => spans.length / 2;

export function spanAt(spans: Spans, index: number): Span {
  return { from: spans[2 * index] ?? 0, to: spans[2 * index + 1] ?? 0 };
}

/** The index of the first that begins at a place or behind it; as many as there are, if none does. */
export function firstFrom(spans: Spans, place: number): number {
  let low = 0;
  let high = countOf(spans);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spanAt(spans, middle).from < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index of just this one; -1 where it is none of them. */
export function indexOf(spans: Spans, { from, to }: Span): number {
  const index = firstFrom(spans, from);
  const found = spanAt(spans, index);
  return index < countOf(spans) && found.from === from && found.to === to ? index : -1;
}

/** The next one behind a selection, around the end; -1 where there is no other. */
export function after(spans: Spans, selected: Span): number {
  const count = countOf(spans);
  let index = firstFrom(spans, selected.to);
  if (index === indexOf(spans, selected)) index++; // it has nothing in it
  return count === 0 ? -1 : index % count;
}

/** The one before a selection, around the start; -1 where there is no other. */
export function before(spans: Spans, selected: Span): number {
  const count = countOf(spans);
  let index = firstFrom(spans, selected.from) - 1;
  while (index >= 0 && spanAt(spans, index).to > selected.from) index--;
  return count === 0 ? -1 : (index + count) % count;
}

/** Each place is compared with each change. */
const MOST_CHANGES = 20;

/** Where they are after changes; nowhere, if those are many. */
export function moved(spans: Spans, changes: ChangeDesc): Spans {
  let count = 0;
  changes.iterChangedRanges(() => count++);
  if (count > MOST_CHANGES) return NO_SPANS;
  let last = 0;
  return spans.map((place, index) => {
    last = Math.max(last, changes.mapPos(place, index % 2 === 0 ? 1 : -1));
    return last;
  });
}
