/** The page without a network, from its second visit on: a service worker keeps the whole build. */

import type { AssetName } from "../shared/assets";
import { forgetCaches } from "../shared/offline-caches";
import type { AssetStore } from "./assets";
import { cacheName, folder, SLUG, serviceWorkers } from "./offline-cache";

/**
 * Let a service worker keep this build. What the page has fetched and checked goes into its cache,
 * so nothing is fetched twice. Where there is no service worker (plain http, a sandboxed
 * frame), or no room, the page works as before.
 */
export async function keepForOffline(
  store: AssetStore,
  names: readonly AssetName[],
): Promise<void> {
  const workers = serviceWorkers();
  const place = folder();
  if (workers === null || place === null) return;
  try {
    const name = cacheName(place);
    if (name === null) return await forget(workers, place);
    await store.keep(names, name);
    await workers.register("service-worker.js");
  } catch {
    return; // storing throws where it is full
  }
}

/** Take away what an older build has left; to register a worker for that could bring it back. */
async function forget(workers: ServiceWorkerContainer, place: string): Promise<void> {
  const registration = await workers.getRegistration("service-worker.js");
  await registration?.unregister();
  await forgetCaches(SLUG, place, null);
}
