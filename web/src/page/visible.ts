/** Text of learners' code, as it may be shown: nothing in it goes unseen. */

/** What is not seen, or turns the text around it: controls, marks of direction, zero widths. */
const UNSEEN = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** They are part of how letters of many scripts, and some emoji, are written. */
const JOINERS = "\u200c\u200d";
const JOINS_ON = /^[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}]/u;
const IS_JOINED = /^[\p{L}\p{M}\p{Extended_Pictographic}]/u;

/** Write out, as Python would, the characters of a text that nobody could see. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character, at: number) => {
    if (JOINERS.includes(character) && isBetween(text, at)) return character;
    const code = character.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code.padStart(4, "0")}` : `\\x${code.padStart(2, "0")}`;
  });
}

/** Whether letters or emoji stand on both sides. */
function isBetween(text: string, at: number): boolean {
  // Not by a pattern that ends in $: Chromium 156 finds no emoji before it.
  const before = [...text.slice(Math.max(0, at - 2), at)].at(-1) ?? "";
  return JOINS_ON.test(before) && IS_JOINED.test(text.slice(at + 1, at + 3));
}
