/** The key that lists all keys: it also types a character, so it holds only where nothing is typed. */
import { isComposing, isOneOf, PAGE } from "../shared/keys";

/** @param isOn - Whether such keys do anything: who dictates may do without. */
export function listenForKeys(page: Document, isOn: () => boolean, show: () => void): void {
  page.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || isComposing(event) || event.repeat) return;
    if (!isOneOf(PAGE.list, event) || !isOn()) return;
    if (isTypedInto(event.target) || isModal(page)) return;
    event.preventDefault();
    show();
  });
}

export function isModal(page: Document): boolean {
  return page.querySelector("dialog:modal") !== null;
}

const TYPED = "textarea, select, input:not([type=radio], [type=checkbox], [type=range])";

export function isTypedInto(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches(TYPED));
}
