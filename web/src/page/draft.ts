/** The learner's own code for one exercise at one place, kept in this browser. */
import type { Store } from "./store";

/** Names the starter and the hidden tests of a build. */
export interface Edition {
  readonly starter: string;
  readonly tests: string;
}

/** What is kept beside a draft. */
export interface DraftNote {
  /** When the draft was saved last (ms since 1970). */
  readonly at: number;
  /** When the hour of work began that is under way. */
  readonly hour: number;
  /** What the learner knows of starter and tests. */
  readonly edition: Edition;
  /** Whether code of another place is still to be offered. */
  readonly offering: boolean;
  /** The oldest first. */
  readonly back: readonly Back[];
  /** When the history kept what other tabs had saved, while it is still offered; the oldest first. */
  readonly other: readonly number[];
}

/** What the learner can still bring back by a notice. */
export interface Back {
  /** When the history kept it. */
  readonly at: number;
  /** What took its place. */
  readonly reason: "reset" | "replaced";
}

export class Draft {
  /** What was in the storage when this tab last read or wrote it. */
  #seen: string | null;
  readonly #noteKey: string;

  /**
   * @param key - Where the draft is stored; its note lies beside it.
   * @param write - Stores a text, at the price of less important things where need be.
   */
  constructor(
    readonly key: string,
    private readonly starter: string,
    private readonly store: Store,
    private readonly write: (key: string, text: string) => boolean,
  ) {
    this.#noteKey = noteKey(key);
    this.#seen = store.read(key);
  }

  /** Whether there is a draft; without one the editor holds the starter. */
  get exists(): boolean {
    return this.#seen !== null;
  }

  text(): string {
    return this.#seen ?? this.starter;
  }

  /** What another tab has saved since this one looked; null where there is nothing new. */
  unseen(): string | null {
    const stored = this.store.read(this.key);
    return stored === this.#seen || this.isEmptied() ? null : (stored ?? this.starter);
  }

  /** Whether somebody has emptied the storage, which is another thing than to go back to the starter. */
  isEmptied(): boolean {
    return this.exists && this.store.read(this.key) === null && this.note() === null;
  }

  /** Take notice of what is stored. */
  look(): void {
    this.#seen = this.store.read(this.key);
  }

  /** Save a text; false where this browser does not keep it. The starter is not kept. */
  save(text: string): boolean {
    const isSaved =
      text === this.starter ? this.store.remove(this.key) : this.write(this.key, text);
    // Read anew, for half a character may have become a whole one.
    if (isSaved) this.look();
    return isSaved;
  }

  note(): DraftNote | null {
    return readNote(this.store, this.key);
  }

  writeNote(note: DraftNote): void {
    this.store.write(this.#noteKey, JSON.stringify(note));
  }
}

export function noteKey(draftKey: string): string {
  return `${draftKey}-note`;
}

/** Return what is kept beside a draft; null where there is nothing, or nothing that makes sense. */
export function readNote(store: Store, draftKey: string): DraftNote | null {
  const note = store.readJson(noteKey(draftKey));
  if (!isNote(note)) return null;
  // There used to be one of each, or null.
  return {
    ...note,
    back: [note.back].flat().filter(isBack),
    other: [note.other].flat().filter(isTime),
  };
}

function isNote(value: unknown): value is DraftNote {
  const { at, hour, edition } = fieldsOf<DraftNote>(value);
  const { starter, tests } = fieldsOf<Edition>(edition);
  return isTime(at) && isTime(hour) && typeof starter === "string" && typeof tests === "string";
}

function isBack(value: unknown): value is Back {
  const { at, reason } = fieldsOf<Back>(value);
  return isTime(at) && (reason === "reset" || reason === "replaced");
}

function isTime(value: unknown): value is number {
  return typeof value === "number";
}

function fieldsOf<T>(value: unknown): Partial<Record<keyof T, unknown>> {
  return (value ?? {}) as Partial<Record<keyof T, unknown>>;
}
