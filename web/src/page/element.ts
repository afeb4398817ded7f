/** Elements of the results: what they say comes from strangers, and is text alone. */
import { visible } from "./visible";

/** What is never in a language that browsers translate, whatever it holds. */
const CODE: readonly string[] = ["code", "pre", "kbd"];

/** A new element with a class and a text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  text = "",
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (CODE.includes(name)) made.translate = false;
  if (className) made.className = className;
  if (text) made.textContent = visible(text);
  return made;
}

/** Focus what is no control, without scrolling to it. */
export function takeFocus(item: HTMLElement): void {
  item.tabIndex = -1;
  item.focus({ preventScroll: true });
}
