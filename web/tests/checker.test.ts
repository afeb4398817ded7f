import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { Checker } from "../src/assist/checker";
import { readFindings } from "../src/driver/check";
import type { OwnAnswer } from "../src/driver/question";
import type { OwnQuestion } from "../src/page/own-realm";
import { Permission } from "../src/page/permission";
import { Deferred } from "./fakes/promises";
import { FakeTime } from "./fakes/time";

const NOTE = {
  kind: "note",
  message: "m",
  line: 2,
  column: 1,
  end_line: 2,
  end_column: 4,
} as const;
const NOTED: OwnAnswer = { kind: "answer", text: JSON.stringify([NOTE]) };
const FOUND = { kind: "found", findings: [NOTE] };
const UNKNOWN = { kind: "unknown" };
const WHEN_PERMITTED = { kind: "later", ms: null };
const NEVER = new Promise<OwnAnswer>(() => {});

/** A Python that answers these, one each, the last one for ever. */
class FakePython {
  readonly asked: OwnQuestion[] = [];
  ended = 0;
  isOpened = 0;
  onGone = (): void => {};

  constructor(readonly answers: readonly (OwnAnswer | Promise<OwnAnswer>)[]) {}

  open = (onGone: () => void) => {
    this.isOpened++;
    this.onGone = onGone;
    return this;
  };

  async ask(question: OwnQuestion, stop: AbortSignal): Promise<OwnAnswer> {
    const answer = this.answers[Math.min(this.asked.length, this.answers.length - 1)]!;
    this.asked.push(question);
    const stopped = new Promise<OwnAnswer>((resolve) => {
      stop.addEventListener("abort", () => resolve({ kind: "stopped" }));
    });
    return Promise.race([stopped, answer]);
  }

  end(): void {
    this.ended++;
  }
}

function scene(t: TestContext, ...answers: readonly (OwnAnswer | Promise<OwnAnswer>)[]) {
  const time = new FakeTime(t);
  const permission = new Permission();
  permission.want(true);
  permission.free(true);
  const python = new FakePython(answers);
  const checker = new Checker({ open: python.open, permission });
  permission.watch(() => checker.follow());
  return { time, permission, python, checker };
}

test("A text is asked of Python as data, within a few seconds", async (t) => {
  const { checker, python } = scene(t, NOTED);
  assert.deepEqual(await checker.check('x = "\ud800"\n'), FOUND);
  const [{ name, argument, seconds }] = python.asked as [OwnQuestion];
  assert.deepEqual([name, seconds], ["check", 5]);
  assert.deepEqual(JSON.parse(argument), { source: 'x = "\ud800"\n' });
  assert.equal(checker.isUp, true);
});

const BREAKING: Record<string, OwnAnswer> = {
  "breaks it": { kind: "broken" },
  "takes too long": { kind: "late", text: "" },
  "is answered by what is none": { kind: "answer", text: "{}" },
};

for (const [what, answer] of Object.entries(BREAKING)) {
  test(`A text that ${what} is never tried again, and another one only after a rest`, async (t) => {
    const { checker, python, time } = scene(t, answer, NOTED);
    assert.deepEqual(await checker.check("bad"), UNKNOWN);
    assert.ok(python.ended > 0);
    assert.equal(checker.isUp, false);
    assert.deepEqual(await checker.check("bad"), UNKNOWN);
    assert.deepEqual(await checker.check("good"), { kind: "later", ms: 15_000 });
    await time.pass(15);
    assert.deepEqual(await checker.check("bad"), UNKNOWN);
    assert.deepEqual(await checker.check("good"), FOUND);
    assert.equal(python.asked.length, 2);
  });
}

test("Its rests grow with each failure, and begin anew after an answer", async (t) => {
  const broken: OwnAnswer = { kind: "broken" };
  const { checker, time } = scene(t, broken, broken, NOTED, broken);
  const rests: unknown[] = [];
  for (const text of ["1", "2", "3", "4"]) {
    await checker.check(text);
    const next = await checker.check(`${text} and more`);
    const ms = next.kind === "later" ? (next.ms ?? 0) : 0;
    rests.push(ms);
    await time.pass(ms / 1000);
  }
  // The third was answered, so what came after it was asked at once: it failed, and is the first again.
  assert.deepEqual(rests, [15_000, 30_000, 0, 15_000]);
});

test("A Python that does not come up says nothing of the text, which is asked of the next one", async (t) => {
  const { checker, python, time } = scene(t, { kind: "unavailable", cause: null }, NOTED);
  assert.deepEqual(await checker.check("text"), { kind: "later", ms: 15_000 });
  await time.pass(15);
  assert.deepEqual(await checker.check("text"), FOUND);
  assert.equal(python.asked.length, 2);
});

test("Nothing is asked unless it is wanted and there is time", async (t) => {
  const { checker, python, permission } = scene(t, NOTED);
  for (const [isWanted, isFree] of [
    [false, true],
    [true, false],
    [false, false],
  ] as const) {
    permission.want(isWanted);
    permission.free(isFree);
    assert.deepEqual(await checker.check("text"), WHEN_PERMITTED);
  }
  assert.equal(python.asked.length, 0);
});

test("A run ends it on its way up, and takes no text from one that is there", async (t) => {
  const slow = new Deferred<OwnAnswer>();
  const { checker, python, permission, time } = scene(t, NEVER, NOTED, slow.promise);
  const coming = checker.check("text");
  permission.free(false);
  assert.deepEqual(await coming, WHEN_PERMITTED);
  permission.free(true);
  assert.deepEqual(await checker.check("text"), FOUND);
  const other = checker.check("other");
  permission.free(false);
  await time.pass(0.2);
  slow.resolve(NOTED);
  await time.pass(1);
  assert.deepEqual(await other, FOUND);
  assert.deepEqual([checker.isUp, python.ended], [true, 0]);
});

test("A text that keeps it busy is dropped a moment after a run began, and asked for again", async (t) => {
  const { checker, permission, time } = scene(t, NOTED, NEVER, NOTED);
  await checker.check("text");
  const busy = checker.check("other");
  permission.free(false);
  await time.pass(0.3);
  assert.deepEqual(await busy, WHEN_PERMITTED);
  assert.equal(checker.isUp, false);
  permission.free(true);
  assert.deepEqual(await checker.check("other"), FOUND);
});

test("A run that is over at once takes nothing from a text that is read", async (t) => {
  const slow = new Deferred<OwnAnswer>();
  const { checker, permission, time } = scene(t, NOTED, slow.promise);
  await checker.check("text");
  const busy = checker.check("other");
  permission.free(false);
  permission.free(true);
  await time.pass(1);
  slow.resolve(NOTED);
  assert.deepEqual(await busy, FOUND);
});

test("Where memory is short it ends, and comes back after a rest", async (t) => {
  const { checker, python, time } = scene(t, NOTED);
  await checker.check("text");
  checker.rest();
  assert.deepEqual([python.ended, checker.isUp], [1, false]);
  assert.deepEqual(await checker.check("text"), { kind: "later", ms: 15_000 });
  await time.pass(15);
  assert.deepEqual(await checker.check("text"), FOUND);
});

test("It ends at once when it is not wanted any more, whatever it does", async (t) => {
  const { checker, python, permission } = scene(t, NOTED, NEVER);
  await checker.check("text");
  const busy = checker.check("other");
  permission.want(false);
  assert.deepEqual(await busy, WHEN_PERMITTED);
  assert.ok(python.ended > 0);
  assert.equal(checker.isUp, false);
});

test("One that has ended by itself is known to be away", async (t) => {
  const { checker, python } = scene(t, NOTED);
  await checker.check("text");
  python.onGone();
  assert.equal(checker.isUp, false);
});

test("It does not remember all texts that ever broke it", async (t) => {
  const { checker, python, time } = scene(t, { kind: "broken" });
  for (let number = 0; number < 25; number++) {
    await checker.check(String(number));
    await time.pass(600);
  }
  await checker.check("24");
  assert.equal(python.asked.length, 25);
  await checker.check("0");
  assert.equal(python.asked.length, 26);
});

const MALFORMED: Record<string, string> = {
  "no JSON": "[",
  "no list": "{}",
  "null in a list": "[null]",
  "another kind": JSON.stringify([{ ...NOTE, kind: "fatal" }]),
  "no message": JSON.stringify([{ ...NOTE, message: "" }]),
  "a message that is no text": JSON.stringify([{ ...NOTE, message: { toString: "x" } }]),
  "a message without end": JSON.stringify([{ ...NOTE, message: "x".repeat(10_001) }]),
  "too many": JSON.stringify(new Array(51).fill(NOTE)),
  "brackets in one another": "[".repeat(100_000),
};

for (const [what, text] of Object.entries(MALFORMED)) {
  test(`An answer that is ${what} is none`, () => assert.equal(readFindings(text), null));
}

test("Of an answer's places those count that are numbers of lines and columns", () => {
  const odd = { ...NOTE, line: 1.5, column: "1", end_line: -1, end_column: null, more: 1 };
  assert.deepEqual(readFindings(JSON.stringify([odd, NOTE])), [
    { kind: "note", message: "m", line: null, column: null, end_line: null, end_column: null },
    NOTE,
  ]);
});

test("Somebody hears only of what has changed", () => {
  const permission = new Permission();
  const heard: boolean[] = [];
  permission.watch((isScarce) => heard.push(isScarce));
  permission.want(true);
  permission.want(true);
  assert.equal(permission.isGiven, false);
  permission.free(true);
  permission.free(true);
  permission.giveRoom();
  assert.deepEqual([permission.isGiven, heard], [true, [false, false, true]]);
});

test("A page waits for what is asked, once", async (t) => {
  const answer = new Deferred<OwnAnswer>();
  const { checker, python } = scene(t, answer.promise);
  const asked = checker.check("text");
  answer.resolve(NOTED);
  assert.deepEqual(await asked, FOUND);
  assert.deepEqual([python.isOpened, python.asked.length], [1, 1]);
});
