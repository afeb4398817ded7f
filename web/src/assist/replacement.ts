/** What is put in place of matches. */
import type { Pattern } from "./query";
import { type Span, type Spans, spanAt } from "./spans";

/** No text becomes so much longer by one command. */
const MOST_INSERTED = 1_000_000;

/** Of each match of an expression; null where it is too much. */
export function replacements(
  { source, flags }: Pattern,
  text: string,
  replace: string,
): readonly string[] | null {
  const made: string[] = [];
  let length = 0;
  for (const match of text.matchAll(new RegExp(source, flags))) {
    const insert = expanded(replace, match);
    length += insert.length;
    if (length > MOST_INSERTED) return null;
    made.push(insert);
  }
  return made;
}

/** The same text for each of so many. */
export function repeated(replace: string, count: number): readonly string[] | null {
  return replace.length * count > MOST_INSERTED ? null : Array<string>(count).fill(replace);
}

interface Change extends Span {
  readonly insert: string;
}

/** An editor takes its time for each change of many. */
const MOST_CHANGES = 5000;

/** The change of each match, or one for all of very many. */
export function changesOf(spans: Spans, inserts: readonly string[], text: string): Change[] {
  const changes = inserts.map((insert, index) => ({ ...spanAt(spans, index), insert }));
  if (changes.length <= MOST_CHANGES) return changes;
  const from = spans[0] ?? 0;
  let end = from;
  let insert = "";
  for (const change of changes) {
    insert += text.slice(end, change.from) + change.insert;
    end = change.to;
  }
  return [{ from, to: end, insert }];
}

const PARTS = /\\([nt\\])|\$([$&]|\d+)/g;
const SIGNS: Readonly<Record<string, string>> = { n: "\n", t: "\t", "\\": "\\" };

/** With what groups have found, and signs that a box does not take. */
function expanded(replace: string, match: readonly (string | undefined)[]): string {
  return replace.replace(PARTS, (all, sign: string | undefined, group: string) => {
    if (sign !== undefined) return SIGNS[sign] ?? all;
    if (group === "$") return "$";
    return (group === "&" ? match[0] : numbered(group, match)) ?? all;
  });
}

/** Of `$12`, the twelfth group, or where there are not so many, the first and a 2. */
function numbered(digits: string, match: readonly (string | undefined)[]): string | null {
  for (let length = digits.length; length > 0; length--) {
    const number = Number(digits.slice(0, length));
    if (number > 0 && number < match.length) return (match[number] ?? "") + digits.slice(length);
  }
  return null;
}
