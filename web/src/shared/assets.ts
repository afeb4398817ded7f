/** The files of a bundle that the page fetches, by the names that the scripts know them by. */

/** One file of the bundle: where it is, what it must hash to, how much of it there is. */
export interface Asset {
  readonly url: string;
  /** Subresource-integrity text, `sha256-<base64>`. */
  readonly integrity: string;
  readonly bytes: number;
  /** About what travels when it is compressed. */
  readonly gzipBytes: number;
}

/** Marks a file that the service worker kept: it is whole, as no host's plain answer need be. */
export const OFFLINE_COPY_HEADER = "X-Offline-Copy";

export type AssetName =
  | "pyodide.asm.js"
  | "pyodide.asm.wasm"
  | "realm.js"
  // What a restore needs beside these.
  | "multiarray.so"
  | "linalg.so"
  | "manifests.json"
  // C extensions beside NumPy's core, where an exercise's tests use some.
  | "objects.zip"
  | "candidate.pack"
  | "judge.pack"
  // What the build recorded of the exercise.
  | "judge.json"
  // The library: what is left to import after a restore, and all that a boot by importing needs.
  | "stdlib.zip"
  | "numpy.zip"
  | "candidate.zip"
  | "judge.zip"
  | "exercise.zip"
  // The library's names, which the editor offers.
  | "names.json"
  // The reference, where learners may come to see it.
  | "solution.txt"
  // What draws learners' functions, where the exercise has it.
  | "explore.json";
