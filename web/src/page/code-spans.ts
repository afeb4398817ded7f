/** Code within sentences: authors mark it by backticks, as in the statement. */
import { element } from "./element";
import { visible } from "./visible";

/** A stretch of a sentence: words, or code without its backticks. */
export interface Span {
  readonly text: string;
  readonly isCode: boolean;
}

/** What keeps its backticks: a quoted text, which is a value, and what runs of several stand around. */
const KEPT = /(?<![\p{L}\p{N}_])(["'])(?:[^\\\n]|\\.)*?\1|(`{2,})(?:[^\n]*?[^`]\2(?!`))?/u;
const CODE = /(?<![\p{L}\p{N}_])`(?<code>[^\s`](?:[^`\n]*[^\s`])?)`(?!`)/u;
const MARKED = new RegExp(`${KEPT.source}|${CODE.source}`, "gu");

/** How pytest's own account of two values begins. */
const ACCOUNT = "assert ";

/** Tell words and code of a sentence apart. */
export function spansOf(text: string): readonly Span[] {
  if (text.startsWith(ACCOUNT)) return [{ text, isCode: false }];
  const spans: Span[] = [];
  let from = 0;
  for (const { 0: marked, index, groups } of text.matchAll(MARKED)) {
    const code = groups?.code;
    if (code === undefined) continue;
    if (index > from) spans.push({ text: text.slice(from, index), isCode: false });
    spans.push({ text: code, isCode: true });
    from = index + marked.length;
  }
  if (from < text.length) spans.push({ text: text.slice(from), isCode: false });
  return spans;
}

/** A new element with a class and a sentence, whose code is set as such. */
export function sentenceElement<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  sentence: string,
): HTMLElementTagNameMap[K] {
  const made = element(name, className);
  const spans = spansOf(visible(sentence));
  made.append(...spans.map(({ text, isCode }) => (isCode ? element("code", "", text) : text)));
  return made;
}
