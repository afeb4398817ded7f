/** What the last runs at this place came to, kept in this browser: the row of dots. */

import type { Run } from "./history";
import type { Store } from "./store";
import { OUTCOMES } from "./words";

/** So many are shown in a row. */
const MOST_RUNS = 12;
const KEY = /^(exercise:[^:]*:)\/[^:]*:runs$/;
/** Of each exercise: some platforms give every upload another address. */
const MOST_PLACES = 20;

export class LastRuns {
  #runs: readonly Run[];

  constructor(
    private readonly store: Store,
    private readonly key: string,
    private readonly now: () => number,
  ) {
    this.#runs = readRuns(store, key).runs;
  }

  /** The oldest first. */
  all(): readonly Run[] {
    return this.#runs;
  }

  /** Take in a run; where nothing can be kept, until the page is left. */
  add({ outcome, passed, total }: Run): void {
    const stored = readRuns(this.store, this.key).runs;
    const before = stored.length > 0 ? stored : this.#runs;
    this.#runs = [...before, { outcome, passed, total }].slice(-MOST_RUNS);
    this.store.write(this.key, JSON.stringify({ at: this.now(), runs: this.#runs }));
  }
}

/** Remove what is left of places where others of the exercise had more recent runs. */
export function forgetOldRuns(store: Store, ownKey: string): void {
  const places = store.keys().flatMap((key) => {
    const [, exercise] = KEY.exec(key) ?? [];
    return exercise === undefined ? [] : [{ exercise, key, at: readRuns(store, key).at }];
  });
  places.sort((one, other) => other.at - one.at);
  places.forEach(({ exercise, key }, index) => {
    const newer = places.slice(0, index).filter((place) => place.exercise === exercise);
    if (newer.length >= MOST_PLACES && key !== ownKey) store.remove(key);
  });
}

function readRuns(store: Store, key: string): { at: number; runs: readonly Run[] } {
  const { at, runs } = (store.readJson(key) ?? {}) as { at?: unknown; runs?: unknown };
  return {
    at: typeof at === "number" ? at : 0,
    runs: Array.isArray(runs) ? runs.filter(isRun).slice(-MOST_RUNS) : [],
  };
}

function isRun(value: unknown): value is Run {
  const { outcome, passed, total } = (value ?? {}) as Partial<Record<keyof Run, unknown>>;
  const isKnown = typeof outcome === "string" && Object.hasOwn(OUTCOMES, outcome);
  return isKnown && Number.isSafeInteger(passed) && Number.isSafeInteger(total);
}
