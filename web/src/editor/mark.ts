/** The mark at the code that a run's error comes from: its line, and the part of it, where known. */

import {
  ChangeSet,
  type EditorState,
  type Extension,
  Prec,
  RangeSet,
  StateEffect,
  StateField,
  type Text,
  type Transaction,
} from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  GutterMarker,
  gutterLineClass,
} from "@codemirror/view";
import type { Place } from "../shared/report";
import { find, type Mark, moved } from "./place";
import { opening } from "./reveal";

/** A text that a place is going to be given for, and what has become of it since. */
interface Watched {
  readonly text: Text;
  readonly changes: ChangeSet;
}

interface Marking {
  readonly mark: Mark | null;
  readonly watched: Watched | null;
}

/** From now on: places that are to be marked are those of the text as it is now. */
export const watchText = StateEffect.define<null>();
export const setMark = StateEffect.define<Place | null>();

const markedLine = Decoration.line({ class: "cm-marked-line" });
const markedPart = Decoration.mark({ class: "cm-marked-part", inclusive: true });
const markedGutter = new (class extends GutterMarker {
  override elementClass = "cm-marked-gutter";
})();

export const marking = StateField.define<Marking>({
  create: () => ({ mark: null, watched: null }),
  update: (value, transaction) =>
    transaction.effects.reduce(
      (last, effect) => {
        if (effect.is(watchText)) return watch(transaction.state);
        if (effect.is(setMark))
          return { mark: markOf(effect.value, last, transaction), watched: null };
        return last;
      },
      transaction.docChanged ? changed(value, transaction) : value,
    ),
});

function watch({ doc }: EditorState): Marking {
  return { mark: null, watched: { text: doc, changes: ChangeSet.empty(doc.length) } };
}

function changed({ mark, watched }: Marking, { changes, newDoc }: Transaction): Marking {
  return {
    mark: mark && moved(mark, changes, newDoc),
    watched: watched && { ...watched, changes: watched.changes.compose(changes) },
  };
}

function markOf(place: Place | null, { watched }: Marking, { newDoc }: Transaction): Mark | null {
  const text = watched?.text ?? newDoc;
  const mark = place && find(place, text);
  return mark && watched ? moved(mark, watched.changes, newDoc) : mark;
}

function decorations(state: EditorState): DecorationSet {
  const { mark } = state.field(marking);
  if (mark === null) return Decoration.none;
  const line = markedLine.range(mark.at);
  if (mark.from >= mark.to) return Decoration.set(line);
  const part = markedPart.range(mark.at + mark.from, mark.at + mark.to);
  return Decoration.set([line, part], true);
}

function gutter(state: EditorState): RangeSet<GutterMarker> {
  const { mark } = state.field(marking);
  return mark === null ? RangeSet.empty : RangeSet.of(markedGutter.range(mark.at));
}

export const marks: Extension = [
  marking,
  // Around what stands for a character that nobody could see.
  Prec.low(EditorView.decorations.compute([marking], decorations)),
  gutterLineClass.compute([marking], gutter),
];

/** Marks a place, also where it is folded away; null takes the mark away. */
export function mark(view: EditorView, place: Place | null): void {
  view.dispatch({ effects: setMark.of(place) });
  const { mark } = view.state.field(marking);
  if (mark === null) return;
  const effects = opening(view.state, mark.at, mark.at + mark.lines.length);
  if (effects.length > 0) view.dispatch({ effects });
}
