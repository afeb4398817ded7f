/** Describe the names of the library that interpreters ship with, as the editor offers them. */
import { writeFileSync } from "node:fs";
import type { PyCallable } from "pyodide/ffi";
import { runJob } from "./job";
import namesSource from "./names.py";
import { baseConfig, bytesOf, openPyodide } from "./pyodide-in-node";

interface NamesJob {
  /** The folder of Pyodide's npm package. */
  readonly pyodide: string;
  readonly wheels: readonly string[];
  readonly modules: readonly string[];
  readonly to: string;
}

await runJob(async ({ pyodide: folder, wheels, modules, to }: NamesJob) => {
  const pyodide = await (await openPyodide(folder))(baseConfig(folder));
  for (const wheel of wheels) pyodide.unpackArchive(bytesOf(wheel), "wheel");
  pyodide.runPython(`${namesSource}\nimport json`);
  const dumped = pyodide.runPython("lambda names: json.dumps(describe_library(names.to_py()))");
  writeFileSync(to, (dumped as PyCallable)(modules) as string);
});
