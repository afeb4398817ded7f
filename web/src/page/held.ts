/** A finger that stays on a key does once what the key does, where that is long and counted. */

const ENDS = ["keyup", "pointerup", "blur"] as const;

/** @returns Whether the key that was pressed last is held, and repeats. */
export function watchHeldKey(target: EventTarget): () => boolean {
  let isHeld = false;
  const pressed = (event: Event): void => {
    isHeld = (event as KeyboardEvent).repeat;
  };
  const ended = (): void => {
    isHeld = false;
  };
  target.addEventListener("keydown", pressed, { capture: true });
  for (const end of ENDS) target.addEventListener(end, ended, { capture: true });
  return () => isHeld;
}
