/**
 * What is put around a stranger's process, layer by layer. Node's permission model is a seat belt, not
 * a boundary; the namespaces and limits are the system's. What a machine lacks is told by name.
 */
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export interface Isolation {
  /** The command for a script that may read these files and no others. */
  command(script: string, readable: readonly string[]): readonly [string, readonly string[]];
  /** The layers that this machine cannot give, in words. */
  readonly lacking: readonly string[];
}

interface ProcessLimits {
  readonly memoryBytes: number;
  readonly processorSeconds: number;
}

interface Layer {
  /** What a machine without it cannot keep a submission from. */
  readonly lack: string;
  /** The words that go before the command; null where this machine has no such layer. */
  readonly prefix: readonly string[] | null;
}

const NAMESPACES = [
  "--user",
  "--map-root-user",
  "--net",
  "--ipc",
  "--pid",
  "--fork",
  "--kill-child",
];

export function isolation(limits: ProcessLimits): Isolation {
  const layers = [tiedToParent(), inNamespaces(), limited(limits)];
  const permission = permissionFlag();
  const lacking = layers.filter((layer) => layer.prefix === null).map((layer) => layer.lack);
  if (permission === null) lacking.push("Node's permission model (reads and writes of files)");
  const before = layers.flatMap((layer) => layer.prefix ?? []);
  return {
    lacking,
    command(script, readable) {
      const files = [script, ...readable];
      const flags = permission
        ? [permission, ...files.map((path) => `--allow-fs-read=${path}`), "--no-warnings"]
        : [];
      const [program, ...rest] = [...before, process.execPath, ...flags, script];
      return [program!, rest];
    },
  };
}

/** The process goes when its parent is killed. */
function tiedToParent(): Layer {
  const program = find("setpriv");
  const prefix = program === null ? null : works([program, "--pdeathsig", "KILL"]);
  return { lack: "setpriv (a submission that outlives a killed build)", prefix };
}

/** No network, and no other process to be seen or signalled. */
function inNamespaces(): Layer {
  const program = find("unshare");
  const prefix = program === null ? null : works([program, ...NAMESPACES]);
  return { lack: "namespaces by unshare (the network, signals to other processes)", prefix };
}

function limited({ memoryBytes, processorSeconds }: ProcessLimits): Layer {
  const shell = process.platform === "linux" ? find("sh") : null;
  const set = `ulimit -d ${Math.ceil(memoryBytes / 1024)} -t ${Math.ceil(processorSeconds)} -c 0`;
  // One `ulimit` sets one limit in some shells.
  const each = set.replace(/ (-[tc])/g, " && ulimit $1");
  const prefix = shell === null ? null : works([shell, "-c", `${each} && exec "$@"`, "sh"]);
  return { lack: "limits by ulimit (memory, processor time)", prefix };
}

function permissionFlag(): string | null {
  const flags = ["--permission", "--experimental-permission"];
  return flags.find((flag) => process.allowedNodeEnvironmentFlags.has(flag)) ?? null;
}

/** Return a prefix that a program runs behind; null where it does not. */
function works(prefix: readonly string[]): readonly string[] | null {
  const [program, ...rest] = [...prefix, find("true") ?? process.execPath, "--version"];
  const told = spawnSync(program!, rest, { env: {}, stdio: "ignore", timeout: 10_000 });
  return told.status === 0 ? prefix : null;
}

function find(name: string): string | null {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {}
  }
  return null;
}
