/** Where spaces are offered in place of tabs: in the menu, and where Python stumbled over the indentation. */
import type { Report } from "../shared/report";
import { element } from "./element";
import { part } from "./view";
import { UNTAB } from "./words";

const ERRORS = ["TabError", "IndentationError"];

/** In the menu: only where there are tabs. */
export function settleUntab(page: Document, text: string): void {
  part(page, "untab", HTMLElement).hidden = !text.includes("\t");
}

/** In the results: where a file with tabs could not be read for its indentation. */
export function offerUntab(page: Document, { error }: Report, text: string, act: () => void): void {
  if (!error || !ERRORS.includes(error.type) || !text.includes("\t")) return;
  const button = element("button", "small", UNTAB);
  button.type = "button";
  button.addEventListener("click", act);
  part(page, "load", HTMLElement).append(button);
}
