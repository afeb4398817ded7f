/** Deleting all that this browser keeps of an exercise at a place: others use this browser too. */
import { noteKey } from "../page/draft";
import type { Kept } from "../page/kept";
import { placelessKey } from "../page/other-drafts";
import { deletedKey } from "../page/other-tabs";
import type { Store } from "../page/store";
import { keptAt } from "../shared/place";

/** Delete drafts, kept texts, runs and marks; false where the browser did not let go of them. */
export function forgetAll({ store, history }: Kept, slug: string, place: string): boolean {
  history.forget();
  store.takes(deletedKey(slug, place)); // before drafts: to go back to the starter is another thing
  for (const key of keysOf(store, slug, place)) store.remove(key);
  const isGone = keysOf(store, slug, place).length === 0;
  return isGone && history.entries().every((entry) => entry.place !== place);
}

/**
 * What is of the time before places is this place's, too: nobody else would take it up. A note comes
 * before its draft: one that goes alone would tell other tabs to keep what it replaced.
 */
function keysOf(store: Store, slug: string, place: string): readonly string[] {
  const placeless = placelessKey(slug);
  const prefix = keptAt(slug, place);
  const others = [placeless, noteKey(placeless)];
  const keys = store.keys().filter((key) => key.startsWith(prefix) || others.includes(key));
  return keys.sort().reverse();
}
