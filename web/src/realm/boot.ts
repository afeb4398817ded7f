/**
 * Boot an interpreter from handed-over bytes: out of a pack, or by importing. No network either way.
 */
import { loadPyodide, type PyodideAPI } from "pyodide";
import type { AssetName, RealmFiles, RealmRole } from "../protocol";
import { type FileSystem, unpackStoredZip } from "./archive";
import { applyPacks, decodePack, type HiwireState, type Layout, type Manifest, type Pack } from "./pack";
import {
  type CompiledObject,
  EMPTY_LOCK,
  ENVIRONMENT,
  EXECUTABLE,
  EXERCISE,
  interceptRuntime,
  keepArgumentCounter,
  linkObjects,
  NUMPY_OBJECTS,
  type RuntimeModule,
  type RuntimeSettings,
  SITE_PACKAGES,
  STDLIB_ZIP,
} from "./runtime";

const NOWHERE = "https://realm.invalid/";

const SMOKE_TEST = `
import numpy as np
assert np.arange(6).sum() == 15
assert np.linalg.svd(np.eye(3), compute_uv=False).tolist() == [1.0, 1.0, 1.0]
assert np.array([[1, 2], [3, 4]]).sum(axis=0, keepdims=True).tolist() == [[4, 6]]
`;

const OPEN: Record<RealmRole, string> = {
  candidate: "realm.open_candidate()",
  judge: `realm.open_judge("${EXERCISE}/hidden_tests", open("${EXERCISE}/judge.json", encoding="utf-8").read())`,
};

/** The packs of each role, each standing on the one before. */
const PACKS: Record<RealmRole, readonly AssetName[]> = {
  candidate: ["candidate.pack"],
  judge: ["candidate.pack", "judge.pack"],
};

/** The archives that hold what each role can import, and where they are unpacked. */
const ARCHIVES: Record<RealmRole, readonly (readonly [AssetName, string])[]> = {
  candidate: [
    ["numpy.zip", SITE_PACKAGES],
    ["candidate.zip", EXERCISE],
  ],
  judge: [
    ["numpy.zip", SITE_PACKAGES],
    ["judge.zip", EXERCISE],
    ["exercise.zip", EXERCISE],
  ],
};

function bytesOf(files: RealmFiles, name: AssetName): Uint8Array<ArrayBuffer> {
  const bytes = files[name];
  if (bytes === undefined) throw new Error(`${name} was not handed over`);
  return new Uint8Array(bytes);
}

/** Lay the packs into a fresh runtime; throws if they do not fit it, or do not work in it. */
export async function restoreRealm(role: RealmRole, files: RealmFiles): Promise<PyodideAPI> {
  const packs = PACKS[role].map((name) => decodePack(bytesOf(files, name)));
  const pyodide = await loadFromPacks(packs, files);
  pyodide.runPython(SMOKE_TEST, { globals: pyodide.toPy({}) });
  pyodide.runPython("from grading import library; library.reseed()", { globals: pyodide.toPy({}) });
  return pyodide;
}

/** Boot by importing everything, from archives. */
export async function importRealm(role: RealmRole, files: RealmFiles): Promise<PyodideAPI> {
  answerFetches({
    "pyodide.asm.wasm": bytesOf(files, "pyodide.asm.wasm"),
    "stdlib.zip": bytesOf(files, "stdlib.zip"),
  });
  const pyodide = await loadPyodide({ ...baseConfig(), stdLibURL: `${NOWHERE}stdlib.zip` });
  unpackArchives(pyodide, role, files);
  pyodide.runPython(
    `import sys\nsys.path.insert(0, "${EXERCISE}/py")\nfrom grading import realm\n${OPEN[role]}`,
  );
  return pyodide;
}

/** Give a restored interpreter its files, so that every module of the library can be imported. */
export function attachLibrary(pyodide: PyodideAPI, role: RealmRole, files: RealmFiles): void {
  (pyodide.FS as FileSystem).writeFile(STDLIB_ZIP, bytesOf(files, "stdlib.zip"));
  unpackArchives(pyodide, role, files);
  pyodide.runPython("from grading import library; library.attach()", { globals: pyodide.toPy({}) });
}

function unpackArchives(pyodide: PyodideAPI, role: RealmRole, files: RealmFiles): void {
  const system = pyodide.FS as FileSystem;
  for (const [name, root] of ARCHIVES[role]) unpackStoredZip(system, bytesOf(files, name), root);
  for (const { asset, path } of NUMPY_OBJECTS) system.writeFile(path, bytesOf(files, asset));
}

async function loadFromPacks(packs: readonly Pack[], files: RealmFiles): Promise<PyodideAPI> {
  answerFetches({
    "pyodide.asm.wasm": bytesOf(files, "pyodide.asm.wasm"),
    "none.zip": new Uint8Array(0),
  });
  const { manifest } = packs.at(-1)!;
  const compiling = compileObjects(manifest, files);
  let objects: readonly CompiledObject[] = [];
  interceptRuntime((settings) => {
    settings.INITIAL_MEMORY = manifest.heapBytes;
    settings.onRuntimeInitialized = () => {
      const runtime = settings as RuntimeSettings & RuntimeModule;
      const layout = linkObjects(runtime, objects);
      runtime.API.restoreSnapshot = () => layHeap(runtime, packs, manifest, layout);
    };
  });
  return loadPyodide({
    ...baseConfig(),
    stdLibURL: `${NOWHERE}none.zip`,
    fsInit: async () => void (objects = await compiling),
    // Only its presence counts: restoreSnapshot, replaced above, knows the packs.
    _loadSnapshot: new Uint8Array(1),
  });
}

function layHeap(
  runtime: RuntimeModule,
  packs: readonly Pack[],
  manifest: Manifest,
  layout: Layout,
): HiwireState {
  const { tableSlots, heapTop } = manifest.layout;
  if (layout.tableSlots !== tableSlots || layout.heapTop !== heapTop) {
    const [here, there] = [layout, manifest.layout].map((each) => JSON.stringify(each));
    throw new Error(`the runtime stands at ${here}, the pack at ${there}`);
  }
  applyPacks(packs, runtime.HEAPU8, layout.heapTop);
  keepArgumentCounter(runtime);
  return manifest.hiwire;
}

function compileObjects(manifest: Manifest, files: RealmFiles): Promise<CompiledObject[]> {
  return Promise.all(
    NUMPY_OBJECTS.map(async ({ asset, path }) => ({
      path,
      handle: manifest.handles[path],
      module: await WebAssembly.compile(bytesOf(files, asset)),
    })),
  );
}

function baseConfig() {
  const silent = (): void => {};
  return {
    indexURL: NOWHERE,
    lockFileContents: EMPTY_LOCK,
    packageBaseUrl: NOWHERE,
    env: { ...ENVIRONMENT },
    _sysExecutable: EXECUTABLE,
    stdin: () => null,
    stdout: silent,
    stderr: silent,
  };
}

/** Answer every fetch from `contents`, by file name, and refuse all others. */
function answerFetches(contents: Readonly<Record<string, Uint8Array<ArrayBuffer>>>): void {
  self.fetch = async (input) => {
    const content = contents[String(input).slice(NOWHERE.length)];
    if (content === undefined) throw new TypeError(`this realm has no network: ${String(input)}`);
    return new Response(content, { headers: { "Content-Type": "application/wasm" } });
  };
}
