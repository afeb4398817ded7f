/** What this browser keeps of the work on one exercise at one place. */
import { keptAt } from "../shared/place";
import { Draft } from "./draft";
import { History, writeWithRoom } from "./history";
import { LastRuns } from "./last-runs";
import { OpenedHints } from "./opened-hints";
import { adoptPlaceless } from "./other-drafts";
import { Store } from "./store";

export interface Kept {
  readonly store: Store;
  readonly draft: Draft;
  readonly history: History;
  readonly runs: LastRuns;
  readonly hints: OpenedHints;
}

export function openKept(
  { slug, starter }: { readonly slug: string; readonly starter: string },
  place: string,
  now: () => number = Date.now,
): Kept {
  const store = new Store();
  const key = adoptPlaceless(store, slug, `${keptAt(slug, place)}draft`);
  const draft = new Draft(key, starter, store, patiently(store));
  return {
    store,
    draft,
    history: new History(store, slug, place, now),
    runs: new LastRuns(store, `${keptAt(slug, place)}runs`, now),
    hints: new OpenedHints(store, `${keptAt(slug, place)}hints`, now),
  };
}

/** Write with whatever room there can be; what had none of that length is not tried at every key. */
function patiently(store: Store): (key: string, text: string) => boolean {
  let tooLong = Number.POSITIVE_INFINITY;
  return (key, text) => {
    const write = (): boolean => store.write(key, text);
    const isWritten = text.length < tooLong ? writeWithRoom(store, write) : write();
    tooLong = isWritten ? Number.POSITIVE_INFINITY : Math.min(tooLong, text.length);
    return isWritten;
  };
}
