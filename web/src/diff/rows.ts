/** Two texts line by line, side by side: what they share, and what one of them has in place of it. */
import { diffLines } from "diff";

export interface Row {
  readonly kind: "same" | "changed";
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
