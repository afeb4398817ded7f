/** Where fingers type: symbols that a phone's keyboard hides, and room above that keyboard. */
import type { Editor } from "./editor-slot";
import { part } from "./view";

/** Less than this (px) is a bar of the browser's that comes and goes, and no keyboard. */
const LEAST_KEYBOARD = 80;

export function createSymbols(page: Document, editor: Pick<Editor, "type">): void {
  const root = page.documentElement;
  const code = part(page, "code", HTMLElement);
  const bar = part(page, "symbols", HTMLElement);
  const fingers = matchMedia("(pointer: coarse)");
  // Some phones put their keyboard away and leave the focus where it is: the tabs come back all the same.
  let isAway = false;
  const settle = (): void => {
    const isInCode = !!page.activeElement?.closest("#editor .cm-content");
    root.toggleAttribute("data-typing", fingers.matches && isInCode && !isAway);
  };
  code.addEventListener("focusin", () => {
    isAway = false;
    settle();
  });
  settleAfterPress(page, code, settle);
  // The focus, and with it the keyboard, stays with the code.
  bar.addEventListener("pointerdown", (event) => event.preventDefault());
  bar.addEventListener("click", ({ target }) => {
    const key = target instanceof Element ? target.closest("button") : null;
    if (key) editor.type(key.dataset.types ?? key.textContent ?? "");
  });
  followKeyboard(root, (isThere) => {
    isAway = !isThere;
    settle();
  });
}

/** A press that takes the focus has to end where it began, on a button that has not moved yet. */
function settleAfterPress(page: Document, code: HTMLElement, settle: () => void): void {
  let isPressed = false;
  const settleLater = (): void => {
    // The click comes right after the press has ended, and before any other task.
    setTimeout(() => isPressed || settle());
  };
  const press = (): void => {
    isPressed = true;
  };
  const release = (): void => {
    isPressed = false;
    settleLater();
  };
  page.addEventListener("pointerdown", press, true);
  for (const end of ["pointerup", "pointercancel"]) page.addEventListener(end, release, true);
  code.addEventListener("focusout", settleLater);
}

/** A keyboard that the browser lays over the page covers what stands at the window's bottom. */
function followKeyboard(root: HTMLElement, changed: (isThere: boolean) => void): void {
  const seen = window.visualViewport;
  if (!seen) return;
  let isThere = false;
  const settle = (): void => {
    const covered = window.innerHeight - seen.height - seen.offsetTop;
    const isZoomed = seen.scale > 1.01;
    const isKeyboard = !isZoomed && covered >= LEAST_KEYBOARD;
    root.style.setProperty("--keyboard", `${isKeyboard ? covered : 0}px`);
    if (isZoomed || isKeyboard === isThere) return;
    isThere = isKeyboard;
    changed(isThere);
  };
  for (const change of ["resize", "scroll"]) seen.addEventListener(change, settle);
  settle();
}
