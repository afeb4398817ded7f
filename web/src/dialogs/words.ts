/** What the dialogs of the menu say. */

export const WORDS = {
  close: "Close",
} as const;

export const HISTORY = {
  title: "History",
  entries: "Kept code, the newest first",
  none: "Nothing is kept yet. Code is kept for each run that comes to something else, before other code takes its place, and for each hour of work.",
  noStorage: "This browser keeps nothing here, so there is no history.",
  hour: "After an hour of work",
  reset: "Before a reset",
  replaced: "Before other code took its place",
  unknown: "Kept",
  elsewhere: (place: string) => `at ${place}`,
  both: "The kept code beside the code in the editor",
  kept: "Kept",
  now: "In the editor now",
  same: "It is what the editor holds now.",
  differs: (lines: number) =>
    `${lines} ${lines === 1 ? "line differs" : "lines differ"}: − is of the kept code, + of the editor’s.`,
  restore: "Restore",
  forget: "Delete everything kept here",
} as const;

export const FORGET = {
  title: "Delete everything kept here?",
  what: "Your code of this exercise goes, all of its history, and what is noted of its runs, from this browser. The page is then loaded anew and begins with the starter.",
  elsewhere:
    "What was written at other addresses of this exercise stays, and can be deleted there. So do the settings, which belong to no exercise.",
  keep: "Keep everything",
  yes: "Delete everything",
  refused:
    "This browser does not let the page delete what is kept. Delete this site’s data in its settings.",
} as const;

export const SETTINGS = {
  title: "Settings",
  theme: "Theme",
  themes: { system: "As the system", light: "Light", dark: "Dark" },
  size: "Size of the code",
  wrap: "Wrap long lines of code",
  wraps: { auto: "Where there is little room", on: "Always", off: "Never" },
  keyHints: "Show hints about keys",
  unkept: "This browser does not keep settings: they hold for this visit only.",
} as const;
