import assert from "node:assert/strict";
import { test } from "node:test";
import {
  applyPacks,
  type Captured,
  decodePack,
  encodePack,
  findWholePages,
  PAGE_BYTES,
  PackError,
} from "../src/worker/pack";

/** Pages of the runtime's own, and pages that a fresh runtime has used. */
const [OWN, USED] = [4, 8];

let state = 1;
function chance(): number {
  state = (state * 48271) % 2147483647;
  return state / 2147483647;
}

/** Write chance into a share of a page's bytes. */
function scribble(heap: Uint8Array, page: number, share: number): void {
  for (let at = page * PAGE_BYTES; at < (page + 1) * PAGE_BYTES; at++) {
    if (chance() < share) heap[at] = 256 * chance();
  }
}

/** Memory after a boot, in pages of which every boot fills some in its own way. */
function boot(pages: number): Uint8Array {
  const heap = new Uint8Array(pages * PAGE_BYTES);
  for (const page of [0, 1, 2]) scribble(heap, page, 1);
  return heap;
}

function capture(heap: Uint8Array, underneath: Captured): Captured {
  return { heap, wholePages: findWholePages(heap, OWN, underneath) };
}

/** The candidate changes a page of the runtime's own and uses memory; the judge does more of both. */
function captureBoth(): readonly [ground: Captured, candidate: Captured, judge: Captured] {
  const fresh = boot(USED);
  const ground = { heap: fresh.slice(0, OWN * PAGE_BYTES), wholePages: new Set<number>() };
  const heap = fresh.slice();
  scribble(heap, 1, 0.01);
  for (const page of [4, 5]) scribble(heap, page, 0.2);
  const candidate = capture(heap, ground);
  const grown = new Uint8Array(12 * PAGE_BYTES);
  grown.set(heap);
  for (const page of [1, 2, 5, 11]) scribble(grown, page, 0.01);
  // Neighbours, of which one is stored as it is and the other as what differs.
  grown[OWN * PAGE_BYTES - 1]! ^= 1;
  grown[OWN * PAGE_BYTES]! ^= 1;
  return [ground, candidate, capture(grown, candidate)];
}

const [GROUND, CANDIDATE, JUDGE] = captureBoth();
const PACKS = [encodePack(CANDIDATE, OWN, GROUND), encodePack(JUDGE, OWN, CANDIDATE)].map(
  (pack) => new Uint8Array(pack),
);

interface Trip {
  readonly name: string;
  readonly packs: number;
  readonly captured: Captured;
  /** Pages of the runtime's own that are not laid: what this boot has in them stays. */
  readonly kept: readonly number[];
}

const TRIPS: readonly Trip[] = [
  { name: "the candidate's", packs: 1, captured: CANDIDATE, kept: [0, 2, 3] },
  { name: "the judge's", packs: 2, captured: JUDGE, kept: [0] },
];

for (const { name, packs, captured, kept } of TRIPS) {
  test(`Packs laid over a fresh memory give ${name}, and leave the runtime its own`, () => {
    const memory = boot(captured.heap.length / PAGE_BYTES);
    scribble(memory, 6, 1); // what this boot has put where the packs clear
    const expected = captured.heap.slice();
    for (const page of kept) {
      const [from, to] = [page * PAGE_BYTES, (page + 1) * PAGE_BYTES];
      expected.set(memory.subarray(from, to), from);
    }
    applyPacks(PACKS.slice(0, packs).map(decodePack), memory, OWN, USED * PAGE_BYTES);
    assert.equal(Buffer.compare(memory, expected), 0);
  });
}

test("A pack may stand in the middle of other memory", () => {
  const [pack] = PACKS;
  const memory = new Uint8Array(pack!.length + 64);
  memory.set(pack!, 8);
  const within = memory.subarray(8, 8 + pack!.length);
  assert.deepEqual(decodePack(within), decodePack(pack!));
});

test("Cells of zeros are not stored", () => {
  assert.ok(PACKS[1]!.length < (12 * PAGE_BYTES) / 2);
});

test("Memory that does not differ makes a pack of nothing", () => {
  const { runs, cells } = decodePack(new Uint8Array(encodePack(CANDIDATE, OWN, CANDIDATE)));
  assert.deepEqual([runs.length, cells.length], [0, 0]);
});

const REFUSED: readonly (readonly [what: string, Uint8Array<ArrayBuffer>])[] = [
  ["A pack that was cut", PACKS[0]!.slice(0, -64)],
  ["A pack with more after it", new Uint8Array([...PACKS[0]!, 0, 0, 0, 0])],
  ["What is no pack", new Uint8Array(64)],
];

for (const [what, bytes] of REFUSED) {
  test(`${what} is refused`, () => assert.throws(() => decodePack(bytes), PackError));
}
