/** Blocks that are folded away: by keys, by a mark beside their line's number, and opened where one goes. */
import {
  codeFolding,
  foldAll,
  foldCode,
  foldEffect,
  foldedRanges,
  foldGutter,
  toggleFold,
  unfoldAll,
  unfoldCode,
  unfoldEffect,
} from "@codemirror/language";
import {
  type ChangeSet,
  EditorSelection,
  EditorState,
  type Extension,
  type SelectionRange,
  type Transaction,
} from "@codemirror/state";
import type { Acts } from "../editor/keys";
import { FOLDS } from "./words";

interface Stretch {
  readonly from: number;
  readonly to: number;
}

const isWithin = (at: number, { from, to }: Stretch): boolean => from < at && at < to;

const endsWithin = (range: SelectionRange, fold: Stretch): boolean =>
  isWithin(range.from, fold) || isWithin(range.to, fold);

/** Whoever goes into a fold, as a search does, or edits what is in it, opens it. */
const opened = EditorState.transactionExtender.of((transaction) => {
  const { selection, changes, startState } = transaction;
  if (!selection && !isEdit(transaction)) return null;
  const effects: ReturnType<typeof unfoldEffect.of>[] = [];
  foldedRanges(startState).between(0, startState.doc.length, (from, to) => {
    const fold = { from: changes.mapPos(from, 1), to: changes.mapPos(to, -1) };
    const isEntered = selection?.ranges.some((range) => endsWithin(range, fold)) ?? false;
    const isEdited = isEdit(transaction) && isTouched({ from, to }, changes);
    if (fold.from < fold.to && (isEntered || isEdited)) effects.push(unfoldEffect.of(fold));
  });
  return { effects };
});

/** What changes in many places at once leaves folds as they are. */
const WIDE = ["input.replace", "undo", "redo"];

function isEdit(transaction: Transaction): boolean {
  return transaction.docChanged && !WIDE.some((event) => transaction.isUserEvent(event));
}

/** Whether changes are within a fold, at its end, or part it from its line. */
function isTouched({ from, to }: Stretch, changes: ChangeSet): boolean {
  let is = false;
  changes.iterChanges((start, end, _newStart, _newEnd, inserted) => {
    const isParted = end === from && inserted.lines > 1;
    if (isParted || (end > from && start <= to)) is = true;
  });
  return is;
}

/** Of a block at the end, all but the blank lines: a cursor that stands there is on a line of its own. */
function withoutEnd({ doc }: EditorState, { from, to }: Stretch): Stretch {
  return { from, to: to < doc.length ? to : from + doc.sliceString(from, to).trimEnd().length };
}

/** What is folded away; a cursor that was in there goes to where it can be seen. */
const inSight = EditorState.transactionFilter.of((transaction) => {
  const { effects, docChanged, newSelection, startState } = transaction;
  if (docChanged || !effects.some((effect) => effect.is(foldEffect))) return transaction;
  const folds: Stretch[] = [];
  const shortened = effects.map((effect) => {
    if (!effect.is(foldEffect)) return effect;
    const fold = withoutEnd(startState, effect.value);
    folds.push(fold);
    return foldEffect.of(fold);
  });
  const ranges = newSelection.ranges.map((range) => {
    const fold = folds.find((each) => endsWithin(range, each));
    return fold ? EditorSelection.cursor(fold.from) : range;
  });
  const selection = EditorSelection.create(ranges, newSelection.mainIndex);
  return { effects: shortened, selection };
});

function marker(isOpen: boolean): HTMLElement {
  const mark = document.createElement("span");
  mark.className = isOpen ? "cm-fold" : "cm-fold cm-unfold";
  mark.title = isOpen ? FOLDS.fold : FOLDS.unfold;
  return mark;
}

export const folding: Extension = [
  codeFolding(),
  // A press leaves the keyboard where it is.
  foldGutter({ markerDOM: marker, domEventHandlers: { mousedown: () => true } }),
  opened,
  inSight,
  EditorState.phrases.of(FOLDS.phrases),
];

export const foldActs: Pick<Acts, "fold" | "unfold" | "toggleFold" | "foldAll" | "unfoldAll"> = {
  // In a line that opens nothing: the block that it stands in.
  fold: (view) => foldCode(view) || toggleFold(view) || true,
  unfold: (view) => unfoldCode(view) || true,
  toggleFold: (view) => toggleFold(view) || true,
  foldAll: (view) => foldAll(view) || true,
  unfoldAll: (view) => unfoldAll(view) || true,
};
