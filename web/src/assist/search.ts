/** Finding and replacing in the code, and cursors at what is alike. */
import {
  closeSearchPanel,
  findNext,
  findPrevious,
  highlightSelectionMatches,
  openSearchPanel,
  search,
  searchPanelOpen,
  selectNextOccurrence,
  selectSelectionMatches,
} from "@codemirror/search";
import { type Extension, Prec } from "@codemirror/state";
import { type Command, EditorView, keymap } from "@codemirror/view";
import { type Acts, bind, SEARCH_SCOPE } from "../editor/keys";
import { SEARCH } from "../shared/keys";
import { type PanelState, SearchPanel } from "./search-panel";

type SearchActs = Pick<
  Acts,
  "find" | "replace" | "findNext" | "findPrevious" | "selectNext" | "selectAlike"
>;

/** Escape closes the search, from the code as well; but many cursors first become one. */
const close: Command = (view) => {
  const isLeft = view.hasFocus && view.state.selection.ranges.length > 1;
  return !isLeft && searchPanelOpen(view.state) && closeSearchPanel(view);
};

export function searches(): { extension: Extension; acts: SearchActs } {
  const kept: PanelState = { isReplacing: false };
  let panel: SearchPanel | null = null;
  const createPanel = (view: EditorView): SearchPanel => {
    panel = new SearchPanel(view, kept);
    return panel;
  };
  const replace: Command = (view) => {
    openSearchPanel(view);
    panel?.askForReplacement();
    return true;
  };
  return {
    extension: [
      Prec.highest(keymap.of(bind(SEARCH.close, { run: close, scope: SEARCH_SCOPE }))),
      search({
        top: true,
        literal: true,
        createPanel,
        scrollToMatch: ({ from }) => EditorView.scrollIntoView(from, { y: "nearest", yMargin: 40 }),
      }),
      highlightSelectionMatches({ minSelectionLength: 2 }),
    ],
    acts: {
      find: openSearchPanel,
      replace,
      findNext: (view) => findNext(view) || true,
      findPrevious: (view) => findPrevious(view) || true,
      selectNext: (view) => selectNextOccurrence(view) || true,
      selectAlike: (view) => selectSelectionMatches(view) || true,
    },
  };
}
