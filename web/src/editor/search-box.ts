/** The box for what is looked for: before the script of the search is here, and after. */

export function searchBox(label: string): HTMLInputElement {
  const input = document.createElement("input");
  input.setAttribute("aria-label", label);
  input.placeholder = label;
  input.autocomplete = "off";
  input.autocapitalize = "off";
  input.spellcheck = false;
  return input;
}

/** How what stands in a search looks. */
export const CONTROL = {
  boxSizing: "border-box",
  minHeight: "1.75rem",
  margin: "0",
  border: "1px solid var(--edge)",
  borderRadius: "6px",
  color: "var(--ink)",
  backgroundColor: "var(--panel)",
  font: "0.875rem/1.2 var(--sans)",
};

export const BOX = {
  ...CONTROL,
  flex: "1 1 9rem",
  minWidth: "0",
  maxWidth: "22rem",
  padding: "0.1rem 0.45rem",
  fontFamily: "var(--mono)",
};
