/** Lines that a browser takes seconds to lay out: the more so the more signs stack. */

export const MOST_IN_LINE = 1000;

/** A text in pieces, none of which has such a line: joined they are the text. */
export function pieces(text: string): readonly string[] {
  const found = [""];
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    let rest = line;
    while (rest.length > MOST_IN_LINE + 1) {
      const at = cutOf(rest);
      found[found.length - 1] += rest.slice(0, at);
      found.push("");
      rest = rest.slice(at);
    }
    found[found.length - 1] += rest;
  }
  return found;
}

/** Where a line can be cut, and no character with it. */
export function cutOf(line: string): number {
  const isInside = /^[\udc00-\udfff]/.test(line.slice(MOST_IN_LINE));
  return MOST_IN_LINE + (isInside ? 1 : 0);
}
