import { readFileSync } from "node:fs";
import type { Assets, Deliver } from "../driver/host";
import type { AssetName } from "../shared/assets";

/** What V8 has compiled of Pyodide's script: no bundle has it, for browsers keep it themselves. */
export const COMPILED = "pyodide.asm.compiled";

/** Where the files of a bundle are on this machine. */
export type AssetPaths = Readonly<Record<AssetName, string> & { [COMPILED]?: string }>;

/** The files of a candidate: a stranger's process may read no others. */
export const CANDIDATE_FILES: readonly (keyof AssetPaths)[] = [
  "pyodide.asm.js",
  COMPILED,
  "pyodide.asm.wasm",
  "multiarray.so",
  "linalg.so",
  "manifests.json",
  "candidate.pack",
  "stdlib.zip",
  "numpy.zip",
  "candidate.zip",
];

/** It is time for a realm to read a file: to send it, as a page does, takes a tenth of a second. */
export interface FileNameMessage {
  readonly kind: "file";
  readonly name: AssetName;
}

/** The files of a bundle; realms read them themselves, and are told when. */
export class FileAssets implements Assets {
  constructor(readonly paths: AssetPaths) {}

  has(name: AssetName): boolean {
    return Object.hasOwn(this.paths, name);
  }

  async get<N extends AssetName>(names: readonly N[]): Promise<Record<N, ArrayBuffer>> {
    const entries = names.map((name) => [name, readBytes(this.paths[name])] as const);
    return Object.fromEntries(entries) as Record<N, ArrayBuffer>;
  }

  async fetch(): Promise<void> {}

  deliverTo(port: MessagePort): Deliver {
    return async (names) => {
      for (const name of names) port.postMessage({ kind: "file", name } satisfies FileNameMessage);
    };
  }
}

/** Return the bytes of a file; Node's buffers of small ones share memory with others. */
export function readBytes(path: string): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = readFileSync(path);
  const isAlone = byteLength === buffer.byteLength;
  return (isAlone ? buffer : buffer.slice(byteOffset, byteOffset + byteLength)) as ArrayBuffer;
}
