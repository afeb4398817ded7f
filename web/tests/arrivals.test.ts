import assert from "node:assert/strict";
import { test } from "node:test";
import { Arrivals } from "../src/worker/arrivals";

const bytes = (...values: number[]): ArrayBuffer => Uint8Array.from(values).buffer;

test("Whoever waits for a file gets it when it arrives", async () => {
  const files = new Arrivals();
  const waiting = [files.get("realm.js"), files.get("realm.js")];
  files.put("realm.js", bytes(1, 2));
  for (const content of await Promise.all(waiting)) assert.deepEqual([...content], [1, 2]);
});

test("A file that arrived before it was asked for is at hand", async () => {
  const files = new Arrivals();
  files.put("judge.pack", bytes(3));
  assert.deepEqual([...(await files.get("judge.pack"))], [3]);
});

test("Each file is waited for by itself", async () => {
  const files = new Arrivals();
  const missing = files.get("numpy.zip").then(() => assert.fail("it has not arrived"));
  files.put("stdlib.zip", bytes(4));
  assert.deepEqual([...(await Promise.race([files.get("stdlib.zip"), missing]))], [4]);
});

test("What was let go of is waited for anew", async () => {
  const files = new Arrivals();
  files.put("linalg.so", bytes(5));
  files.forget();
  const waiting = files.get("linalg.so");
  files.put("linalg.so", bytes(6));
  assert.deepEqual([...(await waiting)], [6]);
});
