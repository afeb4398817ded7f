/** The bundle's files: fetched side by side, each once, each held to its hash before it is used. */

import type { Assets } from "../driver/host";
import { type Asset, type AssetName, OFFLINE_COPY_HEADER } from "../shared/assets";
import { AssetError } from "../shared/problem";
import { offlineCopy } from "./offline-cache";
import { PROBLEMS, WHY } from "./words";

declare const __ASSETS__: Readonly<Record<AssetName, Asset>>;

/** Without a secure context there is no digest to compute: the browser's own check serves there. */
const CAN_DIGEST = "subtle" in crypto;

/** Smaller files are read in one go. */
const NEAR_BYTES = 500_000;

export class AssetStore implements Assets {
  readonly #files = new Map<AssetName, Promise<ArrayBuffer>>();
  readonly #arrived = new Map<AssetName, number>();

  /**
   * @param needed - The files whose arrival is progress.
   * @param onProgress - Hears of the bytes that arrived of all that are to come, as they travel.
   */
  constructor(
    readonly needed: readonly AssetName[],
    readonly onProgress: (loadedBytes: number, totalBytes: number) => void,
  ) {}

  has = hasAsset;

  /** Return files by name; those not yet asked for are fetched. */
  async get<N extends AssetName>(names: readonly N[]): Promise<Record<N, ArrayBuffer>> {
    const entries = names.map(async (name) => [name, await this.#file(name)] as const);
    return Object.fromEntries(await Promise.all(entries)) as Record<N, ArrayBuffer>;
  }

  #file(name: AssetName): Promise<ArrayBuffer> {
    let file = this.#files.get(name);
    if (file === undefined) {
      file = fetchAsset(name, __ASSETS__[name], (share) => this.#note(name, share));
      this.#files.set(name, file);
      file.catch(() => this.#files.delete(name)); // whoever asks again, tries again
    }
    return file;
  }

  #note(name: AssetName, share: number): void {
    if (!this.needed.includes(name)) return;
    this.#arrived.set(name, share * __ASSETS__[name].gzipBytes);
    const total = this.needed.reduce((sum, each) => sum + __ASSETS__[each].gzipBytes, 0);
    this.onProgress(
      [...this.#arrived.values()].reduce((sum, bytes) => sum + bytes, 0),
      total,
    );
  }
}

/** Whether the bundle has a file of this name. */
export function hasAsset(name: AssetName): boolean {
  return Object.hasOwn(__ASSETS__, name);
}

/** Where a file is, seen from the page. */
export function assetUrl(name: AssetName): string {
  return __ASSETS__[name].url;
}

/** Names the snapshots of this build: what is known of them holds for no other. */
export function snapshotKey(): string {
  return __ASSETS__["candidate.pack"].integrity + __ASSETS__["judge.pack"].integrity;
}

async function fetchAsset(
  name: AssetName,
  asset: Asset,
  onShare: (share: number) => void,
): Promise<ArrayBuffer> {
  // A damaged copy may be this browser's own, so the second time all caches are passed by.
  for (const cache of ["default", "reload"] as const) {
    let bytes: ArrayBuffer;
    try {
      bytes = await read(name, await request(asset, cache), asset.bytes, onShare);
    } catch (problem) {
      throw problem instanceof AssetError ? problem : missing(name, WHY.notArrived);
    }
    if (CAN_DIGEST && (await integrityOf(bytes)) !== asset.integrity) continue;
    onShare(1);
    return bytes;
  }
  throw damaged(name);
}

/** Ask for a file, compressed one way or the other. */
async function request(asset: Asset, cache: RequestCache): Promise<Response> {
  const kept = cache === "default" ? await offlineCopy(asset.url) : undefined;
  if (kept) return kept;
  if (!CAN_DIGEST) return fetch(asset.url, { cache, integrity: asset.integrity });
  const response = await fetch(asset.url, { cache });
  const isDone = ["Content-Encoding", OFFLINE_COPY_HEADER].some((name) =>
    response.headers.has(name),
  );
  const gains = asset.gzipBytes < asset.bytes && "DecompressionStream" in self;
  if (!response.ok || isDone || !gains) return response;
  // This host compresses nothing: take the file that the build compressed.
  await response.body?.cancel();
  const packed = await fetch(`${asset.url}.gz`, { cache });
  if (!packed.ok || packed.body === null) return fetch(asset.url, { cache });
  // Some hosts see the ending and declare the encoding, and the browser has undone it already.
  if (packed.headers.has("Content-Encoding")) return packed;
  return new Response(packed.body.pipeThrough(new DecompressionStream("gzip")));
}

/** Read a body into one buffer of the expected size; any other size fails the hash check. */
async function read(
  name: AssetName,
  response: Response,
  size: number,
  onShare: (share: number) => void,
): Promise<ArrayBuffer> {
  if (!response.ok) throw missing(name, WHY.answered(response.status));
  // What is here already, or almost, is no progress to be shown.
  const isNear = response.headers.has(OFFLINE_COPY_HEADER) || size < NEAR_BYTES;
  if (isNear || response.body === null) return response.arrayBuffer();
  const whole = new Uint8Array(size);
  let at = 0;
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) return at === size ? whole.buffer : whole.buffer.slice(0, at);
    if (at + value.length > size) return reader.cancel().then(() => new ArrayBuffer(0));
    whole.set(value, at);
    at += value.length;
    onShare(at / size);
  }
}

async function integrityOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
}

function missing(name: AssetName, why: string): AssetError {
  const problem = self.origin === "null" ? PROBLEMS.sandboxedFile : PROBLEMS.missingFile;
  return new AssetError(problem(name, why));
}

function damaged(name: AssetName): AssetError {
  return new AssetError(PROBLEMS.damagedFile(name));
}
