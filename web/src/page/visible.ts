/** Text of learners' code, as it may be shown: nothing in it goes unseen. */

/** What is not seen, or turns the text around it: controls, marks of direction, zero widths, fillers. */
const UNSEEN =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufff9-\ufffb\p{Default_Ignorable_Code_Point}]/gu;

/** Of code they are seen too little as well: blanks that Python takes for none. */
const UNSEEN_IN_CODE = new RegExp(
  `${UNSEEN.source}|[\\xa0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000\\u2800]`,
  "gu",
);

/** They are part of how letters of many scripts, and some emoji, are written. */
const JOINERS = "\u200c\u200d";
/** Letters that never want one: between these it would only make another name of a name. */
const UNJOINED = String.raw`[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Han}\p{sc=Hangul}\p{sc=Kana}\p{sc=Hira}]`;
/** Marks that any script uses, accents among them. */
const ANY_MARK = String.raw`\p{sc=Inherited}`;
const LETTER = String.raw`(?!${UNJOINED}|${ANY_MARK})[\p{L}\p{M}]`;
const JOINS_ON = new RegExp(
  String.raw`^(?:${LETTER}|\ufe0f|\p{Extended_Pictographic}|\p{Emoji_Modifier})`,
  "u",
);
const IS_JOINED = new RegExp(String.raw`^(?:${LETTER}|\p{Extended_Pictographic})`, "u");
const VARIANT = /^[\u180b-\u180d\ufe00-\ufe0f]/;
const HAS_VARIANTS = /^[\p{Extended_Pictographic}\p{Unified_Ideograph}\p{Script=Mongolian}]/u;
const KEYCAP = "\u20e3";
/** A flag of a region: a black flag, and letters that are not seen. */
const REGION = /\u{1f3f4}[\u{e0030}-\u{e007a}]{3,6}\u{e007f}/gu;
const LONGEST_REGION = 16;
const TAG = /^[\u{e0030}-\u{e007f}]/u;

/** A stretch of a text: as it is, or what stands for a character that nobody could see. */
export interface Stretch {
  readonly text: string;
  readonly isWrittenOut: boolean;
}

/** Write out, as Python would, the characters of a text that nobody could see. */
export function visible(text: string): string {
  return stretches(text, UNSEEN)
    .map((stretch) => stretch.text)
    .join("");
}

/** Tell apart, in code, what is there to be seen from what had to be written out. */
export function visibleCode(text: string): readonly Stretch[] {
  return stretches(text, UNSEEN_IN_CODE);
}

/** The same text in fewer stretches: neighbours become one, and so does all after so many. */
export function joined(stretches: readonly Stretch[], most: number): readonly Stretch[] {
  const found: Stretch[] = [];
  for (const { text, isWrittenOut } of stretches) {
    const last = found.at(-1);
    const isSame = last?.isWrittenOut === isWrittenOut;
    if (last && (isSame || found.length > 2 * most)) {
      found[found.length - 1] = { ...last, text: last.text + text };
    } else found.push({ text, isWrittenOut: isWrittenOut && found.length < 2 * most });
  }
  return found;
}

function stretches(text: string, unseen: RegExp): readonly Stretch[] {
  const found: Stretch[] = [];
  let from = 0;
  for (const { 0: character, index: at } of text.matchAll(unseen)) {
    if (belongs(character, text, at)) continue;
    if (at > from) found.push({ text: text.slice(from, at), isWrittenOut: false });
    found.push({ text: writtenOut(character), isWrittenOut: true });
    from = at + character.length;
  }
  if (from < text.length) found.push({ text: text.slice(from), isWrittenOut: false });
  return found;
}

function writtenOut(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  if (code.length > 4) return `\\U${code.padStart(8, "0")}`;
  return code.length > 2 ? `\\u${code.padStart(4, "0")}` : `\\x${code.padStart(2, "0")}`;
}

/** Whether the characters around it make it part of a letter or an emoji. */
function belongs(character: string, text: string, at: number): boolean {
  // Not by a pattern that ends in $: Chromium 156 finds no emoji before it.
  const before = [...text.slice(Math.max(0, at - 2), at)].at(-1) ?? "";
  if (JOINERS.includes(character)) {
    return JOINS_ON.test(before) && IS_JOINED.test(text.slice(at + 1, at + 3));
  }
  if (TAG.test(character)) return isInRegion(text, at);
  return VARIANT.test(character) && (HAS_VARIANTS.test(before) || text[at + 1] === KEYCAP);
}

function isInRegion(text: string, at: number): boolean {
  const from = Math.max(0, at - LONGEST_REGION);
  const around = text.slice(from, at + LONGEST_REGION);
  return [...around.matchAll(REGION)].some(
    ({ index, 0: flag }) => at > from + index && at < from + index + flag.length,
  );
}
