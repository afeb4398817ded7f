import assert from "node:assert/strict";
import { test } from "node:test";
import { visible } from "../src/page/visible";

const STAYS = {
  "a family": "👨‍👩‍👧‍👦",
  "an emoji of a skin tone, with a sex": "🏃🏽‍♀️ 🕵️‍♂️",
  "a flag of two emoji": "🏳️‍🌈",
  Persian: "می‌خواهم",
  "Hindi, a half letter": "क्‍ष र्‌य",
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
  "a joiner hidden among others": ["a\u200b\u200db", "a\\u200b\\u200db"],
};

for (const [name, [text, expected]] of Object.entries(WRITTEN_OUT)) {
  test(`What nobody could see is written out: ${name}`, () => {
    assert.equal(visible(text), expected);
  });
}
