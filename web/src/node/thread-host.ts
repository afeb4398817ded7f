/** Node as a driver's host, for the author's own files: each realm lives in a thread. */
import { Worker } from "node:worker_threads";
import type { Host, OnLost, RealmWorker } from "../driver/host";
import { relay } from "../frame/relay";
import type { RealmRole } from "../shared/messages";
import { CANDIDATE_FILES, type FileAssets } from "./file-assets";

export class ThreadHost implements Host {
  /**
   * @param assets - The bundle's files.
   * @param script - The script of a realm's thread.
   * @param compiledTo - Where a candidate writes what V8 has compiled of Pyodide's script, if it does.
   */
  constructor(
    readonly assets: FileAssets,
    readonly script: string,
    readonly compiledTo?: string,
  ) {}

  /** Whether a host's candidates are made of the same. */
  isLike(host: Host): boolean {
    return (
      host instanceof ThreadHost &&
      host.script === this.script &&
      CANDIDATE_FILES.every((name) => host.assets.paths[name] === this.assets.paths[name])
    );
  }

  async start(role: RealmRole, port: MessagePort, onLost: OnLost): Promise<RealmWorker> {
    if (role === "judge") return this.#startThread(role, port, onLost);
    const { port1, port2 } = new MessageChannel();
    relay(port, port1);
    const worker = this.#startThread(role, port2, onLost);
    return {
      end(): void {
        worker.end();
        port1.close();
      },
    };
  }

  #startThread(role: RealmRole, port: MessagePort, onLost: OnLost): RealmWorker {
    const worker = new Worker(this.script, {
      workerData: { role, files: this.assets.paths, port, compiledTo: this.compiledTo },
      transferList: [port as never],
      env: {},
      stdout: true, // kept from the engine's own output, which is its answers
      stderr: true,
    });
    worker.on("error", (problem) => onLost(String(problem)));
    worker.on("exit", () => onLost("the thread has ended"));
    return { end: () => void worker.terminate() };
  }
}
