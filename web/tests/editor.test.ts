import assert from "node:assert/strict";
import { test } from "node:test";
import { insertBracket } from "@codemirror/autocomplete";
import { pythonLanguage } from "@codemirror/lang-python";
import { EditorState } from "@codemirror/state";
import { marking, setMark, watchText } from "../src/editor/mark";
import { closing, quotesIn, typesWithAltGraph } from "../src/editor/typing";
import type { Place } from "../src/shared/report";

const SOURCE = "def f(x):\n    y = x\n    return y + los\n\nf(3)\n";
const LOS: Place = { line: 3, column: 16, end_line: 3, end_column: 19 };

interface Edit {
  readonly from: number;
  readonly to?: number;
  readonly insert?: string;
}

/** The marked lines and the marked part after a run during which a text was edited. */
function marked(place: Place, edits: readonly Edit[] = [], doc = SOURCE): (string | null)[] {
  let state = EditorState.create({ doc, extensions: marking });
  state = state.update({ effects: watchText.of(null) }).state;
  for (const changes of edits) state = state.update({ changes }).state;
  return shown(state.update({ effects: setMark.of(place) }).state);
}

function shown(state: EditorState): (string | null)[] {
  const { mark } = state.field(marking);
  if (mark === null) return [null, null];
  const { at, lines, from, to } = mark;
  assert.equal(state.doc.lineAt(at).from, at);
  return [state.sliceDoc(at, at + lines.length), state.sliceDoc(at + from, at + to)];
}

const at = (text: string): number => SOURCE.indexOf(text);
const RETURN = "    return y + los";

const EDITS: Record<string, readonly [readonly Edit[], readonly (string | null)[]]> = {
  "nothing is edited": [[], [RETURN, "los"]],
  "lines come above": [[{ from: 0, insert: "import math\n\n" }], [RETURN, "los"]],
  "the line above is edited": [[{ from: at("y = x"), insert: "# " }], [RETURN, "los"]],
  "a line above goes": [[{ from: 10, to: at("    return") }], [RETURN, "los"]],
  "an empty line comes right above": [[{ from: at("    return"), insert: "\n" }], [RETURN, "los"]],
  "a line comes right below": [[{ from: at("\n\nf(3)"), insert: "\n    more" }], [RETURN, "los"]],
  "all below goes": [[{ from: at("\n\nf(3)"), to: SOURCE.length }], [RETURN, "los"]],
  "the line itself is edited": [
    [{ from: at("los"), to: at("los") + 3, insert: "1" }],
    [null, null],
  ],
  "the line is longer": [[{ from: at("\n\nf(3)"), insert: "s" }], [null, null]],
  "it is joined to the line above": [
    [{ from: at("\n    return"), to: at("return") }],
    [null, null],
  ],
  "the line goes": [[{ from: at("    return"), to: at("\nf(3)") }], [null, null]],
  "all is replaced by the same": [[{ from: 0, to: SOURCE.length, insert: SOURCE }], [null, null]],
  "it is edited and lines come above": [
    [
      { from: at("los"), insert: "1" },
      { from: 0, insert: "\n\n" },
    ],
    [null, null],
  ],
};

for (const [name, [edits, expected]] of Object.entries(EDITS)) {
  test(`While a run goes on, ${name}: the mark is at its own code or nowhere`, () => {
    assert.deepEqual(marked(LOS, edits), expected);
  });
  test(`After a run ${name}: the mark is at its own code or nowhere`, () => {
    let state = EditorState.create({ doc: SOURCE, extensions: marking });
    state = state.update({ effects: setMark.of(LOS) }).state;
    for (const changes of edits) state = state.update({ changes }).state;
    assert.deepEqual(shown(state), expected);
  });
}

test("The next run takes a mark away", () => {
  let state = EditorState.create({ doc: SOURCE, extensions: marking });
  state = state.update({ effects: setMark.of(LOS) }).state;
  state = state.update({ effects: watchText.of(null) }).state;
  assert.deepEqual(shown(state), [null, null]);
});

test("Columns are counted in characters, whatever their number of UTF-16 units", () => {
  const doc = "x = '😀é' + los\n";
  const place = { line: 1, column: 12, end_line: 1, end_column: 15 };
  assert.deepEqual(marked(place, [], doc), ["x = '😀é' + los", "los"]);
});

test("A byte order mark is no character of the first line, and one of any other", () => {
  const doc = "\ufeffx = los\n\ufeffy\n";
  const place = { line: 1, column: 5, end_line: 1, end_column: 8 };
  assert.deepEqual(marked(place, [], doc), ["\ufeffx = los", "los"]);
  const over = { line: 1, column: 1, end_line: 2, end_column: 2 };
  assert.deepEqual(marked(over, [], doc), ["\ufeffx = los\n\ufeffy", "x = los\n\ufeff"]);
});

test("A part may go over lines, a line may have none, and one that is not there has no mark", () => {
  const over = { line: 2, column: 9, end_line: 3, end_column: 13 };
  assert.deepEqual(marked(over), [`    y = x\n${RETURN}`, "x\n    return y"]);
  const line = { line: 1, column: null, end_line: null, end_column: null };
  assert.deepEqual(marked(line), ["def f(x):", ""]);
  for (const far of [0, -1, 7, 1_000_000])
    assert.deepEqual(marked({ ...LOS, line: far }), [null, null]);
  assert.deepEqual(marked({ ...LOS, end_column: 99 }), [RETURN, "los"]);
});

for (const end of ["\n", "\r\n", "\r"]) {
  test(`Lines end where Python ends them: ${JSON.stringify(end)}`, () => {
    const doc = `a = '\f\v\x1c\x85\u2028\u2029'${end}b${end}c`;
    const place = { line: 2, column: 1, end_line: 2, end_column: 2 };
    assert.deepEqual(marked(place, [], doc), ["b", "b"]);
  });
}

/** What stands there after keys were typed one after the other. */
function typed(text: string, before = "", after = ""): string {
  let state = EditorState.create({
    doc: before + after,
    selection: { anchor: before.length },
    extensions: [pythonLanguage, closing],
  });
  for (const key of text) {
    const plain = () => state.update(state.replaceSelection(key));
    state = (insertBracket(state, key) ?? plain()).state;
  }
  return state.doc.toString();
}

const TYPED: readonly (readonly [string, string])[] = [
  ['"""Doc."""', '"""Doc."""'],
  ["'''Doc.'''", "'''Doc.'''"],
  ['r"""Doc."""', 'r"""Doc."""'],
  ['f"""{x}"""', 'f"""{x}"""'],
  ['"""Doc.\n    more\n"""', '"""Doc.\n    more\n"""'],
  ['x = ""', 'x = ""'],
  ['x = "a"', 'x = "a"'],
  ['f("a", [1])', 'f("a", [1])'],
  ["x = {'a': ('b')}", "x = {'a': ('b')}"],
  ['x = "a', 'x = "a"'],
  ["x = b'a", "x = b'a'"],
  ["f(", "f()"],
  ['"it\'s"', '"it\'s"'],
  ["x.split('\"')", "x.split('\"')"],
  ["x = \"'\" + 'a'", "x = \"'\" + 'a'"],
  ["f'{x[\"a\"]}'", "f'{x[\"a\"]}'"],
  ['"""Say \'so\' or "so"."""', '"""Say \'so\' or "so"."""'],
  ["# say 'so", "# say 'so"],
  ["# a\ny = 'b", "# a\ny = 'b'"],
];

for (const [keys, expected] of TYPED) {
  test(`Typing ${JSON.stringify(keys)} leaves ${JSON.stringify(expected)}`, () => {
    assert.equal(typed(keys), expected);
    assert.equal(typed(keys, "def f(x):\n    ", "\n    return x\n").slice(14, -14), expected);
  });
}

const QUOTED: readonly (readonly [string, boolean, string])[] = [
  ["\"it's", true, '"'],
  ['"it\'s"', true, "'\""],
  ['"it\'s"', false, '"'],
  ["f'''so' \"a\"", true, "'"],
  ["r'", true, "'"],
];

for (const [literal, isAtEnd, quotes] of QUOTED) {
  test(`In ${literal}, ${isAtEnd ? "at its end" : "within it"}, ${quotes} are closed`, () => {
    assert.deepEqual(quotesIn(literal, isAtEnd).join(""), quotes);
  });
}

test("A long text in quotes that nothing ends is read once for a key, not once for each quote", () => {
  const text = `"""\n${'it\'s a "line"\n'.repeat(60_000)}`; // once for each took minutes
  assert.deepEqual(quotesIn(text, true), ['"']);
});

function key(name: string, ...modifiers: string[]) {
  return {
    key: name,
    ctrlKey: modifiers.includes("Control"),
    altKey: modifiers.includes("Alt"),
    metaKey: modifiers.includes("Meta"),
    getModifierState: (modifier: string) => modifiers.includes(modifier),
  };
}

test("Keys of AltGr type, whether it is told as AltGr or as Ctrl and Alt, and commands stay", () => {
  const both = ["Control", "Alt"];
  for (const name of ["\\", "|", "[", "{", "@", "€", "~", "ł"]) {
    assert.ok(typesWithAltGraph(key(name, ...both)), name);
    assert.ok(typesWithAltGraph(key(name, ...both, "AltGraph")), name);
    assert.ok(typesWithAltGraph(key(name, "AltGraph")), name);
  }
  for (const name of ["a", "Z", "3", " ", "ArrowUp", "Enter", "F1", "Dead"]) {
    assert.ok(!typesWithAltGraph(key(name, ...both)), name);
  }
  assert.ok(typesWithAltGraph(key("q", ...both, "AltGraph")));
  for (const modifiers of [[], ["Control"], ["Alt"], [...both, "Meta"]]) {
    assert.ok(!typesWithAltGraph(key("\\", ...modifiers)));
  }
});
