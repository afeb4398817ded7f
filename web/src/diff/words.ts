/** What a comparison of two texts says. */
export const DIFF = {
  leftOut: (lines: number) => `⋯ ${lines} ${lines === 1 ? "line" : "lines"} not shown`,
  cut: (characters: number) => ` ⋯ ${characters} characters not shown`,
} as const;
