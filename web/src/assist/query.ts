/** What is looked for in the code, and as what expression. */

export interface Query {
  readonly search: string;
  readonly replace: string;
  readonly caseSensitive: boolean;
  readonly wholeWord: boolean;
  readonly regexp: boolean;
}

export const NOTHING: Query = {
  search: "",
  replace: "",
  caseSensitive: false,
  wholeWord: false,
  regexp: false,
};

export interface Pattern {
  readonly source: string;
  readonly flags: string;
}

/** Where no word goes on: not both sides are of a word. */
const EDGE = "(?:(?<![\\p{L}\\p{M}\\p{N}_])|(?![\\p{L}\\p{M}\\p{N}_]))";

/** As an expression; null where nothing is looked for, or what cannot be read. */
export function patternOf({ search, ...how }: Query): Pattern | null {
  const flags = how.caseSensitive ? "gmu" : "gimu";
  if (search === "" || (how.regexp && !isExpression(search, flags))) return null;
  const source = how.regexp ? search : forms(search).map(escaped).join("|");
  return { source: how.wholeWord ? `${EDGE}(?:${source})${EDGE}` : source, flags };
}

export function sameQuery(one: Query, other: Query): boolean {
  return (Object.keys(NOTHING) as (keyof Query)[]).every((key) => one[key] === other[key]);
}

export function samePattern(one: Pattern, other: Pattern | null): boolean {
  return one.source === other?.source && one.flags === other.flags;
}

/** An expression for nothing but a text. */
export function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** A letter and its accent may be one character or two. */
function forms(text: string): string[] {
  return [...new Set([text, text.normalize("NFC"), text.normalize("NFD")])];
}

function isExpression(source: string, flags: string): boolean {
  try {
    return new RegExp(source, flags) !== null;
  } catch {
    return false;
  }
}
