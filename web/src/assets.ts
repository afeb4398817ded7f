/** The bundle's files: fetched side by side, each held to its hash before it is used. */
import type { Asset, AssetName, Problem } from "./protocol";

declare const __ASSETS__: Readonly<Record<AssetName, Asset>>;

/** A file of the bundle is missing, damaged, or from another build. */
export class AssetError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.what);
  }
}

export type Assets = Readonly<Record<AssetName, ArrayBuffer>>;

/** Fetch every file; `onProgress` hears of the bytes that arrived, of all that are to come. */
export async function fetchAssets(
  onProgress: (loadedBytes: number, totalBytes: number) => void,
): Promise<Assets> {
  const entries = Object.entries(__ASSETS__) as [AssetName, Asset][];
  const total = entries.reduce((sum, [, asset]) => sum + asset.bytes, 0);
  const loaded = new Map<AssetName, number>();
  const report = (name: AssetName, bytes: number): void => {
    loaded.set(name, bytes);
    onProgress([...loaded.values()].reduce((sum, n) => sum + n, 0), total);
  };
  onProgress(0, total);
  const files = await Promise.all(
    entries.map(async ([name, asset]) => {
      const bytes = await fetchAsset(name, asset, (n) => report(name, n));
      return [name, bytes] as const;
    }),
  );
  return Object.fromEntries(files) as Assets;
}

async function fetchAsset(
  name: AssetName,
  asset: Asset,
  onBytes: (bytes: number) => void,
): Promise<ArrayBuffer> {
  // Without a secure context there is no digest to compute, so the browser checks the hash; it then
  // hands nothing over before the end, and the progress of this file goes in one step.
  const integrity = "subtle" in crypto ? {} : { integrity: asset.integrity };
  let bytes: ArrayBuffer;
  try {
    const response = await fetch(asset.url, integrity);
    if (!response.ok) throw missing(name, `the server answered ${response.status}`);
    bytes = await read(response, asset.bytes, onBytes);
  } catch (problem) {
    throw problem instanceof AssetError ? problem : missing(name, "it did not arrive, or is damaged");
  }
  if ("subtle" in crypto && (await integrityOf(bytes)) !== asset.integrity) throw damaged(name);
  onBytes(asset.bytes);
  return bytes;
}

/** Read a body into one buffer of the expected size; any other size fails the hash check. */
async function read(
  response: Response,
  size: number,
  onBytes: (bytes: number) => void,
): Promise<ArrayBuffer> {
  if (response.body === null) return response.arrayBuffer();
  const whole = new Uint8Array(size);
  let at = 0;
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) return whole.buffer.slice(0, at);
    if (at + value.length > size) return reader.cancel().then(() => new ArrayBuffer(0));
    whole.set(value, at);
    at += value.length;
    onBytes(at);
  }
}

async function integrityOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
}

function missing(name: AssetName, why: string): AssetError {
  return new AssetError({
    what: `A file of this page could not be loaded: ${name} (${why}).`,
    remedy: "Check your connection and press Retry. If it stays, tell whoever gave you this page.",
  });
}

function damaged(name: AssetName): AssetError {
  return new AssetError({
    what: `A damaged file: ${name} is not the one that this page was built with.`,
    remedy: "Reload the page to get all files anew. If it stays, tell whoever gave you this page.",
  });
}
