import assert from "node:assert/strict";
import { test } from "node:test";
import { storedEntries, unpackStoredZip } from "../src/worker/archive";
import { type ZipEntry, zipOf } from "./fakes/zip";

const ENTRIES: readonly ZipEntry[] = [
  { name: "py/a.py", content: "a = 1\n", extra: 9 },
  { name: "py/deep/ä.txt", content: "für später" },
  { name: "py/empty", content: "" },
];

function contentsOf(zip: Uint8Array): readonly (readonly [string, string])[] {
  return [...storedEntries(zip)].map(({ name, content }) => [
    name,
    new TextDecoder().decode(content),
  ]);
}

const CONTENTS = ENTRIES.map(({ name, content }) => [name, content]);

test("A stored zip gives back its files, whatever extra fields it has", () => {
  assert.deepEqual(contentsOf(zipOf(ENTRIES)), CONTENTS);
});

test("A zip may stand in the middle of other memory", () => {
  const zip = zipOf(ENTRIES);
  const memory = new Uint8Array(zip.length + 20).fill(7);
  memory.set(zip, 5);
  assert.deepEqual(contentsOf(memory.subarray(5, 5 + zip.length)), CONTENTS);
});

test("Files are written under a root, after their folders, each folder made once", () => {
  const did: string[] = [];
  const files = {
    mkdirTree: (path: string) => void did.push(`mkdir ${path}`),
    writeFile: (path: string, content: Uint8Array) => void did.push(`${path}: ${content.length}`),
  };
  unpackStoredZip(files, zipOf(ENTRIES), "/exercise");
  assert.deepEqual(did, [
    "mkdir /exercise/py",
    "/exercise/py/a.py: 6",
    "mkdir /exercise/py/deep",
    "/exercise/py/deep/ä.txt: 12",
    "/exercise/py/empty: 0",
  ]);
});

const WHOLE = zipOf(ENTRIES);
const REFUSED: readonly (readonly [what: string, Uint8Array, RegExp])[] = [
  ["A zip that was cut", WHOLE.subarray(0, -1), /not a zip/],
  ["A zip with a comment", new Uint8Array([...WHOLE, 33]), /not a zip/],
  ["Nothing at all", new Uint8Array(0), /not a zip/],
  ["A page of text", new TextEncoder().encode("<!doctype html>".repeat(9)), /not a zip/],
  ["A compressed entry", zipOf([{ name: "a", content: "?", method: 8 }]), /compressed/],
];

for (const [what, zip, why] of REFUSED) {
  test(`${what} is refused`, () => {
    assert.throws(() => [...storedEntries(zip)], why);
  });
}
