/** What is said of marks in the code, beside what Python says of each. */
import { EDITOR } from "../shared/keys";

const [{ key }] = EDITOR.nextMark;

export const FOUND = {
  count: (count: number) =>
    count === 1
      ? `One place in the code is marked; ${key} goes there.`
      : `${count} places in the code are marked; ${key} goes from one to the next.`,
  none: "Nothing is marked in the code.",
} as const;
