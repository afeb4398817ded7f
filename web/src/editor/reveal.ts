/** What a mark or a step stands at is not hidden in a fold. */
import { foldedRanges, unfoldEffect } from "@codemirror/language";
import type { EditorState, StateEffect } from "@codemirror/state";

/** Opens the folds that hide a part of a stretch. */
export function opening(state: EditorState, from: number, to: number): StateEffect<unknown>[] {
  const effects: StateEffect<unknown>[] = [];
  foldedRanges(state).between(from, to, (start, end) => {
    if (end > from && start < to) effects.push(unfoldEffect.of({ from: start, to: end }));
  });
  return effects;
}
