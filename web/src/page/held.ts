/** A finger that stays on a key does once what the key does: presses a button, or runs the tests. */
import { isOneOf, PRESS } from "../shared/keys";

const ENDS = ["keyup", "pointerup", "blur"] as const;

/** @returns Whether the key that was pressed last is held, and repeats. */
export function watchHeldKey(page: EventTarget): () => boolean {
  let isHeld = false;
  const pressed = (event: Event): void => {
    isHeld = (event as KeyboardEvent).repeat;
    if (isHeld && isPress(event as KeyboardEvent)) event.preventDefault();
  };
  const ended = (): void => {
    isHeld = false;
  };
  page.addEventListener("keydown", pressed, { capture: true });
  for (const end of ENDS) page.addEventListener(end, ended, { capture: true });
  return () => isHeld;
}

function isPress(event: KeyboardEvent): boolean {
  return isOneOf(PRESS, event) && event.target instanceof HTMLButtonElement;
}
