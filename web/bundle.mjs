/**
 * Bundle TypeScript entries into classic scripts.
 * In (stdin): [{ entry, define }]. Out (stdout): the scripts' texts, in order.
 */
import { text } from "node:stream/consumers";
import { build } from "esbuild";

const entries = JSON.parse(await text(process.stdin));
const scripts = await Promise.all(
  entries.map(async ({ entry, define }) => {
    const result = await build({
      entryPoints: [entry],
      define: Object.fromEntries(Object.entries(define).map(([k, v]) => [k, JSON.stringify(v)])),
      bundle: true,
      write: false,
      format: "iife",
      target: "es2022",
      platform: "browser",
      external: ["node:*"],
      minify: true,
      charset: "utf8",
      legalComments: "inline",
      logLevel: "warning",
      logOverride: { "empty-import-meta": "silent" },
    });
    return result.outputFiles[0].text;
  }),
);
process.stdout.write(JSON.stringify(scripts));
