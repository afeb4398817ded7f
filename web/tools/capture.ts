/**
 * Capture what interpreters boot from: the candidate's heap after `import numpy`, and the judge's, as
 * a difference to it, with the hidden tests collected, or (base) before there are any. The same bytes
 * for the same inputs.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PyodideAPI } from "pyodide";
import { type FileSystem, unpackStoredZip } from "../src/worker/archive";
import {
  type Captured,
  encodePack,
  findWholePages,
  type Layout,
  type Manifest,
  PAGE_BYTES,
} from "../src/worker/pack";
import {
  EXERCISE,
  interceptRuntime,
  linkObjects,
  NUMPY_OBJECTS,
  type RuntimeModule,
  type RuntimeSettings,
  SITE_PACKAGES,
} from "../src/worker/runtime";
import { runJob } from "./job";
import { baseConfig, bytesOf, openPyodide } from "./pyodide-in-node";
import { stillChanceAndTime } from "./stillness";

interface CaptureJob {
  /** The folder of Pyodide's npm package. */
  readonly pyodide: string;
  /** Archives by role: what each can import. */
  readonly stdlib: string;
  readonly numpy: string;
  readonly candidate: string;
  readonly judge: string;
  /** The exercise's archive; null for the base that all exercises share. */
  readonly exercise: string | null;
  /** Modules that the tests have been seen to import in mid-run. */
  readonly imports: readonly string[];
  readonly objects: Readonly<Record<string, string>>;
  /** The folder of C extensions that the tests have been seen to link, and their paths below it. */
  readonly linked: { readonly folder: string; readonly paths: readonly string[] };
  readonly packs: Readonly<Record<"candidate" | "judge" | "manifests", string>>;
}

/** Emscripten's module, of which the capture uses more than the realms do. */
interface CaptureModule extends RuntimeModule {
  readonly HEAPU8: Uint8Array;
  _emscripten_stack_get_end(): number;
  _emscripten_builtin_malloc(size: number): number;
  _emscripten_builtin_free(pointer: number): void;
}

interface Started {
  readonly pyodide: PyodideAPI;
  readonly runtime: CaptureModule;
  readonly layout: Layout;
  readonly ownPages: number;
  readonly fresh: Uint8Array;
}

/** Start a Python that may be captured: C extensions linked, nothing imported. */
async function startForCapture(job: CaptureJob): Promise<Started> {
  const loadPyodide = await openPyodide(job.pyodide);
  const numpys = NUMPY_OBJECTS.map(({ asset, path }) => [path, job.objects[asset]!] as const);
  const { folder, paths } = job.linked;
  const others = paths.map((path) => [path, join(folder, path)] as const);
  const objects = [...numpys, ...others].map(([path, file]) => ({
    path,
    module: new WebAssembly.Module(bytesOf(file)),
  }));
  let started: Omit<Started, "pyodide"> | undefined;
  interceptRuntime((settings) => {
    settings.onRuntimeInitialized = () => {
      const runtime = settings as RuntimeSettings & CaptureModule;
      const layout = linkObjects(runtime, objects);
      // The runtime's constants and variables end where the stack begins.
      const ownPages = Math.floor(runtime._emscripten_stack_get_end() / PAGE_BYTES);
      const fresh = runtime.HEAPU8.slice(0, ownPages * PAGE_BYTES);
      started = { runtime, layout, ownPages, fresh };
    };
  });
  const config = { ...baseConfig(job.pyodide), stdLibURL: job.stdlib, _makeSnapshot: true };
  const pyodide = await loadPyodide(config);
  if (started === undefined) throw new Error("the runtime did not start");
  return { pyodide, ...started };
}

const BLOCK_SIZES = [1 << 20, 1 << 16, 1 << 12, 1 << 10, 256, 64, 16];

/** Zero the memory that C's allocator holds as free: take all of it, and give it back. */
function scrubFreeMemory(runtime: CaptureModule): void {
  const taken: number[] = [];
  for (const size of BLOCK_SIZES) {
    const top = runtime._sbrk(0);
    while (runtime._sbrk(0) === top) {
      const pointer = runtime._emscripten_builtin_malloc(size);
      runtime.HEAPU8.fill(0, pointer, pointer + size);
      taken.push(pointer);
    }
  }
  for (const pointer of taken) runtime._emscripten_builtin_free(pointer);
}

interface Capture {
  readonly captured: Captured;
  readonly bytes: Uint8Array;
  readonly manifest: Manifest;
}

/** Capture the heap with the library detached; attach the library again. */
function captureHeap(started: Started, linked: readonly string[], underneath: Captured): Capture {
  const { pyodide, runtime, layout, ownPages } = started;
  const run = (code: string) => pyodide.runPython(code, { globals: pyodide.toPy({}) });
  run("from grading.shared import library; library.detach()");
  scrubFreeMemory(runtime);
  const heap = runtime.HEAPU8.slice();
  const hiwire = runtime.API.serializeHiwireState();
  run("from grading.shared import library; library.attach()");
  const loaded = Object.entries(runtime.LDSO.loadedLibsByHandle);
  const byPath = new Map(loaded.map(([handle, { name }]) => [name, Number(handle)]));
  const objects = linked.map((path) => ({ path, handle: byPath.get(path)! }));
  const captured = { heap, wholePages: findWholePages(heap, ownPages, underneath) };
  return {
    captured,
    bytes: encodePack(captured, ownPages, underneath),
    manifest: { ownPages, heapBytes: heap.length, layout, objects, hiwire },
  };
}

/** Return the C extensions that have been linked beside those that were before Python started. */
function newlyLinked({ runtime }: Started, linked: readonly string[]): readonly string[] {
  const loaded = Object.values(runtime.LDSO.loadedLibsByHandle).map(({ name }) => name);
  return loaded.filter((name) => name.endsWith(".so") && !linked.includes(name));
}

/**
 * Capture both heaps and write them.
 *
 * @returns The C extensions that the tests link. They have to be linked before Python starts, as
 * their functions take slots of its table: nothing is written until they are.
 */
async function capture(job: CaptureJob): Promise<readonly string[]> {
  stillChanceAndTime();
  const started = await startForCapture(job);
  const linked = [...NUMPY_OBJECTS.map(({ path }) => path), ...job.linked.paths];
  const { pyodide } = started;
  const files = pyodide.FS as FileSystem;
  // The clock stands still for files, so import would trust its old look at a folder.
  const run = (code: string): void => {
    const globals = pyodide.toPy({});
    pyodide.runPython(`import importlib; importlib.invalidate_caches()\n${code}`, { globals });
  };
  unpackStoredZip(files, bytesOf(job.numpy), SITE_PACKAGES);
  // Linked already; only found by import, which would keep their 3.8 MB in the heap.
  for (const path of linked) files.writeFile(path, new Uint8Array(0));
  unpackStoredZip(files, bytesOf(job.candidate), EXERCISE);
  run(`import sys; sys.path.insert(0, "${EXERCISE}/py")`);
  run("from grading.shared import smoke_test");
  run("from grading.candidate.entry import open_candidate; open_candidate()");
  const candidate = captureHeap(started, linked, { heap: started.fresh, wholePages: new Set() });
  writeFileSync(job.packs.candidate, candidate.bytes);
  for (const archive of [job.judge, job.exercise]) {
    if (archive !== null) unpackStoredZip(files, bytesOf(archive), EXERCISE);
  }
  run("from grading.judge.entry import open_judge; open_judge()");
  // Not all are named as a statement may name them, and what a test made up is nowhere.
  const names = JSON.stringify(job.imports);
  run(`for name in ${names}:\n try: importlib.import_module(name)\n except ImportError: pass`);
  if (job.exercise !== null) {
    run("from grading.shared.functions import functions; functions['collect']('')");
    run("from grading.shared.functions import functions; functions['rehearse']('')");
  }
  const more = newlyLinked(started, linked);
  if (more.length > 0) return more;
  const judge = captureHeap(started, linked, candidate.captured);
  writeFileSync(job.packs.judge, judge.bytes);
  const manifests = { candidate: candidate.manifest, judge: judge.manifest };
  writeFileSync(job.packs.manifests, JSON.stringify(manifests));
  return [];
}

await runJob(capture);
