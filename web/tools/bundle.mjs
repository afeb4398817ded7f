/**
 * Bundle entries into single scripts: classic ones for browsers, modules for Node. It runs as it is,
 * because it is what makes all else run.
 *
 * In (stdin): a list of entries. Out (stdout): the scripts' texts, in order.
 */
// @ts-check
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { build } from "esbuild";

/**
 * @typedef {object} Entry
 * @property {string} entry - its file
 * @property {Record<string, unknown>} [define] - values for names that the file declares
 * @property {"publish" | "debug" | "node"} kind - whom it is for
 * @property {string} [given] - folder of lists of what it is given of packages, by another script
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
 * Takes from another script, when it runs, what that one lists of packages; no name that it does not list.
 *
 * @param {string} folder - of `NAME.ts`, which lists those of `@codemirror/NAME`
 * @returns {import("esbuild").Plugin}
 */
const fromEditor = (folder) => ({
  name: "given",
  setup(build) {
    const filter = /^@codemirror\/(state|view|language)$/;
    build.onResolve({ filter }, ({ path }) => ({
      path: path.replace(/.*\//, ""),
      namespace: "given",
    }));
    build.onLoad({ filter: /./, namespace: "given" }, ({ path }) => {
      const [, names] = /\{([^}]*)\}/.exec(readFileSync(`${folder}/${path}.ts`, "utf8")) ?? [];
      return { contents: `export const {${names}} = globalThis.exerciseEditor.${path};` };
    });
  },
});

/**
 * Gives a script of a thread as a text to the one that starts it: `import text from "FILE?script"`.
 *
 * @param {Entry["kind"]} kind
 * @returns {import("esbuild").Plugin}
 */
const ofThreads = (kind) => ({
  name: "threads",
  setup(build) {
    build.onResolve({ filter: /\?script$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace(/\?script$/, ".ts")),
      namespace: "thread",
    }));
    build.onLoad({ filter: /./, namespace: "thread" }, async ({ path }) => ({
      contents: await bundle({ entry: path, kind }),
      loader: "text",
    }));
  },
});

/**
 * @param {Entry} entry
 * @returns {Promise<string>}
 */
async function bundle({ entry, define = {}, kind, given }) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    define: Object.fromEntries(Object.entries(define).map(([k, v]) => [k, JSON.stringify(v)])),
    bundle: true,
    write: false,
    charset: "utf8",
    logLevel: "warning",
    plugins: [ofThreads(kind), ...(given === undefined ? [] : [fromEditor(given)])],
    ...OPTIONS[kind],
  });
  return outputFiles?.[0]?.text ?? "";
}

/** @type {readonly Entry[]} */
const entries = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(await Promise.all(entries.map(bundle))));
