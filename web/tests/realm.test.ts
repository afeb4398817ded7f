import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_PIECE, MAX_PIECES } from "../src/driver/pieces";
import { LIBRARY_WANTED, MAX_ANSWER, RealmLost } from "../src/driver/realm";
import { AssetError } from "../src/shared/problem";
import type { FakeWorker } from "./fakes/host";
import { bootRealm } from "./fakes/open-realm";
import { NEVER, settled } from "./fakes/promises";

const LIBRARY = ["stdlib.zip", "numpy.zip", "candidate.zip"] as const;

/** Answer the question that is put next. */
async function answer(worker: FakeWorker, text: string, brief: number | null = null) {
  const { id } = await worker.listener.take("ask");
  worker.say({ kind: "answer", id, text, brief, isLate: false });
}

test("A question goes out by name and comes back with its answer", async (t) => {
  const { realm, worker } = await bootRealm(t);
  const asked = realm.ask("call", "add(1, 1)");
  const { id, ...question } = await worker.listener.take("ask");
  assert.deepEqual(question, { kind: "ask", function: "call", argument: "add(1, 1)" });
  worker.say({ kind: "answer", id, text: "it is 2", brief: 2, isLate: false });
  const said = await asked;
  assert.ok(said !== LIBRARY_WANTED);
  assert.deepEqual([said.text, said.brief], ["it is 2", 2]);
});

test("One question is open at a time, and none is known by another's id", async (t) => {
  const { realm, worker } = await bootRealm(t);
  const asked = [realm.ask("load", "first"), realm.ask("call", "second")];
  const first = await worker.listener.take("ask");
  await settled();
  assert.equal(worker.heard.at(-1), first);
  worker.say({ kind: "answer", id: first.id, text: "1", brief: null, isLate: false });
  const second = await worker.listener.take("ask");
  assert.notEqual(second.id, first.id);
  worker.say({ kind: "answer", id: second.id, text: "2", brief: null, isLate: false });
  const texts = (await Promise.all(asked)).map((said) => said !== LIBRARY_WANTED && said.text);
  assert.deepEqual(texts, ["1", "2"]);
});

const UNASKED: readonly (readonly [what: string, message: object])[] = [
  [
    "An answer to somebody else",
    { kind: "answer", id: "1-2-3-4", text: "forged", brief: 1, isLate: false },
  ],
  ["A wish for somebody else's library", { kind: "library-wanted", id: "1-2-3-4" }],
  ["A second boot", { kind: "booted", how: "restore", ms: 1 }],
  ["A library that nobody sent", { kind: "attached" }],
  ["A rewind that nobody wanted", { kind: "rewound", isClean: true }],
];

for (const [what, message] of UNASKED) {
  test(`${what} is dropped`, async (t) => {
    const { realm, worker } = await bootRealm(t);
    const asked = realm.ask("call", "");
    worker.say(message);
    await answer(worker, "the real one");
    const said = await asked;
    assert.equal(said !== LIBRARY_WANTED && said.text, "the real one");
  });
}

const RIGHT = { kind: "answer", id: "1", text: "", brief: null, isLate: false };
const MALFORMED: readonly (readonly [what: string, message: unknown])[] = [
  ["nothing", null],
  ["no object", "answer"],
  ["no kind", {}],
  ["an unknown kind", { kind: "report" }],
  ["a kind that only drivers say", { kind: "boot", how: "restore" }],
  ["an answer without an id", { ...RIGHT, id: 1 }],
  ["an answer without a text", { ...RIGHT, text: null }],
  ["an answer with too long a text", { ...RIGHT, text: "x".repeat(MAX_ANSWER + 1) }],
  ["an answer with too long a brief", { ...RIGHT, brief: "x".repeat(MAX_ANSWER + 1) }],
  ["an answer whose brief is neither number nor text", { ...RIGHT, brief: [1] }],
  ["an answer that says not when it came", { kind: "answer", id: "1", text: "", brief: null }],
  ["an answer without a brief", { kind: "answer", id: "1", text: "" }],
  ["a boot of an unknown kind", { kind: "booted", how: "magic", ms: 1 }],
  ["a rewind that does not say how it went", { kind: "rewound" }],
  ["a wish for the library without an id", { kind: "library-wanted" }],
  ["a piece without an id", { kind: "piece", text: "" }],
  ["a piece without a text", { kind: "piece", id: "1", text: 1 }],
  ["too long a piece", { kind: "piece", id: "1", text: "x".repeat(MAX_PIECE + 1) }],
  ["a failure without a message", { kind: "failure", message: {}, lacksMemory: false }],
];

for (const [what, message] of MALFORMED) {
  test(`A realm that sends ${what} is ended`, async (t) => {
    const { realm, worker } = await bootRealm(t);
    const asked = realm.ask("call", "");
    worker.say(message);
    await assert.rejects(asked, { constructor: RealmLost, message: /malformed/ });
    assert.deepEqual([realm.isLost, worker.isEnded], [true, true]);
  });
}

test("What is sent before an answer is heard in its order, where it is wanted", async (t) => {
  const { realm, worker } = await bootRealm(t);
  const heard: string[] = [];
  const asked = realm.ask("call", "", 5, (text) => heard.push(text));
  const { id, pieces } = await worker.listener.take("ask");
  assert.equal(pieces, true);
  for (const text of ["one", "two"]) worker.say({ kind: "piece", id, text });
  worker.say({ kind: "answer", id, text: "three", brief: null, isLate: false });
  const said = await asked;
  heard.push(said === LIBRARY_WANTED ? "" : said.text);
  assert.deepEqual(heard, ["one", "two", "three"]);
});

const UNWANTED: readonly (readonly [what: string, isWanted: boolean, ids: readonly string[]])[] = [
  ["pieces that nobody wants", false, ["own"]],
  ["a piece of another question's", true, ["1-2-3-4"]],
  ["a flood of pieces", true, Array<string>(MAX_PIECES + 1).fill("own")],
];

for (const [what, isWanted, ids] of UNWANTED) {
  test(`A realm that sends ${what} is ended`, async (t) => {
    const { realm, worker } = await bootRealm(t);
    const heard: string[] = [];
    const asked = realm.ask("call", "", 5, isWanted ? (text) => heard.push(text) : undefined);
    const { id } = await worker.listener.take("ask");
    for (const each of ids) worker.say({ kind: "piece", id: each === "own" ? id : each, text: "" });
    await assert.rejects(asked, { constructor: RealmLost, message: /more than it was asked/ });
    assert.ok(heard.length < ids.length);
    assert.equal(worker.isEnded, true);
  });
}

test("To end a realm ends its worker and rejects what is open and what waits", async (t) => {
  const { realm, worker } = await bootRealm(t);
  const asked = [realm.ask("call", "open"), realm.ask("call", "waiting")];
  await worker.listener.take("ask");
  realm.kill();
  for (const each of asked) await assert.rejects(each, RealmLost);
  await assert.rejects(realm.ask("call", "too late"), RealmLost);
  await assert.rejects(realm.attach(), RealmLost);
  assert.deepEqual([realm.isLost, worker.isEnded], [true, true]);
});

test("A worker that ends by itself, or tells of a failure, loses the realm", async (t) => {
  const breaks = [
    (worker: FakeWorker) => worker.onLost("it ended"),
    (worker: FakeWorker) =>
      worker.say({ kind: "failure", message: "it ended", lacksMemory: false }),
  ];
  for (const breakDown of breaks) {
    const { realm, worker } = await bootRealm(t);
    const asked = realm.ask("call", "");
    breakDown(worker);
    await assert.rejects(asked, { constructor: RealmLost, message: "it ended" });
  }
});

test("A restored realm that wants its library gets it once", async (t) => {
  const { realm, worker, host } = await bootRealm(t);
  host.assets.arrive(...LIBRARY);
  const asked = realm.ask("call", "");
  const { id } = await worker.listener.take("ask");
  worker.say({ kind: "library-wanted", id });
  assert.equal(await asked, LIBRARY_WANTED);
  const attached = [realm.attach(), realm.attach()];
  await worker.listener.take("attach");
  worker.say({ kind: "attached" });
  await Promise.all(attached);
  await settled();
  const after = worker.heard.slice(worker.heard.findIndex(({ kind }) => kind === "attach") + 1);
  const names = after.map((file) => file.name).sort();
  assert.deepEqual(names, [...LIBRARY, "linalg.so", "multiarray.so"].sort());
});

test("A realm that wants its library when it has it is lost", async (t) => {
  const { realm, worker } = await bootRealm(t, "judge", "import");
  const asked = realm.ask("begin", "");
  const { id } = await worker.listener.take("ask");
  worker.say({ kind: "library-wanted", id });
  await assert.rejects(asked, { constructor: RealmLost, message: /twice/ });
  assert.equal(realm.isLost, true);
});

test("A library that cannot be had is told to whoever brings it", async (t) => {
  const { realm, host } = await bootRealm(t);
  const absent = new AssetError({ what: "numpy.zip is missing", remedy: "Retry" });
  host.assets.fail("numpy.zip", absent);
  await assert.rejects(realm.attach(), absent);
});

test("A realm tells whether memory was all that it had to lay back", async (t) => {
  const { realm, worker } = await bootRealm(t);
  for (const isClean of [true, false]) {
    const rewound = realm.rewind();
    await worker.listener.take("rewind");
    worker.say({ kind: "rewound", isClean });
    assert.equal(await rewound, isClean);
  }
});

interface SeriesHeard {
  readonly secondsLeft: number;
  readonly asks: readonly {
    readonly expected: number | null;
    readonly message: { readonly id: string; readonly argument: string; readonly seconds: number };
  }[];
}

const callsOf = (...calls: readonly (readonly [call: string, expected: number | null])[]) =>
  calls.map(([call, expected]) => ({ call, expected, isAwaited: false }));

async function takeSeries(worker: FakeWorker): Promise<SeriesHeard> {
  return (await worker.listener.take("series")) as unknown as SeriesHeard;
}

test("A series goes out as one, each call with the number that the next one follows upon", async (t) => {
  const { realm, worker } = await bootRealm(t);
  realm.askSeries(callsOf(["a", 1], ["b", 2], ["c", null]), 5, 20);
  const { asks, secondsLeft } = await takeSeries(worker);
  assert.equal(secondsLeft, 20);
  const told = asks.map(({ message, expected }) => [message.argument, message.seconds, expected]);
  assert.deepEqual(told, [
    ["a", 5, 1],
    ["b", 5, 2],
    ["c", 5, null],
  ]);
  assert.equal(new Set(asks.map(({ message }) => message.id)).size, 3);
});

test("A series is answered in turn, and what is not asked any more never is", async (t) => {
  const { realm, worker } = await bootRealm(t);
  const [first, second] = realm.askSeries(callsOf(["a", 1], ["b", null]), 5, 20);
  const [a, b] = (await takeSeries(worker)).asks;
  worker.say({ kind: "answer", id: b!.message.id, text: "out of turn", brief: 2, isLate: false });
  worker.say({ kind: "answer", id: a!.message.id, text: "says 1", brief: 1, isLate: false });
  const said = await first!;
  assert.equal(said !== LIBRARY_WANTED && said.text, "says 1");
  await settled();
  assert.equal(await Promise.race([second, settled()]), undefined);
});

test("Answers that come together are taken one by one, and anything else among them loses the realm", async (t) => {
  const { realm, worker } = await bootRealm(t);
  const answers = realm.askSeries(callsOf(["a", 1], ["b", 2], ["c", null]), 5, 20);
  const ids = (await takeSeries(worker)).asks.map(({ message }) => message.id);
  const said = ids.map((id, at) => ({ kind: "answer", id, text: "", brief: at, isLate: false }));
  worker.say({ kind: "answers", answers: said.slice(0, 2) });
  const numbers = await Promise.all(answers.slice(0, 2));
  assert.deepEqual(
    numbers.map((each) => each !== LIBRARY_WANTED && each.brief),
    [0, 1],
  );
  worker.say({ kind: "answers", answers: ["no answer", said[2]] });
  await assert.rejects(answers[2]!, RealmLost);
});

test("A new series takes the place of the rest of the old one", async (t) => {
  const { realm, worker } = await bootRealm(t);
  const [old] = realm.askSeries(callsOf(["a", null]), 5, 20);
  const [a] = (await takeSeries(worker)).asks;
  const [fresh] = realm.askSeries(callsOf(["x", null]), 5, 20);
  const [x] = (await takeSeries(worker)).asks;
  worker.say({ kind: "answer", id: a!.message.id, text: "says 1", brief: 1, isLate: false });
  worker.say({ kind: "answer", id: x!.message.id, text: "says x", brief: null, isLate: false });
  const said = await fresh!;
  assert.equal(said !== LIBRARY_WANTED && said.text, "says x");
  assert.equal(await Promise.race([old, settled()]), undefined);
});

test("A call of a series may want the library, and a lost realm answers none of it", async (t) => {
  const { realm, worker } = await bootRealm(t);
  const [first, second] = realm.askSeries(callsOf(["a", 1], ["b", null]), 5, 20);
  const [a] = (await takeSeries(worker)).asks;
  worker.say({ kind: "library-wanted", id: a!.message.id });
  assert.equal(await first, LIBRARY_WANTED);
  realm.kill();
  await assert.rejects(Promise.race([second, NEVER]), RealmLost);
});
