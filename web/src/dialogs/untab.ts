/** Tabs turned into spaces, as far as the code then means the same. */
import { read, tabSize } from "../editor/lines";

/**
 * The text with spaces for its tabs. Those within a string stay, since they are of its value; a docstring's
 * go, since Python itself takes its indentation away.
 */
export function withoutTabs(text: string): string {
  const { lines, literals } = read(text);
  const size = tabSize(lines);
  const values = literals.filter(({ isAlone }) => !isAlone);
  const made: string[] = [];
  let column = 0;
  let next = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charAt(at);
    const width = unit === "\t" ? size - (column % size) : 1;
    while ((values[next]?.to ?? text.length) <= at) next++;
    const isValue = at >= (values[next]?.from ?? text.length);
    made.push(unit === "\t" && !isValue ? " ".repeat(width) : unit);
    column = unit === "\n" ? 0 : column + width;
  }
  return made.join("");
}
