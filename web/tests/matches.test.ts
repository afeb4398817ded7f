import assert from "node:assert/strict";
import { test } from "node:test";
import { SearchQuery } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { counted, firstMatch } from "../src/assist/matches";

type Options = ConstructorParameters<typeof SearchQuery>[0];

function state(doc: string, anchor = 0, head = anchor): EditorState {
  return EditorState.create({ doc, selection: { anchor, head } });
}

const DOC = "total = 0\nTotal = total + totals\n";

const COUNTS: readonly (readonly [string, Options, number])[] = [
  ["text in any case", { search: "total" }, 4],
  ["text in its case", { search: "total", caseSensitive: true }, 3],
  ["whole words", { search: "total", wholeWord: true }, 3],
  ["an expression", { search: "^t\\w+", regexp: true }, 2],
  ["no expression", { search: "(", regexp: true }, 0],
  ["nothing", { search: "" }, 0],
  ["a bracket", { search: "(", literal: true }, 0],
];

for (const [what, options, count] of COUNTS) {
  test(`Matches are counted: ${what}`, () => {
    assert.deepEqual(counted(new SearchQuery(options), state(DOC)), {
      count,
      isAll: true,
      at: 0,
    });
  });
}

test("The match that is selected has its number", () => {
  const query = new SearchQuery({ search: "total" });
  assert.equal(counted(query, state(DOC, 10, 15)).at, 2);
  assert.equal(counted(query, state(DOC, 10, 14)).at, 0);
});

test("Very many matches are not counted to their end", () => {
  const found = counted(new SearchQuery({ search: "a" }), state("a".repeat(100_000)));
  assert.deepEqual(found, { count: 999, isAll: false, at: 0 });
});

test("What is looked for is found from the selection on, and then from the start", () => {
  const query = new SearchQuery({ search: "total" });
  assert.equal(firstMatch(query, state(DOC, 10, 12))?.from, 10);
  assert.equal(firstMatch(query, state(DOC, DOC.length))?.from, 0);
  assert.equal(firstMatch(new SearchQuery({ search: "none" }), state(DOC)), null);
});
