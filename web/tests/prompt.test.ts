import assert from "node:assert/strict";
import { test } from "node:test";
import { Prompt } from "../src/console/prompt";
import type { Completions } from "../src/console/said";
import type { Typed } from "../src/console/session";
import { Deferred, settled } from "./fakes/promises";
import { FakeTextArea } from "./fakes/text-area";

/** What Python takes for code that goes on in a next line. */
function isOpen(code: string): boolean {
  return (code.match(/[([{]/g)?.length ?? 0) > (code.match(/[)\]}]/g)?.length ?? 0);
}

interface Scene {
  readonly box: FakeTextArea;
  readonly prompt: Prompt;
  /** What has been handed over, in order. */
  readonly ran: string[];
  readonly shown: (readonly string[] | null)[];
  readonly stopped: string[];
  /** Until when code runs. */
  gate: Deferred<void> | null;
}

function scene(names: readonly string[] = []): Scene {
  const box = new FakeTextArea();
  const [ran, shown, stopped]: [string[], (readonly string[] | null)[], string[]] = [[], [], []];
  const submit = async (code: string): Promise<Typed> => {
    await made.gate?.promise;
    if (isOpen(code)) return "incomplete";
    ran.push(code);
    return "done";
  };
  const complete = async (before: string): Promise<Completions> => {
    const from = before.search(/\w*$/);
    return { from, names: names.filter((name) => name.startsWith(before.slice(from))) };
  };
  const prompt = new Prompt({
    box: box as unknown as HTMLTextAreaElement,
    submit,
    complete,
    showNames: (found) => shown.push(found),
    stop: () => stopped.push("stop"),
  });
  const made: Scene = { box, prompt, ran, shown, stopped, gate: null };
  return made;
}

// What is typed, Enter for each end of a line, and what is handed over.
const TYPED: Readonly<Record<string, readonly [typed: string, ran: readonly string[]]>> = {
  "a line": ["1 + 1\n", ["1 + 1"]],
  "line by line": ["a = 1\na\n", ["a = 1", "a"]],
  "a block, which an empty line ends": ["for i in x:\ni\n\n", ["for i in x:\n    i\n    "]],
  "a block that is indented by hand": ["for i in x:\n    i\n\n", ["for i in x:\n    i\n    "]],
  "a block of two lines": ["if x:\na\nb\n\n", ["if x:\n    a\n    b\n    "]],
  "a function, which return ends": [
    "def f():\nreturn 1\n\nf()\n",
    ["def f():\n    return 1\n", "f()"],
  ],
  "brackets that stay open": ["f(1,\n2)\nx\n", ["f(1,\n2)", "x"]],
  "a decorator": ["@d\ndef f():\npass\n\n", ["@d\ndef f():\n    pass\n"]],
  nothing: ["\n  \n", []],
  "a comment with a colon": ["# so:\n1\n", ["# so:", "1"]],
  "a colon before a comment": ["if x: # why\na\n\n", ["if x: # why", "a"]],
};

for (const [name, [typed, ran]] of Object.entries(TYPED)) {
  test(`Typed: ${name}`, async () => {
    const { box, ran: handed } = scene();
    for (const key of typed) {
      box.press(key === "\n" ? "Enter" : key);
      await settled();
    }
    assert.deepEqual([handed, box.value.trim()], [ran, ""]);
  });

  test(`Typed ahead of Python: ${name}`, async () => {
    const made = scene();
    made.gate = new Deferred();
    made.box.type(`0\n${typed}`);
    made.gate.resolve();
    await settled();
    const plain = (codes: readonly string[]) => codes.map((code) => code.replace(/ {4}/g, ""));
    assert.deepEqual([plain(made.ran), made.box.value.trim()], [plain(["0", ...ran]), ""]);
  });
}

test("What was pasted while something ran stays whole, and waits for its Enter", async () => {
  const made = scene();
  made.gate = new Deferred();
  made.box.type("0\n");
  made.box.paste("if x:\n    a\nb");
  made.gate.resolve();
  await settled();
  assert.deepEqual([made.ran, made.box.value], [["0"], "if x:\n    a\nb"]);
  made.gate = new Deferred();
  made.box.press("Enter");
  made.box.paste("if y:\n    c\nd");
  made.box.type("\ne");
  made.gate.resolve();
  await settled();
  assert.deepEqual(made.ran, ["0", "if x:\n    a\nb", "if y:\n    c\nd"]);
  assert.equal(made.box.value, "e");
});

test("While something runs, Enter within the last line ends it whole", async () => {
  const made = scene();
  made.gate = new Deferred();
  made.box.type("0\n40+2");
  made.box.setSelectionRange(3, 3);
  made.box.type("\n");
  assert.deepEqual([made.box.value, made.box.selectionStart], ["40+2\n", 5]);
  made.gate.resolve();
  await settled();
  assert.deepEqual([made.ran, made.box.value], [["0", "40+2"], ""]);
});

// What stands in the box while something runs, and is handed over by Ctrl+Enter.
const WHOLE: Readonly<Record<string, string>> = {
  "a line": "1 + 1",
  "a block": "for i in x:\n    i",
  "a line that would go on": "if x:",
  "lines that belong to no block": "a\nb",
};

for (const [name, code] of Object.entries(WHOLE)) {
  test(`While something runs, Ctrl+Enter hands over: ${name}`, async () => {
    const made = scene();
    made.gate = new Deferred();
    made.box.type("0\n");
    if (code.startsWith("for")) made.box.type(code);
    else made.box.paste(code);
    made.box.press("Control+Enter");
    made.gate.resolve();
    await settled();
    assert.deepEqual([made.ran.map((each) => each.trim()), made.box.value], [["0", code], ""]);
  });
}

test("Code that is offered while lines wait takes their place, and is handed over by none", async () => {
  const made = scene();
  made.gate = new Deferred();
  made.box.type("0\n1\n");
  made.prompt.offer("a = 1\na");
  made.gate.resolve();
  await settled();
  assert.deepEqual([made.ran, made.box.value], [["0"], "a = 1\na"]);
});

test("What was pasted whole is handed over by one Enter, blocks too", async () => {
  const { box, ran } = scene();
  const code = "for i in x:\n    i";
  box.paste(code);
  box.press("Enter");
  await settled();
  assert.deepEqual(ran, [code]);
});

// What is pasted, and what then stands in the box.
const PASTED: Readonly<Record<string, readonly [pasted: string, text: string]>> = {
  "a line behind a prompt": [">>> f(2)", "f(2)"],
  "lines with what they came to": [">>> f(2)\n4\n>>> x = 1\n", "f(2)\nx = 1"],
  "a block": [
    ">>> for i in x:\n...     print(i)\n...\n1\n2\n>>> i",
    "for i in x:\n    print(i)\n\ni",
  ],
  "an example of a docstring": ["    >>> f(\n    ...     2)\r\n    4\n", "f(\n    2)"],
  "an empty prompt": [">>>\n>>> 1", "\n1"],
  "code with a shift": ["x >>>> 1", "x >>>> 1"],
  "code with an ellipsis": ["...\nx", "...\nx"],
  "lines without prompts": ["a\n>>> b", "a\n>>> b"],
};

for (const [name, [pasted, text]] of Object.entries(PASTED)) {
  test(`Pasted: ${name}`, () => {
    const { box } = scene();
    box.paste(pasted);
    assert.equal(box.value, text);
  });
}

test("An example is pasted at the cursor, in place of what is marked", () => {
  const { box } = scene();
  box.paste("print(old)");
  box.setSelectionRange(6, 9);
  box.paste(">>> f(2)\n4");
  assert.deepEqual([box.value, box.selectionStart], ["print(f(2))", 10]);
});

test("What was being written when code is offered comes back by the arrows", () => {
  const { box, prompt } = scene();
  box.type("half a lin");
  prompt.offer("f(1)");
  assert.equal(box.value, "f(1)");
  box.press("ArrowUp");
  box.press("ArrowUp");
  assert.equal(box.value, "half a lin");
});

test("Within a text, and with Shift, Enter begins a new line; with Ctrl it hands over", async () => {
  const { box, ran } = scene();
  box.paste("a\nb");
  box.setSelectionRange(1, 1);
  box.press("Enter");
  assert.equal(box.value, "a\n\nb");
  box.setSelectionRange(4, 4);
  box.press("Shift+Enter");
  assert.equal(box.value, "a\n\nb\n");
  box.press("Control+Enter");
  await settled();
  assert.deepEqual(ran, ["a\n\nb\n"]);
});

test("Arrows bring back what was entered, and at the end what was being typed", async () => {
  const { box } = scene();
  for (const line of ["one\n", "two\n", "two\n"]) {
    box.type(line);
    await settled();
  }
  box.type("thr");
  const seen: string[] = [];
  for (const key of ["ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown", "ArrowDown"]) {
    box.press(key);
    seen.push(box.value);
  }
  assert.deepEqual(seen, ["two", "one", "one", "two", "thr", "thr"]);
});

test("In several lines the arrows move the cursor first", () => {
  const { box, prompt } = scene();
  prompt.offer("a\nb");
  assert.equal(box.press("ArrowUp"), true);
  box.setSelectionRange(0, 0);
  assert.equal(box.press("ArrowUp"), false);
});

test("Backspace takes away one step of indentation", () => {
  const { box } = scene();
  box.type("if x:\n");
  box.press("Backspace");
  assert.equal(box.value, "if x:\n");
  box.paste("a");
  assert.equal(box.press("Backspace"), true);
});

test("Tab completes what is one, and shows what are several", async () => {
  const { box, shown } = scene(["reshape", "resize", "ravel"]);
  for (const [typed, becomes, names] of [
    ["x.resh", "x.reshape", null],
    ["x.r", "x.r", ["reshape", "resize", "ravel"]],
    ["x.re", "x.res", ["reshape", "resize"]],
    ["x.q", "x.q", []],
  ] as const) {
    box.value = "";
    box.setSelectionRange(0, 0);
    box.type(typed);
    assert.equal(box.press("Tab"), false);
    await settled();
    assert.deepEqual([box.value, shown.at(-1)], [becomes, names]);
  }
});

test("Tab leaves a blank line, and after Escape any line", () => {
  const { box } = scene();
  assert.equal(box.press("Tab"), true);
  box.type("x");
  assert.equal(box.press("Tab"), false);
  box.press("Escape");
  assert.equal(box.press("Tab"), true);
  box.press("Escape");
  box.type("y");
  assert.equal(box.press("Tab"), false);
  assert.equal(box.press("Shift+Tab"), true);
});

test("Names that come late are not put into another text", async () => {
  const { box } = scene(["alpha"]);
  box.type("al");
  box.press("Tab");
  box.type("l");
  await settled();
  assert.equal(box.value, "all");
});

test("While code runs Ctrl+C stops it, but not where something is marked", async () => {
  const made = scene();
  assert.equal(made.box.press("Control+c"), true);
  made.gate = new Deferred();
  made.box.type("x\ny");
  made.box.setSelectionRange(0, 1);
  assert.equal(made.box.press("Control+c"), true);
  made.box.setSelectionRange(1, 1);
  assert.equal(made.box.press("Control+c"), false);
  assert.deepEqual(made.stopped, ["stop"]);
  made.gate.resolve();
  await settled();
  assert.equal(made.box.value, "y");
});

test("Enter that takes what an input method offers hands nothing over, in Safari neither", () => {
  for (const composing of [
    { isComposing: true, keyCode: 229 },
    { isComposing: false, keyCode: 229 },
  ]) {
    const { box, ran } = scene();
    box.type("1");
    assert.equal(box.press("Enter", composing), true);
    assert.deepEqual(ran, []);
  }
});
