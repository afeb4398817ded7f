import assert from "node:assert/strict";
import { test } from "node:test";
import { type Job, LIMIT_MS, PatternSearch, type Thread } from "../src/assist/pattern-search";

class FakeThread implements Thread {
  onmessage: Thread["onmessage"] = null;
  onerror: Thread["onerror"] = null;
  readonly asked: Job[] = [];
  isEnded = false;

  postMessage(job: Job): void {
    this.asked.push(job);
  }

  terminate(): void {
    this.isEnded = true;
  }

  answer(places: readonly number[]): void {
    const data = { spans: Int32Array.from(places), inserts: null };
    this.onmessage?.call(this as unknown as Worker, { data } as MessageEvent);
  }

  break(): void {
    this.onerror?.call(this as unknown as Worker, { preventDefault: () => {} } as ErrorEvent);
  }
}

/** What comes of questions, in order. */
function asking() {
  const threads: FakeThread[] = [];
  const search = new PatternSearch(() => {
    threads.push(new FakeThread());
    return threads.at(-1) as FakeThread;
  });
  const heard: string[] = [];
  const ask = (source: string): void => {
    const job = { pattern: { source, flags: "g" }, text: "a", replace: null };
    search.ask(job, (answer) =>
      heard.push(`${source}: ${typeof answer === "string" ? answer : answer.spans}`),
    );
  };
  return { threads, heard, ask };
}

test("One thread answers one question after another", () => {
  const { threads, heard, ask } = asking();
  ask("a");
  threads[0]?.answer([0, 1]);
  ask("b");
  threads[0]?.answer([]);
  assert.deepEqual(heard, ["a: 0,1", "b: "]);
  assert.equal(threads.length, 1);
});

test("A thread that takes too long is ended, and the next question has another", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { threads, heard, ask } = asking();
  ask("(a+)+$");
  t.mock.timers.tick(LIMIT_MS - 1);
  assert.deepEqual(heard, []);
  t.mock.timers.tick(1);
  assert.deepEqual(heard, ["(a+)+$: late"]);
  assert.ok(threads[0]?.isEnded);
  ask("a");
  threads[1]?.answer([0, 1]);
  t.mock.timers.tick(LIMIT_MS);
  assert.deepEqual(heard.slice(1), ["a: 0,1"]);
});

test("Who asks something else does not wait for what was asked before, nor hears of it", () => {
  const { threads, heard, ask } = asking();
  ask("(a+)+$");
  ask("a");
  assert.ok(threads[0]?.isEnded);
  threads[0]?.break();
  threads[1]?.answer([0, 1]);
  assert.deepEqual(heard, ["a: 0,1"]);
});

test("What a thread cannot do is told, and so is a browser that starts none", () => {
  const { threads, heard, ask } = asking();
  ask("a");
  threads[0]?.break();
  assert.deepEqual(heard, ["a: failed"]);
  const refused = new PatternSearch(() => {
    throw new DOMException("refused", "SecurityError");
  });
  const job = { pattern: { source: "a", flags: "g" }, text: "a", replace: null };
  refused.ask(job, (answer) => heard.push(String(answer)));
  assert.deepEqual(heard, ["a: failed", "failed"]);
});
