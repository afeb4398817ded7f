/** The page on paper: all lines of the code, of which the editor draws what is seen, and all results. */
import { element } from "./element";
import { part } from "./view";
import { PAPER } from "./words";

/** Of what the code has printed so much stands on paper: a loop prints for many sheets. */
const MAX_LINES = 12;
const MAX_CHARACTERS = 1000;

/** Before the page is printed, write out what it only shows a part of; afterwards, put it back. */
export function preparePrint(page: Document, code: () => string): void {
  const lines = part(page, "print-code", HTMLElement);
  const results = part(page, "results", HTMLElement);
  let opened: readonly HTMLDetailsElement[] = [];
  let cut: readonly HTMLElement[] = [];
  addEventListener("beforeprint", () => {
    lines.replaceChildren(
      ...code()
        .split("\n")
        .map((line) => element("span", "", line)),
    );
    opened = [...results.querySelectorAll<HTMLDetailsElement>("details:not([open])")];
    for (const details of opened) details.open = true;
    for (const former of cut) former.remove();
    cut = [...results.querySelectorAll<HTMLElement>(".printed > pre")].flatMap(cutBehind);
  });
  addEventListener("afterprint", () => {
    lines.replaceChildren();
    for (const details of opened) details.open = false;
    for (const box of cut) box.remove();
    cut = [];
  });
}

/** Put how a long text begins behind it, to stand in its place on paper. */
function cutBehind(box: HTMLElement): HTMLElement[] {
  const lines = (box.textContent ?? "").trimEnd().split("\n");
  const text = lines.slice(0, MAX_LINES).join("\n");
  const start = text.slice(0, MAX_CHARACTERS);
  const left = lines.length - start.split("\n").length;
  if (left === 0 && start === text) return [];
  const short = element("pre", "print-only cut", start);
  const more = element("p", "print-only", PAPER.left(left));
  box.after(short, more);
  return [short, more];
}
