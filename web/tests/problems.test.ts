import assert from "node:assert/strict";
import { test } from "node:test";
import "./fakes/build";
import { NoPython } from "../src/driver/run";
import { describe } from "../src/page/problems";
import { Interpreter } from "../src/worker/interpreter";

/** As Emscripten's file system throws it. */
class ErrnoError {
  name = "ErrnoError";
  constructor(readonly errno: number) {}
}

const SAID: readonly (readonly [string, unknown, string])[] = [
  ["an Error", new RangeError("too much of it"), "too much of it"],
  ["a text", "the realm was ended", "the realm was ended"],
  ["what has a name and a number", new ErrnoError(44), "ErrnoError 44"],
  ["what has a message, but is no Error", { name: "ExitStatus", message: "exit(1)" }, "exit(1)"],
  ["what says nothing of itself", { code: {} }, "an error without a message"],
  ["an event", new Event("error"), "an error without a message"],
];

for (const [what, thrown, said] of SAID) {
  test(`Why Python did not start is told in words, where ${what} was thrown`, () => {
    for (const cause of [thrown, new NoPython(thrown)]) {
      assert.equal(describe(cause).what, `Python did not start: ${said}.`);
    }
    assert.equal(new NoPython(thrown).message, said);
  });
}

test("A realm tells what broke it in words, whatever was thrown", async () => {
  const interpreter = new Interpreter("judge", () => {});
  interpreter.files.get = (name) =>
    name === "manifests.json" ? Promise.reject(new ErrnoError(44)) : new Promise(() => {});
  const said = await interpreter.obey({ kind: "boot", how: "restore" });
  assert.deepEqual(said, { kind: "failure", message: "ErrnoError 44", lacksMemory: false });
});
