"""Packs laid over a fresh memory give the memory that they were made from."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

import build
from builder.node import ensure_node_modules, find_node

# A page of the runtime's own that every boot fills in its own way, one that the candidate changes,
# one that only the judge changes; then memory that Python uses, and some that the judge adds.
ROUND_TRIP = """
import { applyPacks, decodePack, encodePack, findWholePages, PAGE_BYTES } from "./pack.mjs";

let state = 1;
const chance = () => (state = (state * 48271) % 2147483647) / 2147483647;
const heapOf = (pages) => new Uint8Array(pages * PAGE_BYTES);
const scribble = (heap, page, share) => {
  for (let at = page * PAGE_BYTES; at < (page + 1) * PAGE_BYTES; at++) {
    if (chance() < share) heap[at] = 256 * chance();
  }
};
const OWN = 4;
const boot = () => {
  const heap = heapOf(8);
  for (const page of [0, 1, 2]) scribble(heap, page, 1);
  return heap;
};

const fresh = boot();
const ground = { heap: fresh.slice(0, OWN * PAGE_BYTES), wholePages: new Set() };
const heap = fresh.slice();
scribble(heap, 1, 0.01);
for (const page of [4, 5]) scribble(heap, page, 0.2);
const candidate = { heap, wholePages: findWholePages(heap, OWN, ground) };
const grown = new Uint8Array(12 * PAGE_BYTES);
grown.set(heap);
for (const page of [1, 2]) scribble(grown, page, 0.01);
for (const page of [5, 11]) scribble(grown, page, 0.01);
const judge = { heap: grown, wholePages: findWholePages(grown, OWN, candidate) };
const packs = [encodePack(candidate, OWN, ground), encodePack(judge, OWN, candidate)];

const lay = (count, pages) => {
  const other = new Uint8Array(pages * PAGE_BYTES);
  other.set(boot());
  scribble(other, 6, 1); // what this boot has put where the packs clear
  const own = other.slice(0, PAGE_BYTES);
  applyPacks(packs.slice(0, count).map(decodePack), other, OWN, 8 * PAGE_BYTES);
  const same = (from, to, expected) =>
    Buffer.compare(other.subarray(from, to), expected.subarray(from, to)) === 0;
  const expected = count === 1 ? heap : grown;
  return {
    "its own page stays": Buffer.compare(other.subarray(0, PAGE_BYTES), own) === 0,
    "the candidate's page": same(PAGE_BYTES, 2 * PAGE_BYTES, expected),
    "the judge's page": count === 1 || same(2 * PAGE_BYTES, 3 * PAGE_BYTES, expected),
    "the rest": same(OWN * PAGE_BYTES, expected.length, expected),
  };
};
const refused = (bytes) => {
  try {
    decodePack(bytes);
    return false;
  } catch {
    return true;
  }
};
console.log(JSON.stringify({
  candidate: lay(1, 8),
  judge: lay(2, 12),
  sizes: packs.map((pack) => pack.length),
  refused: [refused(packs[0].slice(0, -64)), refused(new Uint8Array(64))],
}));
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What became of the round trips, in Node."""
    ensure_node_modules(build.WEB, lambda text: None)
    folder = tmp_path_factory.mktemp("pack")
    outfile = f"--outfile={folder / 'pack.mjs'}"
    command = ["node_modules/.bin/esbuild", "src/realm/pack.ts", "--format=esm", outfile]
    subprocess.run(command, cwd=build.WEB, check=True, capture_output=True)
    Path(folder, "trip.mjs").write_text(ROUND_TRIP)
    node = [find_node().node, folder / "trip.mjs"]
    result: dict[str, Any] = json.loads(subprocess.check_output(node))
    return result


@pytest.mark.parametrize("role", ["candidate", "judge"])
def test_memory_is_what_it_was_when_it_was_captured(told: dict[str, Any], role: str) -> None:
    assert [part for part, holds in told[role].items() if not holds] == []


def test_zeros_are_not_stored(told: dict[str, Any]) -> None:
    assert told["sizes"][1] < 12 * 4096 / 2


def test_a_pack_that_was_cut_or_is_none_is_refused(told: dict[str, Any]) -> None:
    assert told["refused"] == [True, True]
