/** Finding and replacing in the code, and cursors at what is alike. */
import {
  highlightSelectionMatches,
  selectNextOccurrence,
  selectSelectionMatches,
} from "@codemirror/search";
import { type EditorState, type Extension, Prec } from "@codemirror/state";
import { type Command, EditorView, keymap, type Panel, showPanel } from "@codemirror/view";
import { type Acts, bind, SEARCH_SCOPE } from "../editor/keys";
import { SEARCH } from "../shared/keys";
import { PatternSearch, type Thread } from "./pattern-search";
import { escaped, type Query } from "./query";
import { type PanelState, SearchPanel } from "./search-panel";
import { highlighting, searchState, setOpen, setQuery } from "./search-state";
import { Searching } from "./searching";

type SearchActs = Pick<
  Acts,
  "find" | "replace" | "findNext" | "findPrevious" | "selectNext" | "selectAlike"
>;

/** What is longer is hardly meant to be looked for. */
const LONGEST_SEED = 100;

/** Escape closes the search, from the code as well; but many cursors first become one. */
const close: Command = (view) => {
  const isLeft = view.hasFocus && view.state.selection.ranges.length > 1;
  if (isLeft || !view.state.field(searchState).isOpen) return false;
  view.focus();
  view.dispatch({ effects: setOpen.of(false) });
  return true;
};

/** What is selected within a line is looked for. */
function seeded(state: EditorState, query: Query): Query {
  const { from, to } = state.selection.main;
  const text = to - from > LONGEST_SEED ? "" : state.sliceDoc(from, to);
  if (text === "" || text.includes("\n")) return query;
  return { ...query, search: query.regexp ? escaped(text) : text };
}

export function searches(start: () => Thread): { extension: Extension; acts: SearchActs } {
  const kept: PanelState = { isReplacing: false };
  const searching = new Searching(new PatternSearch(start));
  let panel: SearchPanel | null = null;
  const createPanel = (view: EditorView): Panel => {
    panel = new SearchPanel(view, kept, searching, close);
    return panel;
  };
  const find: Command = (view) => {
    const { isOpen, query } = view.state.field(searchState);
    const effects = [setOpen.of(true), setQuery.of(seeded(view.state, query))];
    if (!isOpen || !panel?.hasFocus) view.dispatch({ effects });
    panel?.take();
    return true;
  };
  const go = (isBack: boolean) => (view: EditorView) => searching.go(view, isBack) || find(view);
  return {
    extension: [
      Prec.highest(keymap.of(bind(SEARCH.close, { run: close, scope: SEARCH_SCOPE }))),
      searchState,
      showPanel.from(searchState, ({ isOpen }) => (isOpen ? createPanel : null)),
      highlighting,
      EditorView.updateListener.of(({ view }) => searching.updated(view)),
      highlightSelectionMatches({ minSelectionLength: 2 }),
    ],
    acts: {
      find,
      replace: (view) => {
        find(view);
        panel?.askForReplacement();
        return true;
      },
      findNext: go(false),
      findPrevious: go(true),
      selectNext: (view) => selectNextOccurrence(view) || true,
      selectAlike: (view) => selectSelectionMatches(view) || true,
    },
  };
}
