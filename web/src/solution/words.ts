/** What the dialog of the solution says. */
export const WORDS = {
  title: "Your code and the solution",
  both: "Your code beside the solution",
  own: "Your code",
  reference: "Solution",
  close: "Close",
} as const;
