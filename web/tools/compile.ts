/**
 * Have V8 compile Pyodide's script: all functions that a candidate calls until it is up. Realms in
 * Node that are given it come up with a fifth less work (`python -m benchmarks --only proof`).
 */
import { Realm } from "../src/driver/realm";
import { type AssetPaths, FileAssets } from "../src/node/file-assets";
import { ThreadHost } from "../src/node/thread-host";
import { runJob } from "./job";

interface CompileJob {
  /** The script of a realm's thread. */
  readonly thread: string;
  readonly assets: AssetPaths;
  readonly bootSeconds: number;
  readonly to: string;
}

await runJob(async ({ thread, assets, bootSeconds, to }: CompileJob) => {
  const host = new ThreadHost(new FileAssets(assets), thread, to);
  await new Realm("candidate", "restore", host, bootSeconds).ready;
});
