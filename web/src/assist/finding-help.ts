/** What is told of marks: on hover, at the cursor by a key, and from one to the next. */
import { type EditorState, type Extension, Prec, StateEffect, StateField } from "@codemirror/state";
import {
  type Command,
  closeHoverTooltips,
  EditorView,
  hoverTooltip,
  keymap,
  showTooltip,
  type Tooltip,
  ViewPlugin,
} from "@codemirror/view";
import { bind } from "../editor/keys";
import { EDITOR } from "../shared/keys";
import { findings, type Marked, rangeOf, reveal, shown } from "./findings";
import { HOVER_MS } from "./help";
import { FOUND } from "./words";

const tell = StateEffect.define<Marked | null>();

const told = StateField.define<Marked | null>({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(tell)) return effect.value;
    if (value === null || transaction.docChanged || transaction.selection) return null;
    return shown(transaction.state).some((each) => isSame(each, value)) ? value : null;
  },
  provide: (from) => showTooltip.from(from, (marked) => marked && tooltip([marked])),
});

/** Whether the same is told of the same place. */
function isSame(one: Marked, other: Marked | null): boolean {
  const isThere = one.mark.at === other?.mark.at && one.mark.from === other.mark.from;
  return isThere && one.finding.message === other.finding.message;
}

function tooltip(marked: readonly Marked[]): Tooltip {
  const create = () => {
    const dom = document.createElement("div");
    dom.className = "cm-told cm-help cm-found";
    for (const { finding } of marked) {
      const line = document.createElement("p");
      line.textContent = finding.message;
      dom.append(line);
    }
    return { dom };
  };
  return { pos: rangeOf(marked[0]!)[0], above: true, create };
}

function at(state: EditorState, pos: number): readonly Marked[] {
  return shown(state).filter((each) => {
    const [from, to] = rangeOf(each);
    return from <= pos && pos <= to;
  });
}

const hover = hoverTooltip(
  (view, pos) => {
    const here = at(view.state, pos).filter((each) => !isSame(each, view.state.field(told)));
    return here.length === 0 ? null : { ...tooltip(here), end: rangeOf(here[0]!)[1] };
  },
  { hoverTime: HOVER_MS },
);

function show(view: EditorView, marked: Marked, isMove: boolean): true {
  const [from] = rangeOf(marked);
  view.dispatch({
    ...(isMove && { selection: { anchor: from }, scrollIntoView: true, userEvent: "select" }),
    effects: [closeHoverTooltips, tell.of(marked), EditorView.announce.of(marked.finding.message)],
  });
  return true;
}

/** Tell of the mark at the cursor; whether there is one. */
export const tellHere: Command = (view) => {
  const [here] = at(view.state, view.state.selection.main.head);
  return here !== undefined && show(view, here, false);
};

/** Tell of the first mark on the cursor's line; whether there is one. */
export const tellOfLine: Command = (view) => {
  const line = view.state.doc.lineAt(view.state.selection.main.head);
  const [first] = shown(view.state).filter(({ mark }) => {
    return mark.at <= line.to && line.from <= mark.at + mark.lines.length;
  });
  return first !== undefined && show(view, first, false);
};

/** Go to the next mark, or the one before; those that wait for a pause are asked for by that. */
const go =
  (isBack: boolean): Command =>
  (view) => {
    view.dispatch({ effects: reveal.of("all") });
    const { head } = view.state.selection.main;
    const all = [...shown(view.state)].sort((one, other) => rangeOf(one)[0] - rangeOf(other)[0]);
    if (isBack) all.reverse();
    const isBeyond = (each: Marked): boolean =>
      isBack ? rangeOf(each)[0] < head : rangeOf(each)[0] > head;
    const next = all.find(isBeyond) ?? all[0];
    if (next !== undefined) return show(view, next, true);
    view.dispatch({ effects: EditorView.announce.of(FOUND.none) });
    return true;
  };

const hide: Command = (view) => {
  if (view.state.field(told) !== null) view.dispatch({ effects: tell.of(null) });
  return false; // Escape, then Tab leaves the editor all the same
};

const KEYS = [
  ...bind(EDITOR.closeHelp, { run: hide }),
  ...bind(EDITOR.nextMark, { run: go(false), preventDefault: true }),
  ...bind(EDITOR.previousMark, { run: go(true), preventDefault: true }),
];

/** Whoever comes to the editor hears that there are marks, and is not interrupted by each. */
const COUNT_ID = "editor-found";

const count = ViewPlugin.define((view) => {
  const dom = document.createElement("div");
  dom.id = COUNT_ID;
  dom.hidden = true;
  view.dom.append(dom);
  const write = (): void => {
    const { length } = shown(view.state);
    dom.textContent = length === 0 ? "" : FOUND.count(length);
  };
  // While one types it stays: some screen readers read a description out that changes.
  const update = (): void => {
    if (!view.hasFocus) write();
  };
  return { update, destroy: () => dom.remove() };
});

const described = EditorView.contentAttributes.of({
  "aria-describedby": `editor-keys ${COUNT_ID}`,
});

export const findingHelp: Extension = [
  findings,
  told,
  hover,
  count,
  Prec.highest([keymap.of(KEYS), described]),
];
