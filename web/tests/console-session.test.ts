import assert from "node:assert/strict";
import { test } from "node:test";
import { type Ending, Session, type Watcher } from "../src/console/session";
import type { OwnAnswer } from "../src/driver/question";
import type { OwnQuestion } from "../src/page/own-realm";
import { Deferred, settled } from "./fakes/promises";

const LIMITS = { callSeconds: 5, runSeconds: 20 };
const SOURCE = "x = 1\n";
const DONE = answer({ kind: "done" });

function answer(said: object): OwnAnswer {
  return { kind: "answer", text: JSON.stringify(said) };
}

type Respond = (question: OwnQuestion, stop: AbortSignal) => OwnAnswer | Promise<OwnAnswer>;

/** A session whose Python answers so, and all that it tells, in order. */
function scene(respond: Respond = () => DONE) {
  const told: string[] = [];
  const endings: Ending[] = [];
  const asked: OwnQuestion[] = [];
  const python = {
    starts: 0,
    ends: 0,
    start: () => void python.starts++,
    end: () => void python.ends++,
    ask: async (question: OwnQuestion, stop: AbortSignal) => {
      asked.push(question);
      return respond(question, stop);
    },
  };
  const watcher: Watcher = {
    busy: (isBusy) => told.push(isBusy ? "busy" : "idle"),
    began: (begun) => told.push(begun.kind === "program" ? "program" : `>>> ${begun.code}`),
    piece: (piece) => told.push(`${piece.kind} ${piece.text}`),
    said: (said) => told.push(said.kind),
    leftOut: () => told.push("left out"),
    restarted: (ending) => endings.push(ending),
    unavailable: (cause) => told.push(String(cause)),
    holds: (held) => told.push(held === null ? "holds nothing" : `holds ${held.source.trim()}`),
  };
  const session = new Session(python, LIMITS, watcher, () => 1000);
  return { session, python, told, endings, asked };
}

const INPUT = { text: "", isWhole: false };

test("A program runs on the limit of a run, what is typed on that of a call", async () => {
  const { session, told, asked } = scene();
  await session.run(SOURCE, INPUT);
  assert.equal(await session.type("x", SOURCE, "lines"), "done");
  assert.deepEqual(told, [
    ...["busy", "program", "holds x = 1", "done", "idle"],
    ...["busy", ">>> x", "done", "idle"],
  ]);
  const [program, typed] = asked;
  assert.deepEqual([program?.name, program?.seconds], ["program", 20]);
  assert.deepEqual([typed?.name, typed?.seconds], ["evaluate", 5]);
  assert.deepEqual(JSON.parse(typed?.argument ?? ""), { code: "x", input: "lines" });
});

test("What is typed first has the file loaded, and what is tried has it loaded anew", async () => {
  const { session, asked } = scene();
  const names = () => asked.splice(0).map(({ name }) => name);
  await session.type("x", SOURCE, "");
  assert.deepEqual(names(), ["program", "evaluate"]);
  await session.type("x", "x = 2\n", "");
  assert.deepEqual(names(), ["evaluate"]);
  await session.type("x", "x = 2\n", "", true);
  assert.deepEqual(names(), ["program", "evaluate"]);
  await session.type("x", "x = 2\n", "", true);
  assert.deepEqual(names(), ["evaluate"]);
});

const CUT_SHORT: Readonly<Record<string, readonly [unknown, string, readonly string[]]>> = {
  "nothing of the file is there": [null, "f(1)", ["left out"]],
  "what it calls is not there": [["f"], "import numpy as np\n\nf (np.e)", ["left out"]],
  "something else is not there": [["g", "ff"], "a.g(f(1))", [">>> a.g(f(1))", "done"]],
  "what is not there is no list of names": ["f", "f(1)", [">>> f(1)", "done"]],
};

for (const [what, [missing, code, then]] of Object.entries(CUT_SHORT)) {
  test(`A case is left out only where its code cannot run: ${what}`, async () => {
    const { session, told } = scene(({ name }) =>
      name === "program" ? answer({ kind: "raised", missing }) : DONE,
    );
    const loading = ["program", "holds x = 1", "raised"];
    const isLeftOut = then.includes("left out");
    for (const again of [loading, isLeftOut ? loading : []]) {
      told.splice(0);
      await session.type(code, SOURCE, "", true);
      assert.deepEqual(told, ["busy", ...again, ...then, "idle"]);
    }
    told.splice(0);
    await session.type(code, SOURCE, "");
    assert.deepEqual(told, ["busy", `>>> ${code}`, "done", "idle"]);
  });
}

test("What is printed is told in its order, before what becomes of the code", async () => {
  const { session, told } = scene(({ onPiece }) => {
    onPiece?.(JSON.stringify({ out: "one" }));
    onPiece?.(JSON.stringify({ value: { text: "2", about: "" } }));
    return DONE;
  });
  await session.run(SOURCE, INPUT);
  assert.deepEqual(told.slice(1), [
    ...["program", "out one", "value 2", "holds x = 1", "done", "idle"],
  ]);
});

test("One thing goes on at a time, each in its turn", async () => {
  const gate = new Deferred<OwnAnswer>();
  const { session, asked } = scene(() => (asked.length === 1 ? gate.promise : DONE));
  const all = [session.run(SOURCE, INPUT), session.type("x", SOURCE, ""), session.run("", INPUT)];
  await settled();
  assert.equal(asked.length, 1);
  gate.resolve(DONE);
  await Promise.all(all);
  assert.deepEqual(
    asked.map(({ name }) => name),
    ["program", "evaluate", "program"],
  );
});

const LINE = { type: "KeyboardInterrupt", line: 3, file: "solution.py" };
const ENDED: Readonly<Record<string, readonly [OwnAnswer, Ending]>> = {
  "is stopped": [{ kind: "stopped" }, { kind: "stopped" }],
  breaks: [{ kind: "broken" }, { kind: "broken" }],
  "does not end, and says where": [
    { kind: "late", text: JSON.stringify({ kind: "raised", error: LINE }) },
    { kind: "late", seconds: 5, line: 3, isOfFile: true },
  ],
  "does not end, and says nothing": [
    { kind: "late", text: "" },
    { kind: "late", seconds: 5, line: null, isOfFile: false },
  ],
  "answers with what is no answer": [{ kind: "answer", text: "{" }, { kind: "broken" }],
  "answers with more than any answer": [
    answer({ kind: "done", more: "x".repeat(400_000) }),
    { kind: "broken" },
  ],
};

for (const [what, [ending, told]] of Object.entries(ENDED)) {
  test(`Code that ${what} takes all variables with it, and Python comes up anew`, async () => {
    const answers = [DONE, ending];
    const { session, python, told: all, endings } = scene(() => answers.shift() ?? DONE);
    await session.run(SOURCE, INPUT);
    await session.type("f()", SOURCE, "");
    assert.deepEqual(endings, [told]);
    assert.deepEqual([all.includes("holds nothing"), python.starts, python.ends], [true, 1, 1]);
  });
}

test("Once Python was lost the file is not loaded unless it is asked for, which Python hears", async () => {
  for (const lost of [0, 1]) {
    const answers: OwnAnswer[] = [...Array(lost).fill(DONE), { kind: "late", text: "" }];
    const { session, asked } = scene(() => answers.shift() ?? DONE);
    await session.type("f()", SOURCE, "");
    asked.splice(0);
    await session.type("1", SOURCE, "");
    await session.type("case()", SOURCE, "", true);
    assert.deepEqual(
      asked.map(({ name, argument }) => [name, JSON.parse(argument).unloaded]),
      [
        ["evaluate", SOURCE],
        ["program", undefined],
        ["evaluate", undefined],
      ],
    );
  }
});

const NO_PIECES: Readonly<Record<string, readonly string[]>> = {
  "no piece": ["{}"],
  "no JSON": ["out"],
  "a text in place of an object": ['"out"'],
  "a value without a text": ['{"value": {"about": "list"}}'],
  "more than code may show": Array(10).fill(JSON.stringify({ out: "x".repeat(20_000) })),
};

for (const [what, pieces] of Object.entries(NO_PIECES)) {
  test(`Python that sends ${what} is ended, and nothing more of it is shown`, async () => {
    const { session, python, told, endings } = scene(({ onPiece }) => {
      for (const piece of pieces) onPiece?.(piece);
      onPiece?.(JSON.stringify({ out: "after" }));
      return python.ends > 0 ? { kind: "broken" } : DONE;
    });
    await session.run(SOURCE, INPUT);
    assert.deepEqual(endings, [{ kind: "broken" }]);
    assert.ok(!told.includes("out after") && !told.includes("done"));
    assert.ok(told.join("").length < 200_000);
  });
}

test("Stop ends what goes on, and not what comes after it", async () => {
  const { session, endings, told } = scene((_question, stop) =>
    told.includes("holds nothing")
      ? DONE
      : new Promise((resolve) =>
          stop.addEventListener("abort", () => resolve({ kind: "stopped" })),
        ),
  );
  const running = session.run(SOURCE, INPUT);
  await settled();
  session.stop();
  await running;
  session.stop();
  assert.equal(await session.type("1", SOURCE, ""), "done");
  assert.deepEqual(endings, [{ kind: "stopped" }]);
});

test("That Python went while nothing ran is told only where something is lost", async () => {
  const { session, endings } = scene();
  session.gone("spared");
  await session.run(SOURCE, INPUT);
  session.gone("spared");
  session.gone("lost");
  assert.deepEqual(endings, [{ kind: "spared" }]);
});

test("Names are completed where something was run, quietly", async () => {
  const found = { from: 2, names: ["reshape"] };
  const { session, told, asked } = scene(({ name }) =>
    name === "complete" ? answer(found) : DONE,
  );
  assert.equal(await session.complete("x.re"), null);
  await session.run(SOURCE, INPUT);
  const before = told.length;
  assert.deepEqual(await session.complete("x.re"), found);
  assert.deepEqual([told.length, asked.at(-1)?.argument], [before, '{"before":"x.re"}']);
});

test("Names that are none are no names", async () => {
  const names = ["fine", 3, null, "a b", "<b>", "x".repeat(300)];
  const { session } = scene(() => answer({ kind: "done", from: 0, names }));
  await session.run(SOURCE, INPUT);
  assert.deepEqual((await session.complete("f"))?.names, ["fine"]);
});

test("An input that is wanted is told with its line and its prompt", async () => {
  const wanted = { kind: "input-wanted", prompt: "age? ", taken: 2 };
  const { session, told } = scene(() => answer(wanted));
  await session.run(SOURCE, { text: "a\nb\n", isWhole: false });
  assert.deepEqual(told.slice(-2), ["input-wanted", "idle"]);
});
