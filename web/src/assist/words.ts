/** What the editor's late script says. */
import { SEARCHING } from "../editor/words";
import { EDITOR } from "../shared/keys";

const [{ key }] = EDITOR.nextMark;

/** Of marks in the code, beside what Python says of each. */
export const FOUND = {
  count: (count: number) =>
    count === 1
      ? `One place in the code is marked; ${key} goes there.`
      : `${count} places in the code are marked; ${key} goes from one to the next.`,
  none: "Nothing is marked in the code.",
} as const;

export const FIND = {
  ...SEARCHING,
  replace: "Replace with",
  next: "Next match",
  previous: "Previous match",
  caseSensitive: "Match case",
  wholeWord: "Whole words",
  regexp: "Regular expression",
  showReplace: "Also replace",
  replaceOne: "Replace",
  replaceAll: "Replace all",
  close: "Close the search",
  invalid: "Not a regular expression",
  none: "No match",
  late: "Takes too long",
  failed: "Cannot be looked for",
  tooMuch: "Too much to put in",
  counted: (count: number) => `${count} ${count === 1 ? "match" : "matches"}`,
  placed: (index: number, count: number) => `${index} of ${count}`,
  at: (index: number, count: number, line: number, text: string) =>
    `${index} of ${count}, line ${line}: ${text}`,
  replacedOn: (line: number) => `Replaced on line ${line}.`,
  replaced: (count: number) =>
    count === 1 ? "1 match was replaced." : `${count} matches were replaced.`,
} as const;

export const FOLDS = {
  fold: "Fold",
  unfold: "Unfold",
  phrases: { "folded code": "Folded code", unfold: "Unfold" },
} as const;
