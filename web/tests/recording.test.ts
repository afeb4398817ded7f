import assert from "node:assert/strict";
import { test } from "node:test";
import { Recording } from "../src/steps/recording";
import { readSteps } from "../src/steps/steps";

const SOURCE = "def f(x):\n    t = 0\n    for a in x:\n        t += g(a)\n    return t\n";

const int = (text: string) => ({ type: "int", text });
const array = (dtype: string, shape: number[], more = {}) => ({
  type: "ndarray",
  text: "[…]",
  dtype,
  shape,
  ...more,
});

const RAW = [
  { kind: "call", frame: 1, at: [1], changed: { x: int("[5, 6]") }, turns: [], name: "f" },
  { kind: "line", frame: 1, at: [2], changed: {}, turns: [] },
  { kind: "line", frame: 1, at: [3], changed: { t: int("0") }, turns: [] },
  { kind: "turn", frame: 1, at: [3, 9, 3, 10], changed: { a: int("5") }, turns: [[3, 1, 1]] },
  { kind: "line", frame: 1, at: [4], changed: {}, turns: [[3, 1, 1]] },
  { kind: "call", frame: 2, at: [9], changed: { n: int("5") }, turns: [], name: "g", caller: 1 },
  { kind: "return", frame: 2, at: [9], changed: {}, turns: [], value: int("10") },
  {
    kind: "value",
    frame: 1,
    at: [4, 14, 4, 18],
    changed: {},
    turns: [[3, 1, 1]],
    value: int("10"),
  },
  {
    kind: "turn",
    frame: 1,
    at: [3, 9, 3, 10],
    changed: { t: int("10"), a: int("6") },
    turns: [[3, 1, 2]],
  },
  { kind: "line", frame: 1, at: [4], changed: {}, turns: [[3, 1, 2]] },
  {
    kind: "line",
    frame: 1,
    at: [5],
    changed: { t: int("22"), a: null },
    turns: [],
    says: "line 4",
  },
  { kind: "return", frame: 1, at: [5], changed: {}, turns: [], value: int("22") },
];

function recorded(raw: readonly unknown[] = RAW): Recording {
  const recording = new Recording(SOURCE);
  recording.add(readSteps(JSON.stringify(raw)));
  return recording;
}

const noted = (recording: Recording, place: number): Record<number, string> =>
  Object.fromEntries([...recording.at(place).notes].map(([line, { text }]) => [line, text]));

test("A step says what is done, and where", () => {
  const recording = recorded();
  const said = RAW.map((_, place) => {
    const { where, what } = recording.at(place);
    return `${where}: ${what}`;
  });
  assert.deepEqual(said, [
    "line 1: f is called",
    "line 2: next: this line",
    "line 3: next: this line",
    "line 3 · turn 1 of 2: the next turn begins",
    "line 4 · turn 1 of 2: next: this line",
    "line 9 · in g, called by f: g is called",
    "line 9 · in g, called by f: returns 10",
    "line 4 · turn 1 of 2: g(a) = 10",
    "line 3 · turn 2 of 2: the next turn begins",
    "line 4 · turn 2 of 2: next: this line",
    "line 5: next: this line",
    "line 5: returns 22",
  ]);
  assert.equal(recording.outcome, "22");
  assert.deepEqual(recording.origins, [{ at: 10, says: "line 4" }]);
});

test("How many turns a loop has is told where its end was recorded, else at least how many", () => {
  const where = (steps: number, isWhole = false): string => {
    const recording = recorded(RAW.slice(0, steps));
    if (isWhole) recording.end();
    return recording.at(4).where;
  };
  assert.equal(where(5), "line 4 · turn 1 of at least 1");
  assert.equal(where(10), "line 4 · turn 1 of at least 2");
  assert.equal(where(11), "line 4 · turn 1 of 2");
  assert.equal(where(10, true), "line 4 · turn 1 of 2");
});

test("A condition that is asked once more ends no loop, nor does what is called in it, but a return", () => {
  const step = (kind: string, line: number, frame = 1, turns: number[][] = []) => ({
    kind,
    frame,
    at: [line],
    turns,
  });
  const begun = [step("call", 1), step("turn", 2, 1, [[2, 1, 1]]), step("call", 9, 2)];
  const where = (...more: object[]): string => recorded([...begun, ...more]).at(1).where;
  assert.equal(where(step("line", 9, 2), step("return", 9, 2)), "line 2 · turn 1 of at least 1");
  assert.equal(where(step("line", 2), step("value", 2)), "line 2 · turn 1 of at least 1");
  assert.equal(where(step("return", 3, 1, [[2, 1, 1]])), "line 2 · turn 1 of 1");
});

test("Variables are those of the step's own call, with what they were before", () => {
  const recording = recorded();
  const shown = (place: number) =>
    recording.at(place).variables.map(({ name, value, changes }) => [name, value.text, ...changes]);
  assert.deepEqual(shown(0), [["x", "[5, 6]", "new"]]);
  assert.deepEqual(shown(6), [["n", "5"]]);
  assert.deepEqual(shown(8), [
    ["x", "[5, 6]"],
    ["t", "10", "was 0"],
    ["a", "6", "was 5"],
  ]);
  assert.deepEqual(shown(10), [
    ["x", "[5, 6]"],
    ["t", "22", "was 10"],
  ]);
});

test("At its end each line says what it has last computed in this call", () => {
  const recording = recorded();
  assert.deepEqual(noted(recording, 0), { 1: "x = [5, 6]" });
  assert.deepEqual(noted(recording, 7), { 1: "x = [5, 6]", 2: "t = 0", 3: "a = 5", 4: "10" });
  assert.deepEqual(noted(recording, 8)[4], "t = 10");
  assert.deepEqual(noted(recording, 8)[3], "a = 6");
  assert.deepEqual(noted(recording, 11), {
    1: "x = [5, 6]",
    2: "t = 0",
    3: "a = 6",
    4: "t = 22",
    5: "22",
  });
});

test("A value's kind is said where its text does not begin with it", () => {
  const told = (type: string, text: string): string =>
    recorded([{ kind: "return", frame: 1, at: [2], changed: {}, turns: [], value: { type, text } }])
      .outcome;
  assert.equal(told("Counter", "Counter({'a': 1})"), "Counter({'a': 1})");
  assert.equal(told("deque", "deque([1], maxlen=3)"), "deque([1], maxlen=3)");
  assert.equal(told("frozenset", "frozenset()"), "frozenset()");
  assert.equal(told("Point", "(1, 2)"), "Point (1, 2)");
});

test("A change of shape or dtype is told apart from one of content", () => {
  const change = (from: object, to: object): readonly string[] => {
    const steps = [from, to].map((a) => ({ kind: "line", frame: 1, at: [2], changed: { a } }));
    return recorded(steps).at(1).variables[0]?.changes ?? [];
  };
  assert.deepEqual(change(array("float64", [3]), array("float64", [])), [
    "shape (3,) → ()",
    "was […]",
  ]);
  assert.deepEqual(change(array("int32", [2, 1]), array("int8", [2, 1])), [
    "dtype int32 → int8",
    "was […]",
  ]);
  assert.deepEqual(change(array("int8", [2]), int("3")), ["was int8 (2,) […]"]);
  const odd = recorded([
    { kind: "line", frame: 1, at: [2], changed: { a: array("f", [2], { nan: 1 }) } },
  ]);
  assert.equal(odd.at(0).variables[0]?.value.nan, 1);
});

test("One goes by steps, lines and turns, to a line, and not beyond the ends", () => {
  const recording = recorded();
  assert.deepEqual([recording.line(4, 1), recording.line(8, -1)], [5, 5]);
  assert.deepEqual([recording.turn(4, 1), recording.turn(9, -1)], [8, 8]);
  assert.deepEqual([recording.line(11, 1), recording.line(0, -1)], [11, 0]);
  assert.deepEqual(
    [recording.onLine(4, 4), recording.onLine(4, 9), recording.onLine(7, 0)],
    [7, 4, null],
  );
});

test("Code of several lines, of characters beyond the basic ones and after a mark is found", () => {
  const recording = new Recording("\ufeffé = '𝄞' + (1 +\n   2)\n");
  recording.add(
    readSteps(
      JSON.stringify([
        { kind: "value", frame: 1, at: [1, 5, 1, 8], value: int("1") },
        { kind: "value", frame: 1, at: [1, 12, 2, 5], value: int("3") },
      ]),
    ),
  );
  assert.deepEqual(
    recording.steps.map((step) => recording.codeOf(step)),
    ["'𝄞'", "1 + 2"],
  );
});

const MALFORMED = [
  "no JSON",
  "{}",
  '"x"',
  "[1, null, [], {}]",
  '[{"kind": "line"}]',
  '[{"kind": "line", "frame": 1, "at": []}]',
  '[{"kind": "line", "frame": 1, "at": ["1"]}]',
  '[{"kind": "line", "frame": 1, "at": [1.5]}]',
  '[{"kind": "toString", "frame": 1, "at": [1]}]',
  '[{"kind": "line", "frame": -1, "at": [1]}]',
];

test("What is no step is left out", () => {
  for (const text of MALFORMED) assert.deepEqual(readSteps(text), [], text);
});

test("What a step holds of another kind, or too much of, is left out or cut", () => {
  const names = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`v${n}`, int("1")]));
  const odd = {
    kind: "line",
    frame: 1,
    at: [1, 2],
    changed: { __proto__: null, a: 5, b: { text: {}, shape: "x", nan: 1e99 }, ...names },
    turns: [[1, 2], "x", [1, 2, 3]],
    value: [],
    says: 7,
    error: "e".repeat(1e5),
    caller: "x",
  };
  const [step] = readSteps(JSON.stringify([odd]));
  assert.ok(step);
  assert.equal(step.part, null);
  assert.equal(step.changed.get("a"), null);
  assert.deepEqual(step.changed.get("b"), {
    type: "",
    text: "",
    dtype: null,
    shape: null,
    nan: 0,
    inf: 0,
  });
  assert.ok(step.changed.size <= 64 && step.error.length <= 400);
  assert.deepEqual(step.turns, [{ line: 1, entry: 2, turn: 3 }]);
  assert.deepEqual([step.value, step.says, step.caller], [null, "", null]);
  const many = recorded(Array.from({ length: 3000 }, () => ({ kind: "line", frame: 1, at: [1] })));
  assert.equal(many.steps.length, 2_000);
});
