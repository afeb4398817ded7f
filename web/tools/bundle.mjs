/**
 * Bundle entries into single scripts: classic ones for browsers, modules for Node. It runs as it is,
 * because it is what makes all else run.
 *
 * In (stdin): a list of entries. Out (stdout): the scripts' texts, in order.
 */
// @ts-check
import { text } from "node:stream/consumers";
import { build } from "esbuild";

/**
 * @typedef {object} Entry
 * @property {string} entry - its file
 * @property {Record<string, unknown>} [define] - values for names that the file declares
 * @property {"publish" | "debug" | "node"} kind - whom it is for
 */

/** @type {import("esbuild").BuildOptions} */
const FOR_BROWSERS = {
  format: "iife",
  target: "es2022",
  platform: "browser",
  external: ["node:*"],
  loader: { ".css": "text" }, // of a script that brings its own styles
  legalComments: "inline",
  logOverride: { "empty-import-meta": "silent" },
};

/** @type {Record<Entry["kind"], import("esbuild").BuildOptions>} */
const OPTIONS = {
  publish: { ...FOR_BROWSERS, minify: true },
  debug: { ...FOR_BROWSERS, sourcemap: "inline" },
  node: {
    format: "esm",
    target: "node20",
    platform: "node",
    external: ["ws"], // Pyodide asks for it where it takes itself to be in Node
    loader: { ".py": "text" },
    logOverride: { "empty-import-meta": "silent" },
  },
};

/**
 * @param {Entry} entry
 * @returns {Promise<string>}
 */
async function bundle({ entry, define = {}, kind }) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    define: Object.fromEntries(Object.entries(define).map(([k, v]) => [k, JSON.stringify(v)])),
    bundle: true,
    write: false,
    charset: "utf8",
    logLevel: "warning",
    ...OPTIONS[kind],
  });
  return outputFiles?.[0]?.text ?? "";
}

/** @type {readonly Entry[]} */
const entries = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(await Promise.all(entries.map(bundle))));
