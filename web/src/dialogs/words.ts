/** What the dialogs of the menu say. */
import { MOST_CHARACTERS } from "./bounds";

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

export const UNTAB = {
  done: "Spaces stand for the tabs. Ctrl+Z (⌘Z) takes that back.",
  someLeft: "Spaces stand for the tabs, except within strings. Ctrl+Z (⌘Z) takes that back.",
  none: "There are no tabs any more.",
  onlyLeft: "The only tabs are within strings, whose value they belong to.",
} as const;

export const FORGET = {
  title: "Delete everything kept here?",
  what: "Your code of this exercise goes, all of its history, and what is noted of its runs and hints, from this browser. The page is then loaded anew and begins with the starter.",
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
  themes: { system: "System", light: "Light", dark: "Dark" },
  size: "Font size of the code",
  wrap: "Wrap long lines of code",
  wraps: { auto: "Where there is little room", on: "Always", off: "Never" },
  keyHints: "Show key hints",
  singleKeys: "Single-key shortcuts",
  marks: "Mark mistakes while I type",
  noMarks: "This device has little memory: mistakes are marked by runs alone.",
  columns: "Width of the problem",
  rows: "Height of the code",
  own: "The page’s own choice",
  unkept: "This browser does not keep settings: they hold for this visit only.",
} as const;

export const SHORTCUTS = {
  title: "Keys",
  or: " or ",
  next: " then ",
  asElsewhere:
    "Arrows, Home, End, Page Up, Page Down, Backspace and Delete, with and without other keys, do here what they do wherever one types.",
} as const;

export const CODE = {
  title: "Your code",
  text: "Code",
  copyIt:
    "The page may not copy here. Your code is selected: copy it with the keyboard, or by a long press.",
  noFile:
    "If no file came: the site around this page may forbid it. Your code is selected, to be copied.",
} as const;

const MOST = MOST_CHARACTERS.toLocaleString("en-GB");

/** Of files that are saved or opened, by their names. */
export const FILE = {
  saved: (name: string) => `Downloaded as ${name}`,
  tooLong: (name: string) =>
    `${name} was not opened: it is too long. At most ${MOST} characters are taken.`,
  notebook: (name: string) =>
    `${name} was not opened: it is a Jupyter notebook. Copy the code of its cell and paste it here, or save the notebook as a .py file and open that.`,
  page: (name: string) =>
    `${name} was not opened: it is a web page. Copy the code on it and paste it here.`,
  document: (name: string) =>
    `${name} was not opened: it is a document. Copy the code in it and paste it here.`,
  binary: (name: string) => `${name} was not opened: it is not a text.`,
  unknown: (name: string, encoding: string) =>
    `${name} was not opened: it says that it is encoded in ${encoding}, which this browser does not know. Save it as UTF-8.`,
  broken: (name: string, encoding: string) =>
    `${name} was not opened: it says that it is encoded in ${encoding}, and is not. Save it as UTF-8.`,
  unread: (name: string, why: string) => `${name} could not be read (${why}).`,
  said: (name: string, encoding: string) => `${name} is not UTF-8: it was read as ${encoding}.`,
  guessed: (name: string, encoding: string) =>
    `${name} is not UTF-8, and says nothing of what it is: it was read as ${encoding}. Look at letters with accents.`,
} as const;

/** Why the code of a link is not shown. */
export const LINK = {
  tooLong: "The link is longer than any that this page makes. It was not opened.",
  damaged:
    "The link is damaged: part of it is missing, or was changed on its way. Copy all of it, over all of its lines, or ask for it anew.",
  otherVersion:
    "The link was made by a newer page of this exercise. Reload this page, and try again.",
  otherExercise: (slug: string) =>
    `The link’s code is for another exercise, “${slug}”. Open the link at that exercise’s page.`,
  unsupported:
    "This browser cannot open links of compressed code. Try a current Firefox, Chrome, Edge or Safari.",
  off: "Links with code are switched off for this exercise.",
} as const;

export const SHARED_CODE = {
  title: "Shared code",
  what: (lines: number) =>
    `Somebody’s code came with the link: ${lines} ${lines === 1 ? "line" : "lines"}. It is shown as text; none of it has run.`,
  "other-build": "The link was made with another build of this exercise. Its tests are the same.",
  "other-tests": "The link was made when this exercise had other hidden tests.",
  unchecked:
    "The link is of an older kind, which does not tell whether all of it arrived: look at how the code ends.",
  marked: (count: number) =>
    count === 1
      ? "One character that cannot be seen, or turns the text around it, is written out and marked."
      : `${count} characters that cannot be seen, or turn the text around them, are written out and marked.`,
  kept: "If you use it, it takes the place of your code, which is kept in the history.",
  unkept:
    "If you use it, it takes the place of your code, which can be brought back until you leave this page.",
  code: "Shared code",
  use: "Use this code",
  dismiss: "Leave it",
} as const;

export const SHARE = {
  title: "Share",
  what: "The link holds your code itself: whoever has the link can read it, and nothing is sent to anybody by making it. The page shows it as text first.",
  link: "Link",
  copy: "Copy link",
  long: (length: number) =>
    `The link has ${length.toLocaleString("en-GB")} characters. Some messengers cut links of more than 2,000.`,
  tooLong: "Your code is too long for a link. Download it, and send the file.",
  noAddress: "This page has no address that a link could lead to. Here is your code, to be copied.",
  framed: "The site around this page may not let the link open here: here is your code, too.",
} as const;
