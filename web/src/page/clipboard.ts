/** Copying by a button; where the browser forbids it, the text is selected instead. */
import { COPY } from "./words";

/**
 * Copy a text when a button is pressed.
 *
 * @param label - The part of the button that says what has come of it.
 * @param place - Where the text stands, to be selected where it cannot be copied.
 */
export function copyOnClick(
  button: HTMLButtonElement,
  label: HTMLElement,
  text: string,
  place: () => HTMLElement,
): void {
  button.addEventListener("click", async () => {
    const isCopied = await copied(text);
    label.textContent = isCopied ? COPY.copied : COPY.refused;
    if (!isCopied) getSelection()?.selectAllChildren(place());
  });
  button.addEventListener("blur", () => {
    label.textContent = COPY.copy;
  });
}

/** Copy a text; false where the browser forbids it. */
export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
