/**
 * All keys of the page, by where they hold. What is bound is made of these, and "Keys" lists them:
 * what each does is said in `dialogs/key-words.ts`, by the same names.
 *
 * Written as CodeMirror does: `Mod` is Cmd on a Mac and Ctrl elsewhere, and a space stands between keys
 * that are pressed one after the other.
 */

export interface Chord {
  readonly key: string;
  /** On a Mac, where it is another. */
  readonly mac?: string;
  /** The key that follows. */
  readonly followedBy?: string;
}
type Keys = Readonly<Record<string, readonly [Chord, ...Chord[]]>>;

export const PAGE = {
  // Ctrl runs on a Mac too: the hint names both keys.
  run: [{ key: "Mod-Enter" }, { key: "Ctrl-Enter" }],
  list: [{ key: "?" }],
  nextPart: [{ key: "F6" }],
  previousPart: [{ key: "Shift-F6" }],
} as const satisfies Keys;

export const EDITOR = {
  leave: [{ key: "Escape", followedBy: "Tab" }],
  // On a Mac Alt with a letter types a character.
  letTab: [{ key: "Ctrl-m", mac: "Ctrl-Shift-m" }],
  // On a Mac Ctrl-Space switches input sources.
  complete: [{ key: "Ctrl-Space", mac: "Cmd-i" }],
  explain: [{ key: "Ctrl-Shift-Space", mac: "Cmd-Shift-Space" }],
  closeHelp: [{ key: "Escape" }],
  nextMark: [{ key: "F8" }],
  previousMark: [{ key: "Shift-F8" }],
  indent: [{ key: "Tab" }, { key: "Mod-]" }],
  dedent: [{ key: "Shift-Tab" }, { key: "Mod-[" }],
  indentAgain: [{ key: "Mod-Alt-\\" }],
  comment: [{ key: "Mod-/" }],
  undo: [{ key: "Mod-z" }],
  redo: [{ key: "Mod-y", mac: "Mod-Shift-z" }],
  undoSelection: [{ key: "Mod-u" }],
  redoSelection: [{ key: "Alt-u", mac: "Mod-Shift-u" }],
  moveLine: [{ key: "Alt-ArrowUp" }, { key: "Alt-ArrowDown" }],
  copyLine: [{ key: "Shift-Alt-ArrowUp" }, { key: "Shift-Alt-ArrowDown" }],
  deleteLine: [{ key: "Shift-Mod-k" }],
  addCursor: [{ key: "Mod-Alt-ArrowUp" }, { key: "Mod-Alt-ArrowDown" }],
  oneCursor: [{ key: "Escape" }],
  selectLine: [{ key: "Alt-l", mac: "Ctrl-l" }],
  selectAround: [{ key: "Mod-i" }],
  nextPiece: [
    { key: "Alt-ArrowLeft", mac: "Ctrl-ArrowLeft" },
    { key: "Alt-ArrowRight", mac: "Ctrl-ArrowRight" },
  ],
  otherBracket: [{ key: "Shift-Mod-\\" }],
  find: [{ key: "Mod-f" }],
  replace: [{ key: "Mod-h", mac: "Cmd-Alt-f" }],
  findNext: [{ key: "F3" }, { key: "Mod-g" }],
  findPrevious: [{ key: "Shift-F3" }, { key: "Shift-Mod-g" }],
  selectNext: [{ key: "Mod-d" }],
  selectAlike: [{ key: "Mod-Shift-l" }],
  fold: [{ key: "Ctrl-Shift-[", mac: "Cmd-Alt-[" }],
  unfold: [{ key: "Ctrl-Shift-]", mac: "Cmd-Alt-]" }],
  // Ctrl and Alt with a bracket are AltGr on many keyboards, which types it.
  toggleFold: [{ key: "Mod-k Mod-l" }],
  foldAll: [{ key: "Mod-k Mod-0" }],
  unfoldAll: [{ key: "Mod-k Mod-j" }],
  // As browsers paste without formats, each in its way on a Mac.
  pasteAsItIs: [{ key: "Mod-Shift-v" }, { key: "Mod-Shift-v", mac: "Cmd-Alt-Shift-v" }],
} as const satisfies Keys;

/** In the boxes of the search. */
export const SEARCH = {
  next: [{ key: "Enter" }],
  previous: [{ key: "Shift-Enter" }],
  close: [{ key: "Escape" }],
} as const satisfies Keys;

/** In the list of names that may come. */
export const LIST = {
  next: [{ key: "ArrowDown" }],
  previous: [{ key: "ArrowUp" }],
  nextPage: [{ key: "PageDown" }],
  previousPage: [{ key: "PageUp" }],
  // Both do what they always do unless an item was moved to.
  take: [{ key: "Enter" }, { key: "Tab" }],
  close: [{ key: "Escape" }],
} as const satisfies Keys;

export const MENU = {
  previous: [{ key: "ArrowUp" }],
  next: [{ key: "ArrowDown" }],
  first: [{ key: "Home" }],
  last: [{ key: "End" }],
  close: [{ key: "Escape" }],
} as const satisfies Keys;

export const TABS = {
  previous: [{ key: "ArrowLeft" }],
  next: [{ key: "ArrowRight" }],
  first: [{ key: "Home" }],
  last: [{ key: "End" }],
} as const satisfies Keys;

/** Of the line between two parts: the first keys where they stand side by side. */
export const SEPARATORS = {
  less: [{ key: "ArrowLeft" }, { key: "ArrowUp" }],
  more: [{ key: "ArrowRight" }, { key: "ArrowDown" }],
  least: [{ key: "Home" }],
  most: [{ key: "End" }],
  back: [{ key: "Enter" }],
} as const satisfies Keys;

/** Going through a recording. */
export const STEPS = {
  step: [{ key: "ArrowRight" }],
  stepBack: [{ key: "ArrowLeft" }],
  line: [{ key: "ArrowDown" }],
  lineBack: [{ key: "ArrowUp" }],
  turn: [{ key: "PageDown" }],
  turnBack: [{ key: "PageUp" }],
} as const satisfies Keys;

export const CONSOLE = {
  enter: [{ key: "Enter" }],
  enterAll: [{ key: "Mod-Enter" }],
  newLine: [{ key: "Shift-Enter" }],
  earlier: [{ key: "ArrowUp" }],
  later: [{ key: "ArrowDown" }],
  complete: [{ key: "Tab" }],
  leave: [{ key: "Escape", followedBy: "Tab" }],
  stop: [{ key: "Ctrl-c" }],
  dedent: [{ key: "Backspace" }],
} as const satisfies Keys;

/** In the box that `input()` reads from. */
export const INPUT = {
  goOn: [{ key: "Enter" }],
} as const satisfies Keys;

const DIALOGS = {
  close: [{ key: "Escape" }],
} as const satisfies Keys;

/** Presses a button, as anywhere. */
export const PRESS = [{ key: "Enter" }] as const satisfies readonly Chord[];

export const KEYS = {
  page: PAGE,
  editor: EDITOR,
  search: SEARCH,
  list: LIST,
  console: CONSOLE,
  input: INPUT,
  steps: STEPS,
  menu: MENU,
  tabs: TABS,
  separators: SEPARATORS,
  dialogs: DIALOGS,
} as const;

export type Pressed = Pick<
  KeyboardEvent,
  "key" | "code" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey"
>;

/** Whether a key that was pressed is one of these, with just their modifiers. */
export function isOneOf(chords: readonly Chord[], pressed: Pressed): boolean {
  return chords.some(({ key }) => isChord(key, pressed));
}

/** The name of a key; of one that has none, its place: to WebKitGTK, Tab has none with Shift held. */
export function keyOf({ key, code }: Pick<Pressed, "key" | "code">): string {
  return key === NAMELESS ? code : key;
}

const NAMELESS = "Unidentified";

/** Whether a key belongs to an input method: Safari ends a composition before the key that ends it. */
export function isComposing(event: Pick<KeyboardEvent, "isComposing" | "keyCode">): boolean {
  return event.isComposing || event.keyCode === IN_COMPOSITION;
}

const IN_COMPOSITION = 229;

/** A key, and those that are held with it. */
export function partsOf(stroke: string): { readonly key: string; readonly held: string[] } {
  const held = stroke.split(/-(?!$)/);
  return { key: held.pop() as string, held };
}

function isChord(chord: string, pressed: Pressed): boolean {
  const { key, held } = partsOf(chord);
  const isHeld = held.includes("Mod")
    ? pressed.ctrlKey || pressed.metaKey
    : held.includes("Ctrl") === pressed.ctrlKey && !pressed.metaKey;
  const isLetter = /^[a-z]$/.test(key);
  // A sign has its Shift in it.
  const isShift = /^\S$/.test(key) && !isLetter ? pressed.shiftKey : held.includes("Shift");
  return (
    key === (isLetter ? letterOf(pressed) : keyOf(pressed)) &&
    isShift === pressed.shiftKey &&
    held.includes("Alt") === pressed.altKey &&
    isHeld
  );
}

/** The letter on a key: Caps Lock makes it a capital, and other alphabets stand on the same keys. */
function letterOf({ key, code }: Pressed): string {
  const isLatin = /^[ -~]+$/.test(key);
  return (isLatin ? key : code.replace(/^Key/, "")).toLowerCase();
}
