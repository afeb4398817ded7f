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
  holds: (time: string, lines: number) =>
    `Loaded: your code as it was at ${time} (${lines} ${lines === 1 ? "line" : "lines"}).`,
  differs: (time: string) =>
    `Loaded: your code as it was at ${time}. The editor differs: “Run code” loads it anew.`,
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
