/** What a comparison of two texts says. */
export const DIFF = {
  leftOut: (lines: number) => `⋯ ${lines} ${lines === 1 ? "line" : "lines"} not shown`,
} as const;
