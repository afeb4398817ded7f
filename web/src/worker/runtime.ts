/**
 * Pyodide's runtime with the C extensions of NumPy linked before Python starts: the same in the
 * maker of packs and in the realms that restore them.
 */

import type { HiwireState, Layout } from "./pack";

export const SITE_PACKAGES = "/lib/python3.13/site-packages";
export const STDLIB_ZIP = "/lib/python313.zip";

/** Where the judge's and the candidate's own files lie. */
export const EXERCISE = "/exercise";

const OBJECT_SUFFIX = ".cpython-313-wasm32-emscripten.so";

/** All that `import numpy` links, in the order in which their functions take slots of the table. */
export const NUMPY_OBJECTS = [
  {
    asset: "multiarray.so",
    path: `${SITE_PACKAGES}/numpy/_core/_multiarray_umath${OBJECT_SUFFIX}`,
  },
  { asset: "linalg.so", path: `${SITE_PACKAGES}/numpy/linalg/_umath_linalg${OBJECT_SUFFIX}` },
] as const;

/** The heap holds the environment, so maker and restorer share one. */
export const ENVIRONMENT: Readonly<Record<string, string>> = {
  HOME: "/home/pyodide",
  LANG: "C.UTF-8",
  LOGNAME: "web_user",
  PATH: "/",
  PWD: "/",
  PYTHONDONTWRITEBYTECODE: "1",
  PYTHONHASHSEED: "0",
  USER: "web_user",
  _: "./this.program",
};
export const EXECUTABLE = "./this.program";

/** A list of nothing: packages are written as files, never installed. */
export const EMPTY_LOCK = JSON.stringify({
  info: {
    abi_version: "2025_0",
    arch: "wasm32",
    platform: "emscripten_4_0_9",
    python: "3.13.2",
    version: "0.29.1",
  },
  packages: {},
});

type Exports = Record<string, unknown>;

/** The part of Emscripten's module object that is used here; undocumented, hence the pinned version. */
export interface RuntimeModule {
  readonly HEAPU8: Uint8Array;
  readonly HEAP32: Int32Array;
  readonly wasmTable: WebAssembly.Table;
  readonly LDSO: { readonly loadedLibsByHandle: Record<string, { readonly name: string }> };
  readonly API: RuntimeApi;
  readonly _PyEM_CountArgsPtr?: number;
  readonly __PyRuntime: number;
  readonly __PyEM_EMSCRIPTEN_COUNT_ARGS_OFFSET: number;
  _sbrk(increment: number): number;
  newDSO(name: string, handle: number | undefined, exports: Exports): unknown;
  loadWebAssemblyModule(
    module: WebAssembly.Module,
    flags: object,
    name: string,
    scope: object,
    handle: number,
  ): Exports;
}

interface RuntimeApi {
  serializeHiwireState(): HiwireState;
  restoreSnapshot(pack: Uint8Array): HiwireState;
}

type Imports = Record<string, Record<string, unknown>>;
type Accept = (instance: WebAssembly.Instance, module: WebAssembly.Module) => void;

export interface RuntimeSettings {
  INITIAL_MEMORY?: number;
  instantiateWasm(imports: Imports, accept: Accept): unknown;
  onRuntimeInitialized?: () => void;
}

type CreateModule = (settings: RuntimeSettings) => Promise<RuntimeModule>;
const realm = globalThis as unknown as { _createPyodideModule: CreateModule };

/** Let `adjust` see the settings of the next runtime; pyodide.asm.js must have run. */
export function interceptRuntime(adjust: (settings: RuntimeSettings) => void): void {
  const create = realm._createPyodideModule;
  realm._createPyodideModule = (settings) => {
    adjust(settings);
    const instantiate = settings.instantiateWasm;
    settings.instantiateWasm = (imports, accept) =>
      instantiate(imports, (instance, module) => {
        shareExports(imports.env!.__indirect_function_table as WebAssembly.Table, instance.exports);
        accept(instance, module);
      });
    return create(settings);
  };
}

/**
 * Give the exports their own table slots: WebKit's table holds other objects for them, and
 * Emscripten would add 636 slots. Where the first export found is in its slot, all are.
 */
function shareExports(table: WebAssembly.Table, exports: WebAssembly.Exports): void {
  const byName = new Map<string, unknown>();
  for (const value of Object.values(exports)) {
    if (typeof value === "function") byName.set(value.name, value);
  }
  for (let slot = 0; slot < table.length; slot++) {
    const held = table.get(slot) as { name: string } | null;
    const exported = held === null ? undefined : byName.get(held.name);
    if (exported === undefined) continue;
    if (exported === held) return;
    table.set(slot, exported);
  }
}

export interface CompiledObject {
  readonly path: string;
  readonly module: WebAssembly.Module;
  /** The handle that the heap to be restored has for it. */
  readonly handle?: number | undefined;
}

/** Link the C extensions in their fixed order and tell where that leaves the table and the heap. */
export function linkObjects(runtime: RuntimeModule, objects: readonly CompiledObject[]): Layout {
  // Engines without wasm-gc have no native argument counter, whose slot the others took by now.
  if (!runtime._PyEM_CountArgsPtr) runtime.wasmTable.grow(1);
  for (const { path, module, handle } of objects) {
    const flags = { global: false, nodelete: true, loadAsync: false, allowUndefined: true };
    runtime.newDSO(path, handle, runtime.loadWebAssemblyModule(module, flags, path, {}, 0));
  }
  return { tableSlots: runtime.wasmTable.length, heapTop: runtime._sbrk(0) };
}

/** Put this engine's own argument counter where the copied heap has the maker's. */
export function keepArgumentCounter(runtime: RuntimeModule): void {
  const offset = runtime.HEAP32[runtime.__PyEM_EMSCRIPTEN_COUNT_ARGS_OFFSET >> 2]!;
  runtime.HEAP32[(runtime.__PyRuntime + offset) >> 2] = runtime._PyEM_CountArgsPtr ?? 0;
}
