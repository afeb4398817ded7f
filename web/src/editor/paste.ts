/**
 * Pasted code takes the indentation of the place where it goes, in the same undo step. Only where it is
 * clear what that is: all else is pasted as it is, and by Ctrl+Shift+V whatever is.
 */
import { syntaxTree } from "@codemirror/language";
import type { EditorState, Extension } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { EDITOR } from "../shared/keys";
import { bind } from "./keys";
import { blanks, columns, read, type SourceLine, tabSize } from "./lines";

const INDENT = 4;

/** A line of pasted code, and how far it is indented. */
interface Pasted extends SourceLine {
  readonly column: number;
}

/** Where a paste goes: what stands before and behind it in its lines, and how far code is indented there. */
interface Spot {
  readonly lead: string;
  readonly isBeforeCode: boolean;
  readonly column: number;
  /** Less than this is an error there. */
  readonly least: number;
  readonly levels: ReadonlySet<number>;
}

/**
 * What is to be put in for a pasted text; null where that is the text itself.
 *
 * @param before - All that stands before the place.
 * @param after - All that stands behind it.
 */
export function mended(before: string, after: string, pasted: string): string | null {
  if (`${before}${after}`.trim() === "") return null; // a file of its own
  const text = pasted.replace(/\r\n?/g, "\n");
  const blank = /^(?:[ \t]*\n)*/.exec(text)?.[0] ?? "";
  const lines = measured(text.slice(blank.length));
  if (lines === null) return null;
  const spot = spotBetween(before, after);
  const begins = blank === "" ? (spot?.lead.length ?? 0) : 0;
  const own = spot && ownColumn(lines, begins > 0);
  if (!spot || own === null) return null;
  const [first, ...others] = lines;
  const target = spot.lead === "" ? fitting(spot, own, own > first.column) : spot.column;
  const moved = moveAll(others, spot, target, target - own);
  if (moved === null) return null;
  const begun = blank + " ".repeat(target - begins) + withoutBlanks(first.text);
  const result = [begun, ...moved].join("\n");
  return result === text ? null : result;
}

/** The lines of a text that has an indentation to be mended. */
function measured(text: string): [Pasted, ...Pasted[]] | null {
  const { lines } = read(text);
  const isSession = lines.some(
    ({ kind, text }) => kind !== "string" && /^\s*>>>(?: |$)/.test(text),
  );
  const isFile = [/^(?:import|from)\b/, /^(?:def|class|async|@)/].every((begins) =>
    lines.some(({ kind, text }) => kind === "statement" && begins.test(text)),
  );
  const filled = lines.filter((line) => line.text.trim() !== "");
  if (isSession || isFile || filled.length < 2) return null;
  const size = tabSize(lines);
  const measure = (line: SourceLine) => ({ ...line, column: columns(blanks(line.text), size) });
  const [first, ...others] = lines;
  return first ? [measure(first), ...others.map(measure)] : null;
}

function spotBetween(before: string, after: string): Spot | null {
  const { lines } = read(before);
  const here = lines.at(-1);
  const behind = after.split("\n");
  const isPlain = here?.kind === "statement" && /^ *$/.test(here.text);
  // Where code is indented by tabs, spaces would not fit.
  if (!isPlain || /^ *\t/m.test(`${before}\n${after}`)) return null;
  const code = lines.filter(({ kind, hasCode }) => kind === "statement" && hasCode);
  const isBeforeCode = behind[0]?.trim() !== "";
  const levels = new Set(code.map(({ text }) => blanks(text).length));
  const { column, least } = expected(code.at(-1), after);
  const lead = here.text;
  return { lead, isBeforeCode, column: lead === "" ? column : lead.length, least, levels };
}

/** How far the code below a line is indented. */
function expected(above: SourceLine | undefined, after: string): Pick<Spot, "column" | "least"> {
  if (!above) return { column: 0, least: 0 };
  const column = blanks(above.text).length;
  if (!above.opens) return { column, least: 0 };
  const next = read(after).lines.find(({ hasCode }) => hasCode);
  const inner = next ? blanks(next.text).length : 0;
  if (inner > column) return { column: inner, least: 0 };
  return { column: column + INDENT, least: column + 1 }; // the block has nothing yet
}

/** Where code goes that begins at the start of a line. */
function fitting(spot: Spot, own: number, isCut: boolean): number {
  if (own > spot.column || own < spot.least) return spot.column;
  return isCut && !spot.levels.has(own) ? spot.column : own;
}

/**
 * How far the first line was indented where it comes from: a selection often begins behind that. Null
 * where nothing tells.
 */
function ownColumn(
  [first, ...others]: readonly [Pasted, ...Pasted[]],
  isIndented: boolean,
): number | null {
  const { column, opens } = first;
  const rest = others.filter(({ kind, hasCode }) => kind === "statement" && hasCode);
  const [next] = rest;
  if (!next) return column > 0 ? column : null;
  if (!first.hasCode) return next.column;
  if (!opens) return Math.max(column, next.column);
  if (next.column <= column) return null;
  const closing = rest.find((line) => line.column < next.column);
  if (closing) return Math.max(column, closing.column);
  return column === 0 && isIndented ? Math.max(0, next.column - step(rest)) : column;
}

/** By how much blocks are indented in some lines. */
function step(lines: readonly Pasted[]): number {
  const found = [...new Set(lines.map(({ column }) => column))].sort((a, b) => a - b);
  const steps = found.slice(1).map((column, index) => column - (found[index] ?? 0));
  return steps.length > 0 ? Math.min(...steps) : INDENT;
}

/** The lines behind the first one, moved as that is; null where one of them cannot be. */
function moveAll(
  lines: readonly Pasted[],
  spot: Spot,
  target: number,
  by: number,
): string[] | null {
  const made: string[] = [];
  for (const [index, line] of lines.entries()) {
    const isJoined = spot.isBeforeCode && index === lines.length - 1;
    const moved = isJoined ? joined(line, spot) : move(line, spot, target, by);
    if (moved === null) return null;
    made.push(moved);
  }
  return made;
}

function move(line: Pasted, { levels }: Spot, target: number, by: number): string | null {
  const { text, kind, hasCode } = line;
  if (text.trim() === "" || (kind === "string" && by === 0)) return text;
  const column = line.column + by;
  // What stands in a string keeps its shape: all of it moves, or nothing does.
  if (kind === "string" && column < 0) return null;
  if (kind === "statement" && hasCode && column < target) {
    const leavesAll = column === 0 && by !== 0;
    if (leavesAll || !levels.has(column)) return null;
  }
  return " ".repeat(Math.max(0, column)) + withoutBlanks(text);
}

/** The end of a paste before code, which keeps its own indentation. */
function joined({ text }: Pasted, { lead }: Spot): string | null {
  if (text.trim() !== "" || (lead === "" && text !== "")) return null;
  return lead;
}

function withoutBlanks(line: string): string {
  return line.slice(blanks(line).length);
}

/** Blanks as pages and word processors write them: to Python none of them is a space. */
const LOOKALIKES = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g;

/** With spaces for blanks that only look like them, but within strings. */
export function withSpaces(text: string): string {
  const spaced = (from: number, to?: number) => text.slice(from, to).replace(LOOKALIKES, " ");
  let made = "";
  let end = 0;
  for (const { from, to } of read(text).literals) {
    made += spaced(end, from) + text.slice(from, to);
    end = to;
  }
  return made + spaced(end);
}

const TOLD = "Pasted, indented as the code around it.";
const TOLD_OF_SPACES = "Pasted, with spaces for blanks that Python does not take.";

/** Pastes code so; by a key of its own, as it is. */
export function pasting(): Extension {
  let isPlain = false;
  const pasteAsItIs = (): boolean => {
    isPlain = true;
    return false; // the browser pastes
  };
  const events = EditorView.domEventHandlers({
    keyup() {
      isPlain = false;
    },
    paste({ clipboardData }, view) {
      const text = clipboardData?.getData("text/plain");
      return !isPlain && !!text && paste(view, text);
    },
  });
  return [keymap.of(bind(EDITOR.pasteAsItIs, { run: pasteAsItIs })), events];
}

function paste(view: EditorView, text: string): boolean {
  const { doc, readOnly, selection } = view.state;
  if (readOnly || selection.ranges.length > 1) return false;
  const { from, to } = selection.main;
  const spaced = isInText(view.state) ? text : withSpaces(text);
  const indented = mended(doc.sliceString(0, from), doc.sliceString(to), spaced);
  if (indented === null && spaced === text) return false;
  view.dispatch(view.state.replaceSelection(indented ?? spaced), {
    userEvent: "input.paste",
    effects: EditorView.announce.of(indented === null ? TOLD_OF_SPACES : TOLD),
    scrollIntoView: true,
  });
  return true;
}

/** Whether one is in a string or a comment, where blanks are as they are. */
function isInText(state: EditorState): boolean {
  const { from } = state.selection.main;
  return /String$|Comment/.test(syntaxTree(state).resolveInner(from, -1).name);
}
