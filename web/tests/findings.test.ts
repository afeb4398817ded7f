import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { EditorState, type TransactionSpec } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { Looking } from "../src/assist/checking";
import { found, rangeOf, reveal, setFindings, shown } from "../src/assist/findings";
import type { Finding } from "../src/driver/check";
import type { OwnAnswer } from "../src/driver/question";
import type { OwnQuestion } from "../src/page/own-realm";
import { Permission } from "../src/page/permission";
import { replaceGlobals } from "./fakes/globals";
import { Deferred } from "./fakes/promises";
import { FakeTime } from "./fakes/time";

const DOC = "def f(x):\n    y = x\n    x == 3\n\n    return z\n";

const on = (kind: Finding["kind"], line: number, column: number, end_column: number): Finding => ({
  kind,
  message: `on line ${line}`,
  line,
  column,
  end_line: line,
  end_column,
});
const COMPARED = on("note", 3, 5, 11);
const UNDEFINED = on("note", 5, 12, 13);
const BROKEN = on("error", 3, 5, 11);

/** The marked parts of a text, with the cursor on a line of it. */
class Page {
  state: EditorState;

  constructor(
    line: number,
    readonly hasFocus = true,
    doc = DOC,
  ) {
    this.state = EditorState.create({ doc, extensions: found });
    this.goTo(line);
  }

  dispatch = (spec: TransactionSpec): void => {
    this.state = this.state.update(spec).state;
  };

  goTo(line: number): void {
    this.dispatch({ selection: { anchor: this.state.doc.line(line).to } });
  }

  find(findings: readonly Finding[], isPaused = false): void {
    this.dispatch({ effects: setFindings.of({ findings, isPaused, hasFocus: this.hasFocus }) });
  }

  get marked(): string[] {
    return shown(this.state).map((each) => this.state.sliceDoc(...rangeOf(each)));
  }
}

test("What is found elsewhere is marked at once", () => {
  const page = new Page(1);
  page.find([COMPARED, UNDEFINED]);
  assert.deepEqual(page.marked, ["x == 3", "z"]);
});

test("A note on the cursor's line waits until the line is left, however long that takes", () => {
  const page = new Page(3);
  page.find([COMPARED, UNDEFINED], true);
  page.dispatch({ effects: reveal.of("errors") });
  assert.deepEqual(page.marked, ["z"]);
  page.goTo(2);
  assert.deepEqual(page.marked, ["x == 3", "z"]);
  page.goTo(3);
  assert.deepEqual(page.marked, ["x == 3", "z"]);
});

test("An error on the cursor's line waits until one pauses", () => {
  const page = new Page(3);
  page.find([BROKEN]);
  assert.deepEqual(page.marked, []);
  page.dispatch({ effects: reveal.of("errors") });
  assert.deepEqual(page.marked, ["x == 3"]);
  const paused = new Page(3);
  paused.find([BROKEN], true);
  assert.deepEqual(paused.marked, ["x == 3"]);
});

test("So does one on the next line that has code, where an unfinished line shows", () => {
  const page = new Page(3);
  page.find([on("error", 5, 5, 11)]);
  assert.deepEqual(page.marked, []);
  page.goTo(1);
  assert.deepEqual(page.marked, ["return"]);
});

test("So does one of a line that wants a block, while the cursor is where that is to stand", () => {
  const page = new Page(2, true, "def f(x):\n    \n\ny = 1\n");
  page.find([on("error", 1, 1, 10), on("note", 1, 7, 8)]);
  assert.deepEqual(page.marked, ["x"]);
  page.goTo(3);
  assert.deepEqual(page.marked, ["x"]);
  page.goTo(4);
  assert.deepEqual(page.marked, ["def f(x):", "x"]);
});

test("What waits is not shown by going on writing, before the text is read anew", () => {
  const page = new Page(5);
  page.find([UNDEFINED, on("error", 5, 5, 11)]);
  const end = page.state.doc.line(5).to;
  page.dispatch({ changes: { from: end, insert: "\n    more" }, selection: { anchor: end + 9 } });
  assert.deepEqual(page.marked, []);
  page.find([UNDEFINED]);
  assert.deepEqual(page.marked, ["z"]);
});

test("Nothing waits for a cursor that is not there, nor where it is asked for", () => {
  const away = new Page(3, false);
  away.find([COMPARED]);
  assert.deepEqual(away.marked, ["x == 3"]);
  const asked = new Page(3);
  asked.find([COMPARED]);
  asked.dispatch({ effects: reveal.of("all") });
  assert.deepEqual(asked.marked, ["x == 3"]);
});

test("What was marked stays so when the same is found anew", () => {
  const page = new Page(1);
  page.find([COMPARED]);
  page.goTo(3);
  page.find([{ ...COMPARED, message: "in other words" }]);
  assert.deepEqual(page.marked, ["x == 3"]);
  page.find([]);
  assert.deepEqual(page.marked, []);
});

test("A mark goes with its line, and goes away when that is edited", () => {
  const page = new Page(1);
  page.find([COMPARED, UNDEFINED]);
  page.dispatch({ changes: { from: 0, insert: "import math\n" } });
  assert.deepEqual(page.marked, ["x == 3", "z"]);
  page.dispatch({ changes: { from: page.state.doc.line(4).to, insert: "0" } });
  assert.deepEqual(page.marked, ["z"]);
});

test("Where Python knows the line alone, all that stands there is marked", () => {
  const page = new Page(1);
  page.find([{ ...COMPARED, column: null, end_line: null, end_column: null }]);
  assert.deepEqual(page.marked, ["x == 3"]);
});

test("What is beyond the text is not marked, and an end of a line is no place of its own", () => {
  const page = new Page(1);
  page.find([on("error", 99, 1, 2), on("error", 3, 40, 41)]);
  assert.deepEqual(page.marked, ["x == 3"]);
});

/** An editor in which somebody types, and a Python that finds the same in all texts. */
function typing(t: TestContext, answer?: Promise<OwnAnswer>) {
  replaceGlobals(t, { addEventListener: () => {}, removeEventListener: () => {} });
  const time = new FakeTime(t);
  const page = new Page(1);
  const asked: string[] = [];
  const said: OwnAnswer = { kind: "answer", text: JSON.stringify([UNDEFINED]) };
  const ask = (question: OwnQuestion): Promise<OwnAnswer> => {
    asked.push((JSON.parse(question.argument) as { source: string }).source);
    return asked.length === 1 && answer ? answer : Promise.resolve(said);
  };
  const ended: number[] = [];
  const permission = new Permission();
  permission.want(true);
  permission.free(true);
  const open = () => ({ ask, end: () => void ended.push(asked.length) });
  const view = {
    hasFocus: true,
    composing: false,
    dispatch: page.dispatch,
    get state() {
      return page.state;
    },
  };
  const looking = new Looking(view as unknown as EditorView, { open, permission });
  const type = (text: string): void => {
    page.dispatch({ changes: { from: page.state.doc.line(1).to, insert: text } });
    looking.update({ docChanged: true } as Parameters<Looking["update"]>[0]);
  };
  return { time, page, asked, ended, permission, looking, view, type };
}

test("Python comes up in a longer pause, and then each pause is enough", async (t) => {
  const { time, page, asked, type } = typing(t);
  await time.pass(1.4);
  type("  ");
  await time.pass(1.4);
  assert.equal(asked.length, 0);
  await time.pass(0.3);
  assert.deepEqual([asked.length, page.marked], [1, ["z"]]);
  type(" ");
  await time.pass(0.5);
  type(" ");
  await time.pass(0.5);
  assert.equal(asked.length, 1);
  await time.pass(0.2);
  assert.deepEqual(asked.slice(1), [page.state.doc.toString()]);
});

test("What is found in a text that is another by now is not marked", async (t) => {
  const answer = new Deferred<OwnAnswer>();
  const { time, page, asked, type } = typing(t, answer.promise);
  await time.pass(2);
  page.dispatch({ changes: { from: page.state.doc.line(5).to, insert: "0" } });
  type(" ");
  await time.pass(2);
  assert.equal(asked.length, 1);
  answer.resolve({ kind: "answer", text: JSON.stringify([COMPARED]) });
  await time.pass(0.1);
  assert.deepEqual(page.marked, []);
  await time.pass(1);
  assert.deepEqual([asked.length, page.marked], [2, ["z"]]);
});

test("During a run nothing is asked; after it, once", async (t) => {
  const { time, asked, permission, type } = typing(t);
  permission.free(false);
  type(" ");
  await time.pass(10);
  assert.equal(asked.length, 0);
  permission.free(true);
  await time.pass(10);
  permission.free(false);
  permission.free(true);
  await time.pass(10);
  assert.equal(asked.length, 1);
});

test("In a text that nobody can read for long no mark stays that may be mended", async (t) => {
  const { time, page, asked, permission, type } = typing(t);
  await time.pass(2);
  permission.free(false);
  type(" ");
  await time.pass(4);
  assert.deepEqual(page.marked, ["z"]);
  await time.pass(2);
  assert.deepEqual([asked.length, page.marked], [1, []]);
  permission.free(true);
  await time.pass(1);
  assert.deepEqual([asked.length, page.marked], [2, ["z"]]);
});

test("Switched off, all marks go and nothing is asked; switched on, they are back", async (t) => {
  const { time, page, asked, ended, permission, type } = typing(t);
  await time.pass(2);
  permission.want(false);
  assert.deepEqual([page.marked, ended], [[], [1]]);
  type(" ");
  await time.pass(10);
  assert.equal(asked.length, 1);
  permission.want(true);
  await time.pass(2);
  assert.deepEqual([asked.length, page.marked], [2, ["z"]]);
});

test("What is composed is not disturbed", async (t) => {
  const { time, asked, view } = typing(t);
  view.composing = true;
  await time.pass(10);
  assert.equal(asked.length, 0);
  view.composing = false;
  await time.pass(2);
  assert.equal(asked.length, 1);
});

test("What no Python came up for is looked at once more, with no key pressed", async (t) => {
  const { time, page, asked } = typing(t, Promise.resolve({ kind: "unavailable", cause: null }));
  await time.pass(5);
  assert.deepEqual([asked.length, page.marked], [1, []]);
  await time.pass(15);
  assert.deepEqual([asked.length, page.marked], [2, ["z"]]);
});

test("After a failure the same text is left alone, and another one is looked at later", async (t) => {
  const { time, asked, type } = typing(t, Promise.resolve({ kind: "broken" }));
  await time.pass(5);
  type(" ");
  await time.pass(5);
  assert.equal(asked.length, 1);
  await time.pass(15);
  assert.equal(asked.length, 2);
});
