/** The page without a network, from its second visit on: a service worker keeps the whole build. */

import { type AssetName, OFFLINE_COPY_HEADER } from "../shared/assets";
import { type AssetStore, assetUrl } from "./assets";
import { CACHE, serviceWorkers } from "./offline-cache";

/** Begins the name of every cache of this exercise. */
declare const __OFFLINE_FAMILY__: string;

/**
 * Let a service worker keep this build. What the page has fetched and checked goes into the cache
 * from here, so nothing is fetched twice. Where there is no service worker (plain http, a sandboxed
 * frame), or no room, the page works as before.
 */
export async function keepForOffline(
  store: AssetStore,
  names: readonly AssetName[],
): Promise<void> {
  const workers = serviceWorkers();
  if (workers === null) return;
  try {
    if (CACHE === null) return await forget(workers);
    await fill(await caches.open(CACHE), store, names);
    await workers.register("service-worker.js");
  } catch {
    return; // storing throws where it is full
  }
}

/** Take away what an older build has left; to register a worker for that could bring it back. */
async function forget(workers: ServiceWorkerContainer): Promise<void> {
  const registration = await workers.getRegistration("service-worker.js");
  await registration?.unregister();
  const names = (await caches.keys()).filter((name) => name.startsWith(__OFFLINE_FAMILY__));
  await Promise.all(names.map((name) => caches.delete(name)));
}

async function fill(cache: Cache, store: AssetStore, names: readonly AssetName[]): Promise<void> {
  for (const name of names) {
    const url = assetUrl(name);
    if ((await cache.match(url)) !== undefined) continue;
    const { [name]: bytes } = await store.get([name]);
    await cache.put(url, new Response(bytes, { headers: { [OFFLINE_COPY_HEADER]: "whole" } }));
  }
}
