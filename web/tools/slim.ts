/** Compile archives of Python sources into stored archives of bytecode. */
import { writeFileSync } from "node:fs";
import type { PyCallable, PyProxy } from "pyodide/ffi";
import { runJob } from "./job";
import { baseConfig, bytesOf, openPyodide } from "./pyodide-in-node";
import slimSource from "./slim.py";

interface Archive {
  readonly from: string;
  readonly to: string;
  readonly root: string;
  readonly drop: readonly string[];
  readonly blank: readonly string[];
}

interface SlimJob {
  /** The folder of Pyodide's npm package. */
  readonly pyodide: string;
  readonly archives: readonly Archive[];
}

await runJob(async ({ pyodide: folder, archives }: SlimJob) => {
  const pyodide = await (await openPyodide(folder))(baseConfig(folder));
  pyodide.runPython(slimSource);
  const slimArchive = pyodide.globals.get("slim_archive") as PyCallable;
  for (const { from, to, root, drop, blank } of archives) {
    const source = pyodide.toPy(bytesOf(from)).tobytes();
    const slimmed = slimArchive(source, root, pyodide.toPy(drop), pyodide.toPy(blank)) as PyProxy;
    writeFileSync(to, slimmed.toJs() as Uint8Array);
  }
});
