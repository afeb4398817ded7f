/** Where arrows, Home and End lead in a row of controls. */
import type { Chord } from "../shared/keys";

/** The keys that go through a row. */
export type RowKeys = Readonly<Record<"previous" | "next" | "first" | "last", readonly [Chord]>>;

/**
 * @param at - Where the focus is in the row; -1 if it is beside it.
 * @param key - Of the keyboard.
 */
export function ledTo<T>(
  row: readonly T[],
  at: number,
  key: string,
  { previous, next, first, last }: RowKeys,
): T | undefined {
  const isIn = at >= 0;
  switch (key) {
    case previous[0].key:
      return row.at(isIn ? at - 1 : -1);
    case next[0].key:
      return row[(at + 1) % row.length];
    case first[0].key:
      return isIn ? row[0] : undefined;
    case last[0].key:
      return isIn ? row.at(-1) : undefined;
    default:
      return undefined;
  }
}
