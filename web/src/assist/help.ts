/** Help with calls and names: in a call as it is written, on hover, and by a key; Escape takes it away. */
import {
  type EditorState,
  type Extension,
  Prec,
  StateEffect,
  StateField,
  type Transaction,
} from "@codemirror/state";
import {
  type Command,
  closeHoverTooltips,
  EditorView,
  hasHoverTooltips,
  hoverTooltip,
  keymap,
  showTooltip,
  type Tooltip,
  ViewPlugin,
} from "@codemirror/view";
import { bind } from "../editor/keys";
import { EDITOR, isOneOf } from "../shared/keys";
import { type Call, callAt, type Known, knownAt } from "./calls";
import type { Library } from "./library";
import { spoken, told } from "./told";

type Shown = Known & Partial<Pick<Call, "at">>;

const show = StateEffect.define<Shown | null>();
export const HOVER_MS = 500;

/** @param library - The library's names, if they are here. */
export function help(library: () => Library | null): { extension: Extension; ask: Command } {
  const inCall = (state: EditorState): Call | null => {
    const here = library();
    return here && callAt(state, state.selection.main.head, here);
  };
  const field = StateField.define<Shown | null>({
    create: () => null,
    update: (value, transaction) => updated(value, transaction, inCall),
    provide: (from) => showTooltip.from(from, (shown) => shown && tooltip(shown)),
  });
  const hover = hoverTooltip(
    (view, pos) => {
      const here = library();
      const found = here && knownAt(view.state, pos, here);
      return found && pos <= found.to ? { ...tooltip(found), end: found.to } : null;
    },
    { hoverTime: HOVER_MS },
  );
  const hide: Command = (view) => {
    if (view.state.field(field) === null) return false;
    view.dispatch({ effects: show.of(null) });
    return false; // it was not asked for: Escape, then Tab leaves the editor all the same
  };
  const ask: Command = (view) => {
    const here = library();
    const found = here && knownAt(view.state, view.state.selection.main.head, here);
    const shown = found ?? inCall(view.state);
    if (shown) {
      const announced = EditorView.announce.of(spoken(shown.name, shown.described));
      view.dispatch({ effects: [show.of(shown), announced] });
    }
    return shown !== null;
  };
  const keys = Prec.highest(keymap.of(bind(EDITOR.closeHelp, { run: hide })));
  return { extension: [keys, field, hover, dismissal], ask };
}

function updated(
  value: Shown | null,
  transaction: Transaction,
  inCall: (state: EditorState) => Call | null,
): Shown | null {
  for (const effect of transaction.effects) if (effect.is(show)) return effect.value;
  if (!transaction.docChanged && !transaction.selection) return value;
  const opens = opensCall(transaction);
  if (value === null && !opens) return null;
  const call = inCall(transaction.state);
  if (opens) return call;
  // As long as one stays in the call that it is about.
  const isSame = value?.at !== undefined && call !== null && call.name === value.name;
  return isSame ? call : null;
}

/** Whether a bracket or comma was typed, with which one asks for what comes. */
function opensCall(transaction: Transaction): boolean {
  if (!transaction.isUserEvent("input.type")) return false;
  let typed = "";
  transaction.changes.iterChanges((_a, _b, _c, _d, inserted) => {
    typed += inserted.toString();
  });
  return /^(\(\)?|,)$/.test(typed);
}

function tooltip({ name, from, described, at }: Shown): Tooltip {
  const create = () => {
    const dom = told(name, described, at);
    dom.classList.add("cm-help");
    return { dom };
  };
  return { pos: from, above: true, create };
}

/** Escape takes what the pointer has called away, wherever the keyboard is. */
const dismissal = ViewPlugin.define((view) => {
  const onKey = (event: KeyboardEvent): void => {
    if (!isOneOf(EDITOR.closeHelp, event) || !hasHoverTooltips(view.state)) return;
    event.stopPropagation();
    event.preventDefault();
    view.dispatch({ effects: closeHoverTooltips });
  };
  document.addEventListener("keydown", onKey, { capture: true });
  return { destroy: () => document.removeEventListener("keydown", onKey, { capture: true }) };
});
