import assert from "node:assert/strict";
import { test } from "node:test";
import { type Heard, type TraceQuestion, trace } from "../src/driver/trace";
import { callsOne, Exchanges } from "../src/page/step-through";
import type { Exercise } from "../src/shared/exercise";

const EXERCISE = {
  entryPoints: [{ name: "f", parameters: [] }],
  limits: { callSeconds: 3, bootSeconds: 20 },
} as unknown as Exercise;
const CALL = { call: "f(3)", answer: "9" };
const EARLIER = [
  { call: "f(1)", answer: "1" },
  { call: "f(2)", answer: null },
];
const LOADED = '{"kind": "loaded"}';

/** Watch a call in a candidate that answers with these texts, or else. */
async function watched(answers: readonly (string | Heard)[]) {
  const asked: TraceQuestion[] = [];
  const steps: string[] = [];
  const ask = async (question: TraceQuestion): Promise<Heard> => {
    asked.push(question);
    question.onPiece?.("[]");
    const answer = answers[asked.length - 1] ?? "";
    return typeof answer === "string" ? { kind: "answer", text: answer } : answer;
  };
  const observer = { steps: (text: string) => steps.push(text), again: () => steps.splice(0) };
  const traced = { source: "def f(x): ...", earlier: EARLIER, call: CALL };
  return { end: await trace(EXERCISE, ask, traced, observer), asked, steps };
}

test("A call is watched after the submission was loaded and the calls before it were made", async () => {
  const { end, asked, steps } = await watched([LOADED, "", "", '{"cut": true, "same": false}']);
  assert.deepEqual(end, { kind: "ended", isCut: true, isSame: false });
  assert.deepEqual(
    asked.map(({ seconds }) => seconds),
    [23, 3, 3, 3],
  );
  assert.deepEqual(
    asked.map(({ name, argument }) => [name, argument]),
    [
      [
        "load_traced",
        JSON.stringify({ source: "def f(x): ...", entry_points: EXERCISE.entryPoints }),
      ],
      ["call", "f(1)"],
      ["call", "f(2)"],
      ["trace", JSON.stringify(CALL)],
    ],
  );
  assert.deepEqual(
    asked.at(-1)?.history?.map(([name]) => name),
    ["load_traced", "call", "call"],
  );
  assert.deepEqual(steps, ["[]"]); // what else is asked sends none
});

test("Whatever keeps a call from being watched is told, and nothing further is asked", async () => {
  const broken: Heard = { kind: "broken" };
  const late: Heard = { kind: "late" };
  assert.deepEqual((await watched(['{"kind": "raised"}'])).end, { kind: "unfit" });
  assert.deepEqual((await watched([broken])).end, broken);
  const second = await watched([LOADED, late]);
  assert.deepEqual([second.end, second.asked.length], [late, 2]);
  assert.deepEqual((await watched([LOADED, "", "", late])).end, late);
});

test("An end that is malformed says nothing", async () => {
  for (const text of ["", "[]", '"x"', '{"cut": 1, "same": "yes"}']) {
    const { end } = await watched([LOADED, "", "", text]);
    assert.deepEqual(end, { kind: "ended", isCut: false, isSame: null });
  }
});

test("A case's call is watched with those before it in its test, and else as its code", () => {
  const exchanges = new Exchanges("code");
  for (const asked of [...EARLIER, CALL]) exchanges.add("t", asked);
  exchanges.add("other", CALL);
  const source = "code";
  assert.deepEqual(exchanges.traced("t", 2, "f(3)"), { source, earlier: EARLIER, call: CALL });
  assert.deepEqual(exchanges.traced("t", 0, ""), { source, earlier: [], call: EARLIER[0] });
  const unknown = { source, earlier: [], call: { code: "f(9)", before: [] } };
  assert.deepEqual(exchanges.traced("t", 3, "f(9)"), unknown);
  exchanges.add("large", { call: "x".repeat(50_000_000), answer: null });
  assert.deepEqual(exchanges.traced("large", 0, "f(9)"), unknown);
  exchanges.clear();
  assert.deepEqual(exchanges.traced("t", 2, "f(9)"), unknown);
});

test("Code is known to call a learner's function by the function's name", () => {
  for (const code of ["f(1)", "x = 2; f (x)", "g(f(1))"]) assert.ok(callsOne(["f"], code), code);
  for (const code of ["f", "of(1)", "x.f(1)", "fs(1)", ""]) assert.ok(!callsOne(["f"], code), code);
});
