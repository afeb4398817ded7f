/** The names of Python's library and NumPy, as the build described them. */

export type Kind = "module" | "class" | "function" | "value" | "parameter" | "keyword";

/** What is known of a name. */
export interface Described {
  readonly kind: Kind;
  /** Its parameters, in brackets; nothing, where they are not known. */
  readonly signature: string;
  /** The first line of its docstring. */
  readonly said: string;
}

type Stored = readonly [kind: Kind, signature: string, said: string];

/** What `names.json` holds. */
export interface StoredNames {
  readonly keywords: readonly string[];
  readonly importable: readonly string[];
  readonly modules: Readonly<Record<string, Readonly<Record<string, Stored>>>>;
}

export type Names = ReadonlyMap<string, Described>;

const NONE: Names = new Map();

export class Library {
  readonly #modules: ReadonlyMap<string, Names>;
  readonly keywords: readonly string[];
  /** Modules that can be imported, the packages before their parts. */
  readonly importable: readonly string[];

  constructor({ keywords, importable, modules }: StoredNames) {
    this.keywords = keywords;
    this.#modules = new Map(Object.entries(modules).map(([name, held]) => [name, named(held)]));
    const parts = Object.keys(modules).filter((name) => name.includes("."));
    this.importable = [...importable, ...parts];
  }

  get builtins(): Names {
    return this.of("builtins");
  }

  /** The names in a module; none, where they are not known. */
  of(module: string): Names {
    return this.#modules.get(module) ?? NONE;
  }

  /** What is known of a dotted path, from its module on. */
  find(path: string): Described | null {
    const dot = path.lastIndexOf(".");
    return this.of(path.slice(0, Math.max(dot, 0))).get(path.slice(dot + 1)) ?? null;
  }
}

function named(held: Readonly<Record<string, Stored>>): Names {
  const entries = Object.entries(held).map(
    ([name, [kind, signature, said]]) => [name, { kind, signature, said }] as const,
  );
  return new Map(entries);
}
