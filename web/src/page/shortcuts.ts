/** Keys that hold all over the page: one runs the tests, and one lists all keys. */
import { isComposing, isOneOf, PAGE } from "../shared/keys";

interface Deeds {
  onRun(): void;
  /** Lists the keys; theirs is a character, so it holds only where none is typed. */
  show(): void;
  /** Whether keys that are characters do anything: who dictates may do without. */
  isOn(): boolean;
}

export function listenForKeys(page: Document, { onRun, show, isOn }: Deeds): void {
  page.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || isComposing(event)) return;
    if (isTypedInto(event.target) || isModal(page)) return;
    const isRun = isOneOf(PAGE.run, event) && !isLink(event.target);
    const isList = isOneOf(PAGE.list, event) && isOn() && !event.repeat;
    if (!isRun && !isList) return;
    event.preventDefault(); // Ctrl and Enter would press a button, too
    if (isRun) onRun();
    else show();
  });
}

/** Ctrl and Enter open it in a tab of its own. */
function isLink(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("a[href]") !== null;
}

export function isModal(page: Document): boolean {
  return page.querySelector("dialog:modal") !== null;
}

const TYPED = "textarea, select, input:not([type=radio], [type=checkbox], [type=range])";

export function isTypedInto(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches(TYPED));
}
