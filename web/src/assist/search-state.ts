/** What an editor looks for, and where that is. */
import {
  type Range,
  StateEffect,
  StateField,
  type Text,
  type Transaction,
} from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import type { Failure } from "./pattern-search";
import { NOTHING, type Pattern, patternOf, type Query, samePattern } from "./query";
import { countOf, firstFrom, moved, NO_SPANS, type Spans, spanAt, spansOf } from "./spans";

export interface Search {
  readonly isOpen: boolean;
  readonly query: Query;
  readonly pattern: Pattern | null;
  /** Whether it is known where all matches are; "asked": a thread looks for them. */
  readonly status: "unread" | "unknown" | "asked" | "known" | Failure;
  /** While they are looked for anew, where the former ones have come to. */
  readonly spans: Spans;
}

interface Found {
  readonly doc: Text;
  readonly pattern: Pattern;
  readonly spans: Spans | Failure;
}

export const setQuery = StateEffect.define<Query>();
export const setOpen = StateEffect.define<boolean>();
/** Have it known where the matches are, whether or not the search is open. */
export const look = StateEffect.define<null>();
export const found = StateEffect.define<Found>();

export const searchState = StateField.define<Search>({
  create: () => ({
    isOpen: false,
    query: NOTHING,
    pattern: null,
    status: "unread",
    spans: NO_SPANS,
  }),
  update(value, transaction) {
    let next = transaction.docChanged ? edited(value, transaction) : value;
    for (const effect of transaction.effects) next = changed(next, effect, transaction.newDoc);
    return next;
  },
});

function changed(value: Search, effect: StateEffect<unknown>, doc: Text): Search {
  if (effect.is(setQuery)) {
    const query = effect.value;
    const pattern = patternOf(query);
    if (pattern !== null && samePattern(pattern, value.pattern)) return { ...value, query };
    return settled({ ...value, query, pattern, spans: NO_SPANS }, doc);
  }
  if (effect.is(setOpen)) {
    const isSame = value.isOpen === effect.value || !effect.value;
    const next = { ...value, isOpen: effect.value };
    return isSame ? next : settled(next, doc);
  }
  if (effect.is(look)) return settled(value, doc, true);
  if (!effect.is(found)) return value;
  const { spans, ...of } = effect.value;
  if (of.doc !== doc || of.pattern !== value.pattern) return value;
  if (typeof spans === "string") return { ...value, status: spans, spans: NO_SPANS };
  return { ...value, status: "known", spans };
}

/** What took too long is not tried again with each key. */
function edited(value: Search, { changes, newDoc }: Transaction): Search {
  if (value.status === "late" || value.status === "failed") return value;
  const spans = value.query.regexp ? moved(value.spans, changes) : value.spans;
  return settled({ ...value, spans }, newDoc);
}

/** What is known of the matches; a text is looked for at once. */
function settled(value: Search, doc: Text, isWanted = value.isOpen): Search {
  const { pattern, query, spans } = value;
  if (pattern === null) return { ...value, status: "unread", spans: NO_SPANS };
  if (!isWanted) return { ...value, status: "unknown", spans: NO_SPANS };
  if (query.regexp) return { ...value, status: "asked", spans };
  return { ...value, status: "known", spans: spansOf(pattern, doc.toString()) };
}

const match = Decoration.mark({ class: "cm-searchMatch" });
const selectedMatch = Decoration.mark({ class: "cm-searchMatch cm-searchMatch-selected" });

/** Shows the matches that are in sight. */
export const highlighting = ViewPlugin.define(
  (view) => ({
    decorations: marks(view),
    update({ view }: ViewUpdate) {
      this.decorations = marks(view);
    },
  }),
  { decorations: (plugin: { decorations: DecorationSet }) => plugin.decorations },
);

function marks({ state, visibleRanges }: EditorView): DecorationSet {
  const { isOpen, spans } = state.field(searchState);
  const { ranges } = state.selection;
  const made: Range<Decoration>[] = [];
  let index = 0;
  for (const { from, to } of isOpen ? visibleRanges : []) {
    index = Math.max(index, firstFrom(spans, from) - 1); // which may go on in there
    for (; index < countOf(spans); index++) {
      const span = spanAt(spans, index);
      if (span.from >= to) break;
      if (span.from === span.to || span.to <= from) continue;
      const isSelected = ranges.some((range) => range.from === span.from && range.to === span.to);
      made.push((isSelected ? selectedMatch : match).range(span.from, span.to));
    }
  }
  return Decoration.set(made);
}
