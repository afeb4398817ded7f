/**
 * A stranger's candidate in a process of its own: it is told lines of JSON on standard input and
 * answers on the output. The first line says where its files are.
 */
import { readFileSync } from "node:fs";
import { readLines } from "./lines";
import { stdin, stdout } from "./standard-streams";
import "./worker-globals";
import type { AssetName } from "../shared/assets";
import type { DriverMessage, FileMessage, RealmMessage } from "../shared/messages";
import { listen } from "../worker/listen";
import { runScript } from "./run-script";

// The globals of Node's that are used once a submission runs: it finds none of them.
const { MessageEvent: Event } = globalThis;
const write = stdout.write.bind(stdout) as (text: string) => boolean;

type Told = Exclude<DriverMessage, FileMessage> | Omit<FileMessage, "bytes">;
type Files = Readonly<Partial<Record<AssetName, string>>>;

/** Standard input and output, as the port that a realm listens to. */
class LinePort extends EventTarget {
  readonly files: Files;

  constructor(files: Files) {
    super();
    this.files = files;
  }

  postMessage(message: RealmMessage): void {
    write(`${JSON.stringify(message)}\n`);
  }

  start(): void {}

  receive(told: Told): void {
    const data = told.kind === "file" ? { ...told, bytes: this.#read(told.name) } : told;
    this.dispatchEvent(new Event("message", { data }));
  }

  #read(name: AssetName): ArrayBuffer {
    return new Uint8Array(readFileSync(this.files[name] ?? "")).buffer;
  }
}

let port: LinePort | null = null;

function begin({ files }: { readonly files: Files }): LinePort {
  runScript(readFileSync(files["pyodide.asm.js"] ?? "", "utf8"));
  const opened = new LinePort(files);
  listen({ role: "candidate", port: opened as unknown as MessagePort });
  return opened;
}

readLines(stdin, Number.POSITIVE_INFINITY, {
  line(text) {
    const told = JSON.parse(text);
    if (port === null) port = begin(told);
    else port.receive(told);
  },
  tooLong() {},
});
