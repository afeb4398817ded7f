/** Boxes that scroll: the keys reach them as long as there is more in them than is seen. */
import { BOXES } from "./words";

const names = new WeakMap<HTMLElement, string>();
const watch = new ResizeObserver((entries) => {
  for (const { target } of entries) update(target as HTMLElement);
});

/** @param name - What is in the box, as it is read to who comes to it by keys. */
export function keysReach(box: HTMLElement, name: string): void {
  names.set(box, name);
  watch.observe(box);
}

/** Those of the statement, and of the remarks: code, formulas and tables that are too wide. */
export function keysReachStatement(page: ParentNode): void {
  for (const [kind, name] of Object.entries(BOXES)) {
    const boxes = page.querySelectorAll<HTMLElement>(`.statement ${kind}`);
    for (const box of boxes) keysReach(box, name);
  }
}

function update(box: HTMLElement): void {
  const scrolls = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
  if (scrolls === box.hasAttribute("tabindex")) return;
  for (const [attribute, value] of [
    ["tabindex", "0"],
    ["role", "group"],
    ["aria-label", names.get(box) ?? ""],
  ] as const) {
    if (scrolls) box.setAttribute(attribute, value);
    else box.removeAttribute(attribute);
  }
}
