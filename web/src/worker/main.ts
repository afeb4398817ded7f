/**
 * Inside a realm's worker: boot an interpreter, then answer the page over one port.
 * The text of this script follows pyodide.asm.js in one blob, so nothing is loaded by address.
 */
import type { PyodideAPI } from "pyodide";
import type { PyCallable, PyDict } from "pyodide/ffi";
import type { PageMessage, RealmMessage, RealmRole, StartMessage } from "../shared/messages";
import { Arrivals } from "./arrivals";
import { attachLibrary, importRealm, restoreRealm } from "./boot";

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

function removeGlobals(): void {
  for (const name of REMOVED) {
    for (let object: object | null = self; object; object = Reflect.getPrototypeOf(object)) {
      if (Object.hasOwn(object, name)) Reflect.deleteProperty(object, name);
    }
    Object.defineProperty(self, name, { value: undefined, configurable: false, writable: false });
  }
}

/** One interpreter and what it has been told. */
class Interpreter {
  #pyodide!: PyodideAPI;
  #functions!: PyDict;
  #library!: PyDict;
  readonly files = new Arrivals();

  constructor(readonly role: RealmRole) {}

  async boot({ how }: Extract<PageMessage, { kind: "boot" }>): Promise<RealmMessage> {
    const began = performance.now();
    this.#pyodide = await (how === "restore" ? restoreRealm : importRealm)(this.role, this.files);
    this.files.forget();
    // WebKit ends a busy worker only where wasm calls JavaScript, so let Python's loops do that: they
    // look for an interrupt in this buffer, and none ever comes.
    this.#pyodide.setInterruptBuffer(new Uint8Array(1));
    this.#functions = this.#pyodide.pyimport("grading.shared.functions.functions") as PyDict;
    this.#library = this.#pyodide.pyimport("grading.shared.library.wanted") as PyDict;
    if (this.role === "candidate") removeGlobals();
    return { kind: "booted", how, ms: performance.now() - began };
  }

  async attach(): Promise<RealmMessage> {
    await attachLibrary(this.#pyodide, this.role, this.files);
    this.files.forget();
    return { kind: "attached" };
  }

  answer({ id, function: name, argument }: Extract<PageMessage, { kind: "ask" }>): RealmMessage {
    const text: unknown = (this.#functions.get(name) as PyCallable)(argument);
    if (this.#library.get("wanted") === true) return { kind: "library-wanted", id };
    return { kind: "answer", id, text: String(text) };
  }
}

type Order = Exclude<PageMessage, { kind: "file" }>;

async function obey(interpreter: Interpreter, message: Order): Promise<RealmMessage> {
  try {
    switch (message.kind) {
      case "boot":
        return await interpreter.boot(message);
      case "attach":
        return await interpreter.attach();
      case "ask":
        return interpreter.answer(message);
    }
  } catch (problem) {
    return { kind: "failure", message: String(problem) };
  }
}

function listen({ role, port }: StartMessage): void {
  // Bound before any submission runs, so that later changes to prototypes do not reach it.
  const send = port.postMessage.bind(port) as (message: RealmMessage) => void;
  const interpreter = new Interpreter(role);
  port.addEventListener("message", async ({ data }: MessageEvent<PageMessage>) => {
    if (data.kind === "file") interpreter.files.put(data.name, data.bytes);
    else send(await obey(interpreter, data));
  });
  port.start();
}

self.addEventListener("message", (event: MessageEvent<StartMessage>) => listen(event.data), {
  once: true,
});
