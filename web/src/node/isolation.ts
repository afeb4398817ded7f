/**
 * What is put around a stranger's process, layer by layer. Node's permission model is a seat belt, not
 * a boundary; the namespaces and limits are the system's. What a machine lacks is told by name.
 */
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, realpathSync } from "node:fs";
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

/** Words that go before a command that may read some files; null where a machine cannot have them. */
type Layer = (files: readonly string[]) => readonly string[] | null;

const NAMESPACES = [
  "--user",
  "--map-root-user",
  "--net",
  "--ipc",
  "--pid",
  "--mount",
  "--fork",
  "--kill-child",
];

/** Places that a file system of its own may be mounted on, where nothing of its files lies below. */
const ROOTS = ["/mnt", "/media", "/srv", "/opt", "/tmp"];

/**
 * Mount an empty file system that has the libraries and some files, and go on in there. One program
 * after the other is started for it, so a file takes as few as can be: util-linux binds it read-only
 * at once, BusyBox does not, and what lies in a folder cannot be asked.
 */
const IN_OWN_ROOT = `
set -e
PATH=/usr/sbin:/usr/bin:/sbin:/bin
root=$1; shift
mount -t tmpfs -o size=64m,mode=755 none "$root"
show() {
  mount -o bind,ro "$1" "$root$1"
  if [ -d "$1" ] || [ -w "$root$1" ]; then mount -o remount,bind,ro "$root$1"; fi
}
need() { [ -d "$root$1" ] || mkdir -p "$root$1"; }
for folder in /lib /lib64 /usr/lib; do
  if [ -d "$folder" ]; then need "$folder"; show "$folder"; fi
done
while [ "$1" != -- ]; do need "\${1%/*}"; : > "$root$1"; show "$1"; shift; done
shift
exec chroot "$root" "$@"
`;

const LACKS = {
  tied: "setpriv (a submission that outlives a killed build)",
  apart: "namespaces by unshare (the network, other processes, files and sockets)",
  limited: "limits by ulimit (memory, processor time)",
  permission: "Node's permission model (reads and writes of files)",
} as const;

export function isolation(limits: ProcessLimits): Isolation {
  const tied = tiedToParent();
  const apart = inNamespaces();
  const limited = withLimits(limits);
  const permission = permissionFlag();
  const layers = [tied, limited, apart];
  const probe = realpathSync(find("true") ?? process.execPath);
  const works = (some: readonly Layer[]): boolean =>
    some.every((layer) => layer([probe]) !== null) && runs(around(some, [probe]), probe);
  const given = works(layers) ? layers : layers.filter((layer) => works([layer]));
  const node = realpathSync(process.execPath);
  return {
    lacking: [
      ...(given.includes(tied) ? [] : [LACKS.tied]),
      ...(given.includes(apart) ? [] : [LACKS.apart]),
      ...(given.includes(limited) ? [] : [LACKS.limited]),
      ...(permission === null ? [LACKS.permission] : []),
    ],
    command(script, readable) {
      const files = [script, ...readable];
      const before = around(given, [node, ...files]);
      const flags = permission
        ? [permission, ...files.map((path) => `--allow-fs-read=${path}`), "--no-warnings"]
        : [];
      const [program, ...rest] = [...before, node, ...flags, script];
      return [program!, rest];
    },
  };
}

/** The words of layers, the outermost first; one that a machine cannot have is left out alone. */
function around(layers: readonly Layer[], files: readonly string[]): readonly string[] {
  return layers.flatMap((layer) => layer(files) ?? []);
}

/** The process goes when its parent is killed. */
function tiedToParent(): Layer {
  const program = find("setpriv");
  return () => (program === null ? null : [program, "--pdeathsig", "KILL"]);
}

/** No network, no other process to be seen or signalled, no file but its own, and those read-only. */
function inNamespaces(): Layer {
  const [unshare, shell] = [find("unshare"), find("sh")];
  return (files) => {
    const isFree = (root: string): boolean => !files.some((path) => path.startsWith(`${root}/`));
    const root = ROOTS.find((path) => existsSync(path) && isFree(path));
    if (unshare === null || shell === null || root === undefined) return null;
    return [unshare, ...NAMESPACES, shell, "-c", IN_OWN_ROOT, "sh", root, ...files, "--"];
  };
}

function withLimits({ memoryBytes, processorSeconds }: ProcessLimits): Layer {
  const shell = process.platform === "linux" ? find("sh") : null;
  const limits = [
    `ulimit -d ${Math.ceil(memoryBytes / 1024)}`,
    `ulimit -t ${Math.ceil(processorSeconds)}`,
    "ulimit -c 0",
    'exec "$@"',
  ];
  return () => (shell === null ? null : [shell, "-c", limits.join(" && "), "sh"]);
}

function permissionFlag(): string | null {
  const flags = ["--permission", "--experimental-permission"];
  return flags.find((flag) => process.allowedNodeEnvironmentFlags.has(flag)) ?? null;
}

/** Whether a program runs behind a prefix. */
function runs(prefix: readonly string[], program: string): boolean {
  const [first, ...rest] = [...prefix, program, "--version"];
  return spawnSync(first!, rest, { env: {}, stdio: "ignore", timeout: 10_000 }).status === 0;
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
