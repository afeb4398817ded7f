/** What this browser is known to make of this build's snapshots. */

import type { BootKind } from "../shared/messages";
import { snapshotKey } from "./assets";

const NAME = "snapshot-mismatch";

function mark(): string {
  return `${snapshotKey()} ${navigator.userAgent}`;
}

/**
 * How to boot: from a snapshot, unless just this one failed in just this browser.
 *
 * @param prefix - Begins the names of all that is kept for this exercise at this place.
 */
export function bestBoot(prefix: string): BootKind {
  try {
    return localStorage.getItem(prefix + NAME) === mark() ? "import" : "restore";
  } catch {
    return "restore";
  }
}

/** Remember that the snapshot does not work here. */
export function rememberMismatch(prefix: string): void {
  try {
    localStorage.setItem(prefix + NAME, mark());
  } catch {
    // Nothing is stored here: the next visit tries again.
  }
}
