/** Files for the interpreter: a stored zip is unpacked without Python's help. */

export interface FileSystem {
  mkdirTree(path: string): void;
  writeFile(path: string, content: Uint8Array): void;
}

interface Entry {
  readonly name: string;
  readonly content: Uint8Array;
}

const END_OF_DIRECTORY = 0x06054b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;

/** Write every file of a zip made by the build (no compression, no comment) under `root`. */
export function unpackStoredZip(files: FileSystem, zip: Uint8Array, root: string): void {
  const made = new Set<string>();
  for (const { name, content } of storedEntries(zip)) {
    const path = `${root}/${name}`;
    const folder = path.slice(0, path.lastIndexOf("/"));
    if (!made.has(folder)) files.mkdirTree(folder);
    made.add(folder);
    files.writeFile(path, content);
  }
}

export function* storedEntries(zip: Uint8Array): Generator<Entry> {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = zip.length - END_BYTES;
  if (end < 0 || view.getUint32(end, true) !== END_OF_DIRECTORY)
    throw new Error("not a zip without a comment");
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index++) {
    if (view.getUint16(at + 10, true) !== 0) throw new Error("a zip entry is compressed");
    const nameBytes = view.getUint16(at + 28, true);
    const named = at + ENTRY_BYTES;
    const name = new TextDecoder().decode(zip.subarray(named, named + nameBytes));
    const local = view.getUint32(at + 42, true);
    const start =
      local + LOCAL_BYTES + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    yield { name, content: zip.subarray(start, start + view.getUint32(at + 20, true)) };
    at += ENTRY_BYTES + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
}
