/**
 * Bundle entries into single scripts: classic ones for browsers, modules for Node.
 * In (stdin): [{ entry, define, node }]. Out (stdout): the scripts' texts, in order.
 */
import { text } from "node:stream/consumers";
import { build } from "esbuild";

const FOR_BROWSERS = {
  format: "iife",
  target: "es2022",
  platform: "browser",
  external: ["node:*"],
  minify: true,
  legalComments: "inline",
  logOverride: { "empty-import-meta": "silent" },
};
const FOR_NODE = { format: "esm", target: "node20", platform: "node", loader: { ".py": "text" } };

const entries = JSON.parse(await text(process.stdin));
const scripts = await Promise.all(
  entries.map(async ({ entry, define = {}, node = false }) => {
    const result = await build({
      entryPoints: [entry],
      define: Object.fromEntries(Object.entries(define).map(([k, v]) => [k, JSON.stringify(v)])),
      bundle: true,
      write: false,
      charset: "utf8",
      logLevel: "warning",
      ...(node ? FOR_NODE : FOR_BROWSERS),
    });
    return result.outputFiles[0].text;
  }),
);
process.stdout.write(JSON.stringify(scripts));
