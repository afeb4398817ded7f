/**
 * The pack: what an interpreter's memory holds, laid into a fresh runtime's.
 *
 * Memory is looked at in cells of 64 bytes, and a cell of zeros is not stored: a tenth of the
 * candidate's pages and half of what the judge differs in (21.2 MB of pages are 15.7 MB of cells,
 * which every browser would else fetch, hash, copy and lay).
 */

export const PAGE_BYTES = 4096;
const CELL_BYTES = 64;
const CELL_WORDS = CELL_BYTES / 4;
const PAGE_CELLS = PAGE_BYTES / CELL_BYTES;
const MAGIC = 0x4b434150;
const HEADER_BYTES = 12;

/** Where the runtime must stand before memory is laid; any difference makes pointers lie. */
export interface Layout {
  readonly tableSlots: number;
  readonly heapTop: number;
}

/** The JavaScript values that the heap refers to, as Pyodide itself describes them. */
export interface HiwireState {
  readonly hiwireKeys: readonly unknown[];
  readonly immortalKeys: readonly string[];
}

/** A C extension, and the handle by which the heap knows it. */
interface LinkedObject {
  readonly path: string;
  readonly handle: number;
}

/** What has to be known of an interpreter before its memory is there. */
export interface Manifest {
  /** A fresh runtime's first pages, its constants: they stay, all others are cleared. */
  readonly ownPages: number;
  readonly heapBytes: number;
  readonly layout: Layout;
  /** The C extensions linked before Python started, in their order. */
  readonly objects: readonly LinkedObject[];
  readonly hiwire: HiwireState;
}

/** Memory as runs of cells, in pairs: cells passed over since the last run, cells that follow. */
export interface Pack {
  readonly runs: Uint32Array;
  readonly cells: Uint32Array;
}

/** Memory that a pack was made from. */
export interface Captured {
  readonly heap: Uint8Array;
  /** Pages of the runtime's own that the pack holds whole. */
  readonly wholePages: ReadonlySet<number>;
}

export class PackError extends Error {
  override readonly name = "PackError";
}

export function decodePack(bytes: Uint8Array<ArrayBuffer>): Pack {
  const [magic, runs = 0, cells = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset, 3);
  if (magic !== MAGIC) throw new PackError("not a pack of memory");
  const expected = HEADER_BYTES + 4 * runs + CELL_BYTES * cells;
  if (bytes.length !== expected) throw new PackError(`${bytes.length} bytes, not ${expected}`);
  const at = bytes.byteOffset + HEADER_BYTES;
  return {
    runs: new Uint32Array(bytes.buffer, at, runs),
    cells: new Uint32Array(bytes.buffer, at + 4 * runs, cells * CELL_WORDS),
  };
}

/**
 * Make the pack of a heap that stands on another (a fresh runtime's, or the pack's underneath).
 *
 * Most cells hold what differs (exclusive or), which is mostly zeros. The runtime's own pages are
 * stored as they are, and at first whole: what a runtime has in them differs from boot to boot.
 */
export function encodePack(captured: Captured, ownPages: number, underneath: Captured): Uint8Array {
  const runs: number[] = [];
  const cells: Uint32Array[] = [];
  const border = ownPages * PAGE_CELLS;
  let end = 0;
  for (const [cell, content] of changedCells(captured, border, underneath)) {
    if (cell === end && cell !== border && runs.length > 0) runs[runs.length - 1]! += 1;
    else runs.push(cell - end, 1);
    end = cell + 1;
    cells.push(content);
  }
  const words = new Uint32Array(HEADER_BYTES / 4 + runs.length + cells.length * CELL_WORDS);
  words.set([MAGIC, runs.length, cells.length, ...runs]);
  const first = HEADER_BYTES / 4 + runs.length;
  for (const [index, content] of cells.entries()) words.set(content, first + index * CELL_WORDS);
  return new Uint8Array(words.buffer);
}

function* changedCells(
  { heap, wholePages }: Captured,
  border: number,
  underneath: Captured,
): Generator<readonly [number, Uint32Array]> {
  const [now, before] = [wordsOf(heap), wordsOf(underneath.heap)];
  for (let cell = 0; cell * CELL_WORDS < now.length; cell++) {
    const at = cell * CELL_WORDS;
    const content = now.slice(at, at + CELL_WORDS);
    const change = content.map((word, index) => word ^ (before[at + index] ?? 0));
    const page = Math.floor(cell / PAGE_CELLS);
    const isNew = wholePages.has(page) && !underneath.wholePages.has(page);
    if (isNew || change.some((word) => word !== 0)) yield [cell, cell < border ? content : change];
  }
}

/** The runtime's own pages in which a heap differs from the one underneath, and those of that one. */
export function findWholePages(
  heap: Uint8Array,
  ownPages: number,
  underneath: Captured,
): ReadonlySet<number> {
  const pages = new Set(underneath.wholePages);
  const [now, before] = [wordsOf(heap), wordsOf(underneath.heap)];
  for (let word = 0; word * 4 < ownPages * PAGE_BYTES; word++) {
    if (now[word] !== before[word]) pages.add(Math.floor((word * 4) / PAGE_BYTES));
  }
  return pages;
}

/** Lay packs, each over the one before, into `heap`, of which a fresh runtime has used `usedBytes`. */
export function applyPacks(
  packs: readonly Pack[],
  heap: Uint8Array,
  ownPages: number,
  usedBytes: number,
): void {
  heap.fill(0, ownPages * PAGE_BYTES, usedBytes);
  const words = wordsOf(heap);
  packs.forEach((pack, nth) => {
    // Upon zeros, and in place of what the runtime has of its own, cells are laid as they are.
    layPack(pack, words, nth === 0 ? Infinity : (ownPages * PAGE_BYTES) / 4);
  });
}

function layPack({ runs, cells }: Pack, words: Uint32Array, plainWords: number): void {
  let to = 0;
  let from = 0;
  for (let run = 0; run + 1 < runs.length; run += 2) {
    to += runs[run]! * CELL_WORDS;
    const end = to + runs[run + 1]! * CELL_WORDS;
    if (to < plainWords) {
      words.set(cells.subarray(from, from + end - to), to);
      from += end - to;
      to = end;
    } else {
      while (to < end) words[to++]! ^= cells[from++]!;
    }
  }
}

function wordsOf(heap: Uint8Array): Uint32Array {
  return new Uint32Array(heap.buffer, heap.byteOffset, heap.length >> 2);
}
