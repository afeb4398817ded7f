import assert from "node:assert/strict";
import { test } from "node:test";

let at = 0;
performance.now = () => at;
const { Deadline } = await import("../src/worker/deadline");

/** What Python reads, so many seconds after the start. */
function reader(deadline: InstanceType<typeof Deadline>) {
  const began = at;
  const buffer = deadline.buffer();
  return (seconds: number): number => {
    at = began + seconds * 1000;
    const read = buffer[0]!;
    buffer[0] = 0; // as Python does
    return read;
  };
}

test("Nothing is interrupted before its time", () => {
  const deadline = new Deadline();
  const read = reader(deadline);
  assert.equal(read(1e6), 0);
  deadline.start(5);
  assert.equal(reader(deadline)(4.999), 0);
});

test("What goes on is interrupted at its time, and now and then after it", () => {
  const deadline = new Deadline();
  deadline.start(5);
  const read = reader(deadline);
  assert.deepEqual([4.99, 5, 5.001, 5.2, 5.25, 5.3, 9].map(read), [0, 2, 0, 0, 2, 0, 2]);
});

test("What goes on after a long operation, or after all stood still, is interrupted a little later", () => {
  const deadline = new Deadline();
  deadline.start(5);
  const read = reader(deadline);
  assert.deepEqual([4.8, 5.5, 5.501, 5.749, 5.75, 5.9, 6].map(read), [0, 0, 0, 0, 2, 0, 2]);
});

test("What does not look often is interrupted at its second look after its time", () => {
  const deadline = new Deadline();
  deadline.start(5);
  assert.deepEqual([2, 4, 6, 8].map(reader(deadline)), [0, 0, 0, 2]);
});

test("What returns by itself after a long operation is late, and has no line", () => {
  const deadline = new Deadline();
  deadline.start(5);
  const read = reader(deadline);
  assert.deepEqual([5.5, 5.501, 5.51].map(read), [0, 0, 0]);
  assert.equal(deadline.end(), true);
});

test("What ends in time is not late, and nothing after it is interrupted", () => {
  const deadline = new Deadline();
  deadline.start(5);
  const read = reader(deadline);
  read(4);
  assert.equal(deadline.end(), false);
  assert.equal(read(6), 0);
});

test("What ends after its time is late", () => {
  const deadline = new Deadline();
  deadline.start(5);
  reader(deadline)(5.1);
  assert.equal(deadline.end(), true);
});

test("What has no time is never late", () => {
  const deadline = new Deadline();
  deadline.start();
  assert.equal(reader(deadline)(1e9), 0);
  assert.equal(deadline.end(), false);
});
