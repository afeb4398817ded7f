/** What this browser is known to make of this build's snapshots. */

import type { BootKind } from "../shared/messages";
import { snapshotKey } from "./assets";

const KEY = "exercise:snapshot-mismatch";

function mark(): string {
  return `${snapshotKey()} ${navigator.userAgent}`;
}

/** How to boot: from a snapshot, unless just this one failed in just this browser. */
export function bestBoot(): BootKind {
  try {
    return localStorage.getItem(KEY) === mark() ? "import" : "restore";
  } catch {
    return "restore";
  }
}

/** Remember that the snapshot does not work here. */
export function rememberMismatch(): void {
  try {
    localStorage.setItem(KEY, mark());
  } catch {
    // Nothing is stored here: the next visit tries again.
  }
}
