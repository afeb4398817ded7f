import assert from "node:assert/strict";
import { test } from "node:test";
import { pythonLanguage } from "@codemirror/lang-python";
import { ensureSyntaxTree, foldable, foldEffect, foldedRanges } from "@codemirror/language";
import { EditorSelection, EditorState, type TransactionSpec } from "@codemirror/state";
import { folding } from "../src/assist/folding";
import { opening } from "../src/editor/reveal";

const CODE = "def f(x):\n    y = x\n    return y\n\n\ndef g(x):\n    return x\n";
const FROM_F = CODE.indexOf("\n    y = x");
const TO_F = CODE.indexOf("\n\n\ndef g");

/** A state with some of its lines folded, and with cursors. */
function folded(lines: readonly number[], ...cursors: readonly number[]): EditorState {
  const state = parsed(cursors);
  const effects = lines.map((number) => {
    const { from, to } = state.doc.line(number);
    return foldEffect.of(foldable(state, from, to) ?? assert.fail(`line ${number}`));
  });
  return state.update({ effects }).state;
}

function parsed(cursors: readonly number[]): EditorState {
  const ranges = cursors.map((at) => EditorSelection.cursor(at));
  const state = EditorState.create({
    doc: CODE,
    selection: EditorSelection.create(ranges.length > 0 ? ranges : [EditorSelection.cursor(0)]),
    extensions: [pythonLanguage, folding, EditorState.allowMultipleSelections.of(true)],
  });
  ensureSyntaxTree(state, CODE.length, 10_000);
  return state.update({}).state; // a state has the tree that was there when it was made
}

/** What is folded away. */
function hidden(state: EditorState): string[] {
  const found: string[] = [];
  foldedRanges(state).between(0, state.doc.length, (from, to) => {
    found.push(state.sliceDoc(from, to));
  });
  return found;
}

test("A block is folded behind its colon, and blank lines behind it stay", () => {
  assert.deepEqual(hidden(folded([1, 6])), ["\n    y = x\n    return y", "\n    return x"]);
});

test("A cursor in a block that is folded goes to its end in sight, and others stay", () => {
  const { ranges } = folded([1], CODE.indexOf("y = x"), CODE.length).selection;
  assert.deepEqual(
    ranges.map(({ head }) => head),
    [FROM_F, CODE.length],
  );
});

const SELECTED: Record<string, readonly [from: number, to: number, folds: number]> = {
  "within it": [CODE.indexOf("y = x"), CODE.indexOf("y = x") + 1, 0],
  "up to its end": [CODE.indexOf("return y"), TO_F, 0],
  "from its start": [FROM_F, CODE.indexOf("y = x"), 0],
  "into it from before": [0, CODE.indexOf("y = x"), 0],
  "all around it": [0, CODE.length, 1],
  "just it": [FROM_F, TO_F, 1],
  "before it": [0, FROM_F, 1],
  "behind it": [TO_F, CODE.length, 1],
};

for (const [where, [anchor, head, count]] of Object.entries(SELECTED)) {
  test(`A selection ${where} leaves ${count} folds`, () => {
    const state = folded([1]).update({ selection: { anchor, head } }).state;
    assert.equal(hidden(state).length, count);
  });
}

test("A second cursor in a fold opens it, and one that comes with a change does", () => {
  const ranges = [EditorSelection.cursor(0), EditorSelection.cursor(FROM_F + 6)];
  const both = folded([1]).update({ selection: EditorSelection.create(ranges) }).state;
  assert.deepEqual(hidden(both), []);
  const changes = { from: 0, insert: "# a\n" };
  const selection = { anchor: FROM_F + 10, head: TO_F + 4 };
  assert.deepEqual(hidden(folded([1]).update({ changes, selection }).state), []);
});

test("Folds hold while other lines are edited, and the text is what it is", () => {
  const state = folded([6]).update({ changes: { from: 0, insert: "# a\n" } }).state;
  assert.deepEqual(hidden(state), ["\n    return x"]);
  assert.equal(state.doc.toString(), `# a\n${CODE}`);
});

test("Another text opens all folds", () => {
  const all = { from: 0, to: CODE.length, insert: "x = 1\n" };
  assert.deepEqual(hidden(folded([1, 6]).update({ changes: all }).state), []);
});

test("What a mark stands at is opened, and nothing else", () => {
  const state = folded([1, 6]);
  const open = (text: string) => {
    const from = CODE.indexOf(text);
    return hidden(state.update({ effects: opening(state, from, from + text.length) }).state);
  };
  assert.deepEqual(open("    return y"), ["\n    return x"]);
  assert.deepEqual(open("def g(x):"), hidden(state));
});

const EDITS: Record<string, readonly [TransactionSpec["changes"], string, folds: number]> = {
  "its last line, which nobody sees": [{ from: TO_F - 8, insert: "# " }, "input", 0],
  "its end": [{ from: TO_F, insert: "\n    " }, "input", 0],
  "its line, with lines that come between": [{ from: FROM_F, insert: "\n# a" }, "move.line", 0],
  "its line, which goes": [{ from: 0, to: FROM_F + 1 }, "delete.line", 0],
  "all around it": [{ from: 0, to: TO_F + 2, insert: "x" }, "input.type", 0],
  "its line's end": [{ from: FROM_F, insert: " # a" }, "input.type", 1],
  "its line": [{ from: 4, to: 5, insert: "g" }, "input.type", 1],
  "a line behind it": [{ from: TO_F + 1, insert: "x" }, "input.type", 1],
  "its last line by a command": [{ from: TO_F - 8, insert: "# " }, "", 0],
  "all matches": [{ from: FROM_F + 5, to: FROM_F + 6, insert: "z" }, "input.replace", 1],
};

for (const [where, [changes, userEvent, count]] of Object.entries(EDITS)) {
  test(`Who edits ${where} leaves ${count} folds`, () => {
    const edit = { ...(changes !== undefined && { changes }), userEvent };
    assert.equal(hidden(folded([1]).update(edit).state).length, count);
  });
}
