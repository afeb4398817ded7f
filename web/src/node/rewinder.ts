/**
 * Lays a candidate's memory back to what it was after the boot, so that the next submission finds no
 * trace of the last. Only memory can be laid back: whoever has touched anything else (files, globals
 * of JavaScript's, timers, the size of memory or table, attached libraries) has to be replaced.
 */
import type { PyodideAPI } from "pyodide";
import type { PyCallable } from "pyodide/ffi";
import type { RuntimeModule } from "../worker/runtime";
import { hasTimers } from "./worker-globals";

interface FileNode {
  readonly contents?: Record<string, FileNode> | Uint8Array;
  readonly mode: number;
  readonly usedBytes?: number;
}

interface FileTree {
  readonly root: FileNode;
  readonly streams: readonly unknown[];
  cwd(): string;
}

type Described = Readonly<Record<PropertyKey, PropertyDescriptor>>;

export class Rewinder {
  /** Held before memory is saved: one that is let go of later would count down in memory laid back. */
  readonly #reseed: PyCallable;
  readonly #heap: Uint8Array;
  readonly #tableSlots: number;
  readonly #libraries: number;
  readonly #files: string;
  readonly #globals: readonly (readonly [object, Described])[];

  constructor(readonly pyodide: PyodideAPI) {
    this.#reseed = pyodide.pyimport("grading.shared.library.reseed") as PyCallable;
    const { HEAPU8, wasmTable } = this.#runtime;
    this.#heap = HEAPU8.slice();
    this.#tableSlots = wasmTable.length;
    this.#libraries = this.#countLibraries();
    this.#files = this.#describeFiles();
    this.#globals = watched().map((object) => [object, describe(object)]);
  }

  /** Lay memory back, but for chance; false if memory is not all that has changed. */
  rewind(): boolean {
    if (!this.#isClean()) return false;
    this.#runtime.HEAPU8.set(this.#heap);
    this.#reseed();
    return true;
  }

  get #runtime(): RuntimeModule {
    return (this.pyodide as unknown as { readonly _module: RuntimeModule })._module;
  }

  #isClean(): boolean {
    return (
      this.#runtime.HEAPU8.length === this.#heap.length &&
      this.#runtime.wasmTable.length === this.#tableSlots &&
      this.#countLibraries() === this.#libraries &&
      !hasTimers() &&
      this.#describeFiles() === this.#files &&
      this.#globals.every(([object, before]) => isSame(describe(object), before))
    );
  }

  #countLibraries(): number {
    return Object.keys(this.#runtime.LDSO.loadedLibsByHandle).length;
  }

  /** All files with what is in them: a restored candidate has a handful. */
  #describeFiles(): string {
    const { root, streams, cwd } = this.pyodide.FS as unknown as FileTree & typeof this.pyodide.FS;
    const open = streams.filter(
      (stream: unknown) => stream !== null && stream !== undefined,
    ).length;
    return JSON.stringify([cwd.call(this.pyodide.FS), open, describeNode(root)]);
  }
}

function describeNode(node: FileNode): unknown {
  const { contents, mode, usedBytes } = node;
  if (contents instanceof Uint8Array) {
    return [mode, Array.from(contents.subarray(0, usedBytes ?? contents.length))];
  }
  const inside = Object.entries(contents ?? {}).map(([name, each]) => [name, describeNode(each)]);
  return [mode, inside];
}

/** The objects of JavaScript's that a submission can leave changed for the next one. */
function watched(): object[] {
  const kinds = Object.getOwnPropertyNames(globalThis)
    .map((name) => Object.getOwnPropertyDescriptor(globalThis, name)?.value as unknown)
    .filter((value) => typeof value === "function");
  const prototypes = kinds.map((kind) => kind.prototype as unknown).filter(isObject);
  return [globalThis, ...kinds, ...prototypes, JSON, Math, Reflect, WebAssembly];
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function describe(object: object): Described {
  return Object.getOwnPropertyDescriptors(object) as Described;
}

function isSame(now: Described, before: Described): boolean {
  const names = Reflect.ownKeys(before);
  return (
    Reflect.ownKeys(now).length === names.length &&
    names.every((name) => {
      const [here, there] = [now[name], before[name]];
      return (
        here !== undefined &&
        Object.is(here.value, there?.value) &&
        here.get === there?.get &&
        here.set === there?.set
      );
    })
  );
}
