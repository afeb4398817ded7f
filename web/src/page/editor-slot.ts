/** Where the editor comes in: until its script is here, the learner's saved code stands in for it. */
import type { Extension } from "@codemirror/state";
import type { ActName, Acts } from "../editor/keys";
import type { Place } from "../shared/report";
import { fetchScript } from "./late-script";
import { firstLayout } from "./paint";
import { TypeAhead } from "./type-ahead";
import { part } from "./view";

/** Where a step stands, and what stands at the ends of lines. */
export interface StepMarks {
  readonly at: Place;
  readonly notes: ReadonlyMap<number, { readonly text: string; readonly isOdd: boolean }>;
}

/** A text that is only shown. */
export interface Viewer {
  show(text: string, marks: StepMarks): void;
}

/** What is marked in a text: where that began, and where the cursor is. */
export interface Marked {
  readonly anchor: number;
  readonly head: number;
}

export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  /** What had been marked in it already, or where the cursor had been put. */
  readonly marked: Marked | null;
  /** Nonce that the page's content security policy allows for style elements. */
  readonly nonce: string;
  onRun(): void;
  onChange(text: string): void;
  /** Gets what helps with typing: asked for after the first key. */
  assistance(): Promise<Assistance>;
}

/** What helps with typing: extensions of the editor, and what its keys do. */
export interface Assistance {
  readonly extension: Extension;
  readonly acts: Acts;
}

export interface Editor {
  text(): string;
  /** Puts other text in place as one step that undo takes back; `onChange` is told. */
  replace(text: string): void;
  /** Puts in what was written elsewhere, and leaves cursor and view where they are. */
  follow(text: string): void;
  /** Acts now, or as soon as the word is whole that is being composed. */
  whenComposed(act: () => void): void;
  /** Puts in the same lines with other blanks, as one step that undo takes back; cursors stay. */
  respace(text: string): void;
  /** Does what keys of the late script do. */
  act(name: ActName): void;
  /** Types a text where the cursor is, as its key would: a tab indents, and so does a new line. */
  type(text: string): void;
  focus(): void;
  /** From now on: a place to be marked is one of the text as it is now. Takes the mark away. */
  watch(): void;
  /** Marks a place until its lines are edited, and not at all if they already were. */
  mark(place: Place | null): void;
  /** Shows where a step stands, until the text is edited. */
  step(marks: StepMarks | null): void;
  /** Calls back when a line is clicked on, while a step is shown. */
  onLine(clicked: (line: number) => void): void;
  /** Puts a text that is only shown into an element. */
  view(parent: HTMLElement, name: string, clicked: (line: number) => void): Viewer;
}

/** What the editor's script hands over. */
export type CreateEditor = (options: EditorOptions) => Editor;

type Wanted = Pick<EditorOptions, "onRun" | "onChange" | "assistance">;

/** An editor that can be used at once; the real one takes its place when its script arrives. */
export function openEditor(
  page: Document,
  text: string,
  wanted: Wanted,
  nonce: string,
  settled: Promise<void>,
  onMissing: (problem: unknown) => void,
): Editor {
  const parent = part(page, "editor", HTMLElement);
  const ahead = new TypeAhead(parent);
  let editor = standIn(parent, text, wanted);
  const open = (createEditor: CreateEditor): void => {
    const hadFocus = parent.contains(page.activeElement);
    const marked = markedIn(parent.querySelector("code"));
    editor = createEditor({ parent, nonce, text: editor.text(), marked, ...wanted });
    if (hadFocus) editor.focus();
    for (const typed of ahead.take()) editor.type(typed);
  };
  Promise.all([firstLayout(), settled]).then(
    () => fetchScript<CreateEditor>(page, "editor", nonce).then(open, onMissing),
    () => {}, // the page says why
  );
  return {
    text: () => editor.text(),
    replace: (text) => editor.replace(text),
    follow: (text) => editor.follow(text),
    whenComposed: (act) => editor.whenComposed(act),
    respace: (text) => editor.respace(text),
    act: (name) => editor.act(name),
    type: (text) => editor.type(text),
    focus: () => editor.focus(),
    watch: () => editor.watch(),
    mark: (place) => editor.mark(place),
    step: (marks) => editor.step(marks),
    onLine: (clicked) => editor.onLine(clicked),
    view: (parent, name, clicked) => editor.view(parent, name, clicked),
  };
}

/** Where somebody has clicked in a text that was only shown so far. */
function markedIn(shown: Element | null): Marked | null {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection() ?? {};
  if (!shown?.contains(anchorNode ?? null) || !shown.contains(focusNode ?? null)) return null;
  const before = (node: Node, offset: number): number => {
    const range = document.createRange();
    range.selectNodeContents(shown);
    range.setEnd(node, offset);
    return range.toString().replace(/\r\n?/g, "\n").length;
  };
  return {
    anchor: before(anchorNode as Node, anchorOffset ?? 0),
    head: before(focusNode as Node, focusOffset ?? 0),
  };
}

/** What holds the text, and shows it, until there is an editor. */
function standIn(parent: HTMLElement, text: string, { onChange }: Wanted): Editor {
  const shown = parent.querySelector("code");
  let held = text;
  const show = (): void => {
    // The starter is there already: to write it anew would lay out the page once more.
    if (shown && shown.textContent !== held) shown.textContent = held;
  };
  const hold = (other: string): void => {
    held = other;
    show();
    onChange(other);
  };
  show();
  const nothing = (): void => {};
  return {
    text: () => held,
    replace: hold,
    follow: hold,
    whenComposed: (act) => act(),
    respace: hold,
    act: nothing,
    type: nothing,
    focus: nothing,
    watch: nothing,
    mark: nothing,
    step: nothing,
    onLine: nothing,
    view: () => ({ show: nothing }),
  };
}
