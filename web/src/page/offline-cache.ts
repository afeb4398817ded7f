/** What a visit before this one has kept in this browser. */

declare const __OFFLINE_CACHE__: string | null;

/** Name of the cache that holds this build; null where the build keeps nothing. */
export const CACHE = __OFFLINE_CACHE__;

/** The browser's service workers; null where there are none for this page. */
export function serviceWorkers(): ServiceWorkerContainer | null {
  try {
    return navigator.serviceWorker ?? null;
  } catch {
    return null; // naming the property throws in a sandboxed frame
  }
}

/** A file as it was kept, without the way through the service worker. */
export async function offlineCopy(url: string): Promise<Response | undefined> {
  if (CACHE === null || !serviceWorkers()?.controller) return undefined;
  try {
    return await caches.match(url, { cacheName: CACHE });
  } catch {
    return undefined;
  }
}
