/** Below this much memory (GB, as browsers tell it) no Python waits that nobody needs yet. */
const ENOUGH_MEMORY = 4;

export function hasMemory(): boolean {
  const { deviceMemory = ENOUGH_MEMORY } = navigator as { deviceMemory?: number };
  return deviceMemory >= ENOUGH_MEMORY;
}
