/** What a build compiles into the page's script. Imported before anything that looks at it. */
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Asset, AssetName } from "../../src/shared/assets";

/** So large that its arrival is progress, and worth to be compressed. */
const PACK = Buffer.alloc(600_000, "memory, page by page. ");

/** What some files hold; all others hold their names. */
const CONTENTS: Partial<Record<AssetName, Buffer>> = { "judge.pack": PACK, "candidate.pack": PACK };

const NAMES: readonly AssetName[] = [
  "pyodide.asm.js",
  "pyodide.asm.wasm",
  "realm.js",
  "multiarray.so",
  "linalg.so",
  "manifests.json",
  "candidate.pack",
  "judge.pack",
  "judge.json",
  "stdlib.zip",
  "numpy.zip",
  "candidate.zip",
  "judge.zip",
  "exercise.zip",
];

export function contentOf(name: AssetName): Buffer {
  return CONTENTS[name] ?? Buffer.from(name);
}

function assetOf(name: AssetName): Asset {
  const content = contentOf(name);
  const digest = createHash("sha256").update(content).digest("base64");
  const gzipBytes = gzipSync(content).length;
  return { url: `files/${name}`, integrity: `sha256-${digest}`, bytes: content.length, gzipBytes };
}

export const ASSETS = Object.fromEntries(NAMES.map((name) => [name, assetOf(name)])) as Readonly<
  Record<AssetName, Asset>
>;

/** Where a file is: beside the page. */
export function addressOf(name: AssetName): string {
  return `https://school.example/sums/${ASSETS[name].url}`;
}

export const OFFLINE_CACHE = "exercise:sums:/sums/:build1";

Object.assign(globalThis, {
  self: globalThis,
  location: { host: "school.example" },
  document: { baseURI: "https://school.example/sums/index.html" },
  __ASSETS__: ASSETS,
  __OFFLINE__: { slug: "sums", build: "build1" },
});
