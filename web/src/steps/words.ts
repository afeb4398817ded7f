/** What the steps say to learners. */
import type { Summary } from "./steps";

export const STEPS = {
  of: (title: string) => `Steps of a call in “${title}”`,
  ofTyped: "Steps of a call that you typed",
  recording: "Recording the call…",
  stop: "End recording",
  back: "Back",
  forward: "Forward",
  slider: "Step",
  count: (step: number, steps: number) => `${step} of ${steps}`,
  keys: "← → go by steps, ↑ ↓ by lines, Page Up and Page Down by turns of a loop.",
  variables: (name: string) => `Variables of ${name}`,
  noVariables: "No variables yet.",
  variable: "Variable",
  value: "Value",
  change: "Change",
  code: "Code of the run",
  showIt: "Show it",
  otherText: "Your code has changed since. These are steps of the code as it was run:",
  cut: (steps: number) => `Only the first ${steps.toLocaleString("en")} steps are kept.`,
  late: (seconds: number) =>
    `The call did not return within ${seconds} seconds. Its last step is where it was then, or before.`,
  broken: "Python broke down or ran out of memory. The last step is where the call was before.",
  stopped: "You ended the recording.",
  unfit: "This code cannot be called, so there is nothing to step through.",
  nothing: "No code of yours was run by this call.",
  another: (now: string, then: string) =>
    `Here the call came to something else than in the test${now ? `: ${now}` : ""}${then ? `, in the test ${then}` : ""}. What your code does depends on more than the calls before it in the test.`,
} as const;

/** What is done at a step, by its kind. */
export const DONE = {
  call: (name: string) => `${name} is called`,
  line: "next: this line",
  value: (code: string, value: string) => `${code} = ${value}`,
  turn: "the next turn begins",
  returned: (value: string) => `returns ${value}`,
  yielded: (value: string) => `yields ${value}`,
  resume: "goes on after its yield",
  raise: (error: string) => `raises ${error}`,
} as const;

export const PLACE = {
  line: (line: number) => `line ${line}`,
  /** Of a loop whose end was not recorded. */
  atLeast: (turns: number) => `at least ${turns}`,
  turn: (turn: number, turns: string) => `turn ${turn} of ${turns}`,
  turnOf: (line: number, turn: number, turns: string) =>
    `turn ${turn} of ${turns} of the loop on line ${line}`,
  inside: (names: readonly string[]) => `in ${names.join(", called by ")}`,
  generator: "a generator expression",
} as const;

export const CHANGED = {
  fresh: "new",
  was: (text: string) => `was ${text}`,
  gone: "gone",
  shape: (was: string, now: string) => `shape ${was} → ${now}`,
  dtype: (was: string, now: string) => `dtype ${was} → ${now}`,
  nan: (count: number) => `${count} NaN`,
  inf: (count: number) => `${count} inf`,
} as const;

const PLAIN = new Set(["int", "float", "bool", "str", "list", "tuple", "dict", "set", "NoneType"]);

/** A value's kind, where its text does not tell it. */
export function kindOf({ type, text, dtype, shape }: Summary): string {
  if (shape !== null)
    return `${type === "ndarray" ? "" : `${type} `}${dtype ?? ""} ${shapeOf(shape)}`;
  return PLAIN.has(type) || text.startsWith(`${type}(`) ? "" : type;
}

export function shapeOf(shape: readonly number[]): string {
  return `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
}

/** A value with its kind. */
export function told(summary: Summary): string {
  const kind = kindOf(summary);
  const isNamed = summary.text.startsWith("<");
  return kind && !isNamed ? `${kind} ${summary.text}` : summary.text;
}
