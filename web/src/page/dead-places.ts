/** What is left of places that nobody works at any more; no text goes that is nowhere else. */
import { type DraftNote, noteKey, readNote } from "./draft";
import type { Store } from "./store";

/** Who comes back within a year finds all as it was. */
const KEPT_MS = 366 * 24 * 3_600_000;

/** Of each exercise: some platforms give every upload another address. */
const MOST_PLACES = 20;

/** What is noted of runs and of hints. */
const OTHER_NOTE = /^exercise:([^:]*):\/[^:]*:(runs|hints)$/;

const NOTE = /^(exercise:[^:]*:)\/[^:]*:draft-note$/;

interface Place {
  readonly exercise: string;
  readonly draftKey: string;
  readonly text: string | null;
  readonly note: DraftNote;
}

/**
 * Remove notes, and drafts of a text that a newer place of the exercise has, which were not saved for a
 * year or are not among the newest.
 *
 * @param ownKey - Where this page's draft is.
 */
export function forgetDeadPlaces(store: Store, ownKey: string, now: number): void {
  const places = store.keys().flatMap((key) => readPlace(store, key));
  places.sort((one, other) => other.note.at - one.note.at);
  places.forEach((place, index) => {
    const newer = places.slice(0, index).filter(({ exercise }) => exercise === place.exercise);
    const isDead = newer.length >= MOST_PLACES || place.note.at < now - KEPT_MS;
    if (isDead && place.draftKey !== ownKey && isSpare(place, newer)) forget(store, place);
  });
}

/**
 * Remove what is noted of runs and hints at places that are not among the newest of their exercise.
 *
 * @param own - Begins the names of all that this page keeps.
 */
export function forgetOldNotes(store: Store, own: string): void {
  const notes = store.keys().flatMap((key) => {
    const [, exercise, what] = OTHER_NOTE.exec(key) ?? [];
    return what === undefined ? [] : [{ kind: `${exercise}:${what}`, key, at: timeOf(store, key) }];
  });
  notes.sort((one, other) => other.at - one.at);
  notes.forEach(({ kind, key }, index) => {
    const newer = notes.slice(0, index).filter((note) => note.kind === kind);
    if (newer.length >= MOST_PLACES && !key.startsWith(own)) store.remove(key);
  });
}

function timeOf(store: Store, key: string): number {
  const { at } = (store.readJson(key) ?? {}) as { readonly at?: unknown };
  return typeof at === "number" ? at : 0;
}

/** Whether all its texts are elsewhere, too. */
function isSpare({ text, note }: Place, newer: readonly Place[]): boolean {
  if (text !== null) return newer.some((other) => other.text === text);
  return note.back.length === 0 && note.other.length === 0;
}

function forget(store: Store, { draftKey }: Place): void {
  store.remove(draftKey);
  store.remove(noteKey(draftKey));
}

function readPlace(store: Store, key: string): readonly Place[] {
  const [, exercise] = NOTE.exec(key) ?? [];
  const draftKey = key.replace(/-note$/, "");
  const note = exercise === undefined ? null : readNote(store, draftKey);
  if (exercise === undefined || note === null) return [];
  return [{ exercise, draftKey, text: store.read(draftKey), note }];
}
