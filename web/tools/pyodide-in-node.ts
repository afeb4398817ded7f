/** Pyodide in Node, for the tools that make what a bundle ships. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { loadPyodide as LoadPyodide } from "pyodide";
import { EMPTY_LOCK, ENVIRONMENT, EXECUTABLE } from "../src/worker/runtime";

export const bytesOf = (path: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(path));

/** Return Pyodide's loader out of a folder, with its big script run, and a configuration for it. */
export async function openPyodide(folder: string): Promise<typeof LoadPyodide> {
  const load = (name: string) => import(pathToFileURL(join(resolve(folder), name)).href);
  const { loadPyodide } = await load("pyodide.mjs");
  await load("pyodide.asm.js");
  return loadPyodide;
}

export function baseConfig(folder: string) {
  return {
    indexURL: resolve(folder),
    lockFileContents: EMPTY_LOCK,
    packageBaseUrl: "/",
    env: { ...ENVIRONMENT },
    _sysExecutable: EXECUTABLE,
  };
}
