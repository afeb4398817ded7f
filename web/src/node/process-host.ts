/** Node as a driver's host, for a stranger's file: the candidate lives in a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Host, OnLost, RealmWorker } from "../driver/host";
import { MAX_ANSWER } from "../driver/realm";
import { relay } from "../frame/relay";
import type { DriverMessage, RealmRole } from "../shared/messages";
import { CANDIDATE_FILES, type FileAssets } from "./file-assets";
import type { Isolation } from "./isolation";
import { readLines } from "./lines";

/** A line may be longer than the answer in it: characters are escaped. */
const MAX_LINE = 6 * MAX_ANSWER + 1000;

export class ProcessHost implements Host {
  constructor(
    readonly assets: FileAssets,
    readonly script: string,
    readonly isolation: Isolation,
  ) {}

  async start(_role: RealmRole, port: MessagePort, onLost: OnLost): Promise<RealmWorker> {
    const { paths } = this.assets;
    const readable = CANDIDATE_FILES.flatMap((name) => paths[name] ?? []);
    const [program, words] = this.isolation.command(this.script, readable);
    const child = spawn(program, words, {
      cwd: "/",
      env: {},
      stdio: ["pipe", "pipe", "ignore"],
      detached: true,
    });
    child.on("error", (problem) => onLost(String(problem)));
    child.on("exit", () => onLost("the process has ended"));
    const { port1, port2 } = new MessageChannel();
    relay(port, port1);
    carry(port2, child, onLost);
    const files = Object.fromEntries(CANDIDATE_FILES.map((name) => [name, paths[name]]));
    child.stdin?.write(`${JSON.stringify({ files })}\n`);
    return {
      end(): void {
        kill(child);
        port1.close();
      },
    };
  }
}

/** Carry messages between a port and a process. */
function carry(port: MessagePort, child: ChildProcess, onLost: OnLost): void {
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) {
    onLost("the process has no channel");
    return;
  }
  stdin.on("error", () => {}); // its end is told by its exit
  port.onmessage = ({ data }: MessageEvent<DriverMessage>) => {
    stdin.write(`${JSON.stringify(data)}\n`);
  };
  readLines(stdout, MAX_LINE, {
    line: (text) => port.postMessage(parsed(text)),
    tooLong: () => {
      kill(child);
      onLost("the process sent a line without end");
    },
  });
}

/** What is no JSON goes on as nothing, which no driver takes for an answer. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** End the process, and those that it may have started. */
function kill(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
}
