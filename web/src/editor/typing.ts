/** What typing does: keys of AltGr type, quotes stay as many as were typed, tabs can be seen. */

import { closeBrackets } from "@codemirror/autocomplete";
import { ensureSyntaxTree, syntaxTree } from "@codemirror/language";
import { EditorState, type Extension, Prec } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";

const PREFIXES = ["r", "b", "f", "u", "br", "rb", "fr", "rf"];

const QUOTES = ["'", '"'];

/** A key waits no longer for the parser. */
const LONGEST_MS = 50;

const stringPrefixes = [...PREFIXES, ...PREFIXES.map((prefix) => prefix.toUpperCase())];

/**
 * Python's own list closes three quotes at once, and steps over them at the first of three that are
 * typed; the other two then opened another string.
 */
function brackets(state: EditorState, pos: number) {
  return [
    { closeBrackets: { brackets: ["(", "[", "{", ...quotesAt(state, pos)], stringPrefixes } },
  ];
}

/** The quotes that open or end a string: none in a comment, and in a string its own. */
function quotesAt(state: EditorState, pos: number): string[] {
  // Under load what was typed last may not be parsed yet.
  const tree = ensureSyntaxTree(state, pos, LONGEST_MS) ?? syntaxTree(state);
  const node = tree.resolveInner(pos, -1);
  if (node.name === "Comment") return [];
  if (node.name !== "String" && node.name !== "FormatString") return [...QUOTES];
  return quotesIn(state.sliceDoc(node.from, node.to), pos === node.to);
}

/** The quotes that mean something at the end of a string, or within it. */
export function quotesIn(literal: string, isAtEnd: boolean): string[] {
  const at = literal.search(/['"]/);
  const own = literal.charAt(at);
  const isClosed = at < literal.length - 1 && literal.endsWith(own);
  return QUOTES.filter((quote) => quote === own || (isAtEnd && isClosed));
}

export const closing: Extension = [
  Prec.high(EditorState.languageData.of(brackets)),
  closeBrackets(),
];

const tabs = new MatchDecorator({
  regexp: /\t/g,
  decoration: Decoration.mark({ class: "cm-highlightTab" }),
});

/** Shows tabs: among spaces they look alike, and Python tells them apart. */
export const shownTabs: Extension = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = tabs.createDeco(view);
    }
    update(update: ViewUpdate): void {
      this.decorations = tabs.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

type Key = Pick<KeyboardEvent, "key" | "ctrlKey" | "altKey" | "metaKey" | "getModifierState">;

/** Whether a key types a character of AltGr, which some systems report as Ctrl and Alt. */
export function typesWithAltGraph(event: Key): boolean {
  if ([...event.key].length !== 1) return false;
  if (event.getModifierState("AltGraph")) return true;
  const isBoth = event.ctrlKey && event.altKey && !event.metaKey;
  return isBoth && !/[a-z0-9 ]/i.test(event.key);
}

/** Keeps the keys of AltGr from being taken for commands, as Ctrl+Alt+\ is one of the editor's. */
export function letAltGraphType(view: EditorView): void {
  const onKey = (event: KeyboardEvent): void => {
    const isOfCode = view.contentDOM.contains(event.target as Node); // boxes stand in the editor, too
    if (!isOfCode || !typesWithAltGraph(event)) return;
    event.stopPropagation();
    if (event.getModifierState("AltGraph")) return; // the browser types it
    event.preventDefault();
    typeInto(view, event.key);
  };
  view.dom.addEventListener("keydown", onKey, { capture: true });
}

/** Types a text as the keyboard would: what closes brackets and quotes has its say. */
export function typeInto(view: EditorView, text: string): void {
  const { from, to } = view.state.selection.main;
  const typed = () =>
    view.state.update(view.state.replaceSelection(text), {
      userEvent: "input.type",
      scrollIntoView: true,
    });
  const handlers = view.state.facet(EditorView.inputHandler);
  if (!handlers.some((handles) => handles(view, from, to, text, typed))) view.dispatch(typed());
}
