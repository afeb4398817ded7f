import assert from "node:assert/strict";
import { test } from "node:test";
import { apart, columnTicks, cut, labelLines, wrapped } from "../src/explore/labels";

/** Letters of seven pixels, and of fourteen where they are wide. */
const measure = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (letter > "\u2fff" ? 14 : 7), 0);

const APART: readonly (readonly [numbers: readonly number[], texts: readonly string[]])[] = [
  [
    [0, 0.1 + 0.2, 1e-7],
    ["0", "0.3", "1e-7"],
  ],
  [
    [10000, 10001, 10001],
    ["10000", "10001", "10001"],
  ],
  [
    [1000, 1000.0001],
    ["1000", "1000.0001"],
  ],
  [
    [1, 1 + 2 ** -52],
    ["1", "1.0000000000000002"],
  ],
  [
    [-1e300, 1e300],
    ["-1e+300", "1e+300"],
  ],
  [[], []],
];

for (const [numbers, texts] of APART) {
  test(`Numbers are told in as many digits as tell them apart: ${texts.join(", ")}`, () => {
    assert.deepEqual(numbers.map(apart(numbers)), texts);
  });
}

test("Numbers of an axis have room side by side, however long they are", () => {
  for (const range of [
    [0, 1],
    [1.7e9, 1.7e9 + 100],
    [1e9 + 0.1, 1e9 + 0.2],
    [-1e300, 1e300],
  ] as const) {
    for (const room of [200, 300, 700]) {
      const found = columnTicks(range, room, measure);
      const widest = Math.max(...found.map(apart(found)).map(measure));
      assert.ok(found.length > 0 && found.length * widest < room, `${range} in ${room}`);
    }
  }
  assert.equal(columnTicks([0, 1], 700, measure).length, 11);
  assert.deepEqual(columnTicks([0, 39], 300, measure), [0, 5, 10, 15, 20, 25, 30, 35]);
  assert.deepEqual(columnTicks([0, 39], 200, measure), [0, 10, 20, 30]);
});

test("Labels of bars stand side by side in lines, or some are left out", () => {
  const classes = ["class 0", "class 1, true"];
  assert.deepEqual(labelLines(classes, 64, measure), [["class 0"], ["class 1,", "true"]]);
  const six = Array.from({ length: 6 }, (_, at) => `label ${at}`);
  assert.deepEqual(labelLines(six, 20, measure), [["label 0"], [], [], ["label 3"], [], []]);
  assert.deepEqual(labelLines(["x".repeat(60), "y"], 30, measure), [["xxxxxxxxxxxxxxx…"], []]);
});

test("Numbers of 400 bars do not touch each other, nor do wide letters", () => {
  for (const labels of [
    Array.from({ length: 400 }, (_, at) => String(at)),
    Array.from({ length: 40 }, () => "日本語"),
  ]) {
    const slot = 280 / labels.length;
    let end = -Infinity;
    labelLines(labels, slot, measure).forEach(([line = ""], at) => {
      if (!line) return;
      const from = (at + 0.5) * slot - measure(line) / 2;
      assert.ok(from - end > 4, `${line} at ${at}`);
      end = from + measure(line);
    });
  }
});

test("Texts at axes are as wide as there is room", () => {
  assert.deepEqual(wrapped("class 2, true", 56, 3, measure), ["class 2,", "true"]);
  assert.deepEqual(wrapped("one two three four", 35, 2, measure), ["one", "two…"]);
  assert.deepEqual(wrapped("incomprehensible", 42, 2, measure), ["incom…"]);
  assert.deepEqual(wrapped("日本語のラベル", 42, 1, measure), ["日本…"]);
  assert.equal(cut("short", 35, measure), "short");
  assert.equal(cut("wide", 1, measure), "w…");
});
