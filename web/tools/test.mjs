/**
 * Run the unit tests: bundle each into a module of its own, which any Node can run, and hand them to
 * Node's test runner. Words after the command go on to that runner.
 */
// @ts-check
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Ends what hangs: a test waits for nothing but itself. */
const LONGEST_MS = 60_000;

const TESTS = fileURLToPath(new URL("../tests", import.meta.url));

/**
 * @param {string} folder - where the bundles go
 * @returns {Promise<readonly string[]>} their paths
 */
async function bundleTests(folder) {
  const names = readdirSync(TESTS).filter((name) => name.endsWith(".test.ts"));
  await build({
    entryPoints: names.map((name) => join(TESTS, name)),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    loader: { ".css": "text" },
    sourcemap: "inline",
    logLevel: "warning",
  });
  return names.map((name) => join(folder, name.replace(/\.ts$/, ".mjs")));
}

/**
 * @param {readonly string[]} files
 * @returns {number} the runner's exit code
 */
function runTests(files) {
  const options = [
    "--test-reporter=spec",
    `--test-timeout=${LONGEST_MS}`,
    ...process.argv.slice(2),
  ];
  const command = ["--enable-source-maps", "--test", ...options, ...files];
  return spawnSync(process.execPath, command, { stdio: "inherit" }).status ?? 1;
}

const folder = mkdtempSync(join(tmpdir(), "web-tests-"));
try {
  process.exitCode = runTests(await bundleTests(folder));
} finally {
  rmSync(folder, { recursive: true });
}
