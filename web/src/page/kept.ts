/** What this browser keeps of the work on one exercise at one place. */
import { keptAt } from "../shared/place";
import { Draft } from "./draft";
import { History, writeWithRoom } from "./history";
import { adoptPlaceless } from "./other-drafts";
import { Store } from "./store";

export interface Kept {
  readonly store: Store;
  readonly draft: Draft;
  readonly history: History;
}

export function openKept(
  { slug, starter }: { readonly slug: string; readonly starter: string },
  place: string,
  now: () => number = Date.now,
): Kept {
  const store = new Store();
  const key = adoptPlaceless(store, slug, `${keptAt(slug, place)}draft`);
  const write = (name: string, text: string): boolean =>
    writeWithRoom(store, () => store.write(name, text));
  const draft = new Draft(key, starter, store, write);
  return { store, draft, history: new History(store, slug, place, now) };
}
