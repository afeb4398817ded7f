import assert from "node:assert/strict";
import { test } from "node:test";
import { TypeAhead, typedBy } from "../src/page/type-ahead";

interface Held {
  readonly ctrlKey?: boolean;
  readonly metaKey?: boolean;
  readonly altKey?: boolean;
  readonly isComposing?: boolean;
  readonly altGraph?: boolean;
}

function press(key: string, held: Held = {}) {
  const none = { ctrlKey: false, metaKey: false, altKey: false, isComposing: false };
  const getModifierState = (name: string) => name === "AltGraph" && (held.altGraph ?? false);
  const event = new Event("keydown", { cancelable: true });
  return Object.assign(event, { ...none, ...held, key, getModifierState });
}

const KEYS: readonly (readonly [key: string, held: Held, typed: string])[] = [
  ["x", {}, "x"],
  [" ", {}, " "],
  ["ß", {}, "ß"],
  ["😀", {}, "😀"],
  ["Enter", {}, "\n"],
  ["Tab", {}, ""],
  ["Dead", {}, ""],
  ["ArrowLeft", {}, ""],
  ["Enter", { ctrlKey: true }, ""],
  ["v", { ctrlKey: true }, ""],
  ["v", { metaKey: true }, ""],
  ["x", { altKey: true }, ""],
  ["[", { altKey: true }, "["], // Option and 5 on a German Mac
  ["[", { ctrlKey: true, altKey: true, altGraph: true }, "["],
  ["n", { isComposing: true }, ""],
];

for (const [key, held, typed] of KEYS) {
  test(`With ${JSON.stringify(held)}, the key ${key} types ${JSON.stringify(typed)}`, () => {
    assert.equal(typedBy(press(key, held)), typed);
  });
}

test("What is typed ahead is kept key by key, and Backspace takes the last back", () => {
  const parent = new EventTarget();
  const ahead = new TypeAhead(parent as HTMLElement);
  const pressed = ["Backspace", "x", "Shift", "y", "Backspace", "Enter"].map((key) => press(key));
  for (const event of pressed) parent.dispatchEvent(event);
  assert.deepEqual(ahead.take(), ["x", "\n"]);
  const prevented = pressed.map((event) => event.defaultPrevented);
  assert.deepEqual(prevented, [false, true, false, true, true, true]);
});

test("What is taken is typed once, and what comes later is the editor's", () => {
  const parent = new EventTarget();
  const ahead = new TypeAhead(parent as HTMLElement);
  parent.dispatchEvent(press("x"));
  assert.deepEqual([ahead.take(), ahead.take()], [["x"], []]);
  const later = press("y");
  parent.dispatchEvent(later);
  assert.deepEqual([ahead.take(), later.defaultPrevented], [[], false]);
});
