/**
 * Make what realms boot from, with Pyodide in Node. In (stdin): one job as JSON.
 *
 *   { "job": "slim", "pyodide", "archives": [{ "from", "to", "root", "drop", "blank" }] }
 *     Compile archives of Python sources into stored archives of bytecode.
 *   { "job": "capture", "pyodide", "stdlib", "numpy", "candidate", "judge", "exercise",
 *     "objects": { asset: path }, "packs": { "candidate", "judge", "manifests" } }
 *     Capture the heap after `import numpy` (candidate) and, as a difference to it, with the hidden
 *     tests collected (judge). The same bytes for the same inputs.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { unpackStoredZip } from "../src/worker/archive.ts";
import { encodePack, findWholePages, PAGE_BYTES } from "../src/worker/pack.ts";
import {
  EMPTY_LOCK,
  ENVIRONMENT,
  EXECUTABLE,
  EXERCISE,
  interceptRuntime,
  linkObjects,
  NUMPY_OBJECTS,
  SITE_PACKAGES,
} from "../src/worker/runtime.ts";
import slimSource from "./slim.py";

const bytesOf = (path) => new Uint8Array(readFileSync(path));

/** Replace every source of chance and time that a heap could remember. */
function stubChanceAndTime() {
  const require = createRequire(import.meta.url);
  const crypto = require("node:crypto");
  let state = 0x2545f491;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const fill = (view) => {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    for (let index = 0; index < bytes.length; index++) bytes[index] = next() & 255;
    return view;
  };
  crypto.randomFillSync = fill;
  globalThis.require = (name) => ({ crypto, fs: require("node:fs") })[name];
  globalThis.crypto.getRandomValues = fill;
  Math.random = () => next() / 2 ** 32;
  Date.now = () => Date.UTC(2024, 0, 1);
  performance.now = () => 1000;
}

function baseConfig(folder) {
  return {
    indexURL: folder,
    lockFileContents: EMPTY_LOCK,
    packageBaseUrl: "/",
    env: { ...ENVIRONMENT },
    _sysExecutable: EXECUTABLE,
  };
}

async function loader(folder) {
  const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")).href);
  await import(pathToFileURL(join(folder, "pyodide.asm.js")).href);
  return loadPyodide;
}

// ------------------------------------------------------------------------------------------ slim

async function slim({ pyodide: folder, archives }) {
  const pyodide = await (await loader(folder))(baseConfig(folder));
  pyodide.runPython(slimSource);
  const slimArchive = pyodide.globals.get("slim_archive");
  for (const { from, to, root, drop, blank } of archives) {
    const source = pyodide.toPy(bytesOf(from)).tobytes();
    const slimmed = slimArchive(source, root, pyodide.toPy(drop), pyodide.toPy(blank));
    writeFileSync(to, slimmed.toJs());
  }
}

// --------------------------------------------------------------------------------------- capture

/** Start a Python that may be captured: C extensions linked, nothing imported. */
async function startForCapture(job) {
  const loadPyodide = await loader(job.pyodide);
  const objects = NUMPY_OBJECTS.map(({ asset, path }) => ({
    path,
    module: new WebAssembly.Module(bytesOf(job.objects[asset])),
  }));
  const started = {};
  interceptRuntime((settings) => {
    settings.onRuntimeInitialized = () => {
      started.runtime = settings;
      started.layout = linkObjects(settings, objects);
      // The runtime's constants and variables end where the stack begins.
      started.ownPages = Math.floor(settings._emscripten_stack_get_end() / PAGE_BYTES);
      started.fresh = settings.HEAPU8.slice(0, started.ownPages * PAGE_BYTES);
    };
  });
  const config = { ...baseConfig(job.pyodide), stdLibURL: job.stdlib, _makeSnapshot: true };
  started.pyodide = await loadPyodide(config);
  return started;
}

const BLOCK_SIZES = [1 << 20, 1 << 16, 1 << 12, 1 << 10, 256, 64, 16];

/** Zero the memory that C's allocator holds as free: take all of it, and give it back. */
function scrubFreeMemory(runtime) {
  const taken = [];
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

/** Capture the heap with the library detached; attach the library again. */
function captureHeap({ pyodide, runtime, layout, ownPages }, underneath) {
  const run = (code) => pyodide.runPython(code, { globals: pyodide.toPy({}) });
  run("from grading.shared import library; library.detach()");
  scrubFreeMemory(runtime);
  const heap = runtime.HEAPU8.slice();
  const hiwire = runtime.API.serializeHiwireState();
  run("from grading.shared import library; library.attach()");
  const loaded = Object.entries(runtime.LDSO.loadedLibsByHandle);
  const handles = Object.fromEntries(loaded.map(([handle, { name }]) => [name, Number(handle)]));
  const linked = Object.fromEntries(NUMPY_OBJECTS.map(({ path }) => [path, handles[path]]));
  const captured = { heap, wholePages: findWholePages(heap, ownPages, underneath) };
  return {
    captured,
    bytes: encodePack(captured, ownPages, underneath),
    manifest: { ownPages, heapBytes: heap.length, layout, handles: linked, hiwire },
  };
}

async function capture(job) {
  stubChanceAndTime();
  const started = await startForCapture(job);
  const { pyodide } = started;
  // The clock stands still, so import would trust its old look at a folder.
  const run = (code) => {
    const globals = pyodide.toPy({});
    pyodide.runPython(`import importlib; importlib.invalidate_caches()\n${code}`, { globals });
  };
  unpackStoredZip(pyodide.FS, bytesOf(job.numpy), SITE_PACKAGES);
  // Linked already; only found by import, which would keep their 3.8 MB in the heap.
  for (const { path } of NUMPY_OBJECTS) pyodide.FS.writeFile(path, new Uint8Array(0));
  unpackStoredZip(pyodide.FS, bytesOf(job.candidate), EXERCISE);
  run(`import sys; sys.path.insert(0, "${EXERCISE}/py")`);
  run(
    "from grading.shared import smoke_test; from grading.candidate.entry import open_candidate; open_candidate()",
  );
  const candidate = captureHeap(started, { heap: started.fresh, wholePages: new Set() });
  writeFileSync(job.packs.candidate, candidate.bytes);
  for (const archive of [job.judge, job.exercise]) {
    unpackStoredZip(pyodide.FS, bytesOf(archive), EXERCISE);
  }
  run(`
from grading.judge.entry import open_judge
from grading.shared.functions import functions
with open("${EXERCISE}/judge.json", encoding="utf-8") as file:
    facts = file.read()
open_judge("${EXERCISE}/hidden_tests", facts)
functions["rehearse"]("")
`);
  const judge = captureHeap(started, candidate.captured);
  writeFileSync(job.packs.judge, judge.bytes);
  const manifests = { candidate: candidate.manifest, judge: judge.manifest };
  writeFileSync(job.packs.manifests, JSON.stringify(manifests));
}

try {
  const job = JSON.parse(await text(process.stdin));
  job.pyodide = resolve(job.pyodide);
  await (job.job === "slim" ? slim(job) : capture(job));
  process.stdout.write("null");
  process.exitCode = 0;
} catch (error) {
  // Node would print the whole line of pyodide.asm.js that threw, a megabyte.
  console.error(error.message);
  process.exitCode = 1;
}
process.exit();
