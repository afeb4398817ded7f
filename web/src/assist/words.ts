/** What is said of marks in the code, beside what Python says of each. */
export const FOUND = {
  count: (count: number) =>
    count === 1
      ? "One place in the code is marked; F8 goes there."
      : `${count} places in the code are marked; F8 goes from one to the next.`,
  none: "Nothing is marked in the code.",
} as const;
