/** Every source of chance and time that a heap could remember, replaced by one that repeats itself. */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

export function stillChanceAndTime(): void {
  const crypto = require("node:crypto");
  const next = xorshift(0x2545f491);
  const fill = <T extends ArrayBufferView>(view: T): T => {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    for (let index = 0; index < bytes.length; index++) bytes[index] = next() & 255;
    return view;
  };
  crypto.randomFillSync = fill;
  const modules: Record<string, unknown> = { crypto, fs: require("node:fs") };
  Object.assign(globalThis, { require: (name: string) => modules[name] });
  Object.assign(globalThis.crypto, { getRandomValues: fill });
  Math.random = () => next() / 2 ** 32;
  Date.now = () => Date.UTC(2024, 0, 1);
  // It goes on by a step a look: a test that sleeps would else sleep for ever.
  let now = 1000;
  performance.now = () => {
    now += 1;
    return now;
  };
}

function xorshift(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
