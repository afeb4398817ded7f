/** What a visit before this one has kept in this browser. */
import { cacheFamily } from "../shared/offline-caches";

declare const __OFFLINE__: {
  readonly slug: string;
  /** Names the build; null where the build keeps nothing. */
  readonly build: string | null;
};

export const { slug: SLUG } = __OFFLINE__;

/** The folder of the bundle's files, and of the service worker; null in a page that is in none. */
export const FOLDER = folderOf(document.baseURI);

/** Name of the cache that holds this build; null where the build keeps nothing. */
export const CACHE = __OFFLINE__.build && FOLDER && cacheFamily(SLUG, FOLDER) + __OFFLINE__.build;

function folderOf(address: string): string | null {
  try {
    return new URL(".", address).href;
  } catch {
    return null; // of a blob, or of data
  }
}

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
