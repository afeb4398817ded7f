/** Two texts line by line, side by side: what they share, and what one of them has in place of it. */
import { diffLines } from "diff";
import { visibleCode } from "../page/visible";
import { DIFF } from "./words";

export interface Row {
  /** `gap`: lines that are left out stand behind it, and it says how many. */
  readonly kind: "same" | "changed" | "gap";
  /** The lines of either side; null where it has none there. */
  readonly own: string | null;
  readonly other: string | null;
}

/** Texts that differ all over take long to compare: then all of one stands in place of the other. */
const MOST_MS = 1000;

export function rowsOf(own: string, other: string): readonly Row[] {
  const changes = diffLines(ended(own), ended(other), { timeout: MOST_MS });
  if (changes === undefined) return paired(linesOf(ended(own)), linesOf(ended(other)));
  const rows: Row[] = [];
  let removed: readonly string[] = [];
  for (const change of changes) {
    const lines = linesOf(change.value);
    if (change.removed) removed = lines;
    else if (change.added) {
      rows.push(...paired(removed, lines));
      removed = [];
    } else {
      rows.push(...paired(removed, []));
      removed = [];
      rows.push(...lines.map((line): Row => ({ kind: "same", own: line, other: line })));
    }
  }
  return [...rows, ...paired(removed, [])];
}

/** A changed line with what two lines may differ in and nobody would see: blanks at its end, odd ones. */
export function seen(line: string): string {
  const code = line.replace(/[ \t]+$/, (blanks) => "·".repeat(blanks.length));
  return visibleCode(code)
    .map(({ text }) => text)
    .join("");
}

/** Of fewer rows all are shown. */
const MANY_ROWS = 400;
/** More than so many take a browser too long to lay out. */
const MOST_ROWS = 4000;
/** So many lines beside a change are shown with it. */
const AROUND = 5;

/** Of many rows those that say something: changes and what is around them, and of these the first. */
export function shortened(rows: readonly Row[]): readonly Row[] {
  if (rows.length <= MANY_ROWS) return rows;
  const isNear = nearChanges(rows);
  const found: Row[] = [];
  let left = 0;
  const leave = (): void => {
    if (left > 0) found.push(gap(left));
    left = 0;
  };
  rows.forEach((row, index) => {
    if (!isNear[index] || found.length >= MOST_ROWS) left++;
    else {
      leave();
      found.push(row);
    }
  });
  leave();
  return found;
}

function nearChanges(rows: readonly Row[]): readonly boolean[] {
  const isNear = rows.map(() => false);
  rows.forEach(({ kind }, index) => {
    if (kind === "changed") isNear.fill(true, Math.max(index - AROUND, 0), index + AROUND + 1);
  });
  return isNear;
}

function gap(lines: number): Row {
  const said = DIFF.leftOut(lines);
  return { kind: "gap", own: said, other: said };
}

/** With one line's end at the end of all: a missing one is no difference to show. */
function ended(text: string): string {
  return `${text.replaceAll("\r\n", "\n").trimEnd()}\n`;
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/, "").split("\n");
}

function paired(own: readonly string[], other: readonly string[]): readonly Row[] {
  const length = Math.max(own.length, other.length);
  return Array.from({ length }, (_, at) => ({
    kind: "changed",
    own: own[at] ?? null,
    other: other[at] ?? null,
  }));
}
