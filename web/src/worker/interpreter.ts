/** One interpreter and what it has been told. */
import type { PyodideAPI } from "pyodide";
import type { PyCallable, PyDict } from "pyodide/ffi";
import type { Brief } from "../shared/lookahead";
import type { DriverMessage, RealmFunction, RealmMessage, RealmRole } from "../shared/messages";
import { told } from "../shared/thrown";
import { Arrivals } from "./arrivals";
import { attachLibrary, importRealm, restoreRealm } from "./boot";
import { Deadline } from "./deadline";
import { removeGlobals } from "./globals";

/** Whether an engine says, in its own words, that there is no memory to be had. */
function lacksMemory(message: string): boolean {
  return /memory|alloc/i.test(message) && !/memory access|out of bounds/i.test(message);
}

export class Interpreter {
  readonly files = new Arrivals();
  readonly #deadline = new Deadline();
  #pyodide!: PyodideAPI;
  #functions!: PyDict;
  #library!: PyDict;
  /** Held, so that nothing of them is ever let go of in a memory that was laid back. */
  readonly #held = new Map<RealmFunction, PyCallable>();

  /**
   * @param send - Takes what is told while a question is still open.
   */
  constructor(
    readonly role: RealmRole,
    readonly send: (message: RealmMessage) => void,
  ) {}

  /** The runtime, once it is up. */
  get pyodide(): PyodideAPI {
    return this.#pyodide;
  }

  /** Do what was ordered, files come beside it; what breaks on the way is told, too. */
  async obey(order: DriverMessage): Promise<RealmMessage> {
    try {
      switch (order.kind) {
        case "boot":
          return await this.#boot(order);
        case "attach":
          return await this.#attach();
        case "ask":
          return this.#answer(order);
      }
    } catch (problem) {
      const message = told(problem);
      return { kind: "failure", message, lacksMemory: lacksMemory(message) };
    }
  }

  /** Take hold of functions before they are asked for. */
  hold(names: readonly RealmFunction[]): void {
    for (const name of names) this.#function(name);
  }

  async #boot({ how }: Extract<DriverMessage, { kind: "boot" }>): Promise<RealmMessage> {
    const began = performance.now();
    this.#pyodide = await (how === "restore" ? restoreRealm : importRealm)(this.role, this.files);
    this.files.forget();
    // WebKit ends a busy worker only where wasm calls JavaScript: Python's loops do, for they look for
    // an interrupt in this buffer.
    this.#pyodide.setInterruptBuffer(this.#deadline.buffer());
    this.#functions = this.#pyodide.pyimport("grading.shared.functions.functions") as PyDict;
    this.#library = this.#pyodide.pyimport("grading.shared.library.wanted") as PyDict;
    if (this.role === "candidate") removeGlobals();
    return { kind: "booted", how, ms: performance.now() - began };
  }

  async #attach(): Promise<RealmMessage> {
    await attachLibrary(this.#pyodide, this.role, this.files);
    this.files.forget();
    return { kind: "attached" };
  }

  #answer({
    id,
    function: name,
    argument,
    seconds,
    pieces,
  }: Extract<DriverMessage, { kind: "ask" }>): RealmMessage {
    const send = (text: unknown): void => this.send({ kind: "piece", id, text: String(text) });
    const given = pieces ? [argument, send] : [argument];
    const { said, isLate } = this.#within(seconds, () => this.#function(name)(...given));
    if (this.#library.get("wanted") === true) return { kind: "library-wanted", id };
    if (name !== "call") return { kind: "answer", id, text: said, brief: null, isLate };
    const end = said.indexOf("\n");
    return { kind: "answer", id, text: said.slice(end + 1), brief: briefOf(said, end), isLate };
  }

  /** Have Python do something in its time; what is interrupted where nobody catches it says nothing. */
  #within(seconds: number | undefined, act: () => unknown): { said: string; isLate: boolean } {
    this.#deadline.start(seconds);
    try {
      const said = String(act());
      return { said, isLate: this.#deadline.end() };
    } catch (problem) {
      if (this.#deadline.end()) return { said: "", isLate: true };
      throw problem;
    }
  }

  #function(name: RealmFunction): PyCallable {
    let held = this.#held.get(name);
    if (held === undefined) {
      held = this.#functions.get(name) as PyCallable;
      this.#held.set(name, held);
    }
    return held;
  }
}

/** What the first line says of an answer, whoever wrote it: a list's text, a number or nothing. */
function briefOf(said: string, end: number): Brief | null {
  if (end <= 0) return null;
  const line = said.slice(0, end);
  return line.startsWith("[") ? line : Number(line);
}
