/** What the console says to learners. */

export const WORDS = {
  run: "Run code",
  running: "Running… “Stop” ends it, and so does Ctrl+C in the console.",
  console: "Python console",
  output: "Output",
  input: "Input",
  inputHint: "Lines for input()",
  keys: "Enter runs · ↑ brings back · Tab completes · Esc then Tab leaves",
  holdsNothing: "Nothing is loaded. “Run code” runs your code as a program.",
  holds: (time: string, lines: number | null) =>
    `Loaded: your code as it was at ${time}${
      lines === null ? "" : ` (${lines} ${lines === 1 ? "line" : "lines"})`
    }.`,
  holdsPart: (time: string) =>
    `Loaded in part: your code as it was at ${time} did not run to its end.`,
  holdsNone: (time: string) => `Your code as it was at ${time} could not be loaded.`,
  differs: "The editor differs: “Run code” loads it anew.",
  leftOut:
    "The case was not called: what it calls could not be loaded. It stays in the console below.",
  step: "Step",
  stepOf: (code: string) => ` through ${code.slice(0, 80)}`,
  ran: (time: string) => `Your code, run at ${time}`,
  restarted: "Console restarted, variables are gone.",
  stopped: "You stopped the code.",
  late: (seconds: number, line: number | null, isOfFile: boolean) =>
    `The code did not end within ${seconds} seconds${
      line === null ? "" : ` (it was on line ${line}${isOfFile ? " of your code" : ""})`
    }. Is there a loop that never ends?`,
  broken: "Python ran out of memory or broke down.",
  spared: "The page needed the memory that the console held, so it was ended.",
  lost: "The console's Python was taken out of the page.",
  unavailable: (what: string) => `There is no Python for the console. ${what}`,
  wanted: (line: number, prompt: string) =>
    `The code waits for line ${line} of its input${prompt ? ` (“${prompt}”)` : ""}. Type it below and press Enter: the code runs again with all lines so far.`,
  wantsInput: "Here the code waits for input: “Run code” asks you for it.",
  noMoreInput: "No more input",
  noNames: "No name begins like that.",
  moreNames: (count: number) => ` and ${count} more`,
} as const;
