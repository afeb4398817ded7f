/** Texts that the learner has had in the editor, kept in this browser, whatever place they are of. */
import type { VerdictOutcome } from "../shared/report";
import type { Store } from "./store";

/** Why a text was kept: what came of it, or what took its place. */
export type Reason = "run" | "hour" | "reset" | "replaced";

export interface Entry {
  /** When it was kept (ms since 1970); no two entries have the same. */
  readonly at: number;
  /** Where the page was (`placeOf`). */
  readonly place: string;
  readonly reason: Reason;
  /** What the last run of this text came to, if it was run. */
  readonly run: Run | null;
  readonly text: string;
}

export interface Run {
  readonly outcome: VerdictOutcome;
  readonly passed: number;
  readonly total: number;
}

const MOST_ENTRIES = 50;
const MOST_BYTES = 500_000;
/** Of all exercises of an origin together: a learning platform has many, and one storage. */
const MOST_BYTES_OF_ALL = 1_000_000;
const BRACKET_BYTES = 1;
const KEY = /^exercise:[^:]*:history$/;

export class History {
  readonly #key: string;

  constructor(
    private readonly store: Store,
    slug: string,
    private readonly place: string,
    private readonly now: () => number,
  ) {
    this.#key = `exercise:${slug}:history`;
  }

  /** All entries, the oldest first. */
  entries(): readonly Entry[] {
    return readEntries(this.store, this.#key);
  }

  /** Return the entry that was kept at a time. */
  find(at: number): Entry | null {
    return this.entries().find((entry) => entry.at === at) ?? null;
  }

  /** Keep a text, and return its entry; null where the storage does not take it. */
  keep(text: string, reason: Exclude<Reason, "run">): Entry | null {
    const newest = this.#here().at(-1);
    if (newest?.text === text) return newest;
    return this.#add(text, reason, null);
  }

  /** Keep the text of a run, unless the run before came to the same. */
  keepRun(text: string, run: Run): void {
    const here = this.#here();
    const last = here.findLast((entry) => entry.run !== null);
    if (last && sameRun(last.run, run)) return;
    const newest = here.at(-1);
    if (newest?.text === text && newest.run === null) this.#put({ ...newest, run });
    else this.#add(text, "run", run);
  }

  /** Delete what was kept at this place. */
  forget(): void {
    const others = this.entries().filter((entry) => entry.place !== this.place);
    replaceEntries(this.store, this.#key, others);
  }

  #here(): readonly Entry[] {
    return this.entries().filter((entry) => entry.place === this.place);
  }

  #add(text: string, reason: Reason, run: Run | null): Entry | null {
    const at = Math.max(this.now(), (this.entries().at(-1)?.at ?? 0) + 1);
    const entry: Entry = { at, place: this.place, reason, run, text };
    return this.#put(entry) ? entry : null;
  }

  /** Store an entry in the place of the one of its time. */
  #put(entry: Entry): boolean {
    const others = () => this.entries().filter((other) => other.at !== entry.at);
    const written = () => {
      const all = [...others(), entry].sort((one, other) => one.at - other.at);
      return this.store.write(this.#key, JSON.stringify(newestOf(all)));
    };
    const isWritten = writeWithRoom(this.store, written);
    if (isWritten) boundAll(this.store, entry.at);
    return isWritten;
  }
}

function sameRun(one: Run | null, other: Run): boolean {
  return one?.outcome === other.outcome && one.passed === other.passed && one.total === other.total;
}

/** As many of the newest as fit; the very newest stays however long it is, and takes no other's place. */
function newestOf(entries: readonly Entry[]): readonly Entry[] {
  const newest = entries.at(-1);
  const kept = entries.filter((entry) => entry === newest || isUsual(entry)).slice(-MOST_ENTRIES);
  const since = sinceFor(kept, MOST_BYTES);
  return kept.filter((entry) => entry === newest || entry.at >= since);
}

/** Whether a text is one that may run: others are pasted by mistake, and kept as the newest alone. */
function isUsual(entry: Entry): boolean {
  return bytesOf(entry) <= MOST_BYTES - BRACKET_BYTES;
}

/** Since when entries fit together, those aside that are not usual. */
function sinceFor(entries: readonly Entry[], most: number): number {
  let bytes = BRACKET_BYTES;
  for (const entry of entries.filter(isUsual).sort((one, other) => other.at - one.at)) {
    bytes += bytesOf(entry);
    if (bytes > most) return entry.at + 1;
  }
  return 0;
}

function bytesOf(entry: Entry): number {
  return new TextEncoder().encode(JSON.stringify(entry)).length + 1;
}

/** The history of one exercise as it is stored. */
interface Stored {
  readonly key: string;
  readonly entries: readonly Entry[];
}

function allStored(store: Store): readonly Stored[] {
  const keys = store.keys().filter((key) => KEY.test(key));
  return keys.map((key) => ({ key, entries: readEntries(store, key) }));
}

/**
 * Drop the oldest of all exercises until they fit together.
 *
 * @param at - When the entry was kept that stays in any case.
 */
function boundAll(store: Store, at: number): void {
  const all = allStored(store);
  const entries = all.flatMap((stored) => stored.entries);
  const since = sinceFor(entries, MOST_BYTES_OF_ALL);
  keepOnly(store, all, (entry) => entry.at === at || (entry.at >= since && isUsual(entry)));
}

function keepOnly(store: Store, all: readonly Stored[], stays: (entry: Entry) => boolean): void {
  for (const { key, entries } of all) {
    const left = entries.filter(stays);
    if (left.length < entries.length) replaceEntries(store, key, left);
  }
}

/**
 * Write, and where the storage is full, with ever less of the oldest history of all exercises. If
 * even that does not help, all of it stays.
 */
export function writeWithRoom(store: Store, write: () => boolean): boolean {
  if (write()) return true;
  const before = allStored(store);
  const times = before.flatMap(({ entries }) => entries.map(({ at }) => at)).sort((a, b) => a - b);
  for (let drop = 1; drop < 2 * times.length; drop *= 2) {
    const since = times[drop] ?? Number.POSITIVE_INFINITY;
    keepOnly(store, before, ({ at }) => at >= since);
    if (write()) return true;
  }
  for (const { key, entries } of before) replaceEntries(store, key, entries);
  return false;
}

function replaceEntries(store: Store, key: string, entries: readonly Entry[]): void {
  if (entries.length === 0) store.remove(key);
  else store.write(key, JSON.stringify(entries));
}

function readEntries(store: Store, key: string): readonly Entry[] {
  const read = store.readJson(key);
  return Array.isArray(read) ? read.filter(isEntry) : [];
}

function isEntry(value: unknown): value is Entry {
  const { at, place, text } = (value ?? {}) as Partial<Record<keyof Entry, unknown>>;
  return typeof at === "number" && typeof place === "string" && typeof text === "string";
}
