/** Drafts of an exercise that are not of this place: of the time before places, and of others. */
import { type DraftNote, readNote } from "./draft";
import { writeWithRoom } from "./history";
import type { Store } from "./store";

export interface OtherDraft {
  readonly place: string;
  readonly text: string;
  /** Null where it is not known. */
  readonly note: DraftNote | null;
}

/** Names the exercise and the place of a draft. */
const DRAFT = /^exercise:([^:]*):(\/[^:]*):draft$/;

/** Where drafts were kept before places were told apart. */
export function placelessKey(slug: string): string {
  return `exercise:${slug}:draft`;
}

/** Move a draft of the time before places to where it belongs now, and return where it then is. */
export function adoptPlaceless(store: Store, slug: string, ownKey: string): string {
  const key = placelessKey(slug);
  const text = store.read(key);
  const isFree = store.read(ownKey) === null && readNote(store, ownKey) === null;
  if (text === null || !isFree) return ownKey;
  if (!writeWithRoom(store, () => store.write(ownKey, text))) return key;
  store.remove(key);
  return ownKey;
}

/** Return the draft that was saved last at any other place of this origin. */
export function newestElsewhere(store: Store, slug: string, ownKey: string): OtherDraft | null {
  const drafts = store
    .keys()
    .filter((key) => key !== ownKey)
    .flatMap((key) => readDraft(store, slug, key));
  const savedAt = (draft: OtherDraft): number => draft.note?.at ?? 0;
  return drafts.sort((one, other) => savedAt(other) - savedAt(one))[0] ?? null;
}

function readDraft(store: Store, slug: string, key: string): readonly OtherDraft[] {
  const [, exercise, place] = DRAFT.exec(key) ?? [];
  if (exercise !== slug || place === undefined) return [];
  const text = store.read(key); // of others on this origin not even the length is read
  return text === null ? [] : [{ place, text, note: readNote(store, key) }];
}
