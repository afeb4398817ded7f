/** What the editor says of a search, before its script is here and after. */
export const SEARCHING = {
  panel: "Find in the code",
  find: "Find",
  missing: "The search did not come. Esc leaves this box.",
} as const;
