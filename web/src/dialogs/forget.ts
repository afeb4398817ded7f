/** Deleting all that this browser keeps of an exercise at a place: others use this browser too. */
import { noteKey } from "../page/draft";
import type { Kept } from "../page/kept";
import { placelessKey } from "../page/other-drafts";
import { deletedKey } from "../page/other-tabs";
import type { Store } from "../page/store";
import { keptAt } from "../shared/place";

/** Delete drafts, kept texts, runs and marks; false where the browser did not let go of them. */
export function forgetAll({ store, history }: Kept, slug: string, place: string): boolean {
  store.takes(deletedKey(slug, place)); // first, or they would take it for a way back to the starter
  history.forget();
  const keys = keysOf(store, slug, place);
  for (const key of keys) store.remove(key);
  const isGone = keysOf(store, slug, place).length === 0;
  return isGone && history.entries().every((entry) => entry.place !== place);
}

/** What is of the time before places is this place's, too: nobody else would take it up. */
function keysOf(store: Store, slug: string, place: string): readonly string[] {
  const placeless = placelessKey(slug);
  const others = [placeless, noteKey(placeless)];
  return store.keys().filter((key) => key.startsWith(keptAt(slug, place)) || others.includes(key));
}
