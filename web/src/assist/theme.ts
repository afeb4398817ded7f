import { EditorView } from "@codemirror/view";

/** How it all looks: on a page of 320 px too, in the dark, and in a system's own colours. */
export const theme = EditorView.theme({
  ".cm-tooltip": {
    maxWidth: "calc(100vw - 1rem)",
    border: "1px solid var(--edge)",
    borderRadius: "6px",
    color: "var(--ink)",
    backgroundColor: "var(--panel)",
    boxShadow: "0 2px 8px var(--shade)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    minWidth: "min(14rem, calc(100vw - 1.2rem))",
    maxWidth: "min(26rem, calc(100vw - 1.2rem))",
    maxHeight: "none",
    overflow: "hidden",
    fontFamily: "var(--mono)",
    fontSize: "0.875rem",
    lineHeight: "1.5",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    display: "flex",
    gap: "1rem",
    minHeight: "1.5rem",
    padding: "0.05rem 0.5rem",
  },
  ".cm-completionLabel": { flex: "1 1 auto", overflow: "hidden", textOverflow: "ellipsis" },
  ".cm-completionDetail": {
    flex: "none",
    margin: "0",
    color: "var(--ink-soft)",
    fontFamily: "var(--sans)",
    fontStyle: "normal",
    fontSize: "0.8125rem",
  },
  ".cm-completionMatchedText": { color: "var(--accent)", fontWeight: "650" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    color: "var(--ink)",
    backgroundColor: "var(--selection)",
    outline: "2px solid var(--accent)",
    outlineOffset: "-2px",
  },
  ".cm-tooltip.cm-completionInfo": {
    boxSizing: "border-box",
    width: "max-content",
    maxWidth: "min(24rem, calc(100vw - 1rem))",
    padding: "0.4rem 0.6rem",
  },
  ".cm-told": { fontSize: "0.875rem", lineHeight: "1.45", overflowWrap: "anywhere" },
  ".cm-help": { maxWidth: "min(32rem, calc(100vw - 1rem))", padding: "0.35rem 0.6rem" },
  ".cm-told mark": {
    color: "inherit",
    backgroundColor: "var(--selection)",
    textDecoration: "underline",
  },
  ".cm-told code": { fontSize: "0.8125rem", fontWeight: "600" },
  ".cm-told p": { margin: "0.25rem 0 0" },
  "@media (forced-colors: active)": {
    ".cm-tooltip-autocomplete ul li[aria-selected]": { outlineColor: "Highlight" },
  },
});
