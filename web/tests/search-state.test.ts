import assert from "node:assert/strict";
import { test } from "node:test";
import { EditorState, type TransactionSpec } from "@codemirror/state";
import { NOTHING, type Query } from "../src/assist/query";
import {
  found,
  look,
  type Search,
  searchState,
  setOpen,
  setQuery,
} from "../src/assist/search-state";
import { after, before, indexOf, type Spans } from "../src/assist/spans";

const DOC = "a b a b a";

/** A state that looks for something. */
function looking(query: Partial<Query>, isOpen = true, doc = DOC): EditorState {
  const effects = [setOpen.of(isOpen), setQuery.of({ ...NOTHING, ...query })];
  return EditorState.create({ doc, extensions: searchState }).update({ effects }).state;
}

const of = (state: EditorState): Search => state.field(searchState);
const changed = (state: EditorState, spec: TransactionSpec): Search => of(state.update(spec).state);

/** What a thread has found, as if it had. */
function answered(state: EditorState, ...places: number[]): EditorState {
  const { pattern } = of(state);
  assert.ok(pattern);
  const spans: Spans = Int32Array.from(places);
  return state.update({ effects: found.of({ doc: state.doc, pattern, spans }) }).state;
}

test("Text is looked for at once, and again with each change, while the search is open", () => {
  const state = looking({ search: "a" });
  assert.deepEqual([of(state).status, [...of(state).spans]], ["known", [0, 1, 4, 5, 8, 9]]);
  const edited = changed(state, { changes: { from: 4, to: 9, insert: "c a" } });
  assert.deepEqual([edited.status, [...edited.spans]], ["known", [0, 1, 6, 7]]);
});

test("While it is closed nothing is looked for before that is wanted", () => {
  const state = looking({ search: "a" }, false);
  assert.equal(of(state).status, "unknown");
  assert.equal(changed(state, { effects: look.of(null) }).spans.length, 6);
  assert.equal(changed(state, { effects: setOpen.of(true) }).status, "known");
});

test("For an expression a thread is asked, and its answer holds for the text that it was asked of", () => {
  const state = looking({ search: "a", regexp: true });
  assert.equal(of(state).status, "asked");
  const known = answered(state, 0, 1, 4, 5);
  assert.deepEqual([of(known).status, [...of(known).spans]], ["known", [0, 1, 4, 5]]);
  const edited = known.update({ changes: { from: 2, insert: "--" } }).state;
  assert.deepEqual([of(edited).status, [...of(edited).spans]], ["asked", [0, 1, 6, 7]]);
  const { pattern } = of(edited);
  assert.ok(pattern);
  const late = found.of({ doc: state.doc, pattern, spans: of(known).spans });
  assert.equal(changed(edited, { effects: late }).status, "asked");
});

test("What took too long is not tried again with each key, but where it is wanted or is another", () => {
  const asked = looking({ search: "(a+)+$", regexp: true });
  const { pattern } = of(asked);
  assert.ok(pattern);
  const state = asked.update({
    effects: found.of({ doc: asked.doc, pattern, spans: "late" }),
  }).state;
  assert.equal(of(state).status, "late");
  assert.equal(changed(state, { changes: { from: 0, insert: "a" } }).status, "late");
  assert.equal(changed(state, { effects: look.of(null) }).status, "asked");
  const other = setQuery.of({ ...NOTHING, search: "a+", regexp: true });
  assert.equal(changed(state, { effects: other }).status, "asked");
});

test("What is put in place has nothing looked for anew", () => {
  const known = answered(looking({ search: "a", regexp: true }), 0, 1);
  const query = { ...of(known).query, replace: "c" };
  const { status, spans } = changed(known, { effects: setQuery.of(query) });
  assert.deepEqual([status, [...spans]], ["known", [0, 1]]);
});

test("Former matches stay in order whatever is put between them", () => {
  const known = answered(looking({ search: "\\b", regexp: true }), 0, 0, 1, 1, 2, 2);
  const { spans } = changed(known, { changes: { from: 1, insert: "xyz" } });
  assert.deepEqual([...spans], [0, 0, 4, 4, 5, 5]);
});

test("Where very much changes at once, former matches are not looked after", () => {
  const known = answered(looking({ search: "a", regexp: true }, true, "a ".repeat(100)), 0, 1);
  const changes = Array.from({ length: 100 }, (_, index) => ({ from: 2 * index, insert: "b" }));
  assert.equal(changed(known, { changes }).spans.length, 0);
});

const SPANS: Spans = Int32Array.from([0, 1, 4, 4, 6, 9]);

const STEPS: readonly (readonly [from: number, to: number, next: number, previous: number])[] = [
  [0, 0, 0, 2],
  [0, 1, 1, 2],
  [4, 4, 2, 0],
  [6, 9, 0, 1],
  [7, 7, 0, 1],
  [10, 10, 0, 2],
];

for (const [from, to, next, previous] of STEPS) {
  test(`From ${from} to ${to} one goes to match ${next}, and back to ${previous}`, () => {
    assert.equal(after(SPANS, { from, to }), next);
    assert.equal(before(SPANS, { from, to }), previous);
  });
}

test("A match is one where all of it is selected, and where there is none one goes nowhere", () => {
  assert.equal(indexOf(SPANS, { from: 6, to: 9 }), 2);
  assert.equal(indexOf(SPANS, { from: 6, to: 8 }), -1);
  assert.equal(after(new Int32Array(), { from: 0, to: 0 }), -1);
  assert.equal(before(new Int32Array(), { from: 0, to: 0 }), -1);
});
