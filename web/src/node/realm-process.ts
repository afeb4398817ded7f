/**
 * A stranger's candidate in a process of its own: it is told lines of JSON on standard input and
 * answers on the output. The first line says where its files are.
 */
import { type AssetPaths, COMPILED, type FileNameMessage, readBytes } from "./file-assets";
import { readLines } from "./lines";
import { stdin, stdout } from "./standard-streams";
import "./worker-globals";
import type { DriverMessage, RealmMessage } from "../shared/messages";
import { listen } from "../worker/listen";
import { runScript } from "./run-script";

// The globals of Node's that are used once a submission runs: it finds none of them.
const { MessageEvent: Event } = globalThis;
const write = stdout.write.bind(stdout) as (text: string) => boolean;

type Files = Partial<AssetPaths>;

/** Standard input and output, as the port that a realm listens to. */
class LinePort extends EventTarget {
  postMessage(message: RealmMessage): void {
    write(`${JSON.stringify(message)}\n`);
  }

  start(): void {}

  receive(data: DriverMessage): void {
    this.dispatchEvent(new Event("message", { data }));
  }
}

type Receive = (told: DriverMessage | FileNameMessage) => void;

let receive: Receive | null = null;

function begin({ files }: { readonly files: Files }): Receive {
  runScript(files["pyodide.asm.js"] ?? "", files[COMPILED]);
  const port = new LinePort();
  const realm = listen({ role: "candidate", port: port as unknown as MessagePort });
  return (told) => {
    if (told.kind === "file") realm.files.put(told.name, readBytes(files[told.name] ?? ""));
    else port.receive(told);
  };
}

readLines(stdin, Number.POSITIVE_INFINITY, {
  line(text) {
    const told = JSON.parse(text);
    if (receive === null) receive = begin(told);
    else receive(told);
  },
  tooLong() {},
});
