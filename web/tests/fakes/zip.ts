/** Zips as the build makes them, and ones that it never makes. */

export interface ZipEntry {
  readonly name: string;
  readonly content: string;
  /** 0 for stored; anything else claims to be compressed. */
  readonly method?: number;
  /** Bytes of extra fields, in the entry and in the directory. */
  readonly extra?: number;
}

export function zipOf(entries: readonly ZipEntry[]): Uint8Array<ArrayBuffer> {
  const files: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const entry of entries) {
    const file = fileOf(entry);
    files.push(file);
    directory.push(directoryEntryOf(entry, at));
    at += file.length;
  }
  return joined([...files, ...directory, endOf(entries.length, at)]);
}

function fileOf({ name, content, method = 0, extra = 0 }: ZipEntry): Uint8Array {
  const [named, data] = [bytesOf(name), bytesOf(content)];
  const header = fields([4, 0x04034b50], [4, 20], [2, method], [8, 0], [4, data.length]);
  const sizes = fields([4, data.length], [2, named.length], [2, extra]);
  return joined([header, sizes, named, new Uint8Array(extra).fill(1), data]);
}

function directoryEntryOf(entry: ZipEntry, at: number): Uint8Array {
  const { name, content, method = 0, extra = 0 } = entry;
  const [named, data] = [bytesOf(name), bytesOf(content)];
  const header = fields([4, 0x02014b50], [4, 20], [2, 0], [2, method], [8, 0], [4, data.length]);
  const sizes = fields([4, data.length], [2, named.length], [2, extra], [2, 0]);
  return joined([header, sizes, fields([8, 0], [4, at]), named, new Uint8Array(extra).fill(2)]);
}

function endOf(count: number, at: number): Uint8Array {
  return fields([4, 0x06054b50], [4, 0], [2, count], [2, count], [4, 0], [4, at], [2, 0]);
}

/** Numbers in so many bytes each, the lowest byte first. */
function fields(...sized: readonly (readonly [size: number, value: number])[]): Uint8Array {
  const bytes = sized.flatMap(([size, value]) =>
    Array.from({ length: size }, (_, place) => Math.floor(value / 256 ** place) % 256),
  );
  return Uint8Array.from(bytes);
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}
