export interface Draft {
  /** The learner's saved code, or the starter where there is none. */
  text(): string;
  /** False when the browser keeps nothing: storage is blocked or full. */
  save(text: string): boolean;
  /** Whether this browser lets the page save at all. */
  readonly available: boolean;
}

/** The learner's own code for one exercise, kept in this browser; it outlives a new starter. */
export function openDraft(slug: string, starter: string): Draft {
  const key = `exercise:${slug}:draft`;
  const storage = openStorage(key);
  return {
    available: storage !== null,
    text: () => read(storage, key) ?? starter,
    save: (text) => (text === starter ? remove(storage, key) : write(storage, key, text)),
  };
}

function openStorage(key: string): Storage | null {
  try {
    // In a sandboxed frame naming the property throws; in some private modes only writing does.
    const storage = window.localStorage;
    const probe = `${key}:probe`;
    storage.setItem(probe, "");
    storage.removeItem(probe);
    return storage;
  } catch {
    return null;
  }
}

function read(storage: Storage | null, key: string): string | null {
  try {
    return storage?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

function write(storage: Storage | null, key: string, text: string): boolean {
  try {
    storage?.setItem(key, text);
    return storage !== null;
  } catch {
    return false;
  }
}

function remove(storage: Storage | null, key: string): boolean {
  try {
    storage?.removeItem(key);
    return storage !== null;
  } catch {
    return false;
  }
}
