import assert from "node:assert/strict";
import { test } from "node:test";
import { joined, visible, visibleCode } from "../src/page/visible";

const STAYS = {
  "a family": "👨‍👩‍👧‍👦",
  "an emoji of a skin tone, with a sex": "🏃🏽‍♀️ 🕵️‍♂️",
  "a flag of two emoji": "🏳️‍🌈",
  Persian: "می‌خواهم",
  "Hindi, a half letter": "क्‍ष र्‌य",
  "an emoji that is asked for as one": "☀️ ❤️",
  "a key with a digit": "1️⃣ #️⃣",
  "the flag of a region": "🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
  "a variant of an ideograph": "葛\u{fe00}",
  "letters, spaces, tabs, lines": "é ß\t中\n",
};

for (const [name, text] of Object.entries(STAYS)) {
  test(`What belongs to the script stays: ${name}`, () => assert.equal(visible(text), text));
}

const WRITTEN_OUT: Record<string, readonly [string, string]> = {
  "a joiner alone": ["\u200d", "\\u200d"],
  "a joiner at the end of a word": ["ab\u200d", "ab\\u200d"],
  "a joiner at the start": ["\u200cab", "\\u200cab"],
  "joiners one after the other": ["a\u200d\u200db", "a\\u200d\\u200db"],
  "a joiner between digits": ["1\u200d2", "1\\u200d2"],
  "a joiner between an emoji and a sign": ["👩\u200d+", "👩\\u200d+"],
  "a space of no width": ["a\u200bb", "a\\u200bb"],
  "marks of direction": ["\u202eabc\u2066\u200f", "\\u202eabc\\u2066\\u200f"],
  "ends of lines that are none": ["a\u2028b\x85c\fd", "a\\u2028b\\x85c\\x0cd"],
  "a hyphen that is soft": ["pass\xadword", "pass\\xadword"],
  "letters that fill": ["\u3164 = \u115f\uffa0", "\\u3164 = \\u115f\\uffa0"],
  "letters that only tag": ["a\u{e0041}\u{e007f}", "a\\U000e0041\\U000e007f"],
  "a flag that goes on unseen": ["🏴\u{e0041}", "🏴\\U000e0041"],
  "a variant of a letter that has none": ["x\ufe0f = 1", "x\\ufe0f = 1"],
  "variants without end": ["☀\ufe0f\ufe0e", "☀\ufe0f\\ufe0e"],
  "a digit that is no key": ["1\ufe0f2", "1\\ufe0f2"],
  "notes between lines": ["a\ufff9b\ufffb", "a\\ufff9b\\ufffb"],
  "a joiner between Latin letters": ["a\u200db = n\u200cm", "a\\u200db = n\\u200cm"],
  "a joiner between Greek, Cyrillic or Chinese letters": [
    "α\u200dβ и\u200cй 中\u200d文",
    "α\\u200dβ и\\u200cй 中\\u200d文",
  ],
  "a joiner after an accent": ["e\u0301\u200de", "e\u0301\\u200de"],
  "a joiner from one script to another": ["a\u200dक", "a\\u200dक"],
  "a joiner hidden among others": ["a\u200b\u200db", "a\\u200b\\u200db"],
};

for (const [name, [text, expected]] of Object.entries(WRITTEN_OUT)) {
  test(`What nobody could see is written out: ${name}`, () => {
    assert.equal(visible(text), expected);
  });
}

test("In code blanks that are none to Python are written out, too, and told apart", () => {
  assert.deepEqual(visibleCode("a\xa0= 'x\u3000'\u202e\n\tb"), [
    { text: "a", isWrittenOut: false },
    { text: "\\xa0", isWrittenOut: true },
    { text: "= 'x", isWrittenOut: false },
    { text: "\\u3000", isWrittenOut: true },
    { text: "'", isWrittenOut: false },
    { text: "\\u202e", isWrittenOut: true },
    { text: "\n\tb", isWrittenOut: false },
  ]);
});

test("Code without a letter, and code of what is not seen alone", () => {
  assert.deepEqual(visibleCode(""), []);
  assert.deepEqual(visibleCode("\0"), [{ text: "\\x00", isWrittenOut: true }]);
});

/** The stretches of a code, those that are marked in brackets. */
const told = (code: string, most: number): string =>
  joined(visibleCode(code), most)
    .map(({ text, isWrittenOut }) => (isWrittenOut ? `[${text}]` : text))
    .join("|");

test("Neighbours are marked together, and of many only the first", () => {
  assert.equal(told("a\0\0b\x01c", 9), "a|[\\x00\\x00]|b|[\\x01]|c");
  assert.equal(told("a\0b\0c\0d\0e", 2), "a|[\\x00]|b|[\\x00]|c\\x00d\\x00e");
  const many = joined(visibleCode("a\u200b".repeat(50_000)), 500);
  assert.equal(many.length, 1001);
  assert.equal(many.map(({ text }) => text).join(""), "a\\u200b".repeat(50_000));
});
