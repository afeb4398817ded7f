/** Binding keys of the table to what they do, in the editor. */
import type { Command, KeyBinding } from "@codemirror/view";
import { type Chord, EDITOR } from "../shared/keys";

/** Bind each of these keys. */
export function bind(
  chords: readonly Chord[],
  what: Omit<KeyBinding, "key" | "mac">,
): KeyBinding[] {
  return chords.map(({ key, mac }) => ({ key, ...(mac && { mac }), ...what }));
}

/** Where the keys of the search hold: in its own boxes as well. */
export const SEARCH_SCOPE = "editor search-panel";

/** What comes with the late script, and where its keys hold: they are known before it is here. */
const SCOPES = {
  complete: "editor",
  explain: "editor",
  find: SEARCH_SCOPE,
  replace: SEARCH_SCOPE,
  findNext: SEARCH_SCOPE,
  findPrevious: SEARCH_SCOPE,
  selectNext: "editor",
  selectAlike: "editor",
  fold: "editor",
  unfold: "editor",
  toggleFold: "editor",
  foldAll: "editor",
  unfoldAll: "editor",
} as const;

export type ActName = keyof typeof SCOPES;

const NAMES = Object.keys(SCOPES) as ActName[];

export type Acts = Readonly<Record<ActName, Command>>;

/** Bindings of the keys to what they do; where that is nothing, the browser has the key. */
export function bound(acts: Acts): KeyBinding[] {
  return NAMES.flatMap((name) => bind(EDITOR[name], { run: acts[name], scope: SCOPES[name] }));
}

/** An act for each name. */
export function actsOf(make: (name: ActName) => Command): Acts {
  return Object.fromEntries(NAMES.map((name) => [name, make(name)])) as Record<ActName, Command>;
}
