import { closeBracketsKeymap } from "@codemirror/autocomplete";
import {
  defaultKeymap,
  history,
  historyKeymap,
  indentLess,
  indentMore,
  insertNewlineAndIndent,
  isolateHistory,
  simplifySelection,
  toggleTabFocusMode,
} from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { EditorSelection, EditorState, type Extension, Prec } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  type KeyBinding,
  keymap,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { Editor, EditorOptions } from "../page/editor-slot";
import { EDITOR, PAGE } from "../shared/keys";
import { type Assisting, assistance } from "./assistance";
import { composing, whenComposed } from "./composing";
import { bind, SEARCH_SCOPE } from "./keys";
import { columns } from "./lines";
import { mark, marks, watchText } from "./mark";
import { pasting } from "./paste";
import { createViewer, lineClicks, showStep, steps } from "./steps";
import { closing, letAltGraphType, shownTabs, typeInto } from "./typing";

const INDENT = "    ";

/** How long Escape keeps Tab free to leave the editor; CodeMirror's own two seconds are short. */
const LEAVE_MS = 30_000;

function indent(view: EditorView): boolean {
  const { state } = view;
  if (state.readOnly || state.selection.ranges.some((range) => !range.empty)) {
    return indentMore(view);
  }
  view.dispatch(
    state.changeByRange((range) => {
      const { text, from } = state.doc.lineAt(range.head);
      const column = columns(text.slice(0, range.head - from), INDENT.length);
      const spaces = " ".repeat(INDENT.length - (column % INDENT.length));
      const cursor = EditorSelection.cursor(range.head + spaces.length);
      return { changes: { from: range.head, insert: spaces }, range: cursor };
    }),
    { scrollIntoView: true, userEvent: "input.indent" },
  );
  return true;
}

function keys(onRun: () => void): KeyBinding[] {
  const run = () => {
    onRun();
    return true;
  };
  const toOneCursor = (view: EditorView) =>
    view.state.selection.ranges.length > 1 && simplifySelection(view);
  const release = (view: EditorView) => {
    view.setTabFocusMode(LEAVE_MS);
    return true;
  };
  return [
    ...bind(PAGE.run, { run, preventDefault: true, scope: SEARCH_SCOPE }),
    ...bind(EDITOR.oneCursor, { run: toOneCursor }),
    ...bind(EDITOR.leave, { run: release }),
    ...bind(EDITOR.letTab, { run: toggleTabFocusMode }),
    ...bind([EDITOR.indent[0]], { run: indent }),
    ...bind([EDITOR.dedent[0]], { run: indentLess }),
  ];
}

/** Without the one that a Mac's keyboard cannot type. */
const ownDefaults = defaultKeymap.filter(({ run }) => run !== toggleTabFocusMode);

const highlighting = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: "var(--code-keyword)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null, tags.escape], color: "var(--code-number)" },
  { tag: [tags.comment], color: "var(--code-comment)", fontStyle: "italic" },
  {
    tag: [tags.definition(tags.function(tags.variableName)), tags.definition(tags.className)],
    color: "var(--code-name)",
    fontWeight: "600",
  },
  { tag: [tags.function(tags.variableName), tags.meta], color: "var(--code-name)" },
  { tag: tags.self, color: "var(--code-keyword)" },
]);

const theme = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "var(--panel)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", fontSize: "var(--code-size)", lineHeight: "1.55" },
  ".cm-content": { padding: "0.75rem 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 1rem 0 0.25rem" },
  ".cm-gutters": {
    color: "var(--ink-soft)",
    backgroundColor: "var(--panel)",
    border: "none",
    paddingLeft: "0.25rem",
  },
  // Room for the marks of folds, which come later.
  ".cm-lineNumbers .cm-gutterElement": { paddingRight: "1rem" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused:not(.cm-selecting) .cm-activeLine, &.cm-focused .cm-activeLineGutter": {
    backgroundColor: "var(--active-line)",
  },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { backgroundColor: "var(--selection)" },
  "&.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--selection)",
    outline: "1px solid var(--edge)",
  },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--failed-soft)" },
  ".cm-marked-line, &.cm-focused .cm-marked-line": {
    backgroundColor: "var(--failed-soft)",
    boxShadow: "inset 3px 0 var(--failed)",
  },
  // Selections are drawn below the lines.
  "&.cm-selecting :is(.cm-line.cm-marked-line, .cm-line.cm-step-line)": {
    backgroundColor: "transparent",
  },
  ".cm-marked-part": { textDecoration: "underline wavy var(--failed) 1px" },
  ".cm-marked-gutter": { color: "var(--failed)", fontWeight: "700" },
});

const look: Extension = [pythonLanguage, syntaxHighlighting(highlighting), theme];

/** All that the editor is made of. */
export function extensions(options: EditorOptions, { first, last }: Assisting): Extension[] {
  return [
    first,
    Prec.highest(keymap.of(keys(options.onRun))),
    history(),
    drawSelection(),
    EditorView.editorAttributes.compute(["selection"], ({ selection: { ranges } }) =>
      ranges.every((range) => range.empty) ? {} : { class: "cm-selecting" },
    ),
    EditorState.allowMultipleSelections.of(true),
    EditorView.clickAddsSelectionRange.of(({ altKey }) => altKey),
    pasting(),
    indentUnit.of(INDENT),
    indentOnInput(),
    bracketMatching(),
    closing,
    composing,
    highlightSpecialChars(),
    shownTabs,
    highlightActiveLine(),
    highlightActiveLineGutter(),
    look,
    last,
    keymap.of([...closeBracketsKeymap, ...ownDefaults, ...historyKeymap]),
    marks,
    steps,
    EditorView.cspNonce.of(options.nonce),
    EditorView.contentAttributes.of({
      "aria-label": "Code editor",
      "aria-describedby": "editor-keys",
      tabindex: "0",
    }),
    EditorView.domEventObservers({ blur: (_event, view) => view.setTabFocusMode(false) }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) options.onChange(update.state.doc.toString());
    }),
  ];
}

/** The one stretch in which two texts differ, as a change of the first. */
function difference(before: string, after: string) {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from++;
  let same = 0;
  while (same < shorter - from && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { from, to: before.length - same, insert: after.slice(from, after.length - same) };
}

/** Puts in the same lines with other blanks, so that cursors stay where they are. */
function respace(view: EditorView, text: string): void {
  const { doc } = view.state;
  const changes = text.split("\n").map((line, index) => {
    const { from, text: before } = doc.line(index + 1);
    const { from: start, to, insert } = difference(before, line);
    return { from: from + start, to: from + to, insert };
  });
  const annotations = isolateHistory.of("full");
  view.dispatch({ changes, annotations, userEvent: "input.replace.blanks" });
}

/** Types a text as its key would. */
function typeAsKey(view: EditorView, text: string): void {
  if (text === "\t") indent(view);
  else if (text === "\n") insertNewlineAndIndent(view);
  else typeInto(view, text);
}

/** Puts a Python editor in place of what `parent` holds. */
export function createEditor(options: EditorOptions): Editor {
  let onLine = (_line: number): void => {};
  const clicks = lineClicks((line) => onLine(line));
  const assisting = assistance(options.assistance);
  const state = EditorState.create({
    doc: options.text,
    selection: options.marked ?? { anchor: 0 },
    extensions: [clicks, ...extensions(options, assisting)],
  });
  options.parent.replaceChildren();
  const view = new EditorView({ state, parent: options.parent });
  letAltGraphType(view);
  return {
    text: () => view.state.doc.toString(),
    replace: (text) =>
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
        selection: { anchor: 0 },
        scrollIntoView: true,
        annotations: isolateHistory.of("full"),
      }),
    follow: (text) => view.dispatch({ changes: difference(view.state.doc.toString(), text) }),
    whenComposed: (act) => whenComposed(view, act),
    respace: (text) => respace(view, text),
    type: (text) => typeAsKey(view, text),
    focus: () => view.focus(),
    watch: () => view.dispatch({ effects: watchText.of(null) }),
    act: (name) => assisting.act(view, name),
    mark: (place) => mark(view, place),
    step: (marks) => showStep(view, marks),
    onLine: (clicked) => {
      onLine = clicked;
    },
    view: (parent, name, clicked) => createViewer(parent, name, options.nonce, look, clicked),
  };
}
