import assert from "node:assert/strict";
import { test } from "node:test";
import { watchBoot } from "../src/page/boot-progress";
import type { BootProgress } from "../src/page/session";

test("Bytes are shown ten times a second at the most, the last of them in any case", (t) => {
  let now = 5000;
  t.mock.method(performance, "now", () => now);
  const shown: number[] = [];
  const watch = watchBoot(({ loadedBytes }) => void shown.push(loadedBytes));
  for (const [at, bytes] of [
    [0, 1],
    [99, 2],
    [100, 3],
    [150, 4],
    [160, 9],
  ] as const) {
    now = 5000 + at;
    watch.arrived(bytes, 9);
  }
  assert.deepEqual(shown, [1, 3, 9]);
});

test("What was told before stays as the boot goes on", () => {
  const shown: BootProgress[] = [];
  const watch = watchBoot((progress) => void shown.push(progress));
  watch.arrived(9, 9);
  watch.starting();
  watch.answered();
  watch.answered();
  assert.deepEqual(shown.at(-1), {
    stage: "start",
    loadedBytes: 9,
    totalBytes: 9,
    realmsReady: 2,
  });
});
