/** What stands at the axes: numbers that can be told apart, and texts that fit. */
import { type Range, short, ticks } from "./plot";

/** How wide a text is (px). */
export type Measure = (text: string) => number;

const MOST_LABEL_LINES = 3;
/** A label of one line is no wider (px). */
const MOST_LABEL = 90;
/** So much is left between labels that stand side by side (px). */
const GAP = 6;
/** Numbers of an axis stand further apart, and no more of them. */
const COLUMN_GAP = 20;
const MOST_COLUMNS = 10;
const DIGITS = [4, 6, 8, 10, 12, 14];
const ALL_DIGITS = 17;

/** Tells numbers in few digits, and in as many as tell them apart. */
export function apart(numbers: readonly number[]): (value: number) => string {
  const { size } = new Set(numbers);
  const digits = DIGITS.find((each) => new Set(numbers.map((n) => short(n, each))).size === size);
  return (value) => short(value, digits ?? ALL_DIGITS);
}

/** Round numbers in a range, of which the labels have room side by side. */
export function columnTicks(range: Range, room: number, measure: Measure): number[] {
  for (let about = MOST_COLUMNS; about > 1; about--) {
    const found = ticks(range, about);
    if (widest(found.map(apart(found)), measure) + COLUMN_GAP <= room / found.length) return found;
  }
  return ticks(range, 1);
}

/**
 * The labels of so many pixels each, in lines. Where they have no room side by side, some are left out.
 */
export function labelLines(labels: readonly string[], slot: number, measure: Measure): string[][] {
  const room = slot - GAP;
  const words = labels.flatMap((label) => label.split(/\s+/));
  if (widest(words, measure) <= room) {
    return labels.map((label) => wrapped(label, room, MOST_LABEL_LINES, measure));
  }
  const every = Math.ceil((Math.min(widest(labels, measure), MOST_LABEL) + GAP) / slot);
  const each = every * slot - GAP;
  return labels.map((label, at) => (at % every === 0 ? wrapped(label, each, 1, measure) : []));
}

/** A text in lines of so many pixels, at most so many of them. */
export function wrapped(text: string, room: number, most: number, measure: Measure): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && measure(`${last} ${word}`) <= room) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  const isCut = lines.length > most;
  const shown = lines.slice(0, most);
  return shown.map((line, at) => cut(line, room, measure, isCut && at === most - 1));
}

/** A text in so many pixels, of which at least a character is left. */
export function cut(line: string, room: number, measure: Measure, hasMore = false): string {
  const characters = [...line];
  const whole = hasMore ? `${line}…` : line;
  if (measure(whole) <= room) return whole;
  let left = characters.length - (hasMore ? 0 : 1);
  const shortened = (): string => `${characters.slice(0, left).join("")}…`;
  while (left > 1 && measure(shortened()) > room) left--;
  return shortened();
}

function widest(texts: readonly string[], measure: Measure): number {
  return Math.max(...texts.map(measure));
}
