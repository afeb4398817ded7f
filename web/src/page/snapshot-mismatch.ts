/** What this browser is known to make of this build's snapshots. */

import type { BootKind } from "../shared/messages";
import { snapshotKey } from "./assets";

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
export function bestBoot(prefix: string): BootKind {
  try {
    const mark = JSON.parse(localStorage.getItem(prefix + NAME) ?? "null") as Mark | null;
    const holds =
      mark?.snapshot === snapshotKey() &&
      mark.browser === navigator.userAgent &&
      mark.until > Date.now() &&
      mark.until <= Date.now() + KEPT_MS;
    return holds ? "import" : "restore";
  } catch {
    return "restore";
  }
}

/** Remember that the snapshot does not work here: for this build, in this browser, for a week. */
export function rememberMismatch(prefix: string): void {
  try {
    const mark: Mark = {
      snapshot: snapshotKey(),
      browser: navigator.userAgent,
      until: Date.now() + KEPT_MS,
    };
    localStorage.setItem(prefix + NAME, JSON.stringify(mark));
  } catch {
    // Nothing is stored here: the next visit tries again.
  }
}
