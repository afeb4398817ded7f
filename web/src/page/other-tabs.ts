/** When to look for what other tabs of this browser have saved. */

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
