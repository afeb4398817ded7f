/**
 * Boot an interpreter from handed-over bytes: out of a pack, or by importing. No network either way.
 * Each step waits for the files that it needs and no others, so that most are over before the last
 * file is here.
 */
import { loadPyodide, type PyodideAPI } from "pyodide";
import type { AssetName } from "../shared/assets";
import type { RealmRole } from "../shared/messages";
import { type FileSystem, storedEntries, unpackStoredZip } from "./archive";
import type { Arrivals } from "./arrivals";
import {
  applyPacks,
  decodePack,
  type HiwireState,
  type Layout,
  type Manifest,
  type Pack,
} from "./pack";
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
const WASM = "pyodide.asm.wasm";

const OPEN: Record<RealmRole, string> = {
  candidate: "from grading.candidate.entry import open_candidate; open_candidate()",
  judge: "from grading.judge.entry import open_judge; open_judge()['collect']('')",
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

/** Lay the packs into a fresh runtime; throws if they do not fit it, or do not work in it. */
export async function restoreRealm(role: RealmRole, files: Arrivals): Promise<PyodideAPI> {
  const pyodide = await loadFromPacks(role, files);
  // Memory holds no files, and tests open some that lie beside them.
  if (role === "judge") {
    const system = pyodide.FS as FileSystem;
    unpackStoredZip(system, await files.get("exercise.zip"), EXERCISE);
  }
  (
    pyodide.pyimport("grading.shared.smoke_test") as { check_and_reseed(): void }
  ).check_and_reseed();
  return pyodide;
}

/** Boot by importing everything, from archives. */
export async function importRealm(role: RealmRole, files: Arrivals): Promise<PyodideAPI> {
  answerFetches({ "stdlib.zip": files.get("stdlib.zip") });
  const refused = instantiateFrom(files.get(WASM));
  const loading = loadPyodide({ ...baseConfig(), stdLibURL: `${NOWHERE}stdlib.zip` });
  const pyodide = await Promise.race([loading, refused]);
  await unpackArchives(pyodide, role, files);
  pyodide.runPython(`import sys\nsys.path.insert(0, "${EXERCISE}/py")\n${OPEN[role]}`);
  return pyodide;
}

/** Give a restored interpreter its files, so that every module of the library can be imported. */
export async function attachLibrary(
  pyodide: PyodideAPI,
  role: RealmRole,
  files: Arrivals,
): Promise<void> {
  (pyodide.FS as FileSystem).writeFile(STDLIB_ZIP, await files.get("stdlib.zip"));
  await unpackArchives(pyodide, role, files);
  pyodide.runPython("from grading.shared import library; library.attach()", {
    globals: pyodide.toPy({}),
  });
}

async function unpackArchives(
  pyodide: PyodideAPI,
  role: RealmRole,
  files: Arrivals,
): Promise<void> {
  const system = pyodide.FS as FileSystem;
  for (const [name, root] of ARCHIVES[role]) unpackStoredZip(system, await files.get(name), root);
  for (const { asset, path } of NUMPY_OBJECTS) system.writeFile(path, await files.get(asset));
}

async function loadFromPacks(role: RealmRole, files: Arrivals): Promise<PyodideAPI> {
  answerFetches({ "none.zip": Promise.resolve(new Uint8Array(0)) });
  const refused = instantiateFrom(files.get(WASM));
  const manifest = await readManifest(role, files);
  const compiling = compileObjects(manifest, files);
  const arriving = Promise.all(PACKS[role].map((name) => files.get(name).then(decodePack)));
  let objects: readonly CompiledObject[] = [];
  let packs: readonly Pack[] = [];
  interceptRuntime((settings) => {
    settings.INITIAL_MEMORY = manifest.heapBytes;
    settings.onRuntimeInitialized = () => {
      const runtime = settings as RuntimeSettings & RuntimeModule;
      const layout = linkObjects(runtime, objects);
      runtime.API.restoreSnapshot = () => {
        const state = layHeap(runtime, packs, manifest, layout);
        packs = objects = []; // the runtime keeps this function, and with it what it refers to
        return state;
      };
    };
  });
  const parts = Promise.all([compiling, arriving]);
  const loading = loadPyodide({
    ...baseConfig(),
    stdLibURL: `${NOWHERE}none.zip`,
    fsInit: async () => {
      [objects, packs] = await parts;
    },
    // Only its presence counts: restoreSnapshot, replaced above, knows the packs.
    _loadSnapshot: new Uint8Array(1),
  });
  return Promise.race([loading, refused, parts.then(() => loading)]);
}

async function readManifest(role: RealmRole, files: Arrivals): Promise<Manifest> {
  const text = new TextDecoder().decode(await files.get("manifests.json"));
  return (JSON.parse(text) as Record<RealmRole, Manifest>)[role];
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
  applyPacks(packs, runtime.HEAPU8, manifest.ownPages, layout.heapTop);
  keepArgumentCounter(runtime);
  return manifest.hiwire;
}

/** NumPy's core comes as files of its own; whatever else the tests have linked, in an archive. */
function compileObjects({ objects }: Manifest, files: Arrivals): Promise<CompiledObject[]> {
  return Promise.all(
    objects.map(async ({ path, handle }) => {
      const own = NUMPY_OBJECTS.find((object) => object.path === path);
      const bytes = own ? await files.get(own.asset) : await objectOf(path, files);
      return { path, handle, module: await WebAssembly.compile(bytes) };
    }),
  );
}

async function objectOf(path: string, files: Arrivals): Promise<Uint8Array<ArrayBuffer>> {
  for (const { name, content } of storedEntries(await files.get("objects.zip"))) {
    if (`/${name}` === path) return content.slice();
  }
  throw new Error(`${path} is in no archive`);
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

type Arriving = Promise<Uint8Array<ArrayBuffer>>;

/** Answer every fetch from `contents`, by file name, and refuse all others. */
function answerFetches(contents: Readonly<Record<string, Arriving>>): void {
  self.fetch = async (input) => {
    const name = String(input).slice(NOWHERE.length);
    if (name === WASM) return new Response(); // `instantiateFrom` has it
    const content = contents[name];
    if (content === undefined) throw new TypeError(`this realm has no network: ${String(input)}`);
    return new Response(await content);
  };
}

/**
 * Let the interpreter be made from these bytes: a Response would copy all of them twice more.
 *
 * @returns Rejects if it cannot be made: the runtime keeps that to itself, and waits for ever.
 */
function instantiateFrom(bytes: Arriving): Promise<never> {
  return new Promise((_, reject) => {
    WebAssembly.instantiateStreaming = async (_source, imports) => {
      try {
        return await WebAssembly.instantiate(await bytes, imports);
      } catch (problem) {
        reject(problem);
        throw problem;
      }
    };
  });
}
