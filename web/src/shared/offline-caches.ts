/** Caches that hold builds for visits without a network, by exercise and place. */
import { keptAt, placeOf } from "./place";

/** Begins the names of the caches of an exercise whose files are in a folder. */
export function cacheFamily(slug: string, folder: string): string {
  return keptAt(slug, placeOf(new URL(folder).pathname));
}

/** Take away what builds of an exercise have kept for a folder, all but one cache. */
export async function forgetCaches(
  slug: string,
  folder: string,
  kept: string | null,
): Promise<void> {
  const names = await caches.keys();
  const family = cacheFamily(slug, folder);
  const others = names.filter((name) => name.startsWith(family) && name !== kept);
  await Promise.all(others.map((name) => caches.delete(name)));
  const shared = names.filter((name) => isShared(slug, name));
  await Promise.all(shared.map((name) => forgetFolder(name, folder)));
}

/** Whether a cache is of the time before places: copies of one build in all folders shared it. */
function isShared(slug: string, name: string): boolean {
  const start = `exercise:${slug}:`;
  return name.startsWith(start) && /^[0-9a-f]{16}$/.test(name.slice(start.length));
}

async function forgetFolder(name: string, folder: string): Promise<void> {
  const cache = await caches.open(name);
  const isOurs = ({ url }: Request): boolean =>
    url === folder || url.startsWith(`${folder}assets/`);
  const ours = (await cache.keys()).filter(isOurs);
  await Promise.all(ours.map((request) => cache.delete(request)));
  if ((await cache.keys()).length === 0) await caches.delete(name);
}
