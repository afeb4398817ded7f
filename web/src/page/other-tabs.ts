/** When to look for what other tabs of this browser have saved. */
import { keptAt } from "../shared/place";

export interface Watch {
  /** Sees what others have saved. */
  look(): void;
  /** Saves what is not saved yet. */
  settle(): void;
}

/** A page that nobody looks at waits: it then takes all that was written meanwhile in one step. */
export function watchOtherTabs(page: Document, key: string, watch: Watch): void {
  const look = (): void => {
    if (page.visibilityState === "visible") watch.look();
    else watch.settle();
  };
  addEventListener("storage", (event: StorageEvent) => {
    if (event.key === key && page.visibilityState === "visible") watch.look();
  });
  addEventListener("focus", look);
  addEventListener("pageshow", look);
  addEventListener("pagehide", () => watch.settle());
  page.addEventListener("visibilitychange", look);
}

/** Written, and taken away at once, by who deletes all that is kept: `dialogs/forget.ts`. */
export function deletedKey(slug: string, place: string): string {
  return `${keptAt(slug, place)}deleted`;
}

/** Call back when another tab stores something under a key; to take it away is not to store it. */
export function onStored(key: string, stored: () => void): void {
  addEventListener("storage", (event: StorageEvent) => {
    if (event.key === key && event.newValue !== null) stored();
  });
}
