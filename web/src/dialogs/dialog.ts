/** A modal dialog of the page, made when it opens and gone when it closes. */
import { element } from "../page/element";
import { WORDS } from "./words";

export interface Shown {
  readonly dialog: HTMLDialogElement;
  close(): void;
}

/**
 * Show a dialog.
 *
 * @param id - Of the dialog; one that is open already is taken away.
 * @param buttons - Below its parts, after the one that closes it.
 */
export function showDialog(
  id: string,
  title: string,
  parts: readonly HTMLElement[],
  buttons: readonly HTMLButtonElement[],
  closeLabel: string = WORDS.close,
): Shown {
  const former = document.getElementById(id);
  if (former instanceof HTMLDialogElement) former.close(); // the focus goes back to where it was
  former?.remove();
  const dialog = element("dialog", "menu-dialog");
  dialog.id = id;
  const heading = element("h2", "", title);
  heading.id = `${id}-title`;
  dialog.setAttribute("aria-labelledby", heading.id);
  const close = (): void => dialog.close();
  const row = element("div", "dialog-buttons");
  row.append(button(`${id}-close`, closeLabel, close), ...buttons);
  dialog.append(heading, ...parts, row);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return { dialog, close };
}

/** What other tabs keep meanwhile under keys that end so shows in a dialog, too. */
export function followOtherTabs(dialog: HTMLDialogElement, kind: string, fill: () => void): void {
  const follow = ({ key }: StorageEvent): void => {
    if (key === null || key.endsWith(`:${kind}`)) fill();
  };
  addEventListener("storage", follow);
  dialog.addEventListener("close", () => removeEventListener("storage", follow));
}

export function button(id: string, label: string, act: () => void): HTMLButtonElement {
  const made = element("button", "", label);
  made.type = "button";
  made.id = id;
  made.addEventListener("click", act);
  return made;
}
