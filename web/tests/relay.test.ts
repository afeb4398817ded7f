import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { relay } from "../src/frame/relay";
import type { Brief } from "../src/shared/lookahead";
import type { Ask, AskMessage, Series } from "../src/shared/messages";
import { Listener } from "./fakes/listener";
import { settled } from "./fakes/promises";
import { FakeTime } from "./fakes/time";

/** A relay between a driver and a realm, of which each is a listener. */
function stand(t: TestContext): { readonly driver: Listener; readonly realm: Listener } {
  const [outside, inside] = [new MessageChannel(), new MessageChannel()];
  relay(outside.port2, inside.port1);
  t.after(() => {
    outside.port1.close();
    inside.port2.close();
  });
  return { driver: new Listener(outside.port1), realm: new Listener(inside.port2) };
}

const ask = (id: string, expected: Brief | null = null, isAwaited = true): Ask => ({
  message: { kind: "ask", id, function: "call", argument: `call ${id}`, seconds: 5 },
  expected,
  isAwaited,
});
const series = (...asks: readonly Ask[]): Series => ({ kind: "series", asks, secondsLeft: 20 });
const answer = (id: string, brief: Brief | null) => ({ kind: "answer", id, text: "", brief });

/** What a realm has been asked, once nothing goes on any more. */
async function asked(realm: Listener): Promise<readonly string[]> {
  await settled();
  return realm.heard.filter(({ kind }) => kind === "ask").map(({ id }) => id);
}

test("Messages pass in both directions as they are", async (t) => {
  const { driver, realm } = stand(t);
  const told = [{ kind: "boot", how: "restore" }, { kind: "attach" }, ask("1").message];
  const said = [{ kind: "booted", how: "restore", ms: 1 }, answer("1", 2), { kind: "odd" }, null];
  for (const message of told) driver.say(message);
  for (const message of said) realm.say(message);
  await settled();
  assert.deepEqual([realm.heard, driver.heard], [told, said]);
});

test("The ways by which files come are given away to the realm", async (t) => {
  const { driver, realm } = stand(t);
  const { port1, port2 } = new MessageChannel();
  t.after(() => port1.close());
  driver.port.postMessage({ kind: "files", ports: [port2] }, [port2]);
  const way = new Listener((await realm.take("files")).ports[0]!);
  port1.postMessage({ kind: "file", name: "judge.pack" });
  assert.equal((await way.take("file")).name, "judge.pack");
});

test("The next call follows upon the right number, without a word of the driver's", async (t) => {
  const { driver, realm } = stand(t);
  driver.say(series(ask("a", 1), ask("b", 2), ask("c")));
  assert.deepEqual(await asked(realm), ["a"]);
  realm.say(answer("a", 1));
  assert.deepEqual(await asked(realm), ["a", "b"]);
  realm.say(answer("b", 2 + 1e-15));
  assert.deepEqual(await asked(realm), ["a", "b", "c"]);
  realm.say(answer("c", 3));
  assert.deepEqual(await asked(realm), ["a", "b", "c"]);
  assert.deepEqual(driver.heard, [answer("a", 1), answer("b", 2 + 1e-15), answer("c", 3)]);
});

test("Right answers wait for the one that the driver goes on with, and arrive in one message", async (t) => {
  const { driver, realm } = stand(t);
  new FakeTime(t);
  driver.say(series(ask("a", 1, false), ask("b", 2, false), ask("c", 3), ask("d")));
  for (const [id, number] of [
    ["a", 1],
    ["b", 2],
  ] as const)
    realm.say(answer(id, number));
  assert.deepEqual([await asked(realm), driver.heard], [["a", "b", "c"], []]);
  realm.say(answer("c", 3));
  await settled();
  const together = { kind: "answers", answers: [answer("a", 1), answer("b", 2)] };
  assert.deepEqual(driver.heard, [together, answer("c", 3)]);
});

test("No answer waits longer for others than a moment, and a wrong one waits for none", async (t) => {
  const { driver, realm } = stand(t);
  const time = new FakeTime(t);
  driver.say(series(ask("a", 1, false), ask("b", 2, false), ask("c", 3)));
  realm.say(answer("a", 1));
  await settled();
  await time.pass(0.05);
  assert.deepEqual(driver.heard, [{ kind: "answers", answers: [answer("a", 1)] }]);
  realm.say(answer("b", 7));
  await settled();
  assert.deepEqual(driver.heard.slice(1), [answer("b", 7)]);
  assert.deepEqual(await asked(realm), ["a", "b"]);
});

const ENDINGS: readonly (readonly [what: string, message: unknown])[] = [
  ["Another number", answer("a", 2)],
  ["An answer that is no number", answer("a", null)],
  ["A wish for the library", { kind: "library-wanted", id: "a" }],
  ["An answer without a brief", { kind: "answer", id: "a" }],
];

for (const [what, message] of ENDINGS) {
  test(`${what} ends a series, and the next one starts at once`, async (t) => {
    const { driver, realm } = stand(t);
    driver.say(series(ask("a", 1), ask("b")));
    realm.say(message);
    assert.deepEqual(await asked(realm), ["a"]);
    driver.say(series(ask("x")));
    assert.deepEqual(await asked(realm), ["a", "x"]);
  });
}

const OTHERS: readonly (readonly [what: string, message: unknown])[] = [
  ["An answer to another call", answer("b", 1)],
  ["A message without an id", { kind: "attached" }],
  ["A piece", { kind: "piece", id: "a", text: "" }],
  ["Nothing", null],
  ["A text", "answer"],
  ["A number", 1],
];

for (const [what, message] of OTHERS) {
  test(`${what} moves no series, and reaches the driver`, async (t) => {
    const { driver, realm } = stand(t);
    driver.say(series(ask("a", 1), ask("b")));
    realm.say(message);
    assert.deepEqual(await asked(realm), ["a"]);
    assert.deepEqual(driver.heard, [message]);
    realm.say(answer("a", 1));
    assert.deepEqual(await asked(realm), ["a", "b"]);
  });
}

for (const number of [1, 9]) {
  test(`A new series replaces the rest of the old one, which answers ${number}`, async (t) => {
    const { driver, realm } = stand(t);
    driver.say(series(ask("a", 1), ask("b", 2), ask("c")));
    driver.say(series(ask("x", 5), ask("y")));
    assert.deepEqual(await asked(realm), ["a"]);
    realm.say(answer("a", number));
    assert.deepEqual(await asked(realm), ["a", "x"]);
    realm.say(answer("x", 5));
    assert.deepEqual(await asked(realm), ["a", "x", "y"]);
  });
}

test("Of several new series the last one counts", async (t) => {
  const { driver, realm } = stand(t);
  for (const id of ["a", "x", "y"]) driver.say(series(ask(id, 1), ask(`${id} again`)));
  realm.say(answer("a", 1));
  assert.deepEqual(await asked(realm), ["a", "y"]);
});

test("A question beside a series does not move it", async (t) => {
  const { driver, realm } = stand(t);
  driver.say(series(ask("a", 1), ask("b")));
  driver.say(ask("rehearse").message);
  realm.say(answer("rehearse", 1));
  assert.deepEqual(await asked(realm), ["a", "rehearse"]);
});

/** After how many seconds each call of a realm is to be interrupted, once nothing goes on any more. */
async function deadlines(realm: Listener): Promise<readonly unknown[]> {
  await settled();
  return realm.heard.map((message) => (message as unknown as AskMessage).seconds);
}

test("Each call of a series has its own time, or what the run then has left", async (t) => {
  const time = new FakeTime(t);
  const { driver, realm } = stand(t);
  driver.say(series(ask("a", 1), ask("b", 2), ask("c", 3), ask("d")));
  for (const [id, number, seconds] of [
    ["a", 1, 17],
    ["b", 2, 1],
    ["c", 3, 3],
  ] as const) {
    await deadlines(realm);
    await time.pass(seconds);
    realm.say(answer(id, number));
  }
  assert.deepEqual(await deadlines(realm), [5, 3, 2, 0]);
});

test("The time of a series that waits for an answer runs from when it was sent", async (t) => {
  const time = new FakeTime(t);
  const { driver, realm } = stand(t);
  driver.say(series(ask("a", 1), ask("b")));
  driver.say({ ...series(ask("x", 1), ask("y")), secondsLeft: 6 });
  await deadlines(realm);
  await time.pass(4);
  realm.say(answer("a", 1));
  assert.deepEqual(await deadlines(realm), [5, 2]);
});
