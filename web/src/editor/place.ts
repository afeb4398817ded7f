/** Where a place of the learner's file is in the editor's text, and where it is after changes. */
import { type ChangeDesc, type Line, MapMode, type Text } from "@codemirror/state";
import type { Place } from "../shared/report";

/** What stands at a place: the start of its first line, the text of its lines, and its part in it. */
export interface Mark {
  readonly at: number;
  readonly lines: string;
  readonly from: number;
  readonly to: number;
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
export function moved(mark: Mark, changes: ChangeDesc, text: Text): Mark | null {
  const at = changes.mapPos(mark.at, 1, mark.lines === "" ? MapMode.TrackDel : MapMode.TrackAfter);
  if (at === null || text.lineAt(at).from !== at) return null;
  const end = at + mark.lines.length;
  const isSame = text.sliceString(at, end) === mark.lines && text.lineAt(end).to === end;
  return isSame ? { ...mark, at } : null;
}
