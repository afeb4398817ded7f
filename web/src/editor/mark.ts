/** The mark at the code that a run's error comes from: its line, and the part of it, where known. */

import {
  ChangeSet,
  type EditorState,
  type Extension,
  type Line,
  MapMode,
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
import type { Place } from "../page/editor-slot";

/** What stands at a place: the start of its first line, the text of its lines, and its part in it. */
interface Mark {
  readonly at: number;
  readonly lines: string;
  readonly from: number;
  readonly to: number;
}

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
const markedPart = Decoration.mark({ class: "cm-marked-part" });
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

export function find({ line, column, end_line, end_column }: Place, text: Text): Mark | null {
  if (line === null || line < 1 || line > text.lines) return null;
  const first = text.line(line);
  if (column === null || end_line === null || end_column === null || end_line > text.lines) {
    return { at: first.from, lines: first.text, from: 0, to: 0 };
  }
  const last = text.line(end_line);
  const lines = text.sliceString(first.from, last.to);
  const to = last.from - first.from + units(last, end_column);
  return { at: first.from, lines, from: units(first, column), to };
}

/** Python counts characters from 1, and an editor UTF-16 units from 0. */
function units({ number, text }: Line, column: number): number {
  const unread = number === 1 && text.startsWith("\ufeff") ? 1 : 0; // a byte order mark
  return [...text].slice(0, unread + column - 1).join("").length;
}

/** Where a mark is after changes; nowhere, if its lines are no longer the same. */
function moved(mark: Mark, changes: ChangeSet, text: Text): Mark | null {
  const at = changes.mapPos(mark.at, 1, mark.lines === "" ? MapMode.TrackDel : MapMode.TrackAfter);
  if (at === null || text.lineAt(at).from !== at) return null;
  const end = at + mark.lines.length;
  const isSame = text.sliceString(at, end) === mark.lines && text.lineAt(end).to === end;
  return isSame ? { ...mark, at } : null;
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
  EditorView.decorations.compute([marking], decorations),
  gutterLineClass.compute([marking], gutter),
];
