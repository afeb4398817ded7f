/** The text of a file, whatever it is encoded in. */
import { objectOf, parsed } from "../shared/untrusted";
import { isTooLong, MOST_BYTES } from "./bounds";
import { FILE } from "./words";

/** The text, and what there is to say of it; or why there is none. */
export type Decoded =
  | { readonly text: string; readonly remark: string | null }
  | { readonly refused: string };

/** What Python writes in one of the first two lines of a file (PEP 263). */
const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const COMMENT = /^[ \t\f]*(#.*)?$/;

/** What code is kept in, too, and no Python begins with. */
const OTHERS = [
  { begins: /^\s*<(?:!doctype|html|\?xml)\b/i, kind: "page" },
  { begins: /^\{\\rtf/, kind: "document" },
  { begins: /^%PDF-/, kind: "document" },
] as const;

const MOST_OF_NAME = 60;
/** Of what is longer the end is shown, too, which says what kind of file it is. */
const END_OF_NAME = 12;

const UTF_8 = "utf-8";
/** In all likelihood, of what is not UTF-8 and says nothing of itself. */
const USUAL = "windows-1252";

/** A file's name within a sentence: as long as there is room for, and turning nothing around. */
export function shownName(name: string): string {
  const signs = [...name.replace(/[\p{Cc}\p{Cf}]/gu, "\ufffd")];
  const [start, end] = [signs.slice(0, MOST_OF_NAME - END_OF_NAME), signs.slice(-END_OF_NAME)];
  return signs.length > MOST_OF_NAME ? `${start.join("")}…${end.join("")}` : signs.join("");
}

/** @param size - Of the file: of one that is too large nothing is read. */
export function refuseUnread(name: string, size: number): string | null {
  if (/\.ipynb$/i.test(name)) return FILE.notebook(name);
  return size > MOST_BYTES ? FILE.tooLong(name) : null;
}

export function decode(name: string, bytes: Uint8Array): Decoded {
  const { encoding, isSaid } = encodingOf(bytes);
  const decoder = decoderOf(encoding);
  if (decoder === null) return { refused: FILE.unknown(name, encoding) };
  const text = attempt(decoder, bytes);
  if (text === null && !isSaid) return told(name, attempt(decoderOf(USUAL)!, bytes), USUAL, false);
  return told(name, text, decoder.encoding, isSaid);
}

function told(name: string, text: string | null, encoding: string, isSaid: boolean): Decoded {
  if (text === null) return { refused: FILE.broken(name, encoding) };
  const kind = otherKind(text);
  if (kind !== null) return { refused: FILE[kind](name) };
  if (text.includes("\0")) return { refused: FILE.binary(name) };
  if (isTooLong(text)) return { refused: FILE.tooLong(name) };
  const remark = isSaid ? FILE.said(name, encoding) : FILE.guessed(name, encoding);
  return { text: text.replace(/\r\n?/g, "\n"), remark: encoding === UTF_8 ? null : remark };
}

function otherKind(text: string): "notebook" | "page" | "document" | null {
  const isNotebook = /^\s*\{/.test(text) && typeof objectOf(parsed(text))?.nbformat === "number";
  if (isNotebook) return "notebook";
  return OTHERS.find(({ begins }) => begins.test(text))?.kind ?? null;
}

/** What a file says of itself: by its first bytes, or in a comment. */
function encodingOf(bytes: Uint8Array): { encoding: string; isSaid: boolean } {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return { encoding: "utf-16le", isSaid: true };
  if (first === 0xfe && second === 0xff) return { encoding: "utf-16be", isSaid: true };
  if (first === 0xef && second === 0xbb) return { encoding: UTF_8, isSaid: false };
  // Of all that is ASCII it makes no difference.
  if (bytes.every((byte) => byte > 0 && byte < 0x80)) return { encoding: UTF_8, isSaid: false };
  const [top = "", next = ""] = new TextDecoder("latin1")
    .decode(bytes.subarray(0, 400))
    .split(/\r\n?|\n/);
  const said = COOKIE.exec(top)?.[1] ?? (COMMENT.test(top) ? COOKIE.exec(next)?.[1] : undefined);
  if (said === undefined || /^utf[-_]?8/i.test(said)) return { encoding: UTF_8, isSaid: false };
  return { encoding: said, isSaid: true };
}

/** Python writes some names otherwise than browsers do. */
function decoderOf(encoding: string): TextDecoder | null {
  for (const name of [encoding, encoding.replaceAll("_", "-"), encoding.replace(/[-_]/g, "")]) {
    try {
      return new TextDecoder(name, { fatal: true });
    } catch {}
  }
  return null;
}

function attempt(decoder: TextDecoder, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}
