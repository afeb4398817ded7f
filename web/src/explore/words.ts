/** What "Your function" says to learners. */

export const EXPLORE = {
  draw: "Draw your function",
  end: "End drawing",
  drawing: "Drawing…",
  first: "This runs your code, and draws what it returns.",
  over: "This runs your code, and draws what it returns over the reference.",
  drawn: (at: string) => `Drawn at ${at}, from your code as it is.`,
  drawnInPart: (at: string) => `Drawn in part at ${at}, from your code as it is.`,
  notDrawn: (at: string) => `Your code as it is could not be drawn, at ${at}.`,
  differs: (at: string) => `Your code has changed since this was drawn, at ${at}.`,
  late: (seconds: number, line: number | null) =>
    `Drawing took longer than ${seconds} seconds, and was ended${line === null ? "" : ` on line ${line} of your code`}. Does a loop never end?`,
  stopped: "You ended the drawing.",
  broken: "Python broke down or ran out of memory while drawing.",
  unreadable: "What came back was no drawing.",
  misshapen: (why: string) => `What your code returns cannot be drawn: ${why}.`,
  line: (line: number) => `Line ${line}`,
  traceback: "Traceback",
} as const;

export const CHART = {
  own: "yours",
  reference: "the reference",
  referenceIs: "Dashed: the reference",
  same: "as the reference",
  differs: (x: string, own: string, right: string) =>
    `differs most at ${x}: ${own} instead of ${right}`,
  more: (count: number) =>
    count === 1
      ? "a value where the reference has none"
      : `${count} values where the reference has none`,
  gaps: (count: number) => (count === 1 ? "one value is missing" : `${count} values are missing`),
  odd: (kind: string, count: number, all: number) =>
    `${kind} ${count === all ? "everywhere" : `at ${count} of ${all} points`}`,
  curves: (x: string, from: string, to: string, y: string) =>
    `Curves of ${y} over ${x}, from ${from} to ${to}.`,
  bars: (x: string, y: string) => `Bars of ${y} by ${x}.`,
  course: (from: string, to: string) => `from ${from} to ${to}`,
  nothing: "nothing to draw",
  numbers: (title: string) => `Numbers of “${title}”`,
  gap: "–",
} as const;
