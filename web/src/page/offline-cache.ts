/** What a visit before this one has kept in this browser. */
import { cacheFamily } from "../shared/offline-caches";

declare const __OFFLINE__: {
  readonly slug: string;
  /** Names the build; null where the build keeps nothing. */
  readonly build: string | null;
};

export const { slug: SLUG } = __OFFLINE__;

/** The folder of the bundle's files, and of the service worker; null in a page that is in none. */
export function folder(): string | null {
  try {
    return new URL(".", document.baseURI).href;
  } catch {
    return null; // of a blob, or of data
  }
}

/** Name of the cache that holds this build in a folder; null where the build keeps nothing. */
export function cacheName(place: string): string | null {
  return __OFFLINE__.build && cacheFamily(SLUG, place) + __OFFLINE__.build;
}

/** The browser's service workers; null where there are none for this page. */
export function serviceWorkers(): ServiceWorkerContainer | null {
  try {
    return navigator.serviceWorker ?? null;
  } catch {
    return null; // naming the property throws in a sandboxed frame
  }
}

/** The cache with what an earlier visit kept; null where no service worker has this page. */
export function keptCache(): string | null {
  const place = folder();
  return place && serviceWorkers()?.controller ? cacheName(place) : null;
}
