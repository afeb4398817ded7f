/**
 * Inside a realm's worker: boot an interpreter from bytes, then answer requests over one port.
 * The text of this script follows pyodide.asm.js in one blob, so nothing is loaded by address.
 */
import { loadPyodide, type PyodideAPI } from "pyodide";
import type { PyCallable, PyDict } from "pyodide/ffi";
import type { BootMessage, RealmFiles, RealmMessage, RealmRequest, RealmRole } from "./protocol";

const NOWHERE = "https://realm.invalid/";
const HOME = "/exercise";

/** What a submission could use to flood the page or its host. Not the boundary: the frame is. */
const REMOVED = [
  "postMessage",
  "close",
  "fetch",
  "importScripts",
  "Worker",
  "SharedWorker",
  "BroadcastChannel",
  "MessageChannel",
  "XMLHttpRequest",
  "WebSocket",
  "WebSocketStream",
  "WebTransport",
  "EventSource",
  "indexedDB",
  "caches",
] as const;

const PREPARE: Record<RealmRole, string> = {
  candidate: "realm.open_candidate()",
  judge: `realm.open_judge("${HOME}/hidden_tests", open("${HOME}/judge.json", encoding="utf-8").read())`,
};

function serveFiles(files: RealmFiles): void {
  const known = new Map(Object.entries(files).map(([name, bytes]) => [NOWHERE + name, bytes]));
  self.fetch = async (input) => {
    const bytes = known.get(String(input));
    if (bytes === undefined) throw new TypeError(`no such file in this realm: ${String(input)}`);
    const type = String(input).endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    return new Response(bytes, { headers: { "Content-Type": type } });
  };
}

function bytesOf(files: RealmFiles, name: keyof RealmFiles): ArrayBuffer {
  const bytes = files[name];
  if (bytes === undefined) throw new Error(`${name} was not handed over`);
  return bytes;
}

async function boot(role: RealmRole, files: RealmFiles): Promise<PyDict> {
  serveFiles(files);
  const silent = (): void => {};
  const pyodide: PyodideAPI = await loadPyodide({
    indexURL: NOWHERE,
    lockFileContents: JSON.stringify({
      info: { abi_version: "2025_0", arch: "wasm32", platform: "emscripten_4_0_9", python: "3.13.2", version: "0.29.1" },
      packages: {},
    }),
    packageBaseUrl: NOWHERE,
    stdin: () => null,
    stdout: silent,
    stderr: silent,
  });
  pyodide.unpackArchive(new Uint8Array(bytesOf(files, "numpy.zip")), "wheel");
  pyodide.unpackArchive(new Uint8Array(bytesOf(files, `${role}.zip`)), "zip", { extractDir: HOME });
  const functions: unknown = pyodide.runPython(
    `import sys\nsys.path.insert(0, "${HOME}/py")\nfrom grading import realm\n${PREPARE[role]}`,
  );
  return functions as PyDict;
}

function removeGlobals(): void {
  for (const name of REMOVED) {
    for (let object: object | null = self; object; object = Reflect.getPrototypeOf(object)) {
      if (Object.hasOwn(object, name)) Reflect.deleteProperty(object, name);
    }
    Object.defineProperty(self, name, { value: undefined, configurable: false, writable: false });
  }
}

function answer(functions: PyDict, request: RealmRequest): RealmMessage {
  const { id } = request;
  try {
    const text: unknown = (functions.get(request.function) as PyCallable)(request.argument);
    return { kind: "answer", id, text: String(text) };
  } catch (problem) {
    return { kind: "failure", id, message: String(problem) };
  }
}

async function open({ role, port, files }: BootMessage): Promise<void> {
  // Bound before any submission runs, so that later changes to prototypes do not reach it.
  const send = port.postMessage.bind(port) as (message: RealmMessage) => void;
  try {
    const functions = await boot(role, files);
    if (role === "candidate") removeGlobals();
    port.addEventListener("message", (event: MessageEvent<RealmRequest>) => {
      send(answer(functions, event.data));
    });
    port.start();
    send({ kind: "booted" });
  } catch (problem) {
    send({ kind: "boot-failed", message: String(problem) });
  }
}

self.addEventListener(
  "message",
  (event: MessageEvent<BootMessage>) => void open(event.data),
  { once: true },
);
