import { EditorView } from "@codemirror/view";
import { BOX, CONTROL } from "../editor/search-box";

/** How searches and folds look: on a page of 320 px too, in the dark, and in a system's own colours. */
export const searchTheme = EditorView.theme({
  ".cm-panels.cm-panels-top": {
    zIndex: "250",
    // Where the editor is made low, a line of the code stays in sight, and what is below is scrolled to.
    flexShrink: "0",
    maxHeight: "max(2.75rem, 100% - 2.5rem)",
    overflowY: "auto",
    color: "var(--ink)",
    backgroundColor: "var(--sunk)",
    borderBottom: "1px solid var(--rule)",
  },
  ".cm-panel.cm-search": {
    display: "grid",
    gap: "0.35rem",
    padding: "0.35rem 0.5rem",
    fontFamily: "var(--sans)",
    fontSize: "0.875rem",
  },
  ".cm-search-row": { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "0.35rem" },
  ".cm-search-buttons": { display: "flex", flexWrap: "wrap", gap: "0.25rem" },
  ".cm-panel.cm-search input": BOX,
  ".cm-panel.cm-search input[aria-invalid=true]": { borderColor: "var(--failed)" },
  ".cm-panel.cm-search input::placeholder": { color: "var(--ink-soft)", fontFamily: "var(--sans)" },
  ".cm-search-count": { minWidth: "5.5rem", color: "var(--ink-soft)", fontSize: "0.8125rem" },
  ".cm-panel.cm-search button": {
    ...CONTROL,
    minWidth: "1.75rem",
    padding: "0 0.3rem",
  },
  ".cm-panel.cm-search button.cm-search-worded": { padding: "0 0.6rem" },
  ".cm-panel.cm-search :focus-visible": { outlineOffset: "0" },
  ".cm-panel.cm-search button:hover": { backgroundColor: "var(--paper)" },
  ".cm-panel.cm-search button:is([aria-pressed=true], [aria-expanded=true])": {
    borderColor: "var(--accent)",
    color: "var(--accent)",
    backgroundColor: "var(--selection)",
    boxShadow: "inset 0 0 0 1px var(--accent)",
  },
  // For fingers; and some phones zoom in on smaller text.
  "@media (pointer: coarse)": {
    ".cm-panel.cm-search input": { minHeight: "2.25rem", fontSize: "1rem" },
    ".cm-panel.cm-search button": { minWidth: "2.25rem", minHeight: "2.25rem" },
  },
  ".cm-searchMatch": { backgroundColor: "var(--warned-soft)", outline: "1px solid var(--edge)" },
  ".cm-searchMatch-selected": {
    backgroundColor: "var(--selection)",
    outline: "2px solid var(--accent)",
  },
  ".cm-selectionMatch": { backgroundColor: "var(--warned-soft)" },
  // Over the room that the numbers of lines keep for it: nothing moves when it comes.
  ".cm-foldGutter": { width: "1.25rem", marginLeft: "-1rem", marginRight: "-0.25rem" },
  ".cm-foldGutter .cm-gutterElement": { backgroundColor: "transparent", cursor: "default" },
  ".cm-fold": {
    display: "block",
    padding: "0",
    fontSize: "1.1em",
    textAlign: "center",
    cursor: "pointer",
  },
  ".cm-fold::before": { content: '"▾" / ""' },
  ".cm-unfold::before": { content: '"▸" / ""', color: "var(--accent)" },
  ".cm-foldPlaceholder": {
    margin: "0 0.3em",
    padding: "0 0.4em",
    border: "1px solid var(--edge)",
    color: "var(--ink-soft)",
    backgroundColor: "var(--sunk)",
  },
  "@media (forced-colors: active)": {
    ".cm-panel.cm-search button:is([aria-pressed=true], [aria-expanded=true])": {
      outline: "2px solid Highlight",
    },
    ".cm-searchMatch-selected": { outlineColor: "Highlight" },
    ".cm-selectionMatch": { outline: "1px dotted CanvasText" },
  },
});
