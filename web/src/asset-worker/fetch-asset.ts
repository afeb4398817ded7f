/** A file of the bundle, fetched and held to its hash. */
import type { AssetFailure } from "../shared/asset-orders";

import { type Asset, type AssetName, OFFLINE_COPY_HEADER } from "../shared/assets";

/** Without a secure context there is no digest to compute: the browser's own check serves there. */
const canDigest = (): boolean => "subtle" in crypto;

/** Smaller files are read in one go. */
const NEAR_BYTES = 500_000;

/** There is no copy of a file that is whole. */
export class MissingFile extends Error {
  constructor(readonly failure: AssetFailure) {
    super(failure.name);
  }
}

/** Get a file whole: a copy that does not arrive, unpack or match its hash gives way to the next. */
export async function fetchAsset(
  name: AssetName,
  asset: Asset,
  kept: string | null,
  onShare: (share: number) => void,
): Promise<ArrayBuffer> {
  let why: AssetFailure["why"] = "not-arrived";
  // A damaged copy may be this browser's own, so the second time all caches are passed by.
  for (const cache of ["default", "reload"] as const) {
    try {
      for await (const response of copies(asset, cache, kept)) {
        const got = await whole(response, asset, onShare);
        if (got instanceof ArrayBuffer) return got;
        why = got;
      }
    } catch {
      why = "not-arrived";
    }
  }
  throw new MissingFile({ name, why });
}

/** A response's bytes, if they are the file's; else why they are not. */
async function whole(
  response: Response,
  asset: Asset,
  onShare: (share: number) => void,
): Promise<ArrayBuffer | AssetFailure["why"]> {
  if (!response.ok) return response.status;
  try {
    const bytes = await read(response, asset.bytes, onShare);
    if (canDigest() && (await integrityOf(bytes)) !== asset.integrity) return "damaged";
    onShare(1);
    return bytes;
  } catch {
    return "not-arrived"; // cut short, or not compressed as it claims to be
  }
}

/** The copies of a file that there may be, the best first, asked for one after the other. */
async function* copies(
  asset: Asset,
  cache: RequestCache,
  kept: string | null,
): AsyncGenerator<Response> {
  const copy = cache === "default" ? await offlineCopy(asset.url, kept) : undefined;
  if (copy) {
    yield copy; // the service worker would answer with the same one
    return;
  }
  if (!canDigest()) {
    yield await fetch(asset.url, { cache, integrity: asset.integrity });
    return;
  }
  const response = await fetch(asset.url, { cache });
  const isDone = ["Content-Encoding", OFFLINE_COPY_HEADER].some((name) =>
    response.headers.has(name),
  );
  const gains = asset.gzipBytes < asset.bytes && "DecompressionStream" in self;
  if (!response.ok || isDone || !gains) {
    yield response;
    return;
  }
  // This host compresses nothing: take the file that the build compressed.
  await response.body?.cancel();
  const packed = await fetch(`${asset.url}.gz`, { cache });
  if (packed.ok && packed.body !== null) yield unpacked(packed, packed.body);
  yield await fetch(asset.url, { cache });
}

/** A file as it was kept, without the way through the service worker. */
async function offlineCopy(url: string, kept: string | null): Promise<Response | undefined> {
  if (kept === null) return undefined;
  try {
    return await caches.match(url, { cacheName: kept });
  } catch {
    return undefined;
  }
}

function unpacked(packed: Response, body: ReadableStream<Uint8Array<ArrayBuffer>>): Response {
  // Some hosts see the ending and declare the encoding, and the browser has undone it already.
  if (packed.headers.has("Content-Encoding")) return packed;
  return new Response(body.pipeThrough(new DecompressionStream("gzip")));
}

/** Read a body into one buffer of the expected size; any other size fails the hash check. */
async function read(
  response: Response,
  size: number,
  onShare: (share: number) => void,
): Promise<ArrayBuffer> {
  // What is here already, or almost, is no progress to be shown.
  const isNear = response.headers.has(OFFLINE_COPY_HEADER) || size < NEAR_BYTES;
  if (isNear || response.body === null) return response.arrayBuffer();
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) return at === size ? bytes.buffer : bytes.buffer.slice(0, at);
    if (at + value.length > size) return reader.cancel().then(() => new ArrayBuffer(0));
    bytes.set(value, at);
    at += value.length;
    onShare(at / size);
  }
}

async function integrityOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
}
