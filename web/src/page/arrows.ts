/** Where arrows, Home and End lead in a row of controls. */
import { type Chord, isOneOf, type Pressed } from "../shared/keys";

/** The keys that go through a row. */
type RowKeys = Readonly<Record<"previous" | "next" | "first" | "last", readonly [Chord]>>;

/**
 * @param at - Where the focus is in the row; -1 if it is beside it.
 * @param pressed - A key, which with others held is the browser's.
 */
export function ledTo<T>(
  row: readonly T[],
  at: number,
  pressed: Pressed,
  { previous, next, first, last }: RowKeys,
): T | undefined {
  const isIn = at >= 0;
  if (isOneOf(previous, pressed)) return row.at(isIn ? at - 1 : -1);
  if (isOneOf(next, pressed)) return row[(at + 1) % row.length];
  if (!isIn) return undefined;
  if (isOneOf(first, pressed)) return row[0];
  return isOneOf(last, pressed) ? row.at(-1) : undefined;
}
