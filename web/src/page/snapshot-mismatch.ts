/** What this browser is known to make of this build's snapshots. */

import type { BootKind } from "../shared/messages";
import { snapshotKey } from "./assets";
import type { Store } from "./store";

const NAME = "snapshot-mismatch";

/** A mark ends by itself: what was wrong may have been the machine's. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

interface Mark {
  readonly snapshot: string;
  readonly browser: string;
  /** Until when it holds (ms since 1970). */
  readonly until: number;
}

/**
 * How to boot: from a snapshot, unless just this one failed in just this browser.
 *
 * @param prefix - Begins the names of all that is kept for this exercise at this place.
 */
export function bestBoot(store: Store, prefix: string): BootKind {
  const mark = store.readJson(prefix + NAME) as Partial<Mark> | null;
  const until = mark?.until ?? 0;
  const holds =
    mark?.snapshot === snapshotKey() &&
    mark.browser === navigator.userAgent &&
    until > Date.now() &&
    until <= Date.now() + KEPT_MS;
  return holds ? "import" : "restore";
}

/**
 * Remember that the snapshot does not work here: for this build, in this browser, for a week. Where
 * nothing is stored the next visit tries again.
 */
export function rememberMismatch(store: Store, prefix: string): void {
  const mark: Mark = {
    snapshot: snapshotKey(),
    browser: navigator.userAgent,
    until: Date.now() + KEPT_MS,
  };
  store.write(prefix + NAME, JSON.stringify(mark));
}
