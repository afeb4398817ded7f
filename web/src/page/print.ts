/** The page on paper: all lines of the code, of which the editor draws what is seen, and all results. */
import { element } from "./element";
import { part } from "./view";

/** Before the page is printed, write out what it only shows a part of; afterwards, put it back. */
export function preparePrint(page: Document, code: () => string): void {
  const lines = part(page, "print-code", HTMLElement);
  const results = part(page, "results", HTMLElement);
  let opened: readonly HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    lines.replaceChildren(
      ...code()
        .split("\n")
        .map((line) => element("span", "", line)),
    );
    opened = [...results.querySelectorAll<HTMLDetailsElement>("details:not([open])")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    lines.replaceChildren();
    for (const details of opened) details.open = false;
  });
}
