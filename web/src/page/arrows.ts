/** Where arrows, Home and End lead in a row of controls. */

/**
 * @param at - Where the focus is in the row; -1 if it is beside it.
 * @param keys - The arrows that go back and on.
 */
export function ledTo<T>(
  row: readonly T[],
  at: number,
  key: string,
  [back, on]: readonly [string, string],
): T | undefined {
  const isIn = at >= 0;
  switch (key) {
    case back:
      return row.at(isIn ? at - 1 : -1);
    case on:
      return row[(at + 1) % row.length];
    case "Home":
      return isIn ? row[0] : undefined;
    case "End":
      return isIn ? row.at(-1) : undefined;
    default:
      return undefined;
  }
}
