import assert from "node:assert/strict";
import { test } from "node:test";
import { spansOf } from "../src/page/code-spans";

/** Code stands between ‹ and ›. */
const SENTENCES: readonly [name: string, text: string, shown: string][] = [
  ["A pair of backticks", "It has to `return` the loss.", "It has to ‹return› the loss."],
  ["Each pair of several", "`a` and `b`", "‹a› and ‹b›"],
  ["Code in brackets, with a plural", "(`x`): all `logit`s", "(‹x›): all ‹logit›s"],
  ["Code with a quoted text", "Write `f('a')` or `'`.", "Write ‹f('a')› or ‹'›."],
  ["Code after an apostrophe", "It's `x`, isn't it", "It's ‹x›, isn't it"],
  ["Code on a line of several", "one `a`\n  two `b`\n", "one ‹a›\n  two ‹b›\n"],
  ["Code beside an unpaired one", "`a` and ` b", "‹a› and ` b"],
];

const LITERAL: readonly [name: string, text: string][] = [
  ["No text", ""],
  ["An unpaired backtick", "a ` b"],
  ["A pair over two lines", "a `b\nc` d"],
  ["An empty pair", "a `` b"],
  ["A pair around blanks", "a ` ` b"],
  ["A fence", "```python\nx\n```"],
  ["Runs of several, and what is between them", "a `` b `c` d `` e"],
  ["A run that ends a pair", "a `b``"],
  ["Backticks within words", "a`b and c`d"],
  ["A backtick in a value", "got 'say `hi` now', not \"say `ho` now\""],
  ["A backtick in a value with a quote", "got 'it\\'s a `hi` now'"],
  ["What pytest says of two values", "assert `x` == `y`\n  + where"],
];

const shown = (text: string): string =>
  spansOf(text)
    .map((span) => (span.isCode ? `‹${span.text}›` : span.text))
    .join("");

for (const [name, text, expected] of SENTENCES) {
  test(`Code of a sentence is told from its words: ${name}`, () => {
    assert.equal(shown(text), expected);
  });
}

for (const [name, text] of LITERAL) {
  test(`What is no code of a sentence stays to the letter: ${name}`, () => {
    assert.equal(shown(text), text);
  });
}
