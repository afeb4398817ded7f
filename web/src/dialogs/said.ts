/** A word that something is done, until the next key or click. */
import { part } from "../page/view";

export function say(text: string): void {
  const box = part(document, "menu-done", HTMLElement);
  box.textContent = text;
  const clear = (): void => {
    box.textContent = "";
    for (const deed of DEEDS) removeEventListener(deed, clear, true);
  };
  for (const deed of DEEDS) addEventListener(deed, clear, true);
}

const DEEDS = ["keydown", "pointerdown"] as const;
