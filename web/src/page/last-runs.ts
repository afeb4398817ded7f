/** What the last runs at this place came to, kept in this browser: the row of dots. */

import type { Run } from "./history";
import { onStored } from "./other-tabs";
import type { Store } from "./store";
import { OUTCOMES } from "./words";

/** So many are shown in a row. */
const MOST_RUNS = 12;

export class LastRuns {
  #runs: readonly Run[];
  #count: number;
  #hasPassed: boolean;
  /** Whether the storage took the last one: a full one has older runs than this tab. */
  #isKept = true;

  constructor(
    private readonly store: Store,
    private readonly key: string,
    private readonly now: () => number,
  ) {
    const { runs, count, hasPassed } = readRuns(store, key);
    this.#runs = runs;
    this.#count = count;
    this.#hasPassed = hasPassed;
  }

  /** How many have come to a verdict, other tabs' and those not shown any more among them. */
  get count(): number {
    return Math.max(readRuns(this.store, this.key).count, this.#count);
  }

  /** Whether all tests have passed once. */
  get hasPassed(): boolean {
    return this.#hasPassed || readRuns(this.store, this.key).hasPassed;
  }

  /** The oldest first. */
  all(): readonly Run[] {
    return this.#runs;
  }

  /** Take in a run; where nothing can be kept, until the page is left. */
  add({ outcome, passed, total }: Run): void {
    const stored = readRuns(this.store, this.key);
    const before = this.#isKept && stored.runs.length > 0 ? stored.runs : this.#runs;
    this.#runs = [...before, { outcome, passed, total }].slice(-MOST_RUNS);
    this.#count = Math.max(stored.count, this.#count) + (isCounted({ outcome }) ? 1 : 0);
    this.#hasPassed ||= stored.hasPassed || outcome === "passed";
    const kept: KeptRuns & { readonly at: number } = {
      at: this.now(),
      count: this.#count,
      hasPassed: this.#hasPassed,
      runs: this.#runs,
    };
    this.#isKept = this.store.write(this.key, JSON.stringify(kept));
  }

  /** Call back when another tab has kept a run. */
  onOthers(kept: () => void): void {
    onStored(this.key, kept);
  }
}

interface KeptRuns {
  readonly count: number;
  readonly hasPassed: boolean;
  readonly runs: readonly Run[];
}

function readRuns(store: Store, key: string): KeptRuns {
  const kept = (store.readJson(key) ?? {}) as Partial<Record<keyof KeptRuns, unknown>>;
  const runs = Array.isArray(kept.runs) ? kept.runs.filter(isRun).slice(-MOST_RUNS) : [];
  const counted = runs.filter(isCounted).length;
  const isCount = Number.isSafeInteger(kept.count) && Number(kept.count) >= counted;
  return {
    count: isCount ? Number(kept.count) : counted,
    hasPassed: kept.hasPassed === true || runs.some(({ outcome }) => outcome === "passed"),
    runs,
  };
}

/** A run that was stopped has come to no verdict. */
function isCounted({ outcome }: Pick<Run, "outcome">): boolean {
  return outcome !== "stopped";
}

export function isRun(value: unknown): value is Run {
  const { outcome, passed, total } = (value ?? {}) as Partial<Record<keyof Run, unknown>>;
  const isKnown = typeof outcome === "string" && Object.hasOwn(OUTCOMES, outcome);
  return isKnown && Number.isSafeInteger(passed) && Number.isSafeInteger(total);
}
