/** What a search finds, as far as it is counted. */
import type { SearchQuery } from "@codemirror/search";
import type { EditorState } from "@codemirror/state";

interface Match {
  readonly from: number;
  readonly to: number;
}

export interface Counted {
  readonly count: number;
  /** Whether there are no more. */
  readonly isAll: boolean;
  /** Which one is selected, from 1; 0 where none is. */
  readonly at: number;
}

const MOST = 999;

function* matches(query: SearchQuery, state: EditorState, from = 0): Generator<Match> {
  if (!query.valid) return;
  const cursor = query.getCursor(state, from);
  for (let next = cursor.next(); !next.done; next = cursor.next()) yield next.value;
}

/** The first match from the selection on, else from the text's start on. */
export function firstMatch(query: SearchQuery, state: EditorState): Match | null {
  const after = matches(query, state, state.selection.main.from).next();
  const found = after.done ? matches(query, state).next() : after;
  return found.done ? null : found.value;
}

/** How many there are. */
export function counted(query: SearchQuery, state: EditorState): Counted {
  const { from, to } = state.selection.main;
  let count = 0;
  let at = 0;
  for (const match of matches(query, state)) {
    if (count === MOST) return { count, isAll: false, at };
    count++;
    if (match.from === from && match.to === to) at = count;
  }
  return { count, isAll: true, at };
}
