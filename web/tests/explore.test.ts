import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Chart,
  type ExploreQuestion,
  explore,
  readCharts,
  readExplored,
} from "../src/driver/explore";
import type { OwnAnswer } from "../src/driver/question";
import {
  barPath,
  capPath,
  linePath,
  mark,
  marked,
  rangeOf,
  short,
  ticks,
} from "../src/explore/plot";
import { description, paired, remarks, seriesOf } from "../src/explore/summary";
import type { Exercise } from "../src/shared/exercise";

const BOUNDS = { series: 8, points: 400, name: 60, about: 300, magnitude: 1e300 };
const EXERCISE = {
  entryPoints: [{ name: "f", parameters: [] }],
  limits: { runSeconds: 7 },
} as unknown as Exercise;

type Raw = Record<string, unknown>;

function raw(changes: Raw = {}): Raw {
  const series = [{ name: "f", y: [0, null, 4], odd: [["NaN", 1]] }];
  const names = { title: "t", about: "", x_label: "x", y_label: "y" };
  return { kind: "curves", ...names, x: [0, 1, 2], series, ...changes };
}

function charts(...changes: Raw[]): readonly Chart[] | null {
  return readCharts(changes.map(raw), BOUNDS);
}

function chart(y: readonly (number | null)[], changes: Raw = {}, odd: unknown[] = []): Chart {
  const x = y.map((_, at) => at);
  const [read] = charts({ x, series: [{ name: "f", y, odd }], ...changes }) ?? [];
  assert.ok(read);
  return read;
}

async function explored(answer: OwnAnswer) {
  const asked: ExploreQuestion[] = [];
  const ask = async (question: ExploreQuestion): Promise<OwnAnswer> => {
    asked.push(question);
    return answer;
  };
  const file = { source: "def explore(f): ...", bounds: BOUNDS };
  return { said: await explore(EXERCISE, file, "def f(x): ...", ask), asked };
}

const said = (fields: Raw): string => JSON.stringify({ charts: [], ...fields });
const ERROR = { type: "E", message: "m", line: 3, file: "solution.py", traceback: "t" };

test("A submission is drawn by one question, in the time of a run", async () => {
  const { said: end, asked } = await explored({
    kind: "answer",
    text: said({ kind: "drawn", charts: [raw()] }),
  });
  assert.equal(end.kind, "drawn");
  assert.deepEqual(asked, [
    {
      name: "explore",
      argument: JSON.stringify({
        source: "def f(x): ...",
        entry_points: EXERCISE.entryPoints,
        explore: "def explore(f): ...",
        bounds: BOUNDS,
      }),
      seconds: 7,
    },
  ]);
});

test("What is interrupted tells its line if it can, and keeps the charts before it", async () => {
  const text = said({ kind: "raised", message: "", error: ERROR, at: 2, charts: [raw()] });
  const { said: late } = await explored({ kind: "late", text });
  assert.deepEqual(late.kind === "late" && [late.line, late.at, late.charts.length], [3, 2, 1]);
  const { said: mute } = await explored({ kind: "late", text: "" });
  assert.deepEqual(mute, { kind: "late", line: null, at: null, charts: [] });
});

test("Whatever else becomes of the question is handed on", async () => {
  for (const kind of ["stopped", "broken"] as const) {
    assert.deepEqual((await explored({ kind })).said, { kind });
  }
  assert.deepEqual((await explored({ kind: "answer", text: "los" })).said, { kind: "unreadable" });
});

test("A line is one of the learner's file alone", () => {
  for (const [file, line] of [
    ["solution.py", 3],
    ["explore.py", null],
  ] as const) {
    const text = said({ kind: "raised", message: "m", error: { ...ERROR, file } });
    const read = readExplored(text, BOUNDS);
    assert.equal(read?.kind === "raised" && read.error.line, line);
  }
});

const NONE: Record<string, string> = {
  nothing: "",
  "a list": "[]",
  "no charts": '{"kind": "drawn"}',
  "another kind": said({ kind: "passed" }),
  "too much": said({ kind: "misshapen", message: "x".repeat(700_000) }),
  "too deep": `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`,
  "deep in a text's neighbourhood": `{"kind":"drawn","a":"\\"]]","charts":${"[".repeat(40)}${"]".repeat(40)}}`,
};

for (const [name, text] of Object.entries(NONE)) {
  test(`An answer that is none is none: ${name}`, () => {
    assert.equal(readExplored(text, BOUNDS), null);
  });
}

test("Brackets in a text are not deep", () => {
  const text = said({ kind: "misshapen", message: `${"[".repeat(99)}\\"${"{".repeat(99)}` });
  assert.equal(readExplored(text, BOUNDS)?.kind, "misshapen");
});

const many = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
const series = (count: number): Raw[] => many(count).map((n) => ({ name: `s${n}`, y: [0, 1, 2] }));
const MISSHAPEN: Record<string, Raw[]> = {
  "no title": [{ title: "" }],
  "a title of blanks": [{ title: " \n" }],
  "a title that is none": [{ title: 3 }],
  "a huge title": [{ title: "x".repeat(121) }],
  "no axis": [{ x_label: undefined }],
  "no inputs": [{ x: [] }],
  "inputs that lie about their length": [{ x: { length: 3, 0: 0, 1: 1, 2: 2 } }],
  "inputs that are texts": [{ x: ["0", "1", "2"] }],
  "inputs that fall": [{ x: [0, 2, 1] }],
  "an input that is too large": [{ x: [0, 1, 1e301] }],
  "labels that are numbers": [{ kind: "bars", x: [0, 1, 2] }],
  "too many points": [{ x: many(401), series: [{ name: "f", y: many(401) }] }],
  "other lengths": [{ series: [{ name: "f", y: [1, 2] }] }],
  "values that lie about their length": [{ series: [{ name: "f", y: { length: 3 } }] }],
  "a series that is none": [{ series: [null] }],
  "no series": [{ series: [] }],
  "a nameless series": [{ series: [{ name: "", y: [0, 1, 2] }] }],
  "too many series": [{ series: series(9) }],
  "too many series in all": [{ series: series(5) }, { series: series(4) }],
  "too many charts": many(9).map(() => ({})),
};

for (const [name, changes] of Object.entries(MISSHAPEN)) {
  test(`A chart that is none is not drawn: ${name}`, () => {
    assert.equal(charts(...changes), null);
  });
}

test("Eight series of 400 points are drawn", () => {
  const full = many(8).map((n) => ({ name: `s${n}`, y: many(400) }));
  assert.equal(charts({ x: many(400), series: full })?.[0]?.series.length, 8);
});

test("Numbers alone are drawn: all else is a gap", () => {
  const y = [1, "1", Number.NaN, Infinity, 1e301, true, [], {}, null, -2.5];
  const x = many(y.length);
  const [read] = charts({ x, series: [{ name: "f", y, odd: "none" }] }) ?? [];
  const gaps = Array.from({ length: 8 }, () => null);
  assert.deepEqual(read?.series, [{ name: "f", y: [1, ...gaps, -2.5], odd: [] }]);
});

test("What stood in place of numbers is told in bounds", () => {
  const odd = [
    ["a".repeat(999), 2],
    ["b", -1],
    ["c", 1.5],
    ["d", 3],
  ];
  const [read] = charts({ series: [{ name: "f", y: [0, 1, 2], odd }] }) ?? [];
  assert.deepEqual(read?.series[0]?.odd, [["a".repeat(120), 2]]);
});

test("A chart lies over the reference's of its title, kind and inputs", () => {
  const right = [chart([0, 1]), chart([0, 2], { title: "u" })];
  const own = [chart([5, 6], { title: "u" }), chart([0, 1, 2]), chart([7, 8], { title: "new" })];
  const pairs = paired(own, right).map((pair) => [pair.own, pair.reference]);
  assert.deepEqual(pairs, [
    [null, right[0]],
    [own[0], right[1]],
    [own[1], null],
    [own[2], null],
  ]);
});

/** What is said of a series that has these values, where the reference has those. */
function remarked(y: (number | null)[], right: (number | null)[], odd: unknown[] = []): string {
  const pair = { own: chart(y, {}, odd), reference: chart(right) };
  return remarks(seriesOf(pair)[0]!, pair.own).join("; ");
}

test("A series says in what it differs from the reference", () => {
  assert.equal(remarked([0, 1, 2], [0, 1 + 1e-12, 2]), "as the reference");
  assert.equal(remarked([0, 1.5, 9], [0, 1, 2]), "differs most at x = 2: 9 instead of 2");
  assert.equal(remarked([0, 1.00000001], [0, 1]), "differs most at x = 1: 1.00000001 instead of 1");
  assert.equal(remarked([0, null], [0, 1]), "one value is missing");
  assert.equal(remarked([null, null], [0, 1], [["NaN", 2]]), "NaN everywhere");
  assert.equal(
    remarked([3, null], [0, 1], [["inf", 1]]),
    "differs most at x = 0: 3 instead of 0; inf at 1 of 2 points",
  );
  assert.equal(remarked([0, null], [0, null]), "as the reference");
  assert.equal(remarked([0, 5], [0, null]), "a value where the reference has none");
  assert.equal(
    remarked([1, 2, 3], [0, null, null]),
    "differs most at x = 0: 1 instead of 0; 2 values where the reference has none",
  );
});

test("Small numbers are held to their own size, and rounding is no difference", () => {
  const tiny = "differs most at x = 1: 2e-12 instead of 1e-12";
  assert.equal(remarked([0, 2e-12, 4e-12], [0, 1e-12, 4e-12]), tiny);
  assert.equal(remarked([1e-17, 1e-12], [0, 1e-12]), "as the reference");
  assert.equal(remarked([1e-17, -3e-16], [0, 0]), "as the reference");
  assert.equal(remarked([1e-10, 1e6], [0, 1e6]), "as the reference");
});

test("Inputs that are told can be told apart, as far from zero as they are", () => {
  const x = Array.from({ length: 10 }, (_, at) => 10000 + at);
  const own = chart(
    x.map((_, at) => (at === 7 ? 5 : at)),
    { x },
  );
  const pair = { own, reference: chart(many(10), { x }) };
  assert.equal(remarks(seriesOf(pair)[0]!, own)[0], "differs most at x = 10007: 5 instead of 7");
  assert.match(description(pair), /^Curves of y over x, from 10000 to 10009\./);
});

test("A chart is told in words", () => {
  const own = chart([0, 1.5, 3]);
  assert.equal(
    description({ own, reference: chart([0, 1, 2]) }),
    "Curves of y over x, from 0 to 2. f: from 0 to 3, differs most at x = 2: 3 instead of 2.",
  );
  const bars = { kind: "bars", x: ["a", "b"] };
  assert.equal(
    description({ own: chart([0.5, null], bars), reference: null }),
    "Bars of y by x. f: a 0.5, b nothing to draw.",
  );
  const reference = chart([null, null]);
  assert.match(description({ own: null, reference }), /f: nothing to draw, the reference\.$/);
});

test("Ranges hold all values, and are never empty", () => {
  for (const values of [
    [],
    [null],
    [3],
    [0],
    [5e-324],
    [-1e300, 1e300],
    [1e16, 1e16 + 2],
    [1, 2],
  ]) {
    for (const hasZero of [true, false]) {
      const [low, high] = rangeOf(values, hasZero);
      assert.ok(low < high && Number.isFinite(high - low), String(values));
      for (const value of values) if (value !== null) assert.ok(low <= value && value <= high);
    }
  }
  assert.deepEqual(rangeOf([2, 4], true)[0], 0);
});

test("Ticks are few, round and within the range, whatever that is", () => {
  assert.deepEqual(ticks([0, 1], 4), [0, 0.5, 1]);
  assert.deepEqual(ticks([-0.1, 6.3], 4), [0, 2, 4, 6]);
  for (const range of [
    [-1e300, 1e300],
    [1e16, 1e16 + 2],
    [-1e-290, 1e-290],
    [5, 5.0000001],
  ] as const) {
    const found = ticks(range, 4);
    assert.ok(found.length >= 1 && found.length <= 20, String(range));
    assert.ok(
      found.every((tick) => tick >= range[0] && tick <= range[1]),
      String(range),
    );
  }
});

test("A gap interrupts a line, and a point alone gets a mark", () => {
  const points = [[0, 0], [1, 1], null, [3, 3], null] as const;
  assert.equal(linePath(points), "M0 0L1 1M3 3");
  assert.deepEqual(marked(points, 1, 100), [[3, 3]]);
  assert.equal(new Set(many(8).map((place) => mark(place, 0, 0))).size, 8);
});

test("A bar goes from zero to its end, up or down", () => {
  assert.equal(barPath(1, 2, 50, 10), "M1 50V10H3V50Z");
  assert.equal(barPath(1, 2, 50, 70.04), "M1 50V70H3V50Z");
  assert.equal(capPath(0.25, 1, 10), "M0.3 10H1.3");
});

test("Numbers at axes are short", () => {
  assert.deepEqual(
    [short(0.1 + 0.2), short(123456), short(-0), short(1e-7)],
    ["0.3", "123500", "0", "1e-7"],
  );
});
