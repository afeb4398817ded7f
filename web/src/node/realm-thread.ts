/** A realm in a thread of Node's: the same interpreter as in a browser's worker, and it can rewind. */
import { writeFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import "./worker-globals";
import type { DriverMessage, RealmMessage, RealmRole, RewindMessage } from "../shared/messages";
import { Interpreter } from "../worker/interpreter";
import { type AssetPaths, COMPILED, type FileNameMessage, readBytes } from "./file-assets";
import { Rewinder } from "./rewinder";
import { runScript } from "./run-script";

interface ThreadData {
  readonly role: RealmRole;
  readonly files: AssetPaths;
  readonly port: MessagePort;
  /** Where what V8 has compiled of Pyodide's script until the realm is up is written, if it is. */
  readonly compiledTo: string | undefined;
}

const { role, files, port, compiledTo } = workerData as ThreadData;
const send = port.postMessage.bind(port) as (message: RealmMessage) => void;
const interpreter = new Interpreter(role, send);
let rewinder: Rewinder | null = null;

type Order = DriverMessage | RewindMessage;

async function obey(order: Order): Promise<RealmMessage> {
  if (order.kind === "rewind") return { kind: "rewound", isClean: rewinder?.rewind() ?? false };
  const said = await interpreter.obey(order);
  if (order.kind === "boot" && said.kind === "booted" && role === "candidate") {
    interpreter.hold(["load", "call"]);
    rewinder = new Rewinder(interpreter.pyodide);
    if (compiledTo !== undefined) writeFileSync(compiledTo, script.createCachedData());
  }
  return said;
}

const script = runScript(files["pyodide.asm.js"], files[COMPILED]);
port.addEventListener("message", async ({ data }: MessageEvent<Order | FileNameMessage>) => {
  if (data.kind === "file") interpreter.files.put(data.name, readBytes(files[data.name]));
  else send(await obey(data));
});
port.start();
parentPort?.unref();
