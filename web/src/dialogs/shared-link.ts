/**
 * Code in the fragment of a link: `#shared.2.EXERCISE.BUILD.TESTS.KINDLENGTH.DATA.CHECK`, of signs that
 * hardly a messenger writes otherwise. The check tells a link of which part was lost or changed, and
 * where it ends: a sentence may go on right behind it. What a link says is a stranger's: it is bounded
 * before and while it is opened, and comes to a text or to words, whatever it is.
 */
import { asWritten, SHARED } from "../page/shared-links";
import { isTooLong, MOST_BYTES } from "./bounds";
import { LINK } from "./words";

/** What a link names beside its code. */
export interface Named {
  readonly slug: string;
  readonly build: string;
  /** The hidden tests, by their hash. */
  readonly tests: string;
}

/** A longer one is neither made nor opened. */
export const MOST_LINK = 32_000;

/** Data is inflated by so many bytes: what comes of them is then of bounded size, too. */
const SLICE = 256;

const VERSION = /^#shared\.(\d{1,4})\./;
/** Links used to end with their data: a 1 still opens, and nothing tells whether all of it is there. */
const UNCHECKED = "1";
const CHECKED = "2";

const FORM =
  /^(#shared\.\d\.([a-z0-9-]{1,200})\.([0-9a-f]{16})\.([0-9a-f]{16})\.([dp])(\d{1,7})\.([\w-]*))(?:\.([0-9a-f]{8}))?/;

/** The code of a link, and whether it was written for what is here; or why there is none. */
export type Opened = Code | { readonly refused: string };

export interface Code {
  readonly text: string;
  readonly made: "here" | "other-build" | "other-tests";
  /** Whether the link tells that all of it is there. */
  readonly isChecked: boolean;
}

/** Return the fragment of a link, or null if it became too long. */
export async function encodeLink(
  text: string,
  { slug, build, tests }: Named,
): Promise<string | null> {
  if (isTooLong(text)) return null;
  const bytes = new TextEncoder().encode(text);
  const deflated = await deflate(bytes);
  const isShorter = deflated !== null && deflated.length < bytes.length;
  const data = toText(isShorter ? deflated : bytes);
  const kind = isShorter ? "d" : "p";
  const told = `${SHARED}${CHECKED}.${slug}.${build}.${tests}.${kind}${bytes.length}.${data}`;
  const link = `${told}.${checkOf(told)}`;
  return link.length > MOST_LINK ? null : link;
}

/** @param here - The exercise of this page. */
export async function openLink(fragment: string, here: Named): Promise<Opened> {
  if (fragment.length > MOST_LINK) return { refused: LINK.tooLong };
  const link = asWritten(fragment);
  const version = VERSION.exec(link)?.[1];
  const [, told, slug = "", build, tests, kind, size, data = "", check] = FORM.exec(link) ?? [];
  const isChecked = version === CHECKED;
  if (version !== undefined && version !== UNCHECKED && !isChecked) {
    return { refused: LINK.otherVersion };
  }
  if (told === undefined || check !== (isChecked ? checkOf(told) : undefined)) {
    return { refused: LINK.damaged };
  }
  if (slug !== here.slug) return { refused: LINK.otherExercise(slug) };
  const length = Number(size);
  if (length > MOST_BYTES) return { refused: LINK.tooLong };
  const text = await textOf(kind === "d", length, data);
  if (text === null) return { refused: LINK.damaged };
  if (text === "unsupported") return { refused: LINK.unsupported };
  if (isTooLong(text.read)) return { refused: LINK.tooLong };
  const made = tests !== here.tests ? "other-tests" : build !== here.build ? "other-build" : "here";
  return { text: text.read.replace(/\r\n?/g, "\n"), made, isChecked };
}

/** Return 32 bits of a text (FNV-1a): against accidents alone, for whoever means ill can make them too. */
function checkOf(text: string): string {
  let bits = 0x811c9dc5;
  for (const sign of text) bits = Math.imul(bits ^ sign.charCodeAt(0), 0x01000193);
  return (bits >>> 0).toString(16).padStart(8, "0");
}

/** The text that some data stands for, if it is as long as is said. */
async function textOf(
  isDeflated: boolean,
  length: number,
  data: string,
): Promise<{ readonly read: string } | "unsupported" | null> {
  if (isDeflated && typeof DecompressionStream === "undefined") return "unsupported";
  try {
    const bytes = toBytes(data);
    const plain = isDeflated ? await inflate(bytes, length) : bytes;
    if (plain.length !== length) return null;
    return { read: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(plain) };
  } catch {
    return null;
  }
}

/** Null where the browser cannot: then the code goes as it is. */
async function deflate(bytes: Uint8Array): Promise<Uint8Array | null> {
  if (typeof CompressionStream === "undefined") return null;
  try {
    return await collect(
      inSlices(bytes).pipeThrough(new CompressionStream("deflate-raw")),
      MOST_LINK,
    );
  } catch {
    return null; // of too much, or of a browser that knows other formats
  }
}

function inflate(bytes: Uint8Array, most: number): Promise<Uint8Array> {
  return collect(inSlices(bytes).pipeThrough(new DecompressionStream("deflate-raw")), most);
}

/** All that a stream gives; throws as soon as that is too much. */
async function collect(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      reader.cancel().catch(() => {});
      throw new RangeError("too much");
    }
    chunks.push(value);
  }
  const all = new Uint8Array(length);
  chunks.reduce((at, chunk) => {
    all.set(chunk, at);
    return at + chunk.length;
  }, 0);
  return all;
}

/** Hands on the next slice when that is asked for, and so no more than somebody takes. */
function inSlices(bytes: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream(
    {
      pull(controller) {
        if (at < bytes.length) controller.enqueue(bytes.slice(at, at + SLICE));
        at += SLICE;
        if (at >= bytes.length) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Base64 of addresses. */
function toText(bytes: Uint8Array): string {
  const signs = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(signs).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function toBytes(text: string): Uint8Array {
  const signs = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(signs, (sign) => sign.charCodeAt(0));
}
