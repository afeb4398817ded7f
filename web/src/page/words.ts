/** What the page says to learners, apart from what judge and statement say: plain tables. */
import type { ShownOutcome, VerdictOutcome } from "../shared/report";

/** Beside the buttons: where Python or a run stands. */
export const STATUS = {
  getting: "Getting Python",
  gotten: (loaded: string, total: string) => `: ${loaded} of ${total} MB`,
  starting: "Starting Python",
  started: (ready: number) => `: ${ready} of 2 interpreters ready`,
  queued: "Queued: your tests run as soon as Python is ready",
  ready: "Python is ready",
  failed: "Python is not available",
  warming: "Waiting for a fresh Python…",
  loading: "Loading your code…",
  testing: "Running the tests…",
  stopping: "Stopping…",
} as const;

/** An outcome in a word or two. */
export const OUTCOMES: Readonly<Record<ShownOutcome | VerdictOutcome, string>> = {
  pending: "Not run yet",
  running: "Running",
  passed: "Passed",
  failed: "Failed",
  error: "Error",
  timeout: "Too slow",
  crashed: "Crashed",
  "not-run": "Not run",
  invalid: "Invalid",
  stopped: "Stopped",
};

export const RESULTS = {
  running: "Running…",
  none: "There is no verdict.",
  unrun: (why: string) => `Your code was not tested. ${why}`,
  allPassed: (total: number) => (total === 1 ? "The test passed." : `All ${total} tests passed.`),
  somePassed: (passed: number, total: number) =>
    `${passed} of ${total} ${total === 1 ? "test" : "tests"} passed.`,
  mistake: (mistake: string) => `Likely mistake: ${mistake}`,
  exerciseFault: "The fault is in the exercise, not in your code. Please tell your instructor.",
  traceback: "Traceback",
  printed: "Printed output",
  printedAtLoading: "Printed while loading",
  line: (line: number) => `Line ${line}`,
  more: "More",
  same: "The same as above.",
  inTests: (count: number, total: number) =>
    count === total ? ` (in all ${total} tests)` : ` (in ${count} tests)`,
  firstFailure: (title: string) => `First failing test: ${title}.`,
} as const;

/** The page on paper. */
export const PAPER = {
  left: (lines: number) => {
    if (lines === 0) return "… and more, left out on paper.";
    return `… and ${lines} more ${lines === 1 ? "line" : "lines"}, left out on paper.`;
  },
} as const;

/** What a dot of the row of last runs stands for. */
export const RUNS = {
  run: (outcome: VerdictOutcome, passed: number, total: number) =>
    `${OUTCOMES[outcome]}: ${passed} of ${total} passed`,
} as const;

/** The hints below the statement. */
export const HINTS = {
  left: (left: number, all: number) => {
    if (left === all)
      return all === 1 ? "There is one hint." : `There are ${all} hints, shown one at a time.`;
    if (left === 0) return all === 1 ? "This is the only hint." : `These are all ${all} hints.`;
    return left === 1 ? "One more hint." : `${left} more hints.`;
  },
} as const;

/** All tests have passed. */
export const PASSED = {
  runs: (runs: number) =>
    runs === 1 ? "Passed in your first run here." : `Passed, after ${runs} runs in this browser.`,
} as const;

/** The way to the solution, where it may be seen. */
export const SOLUTION = {
  coming: "Getting the solution…",
  open: "The solution can be seen now.",
  refused: (why: string) => `${why} Press “Show solution” again, or reload the page.`,
  afterPass: "The solution can be seen once all tests have passed.",
  afterRuns: (left: number) =>
    `The solution can be seen after ${left} more ${left === 1 ? "run" : "runs"}, or once all tests have passed.`,
} as const;

/** The rows of a failed test's case. */
export const CARD = {
  call: "call",
  got: "got",
  expected: "expected",
  note: "note",
  valueIn: (name: string, title: string, value: string) => `${value} (${name}, ${title})`,
  copyOf: (title: string) => ` this case: ${title}`,
} as const;

const TELL = "If it stays, tell whoever gave you this page.";

/** "Try it", until its script is here, and the ways that lead there. */
export const TRY = {
  coming: "Getting the console…",
  tryCase: "Try",
  caseOf: (title: string) => ` this case: ${title}`,
} as const;

/** "Step through", until its script is here, and the way that leads there. */
export const STEP = {
  coming: "Getting the steps…",
  step: "Step",
  caseOf: (title: string) => ` through this case: ${title}`,
} as const;

/** "Your function", until its script is here. */
export const EXPLORE = { coming: "Getting what draws your function…" } as const;

/** A part whose script did not come. */
export const LATE_PART = {
  retry: "Retry",
  renewed:
    "If that does not help, reload the page: it may have been renewed since you opened it. Your code stays.",
  here: "What you asked for is here now.",
  goOn: "Go on",
} as const;

/** What comes in a script of its own. */
export const LATE = {
  solution: "the solution's view",
  dialogs: "what this button opens",
  editor: "the editor",
  assist: "what helps with typing",
  console: "the console",
  steps: "what shows the steps",
  explore: "what draws your function",
} as const;

/** Why there is no Python, or no editor, and what to do about it. */
export const PROBLEMS = {
  missingFile: (name: string, why: string) => ({
    what: `A file of this page could not be loaded from ${location.host}: ${name}${why ? ` (${why})` : ""}.`,
    remedy: `Check your connection and press Retry. ${TELL}`,
  }),
  sandboxedFile: (name: string, why: string) => ({
    what: `A file of this page could not be loaded: ${name} (${why}).`,
    remedy:
      "The site around this page keeps it in a sandbox of no origin. Open the exercise in a tab of its own, or let its frame have `allow-same-origin`.",
  }),
  noFinalSlash: (address: string) => ({
    what: "This page's address lacks its final slash, so its files are looked for in another folder.",
    remedy: `Open ${address} instead.`,
  }),
  damagedFile: (name: string) => ({
    what: `A damaged file: ${name} at ${location.host} is not the one that this page was built with.`,
    remedy: `Reload the page to get all files anew. ${TELL}`,
  }),
  notStarted: (why: string) => ({
    what: `Python did not start: ${why}.`,
    remedy:
      "Press Retry. If it stays, close other tabs, or try a current Chrome, Firefox or Safari.",
  }),
  forbidden: (directive: string, allowing: string | undefined) => ({
    what: `The host of this page, ${location.host}, forbids what Python needs here: its Content-Security-Policy refuses it by \`${directive}\`.`,
    remedy: `Ask whoever runs that host to send no such header with this page, which brings a policy of its own, or to ${allowing ? `allow \`${allowing}\` in it` : `leave \`${directive}\` out of it`}.`,
  }),
  frameTaken: {
    what: "Something keeps taking the hidden frame out of this page in which Python runs your code.",
    remedy:
      "Extensions of a browser may do that: switch them off for this page, or open it in a private window, and press Retry.",
  },
  noMemory: {
    what: "There is not enough memory left for Python.",
    remedy: "Close other tabs and programs, then press Retry. Your code is still here.",
  },
  lacking: (features: string) => ({
    what: `This browser lacks ${features}.`,
    remedy:
      "Open this page in a current version of Firefox, Chrome, Edge or Safari, and without a setting or extension that switches browser features off.",
  }),
  openedAsFile: {
    what: "This page was opened as a file, and a browser runs no Python from a file.",
    remedy:
      "Run `python -m http.server` in this folder and open the address it prints, or ask your instructor for the web address.",
  },
} as const;

/** Above the editor, until it is dismissed: what has become of the learner's code. */
export const NOTICES = {
  followed:
    "This exercise is also open elsewhere. What was saved there took the place of what was here, which is kept.",
  followedUnkept:
    "This exercise is also open elsewhere. What was saved there took the place of what was here, which can be shown until you leave this page.",
  openElsewhere: "This exercise is also open elsewhere, where other code was saved. Both are kept.",
  openElsewhereUnsaved:
    "This exercise is also open elsewhere, where other code was saved. This browser has no room for both: what you write here is not saved.",
  savedElsewhere: "Other code for this exercise was saved in another tab. Both are kept.",
  moreOthers: " Other code from before that is offered after this.",
  showFormer: "Show what was here",
  showOther: "Show the other code",
  reset: "You went back to the starter. The code from before is kept in this browser.",
  replaced: "You replaced your code. The code from before is kept in this browser.",
  unkept: "The code from before can be brought back until you leave this page.",
  undo: "Undo",
  undoAgain: " Undo once more brings back the code from before that.",
  otherPlace: (place: string, savedAt: number | null) =>
    `You have written code for this exercise at another address of this site: ${place}${savedAt === null ? "" : `, last on ${new Date(savedAt).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" })}`}.`,
  useHere: "Use it here",
  newStarter:
    "The starter of this exercise has changed since you began. Your code is as you left it.",
  seeStarter: "See the new starter",
  newTests: "The hidden tests of this exercise have changed since you last worked on it.",
  dismiss: "Dismiss",
} as const;

/** As the menu has it. */
export const UNTAB = "Turn tabs into spaces";

export const RESET = {
  kept: "Your code is kept in this browser: a notice will let you bring it back, even after a reload.",
  unkept: "This browser keeps nothing: a notice will let you bring your code back until you leave.",
} as const;

/** What scrolls in the statement, by how it is found there. */
export const BOXES = { pre: "Code", ".math": "Formula", ".table": "Table" } as const;

export const COPY = {
  copy: "Copy",
  copied: "Copied",
  refused: "Selected: copy it with the keyboard",
} as const;

export const WHY = {
  answered: (status: number) =>
    `the server answered ${status}${status === 404 ? "; if the page was renewed meanwhile, reload it" : ""}`,
  notArrived: "it did not arrive, or is damaged",
} as const;
