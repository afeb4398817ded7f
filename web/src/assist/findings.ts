/** Marks of what was found in the text: where they are, which of them wait, and what is told of them. */
import {
  type EditorState,
  type Extension,
  Prec,
  RangeSet,
  StateEffect,
  StateField,
  type Text,
  type Transaction,
} from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  GutterMarker,
  gutterLineClass,
} from "@codemirror/view";
import type { Finding } from "../driver/check";
import { find, type Mark, moved } from "../editor/place";

export interface Marked {
  readonly finding: Finding;
  readonly mark: Mark;
  /** Whether it is not shown yet, because the cursor is where it stands. */
  readonly isHeld: boolean;
}

interface Findings {
  readonly marked: readonly Marked[];
  readonly hasFocus: boolean;
}

interface Found {
  readonly findings: readonly Finding[];
  /** Whether nobody has typed for long enough that an unfinished line is told of. */
  readonly isPaused: boolean;
  readonly hasFocus: boolean;
}

export const setFindings = StateEffect.define<Found>();
/** Nobody has typed for a while: errors wait no more; or all are asked for. */
export const reveal = StateEffect.define<"errors" | "all">();
const setFocus = StateEffect.define<boolean>();

export const found = StateField.define<Findings>({
  create: () => ({ marked: [], hasFocus: false }),
  update(value, transaction) {
    let next = transaction.docChanged ? followed(value, transaction) : value;
    for (const effect of transaction.effects) {
      if (effect.is(setFindings)) next = marked(effect.value, next, transaction.state);
      if (effect.is(setFocus)) next = { ...next, hasFocus: effect.value };
      if (effect.is(reveal)) next = released(next, waitsStill(effect.value));
    }
    if (next === value && !transaction.selection) return value;
    if (transaction.docChanged) return next; // what waits may be mended by that
    return released(next, (each) => isNear(each, next.hasFocus, transaction.state));
  },
});

function followed({ marked, hasFocus }: Findings, { changes, newDoc }: Transaction): Findings {
  const still = marked.flatMap((each) => {
    const mark = moved(each.mark, changes, newDoc);
    return mark === null ? [] : [{ ...each, mark }];
  });
  return { marked: still, hasFocus };
}

function marked({ findings, isPaused, hasFocus }: Found, last: Findings, state: EditorState) {
  const shown = new Set(last.marked.filter(({ isHeld }) => !isHeld).map(key));
  const next = findings.flatMap((finding): Marked[] => {
    const mark = markOf(finding, state);
    if (mark === null) return [];
    const waits = !(finding.kind === "error" && isPaused);
    const each = { finding, mark, isHeld: true };
    return [{ ...each, isHeld: waits && !shown.has(key(each)) }];
  });
  return { marked: next, hasFocus };
}

/** What makes a mark the same as one that was there before. */
const key = ({ finding, mark }: Marked): string =>
  JSON.stringify([finding.kind, mark.at, mark.from, mark.to, mark.lines]);

/** Where a finding is marked; where no part of its line is known, at all of what stands there. */
function markOf(finding: Finding, { doc }: EditorState): Mark | null {
  const mark = find(finding, doc);
  if (mark === null || mark.from < mark.to) return mark;
  const { text } = doc.lineAt(mark.at);
  const from = text.length - text.trimStart().length;
  return { at: mark.at, lines: text, from, to: text.trimEnd().length };
}

/** Show those that need wait no more. */
function released(findings: Findings, waits: (each: Marked) => boolean): Findings {
  if (!findings.marked.some((each) => each.isHeld && !waits(each))) return findings;
  const next = findings.marked.map((each) => ({ ...each, isHeld: each.isHeld && waits(each) }));
  return { ...findings, marked: next };
}

const waitsStill = (which: "errors" | "all") => (each: Marked) =>
  which === "errors" && each.finding.kind === "note";

/** Whether a finding may be of what is being written: where the cursor is, or of what is missing there. */
function isNear({ finding, mark }: Marked, hasFocus: boolean, { doc, selection }: EditorState) {
  if (!hasFocus) return false;
  const here = doc.lineAt(selection.main.head).number;
  const first = doc.lineAt(mark.at).number;
  const last = doc.lineAt(Math.min(mark.at + mark.lines.length, doc.length)).number;
  if (first <= here && here <= last) return true;
  if (finding.kind === "note") return false;
  // An unfinished line shows on the next one, and one that wants a block by itself.
  return here < first ? isBlank(doc, here + 1, first - 1) : isBlank(doc, last + 1, here);
}

function isBlank(doc: Text, first: number, last: number): boolean {
  for (let line = first; line <= last; line++) {
    if (doc.line(line).text.trim() !== "") return false;
  }
  return true;
}

/** The marks that are shown, in their order. */
export function shown(state: EditorState): readonly Marked[] {
  return state.field(found).marked.filter(({ isHeld }) => !isHeld);
}

/** From where to where a mark is. */
export function rangeOf({ mark }: Marked): readonly [from: number, to: number] {
  return [mark.at + mark.from, mark.at + mark.to];
}

const partOf = (name: string) => Decoration.mark({ class: name, inclusive: true });
const parts = { error: partOf("cm-found-error"), note: partOf("cm-found-note") };
const foundGutter = new (class extends GutterMarker {
  override elementClass = "cm-found-gutter";
})();

function decorations(state: EditorState): DecorationSet {
  const ranges = shown(state).flatMap((each) => {
    const [from, to] = rangeOf(each);
    return from < to ? [parts[each.finding.kind].range(from, to)] : [];
  });
  return Decoration.set(ranges, true);
}

function gutter(state: EditorState): RangeSet<GutterMarker> {
  const errors = shown(state).filter(({ finding }) => finding.kind === "error");
  return RangeSet.of(
    errors.map(({ mark }) => foundGutter.range(mark.at)),
    true,
  );
}

const theme = EditorView.theme({
  ".cm-found-error": { textDecoration: "underline wavy var(--failed) 1px" },
  ".cm-found-note": {
    textDecoration: "underline dotted var(--ink-soft) 2px",
    textDecorationSkipInk: "none", // of a short name with descenders nothing would be left
    textUnderlineOffset: "3px",
  },
  ".cm-lineNumbers .cm-found-gutter": {
    color: "var(--failed)",
    textDecoration: "underline wavy 1px",
  },
  // What a run has marked is the same mistake, or a weightier one.
  ".cm-marked-line :is(.cm-found-error, .cm-found-note)": { textDecoration: "none" },
});

export const findings: Extension = [
  found,
  // Around what stands for a character that nobody could see.
  Prec.low(EditorView.decorations.compute([found], decorations)),
  gutterLineClass.compute([found], gutter),
  EditorView.focusChangeEffect.of((_state, hasFocus) => setFocus.of(hasFocus)),
  theme,
];
