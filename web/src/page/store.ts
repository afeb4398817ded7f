/** The browser's storage. Where it is forbidden, full or gone, its answers say so; nothing throws. */
export class Store {
  readonly #storage: Storage | null;

  constructor() {
    this.#storage = attempt<Storage | null>(() => window.localStorage, null);
  }

  /** Whether there is a storage: to a sandboxed frame even naming it is forbidden. */
  get isThere(): boolean {
    return this.#storage !== null;
  }

  /** Whether the browser takes anything at all: in some private modes only writing fails. */
  takes(key: string): boolean {
    return this.write(key, "") && this.remove(key);
  }

  keys(): readonly string[] {
    return attempt(() => keysOf(this.#storage), []);
  }

  read(key: string): string | null {
    return attempt(() => this.#storage?.getItem(key) ?? null, null);
  }

  /** What was stored as JSON; null where there is nothing, or nothing that can be read. */
  readJson(key: string): unknown {
    return attempt<unknown>(() => JSON.parse(this.read(key) ?? "null"), null);
  }

  /** False where the storage does not take it; what it had is still there then. */
  write(key: string, text: string): boolean {
    return this.#did((storage) => storage.setItem(key, text));
  }

  remove(key: string): boolean {
    return this.#did((storage) => storage.removeItem(key));
  }

  #did(act: (storage: Storage) => void): boolean {
    const storage = this.#storage;
    if (storage === null) return false;
    return attempt(() => {
      act(storage);
      return true;
    }, false);
  }
}

function keysOf(storage: Storage | null): readonly string[] {
  const keys = Array.from({ length: storage?.length ?? 0 }, (_, index) => storage?.key(index));
  return keys.filter((key) => typeof key === "string");
}

function attempt<T>(act: () => T, otherwise: T): T {
  try {
    return act();
  } catch {
    return otherwise;
  }
}
