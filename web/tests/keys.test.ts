import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { closeBracketsKeymap } from "@codemirror/autocomplete";
import { standardKeymap, toggleBlockComment } from "@codemirror/commands";
import { EditorState } from "@codemirror/state";
import { type KeyBinding, keymap } from "@codemirror/view";
import { findingHelp } from "../src/assist/finding-help";
import { help } from "../src/assist/help";
import { list } from "../src/assist/list";
import { searches } from "../src/assist/search";
import { distinct, isMac, namesOf } from "../src/dialogs/key-names";
import { KEY_WORDS } from "../src/dialogs/key-words";
import { assistance } from "../src/editor/assistance";
import { extensions } from "../src/editor/editor";
import { ledTo } from "../src/page/arrows";
import { watchHeldKey } from "../src/page/held";
import {
  type Chord,
  CONSOLE,
  EDITOR,
  isOneOf,
  KEYS,
  LIST,
  MENU,
  PAGE,
  SEPARATORS,
  TABS,
} from "../src/shared/keys";

type Platform = "pc" | "mac";
const PLATFORMS: readonly Platform[] = ["pc", "mac"];

/** A key by its modifiers in one order, whoever wrote it. */
function canonical(written: string, platform: Platform): string {
  const parts = written.split(/-(?!$)/);
  const key = parts.pop() as string;
  const held = new Set(
    parts.map((name) =>
      name === "Mod" ? (platform === "mac" ? "Meta" : "Ctrl") : name === "Cmd" ? "Meta" : name,
    ),
  );
  if (/^[A-Z]$/.test(key)) held.add("Shift");
  return [...[...held].sort(), key.length === 1 ? key.toLowerCase() : key].join("-");
}

/** As any text field has them, which the dialog says in a sentence; and what does nothing here. */
function isAsElsewhere(binding: KeyBinding): boolean {
  const known: readonly KeyBinding[] = [...standardKeymap, ...closeBracketsKeymap];
  return known.includes(binding) || binding.run === toggleBlockComment; // Python has no such comments
}

/** All that the editor has before the script of assistance is here. */
function ownExtensions() {
  const nothing = {
    nonce: "",
    text: "",
    marked: null,
    onRun() {},
    onChange() {},
    parent: null as never,
  };
  const options = { ...nothing, assistance: () => Promise.reject(new Error("unasked")) };
  return extensions(options, assistance(options.assistance));
}

/** The keys that the editor takes on a platform, but for those of any text field. */
function boundKeys(platform: Platform): ReadonlySet<string> {
  const state = EditorState.create({
    extensions: [
      ownExtensions(),
      list(() => null),
      help(() => null).extension,
      findingHelp,
      searches(() => assert.fail("nothing is looked for")).extension,
    ],
  });
  const bindings = state.facet(keymap).flat();
  const keys = bindings
    .filter((binding) => !isAsElsewhere(binding))
    .flatMap((binding) => {
      const key = (platform === "mac" && binding.mac) || binding.key;
      return key === undefined ? [] : binding.shift ? [key, `Shift-${key}`] : [key];
    });
  return new Set(keys.map((key) => canonical(key, platform)));
}

function listedKeys(platform: Platform): ReadonlySet<string> {
  const chords: readonly Chord[] = [
    ...[PAGE.run, ...Object.values(EDITOR), ...Object.values(LIST)].flat(),
  ];
  const written = chords.map(({ key, mac }) => (platform === "mac" && mac) || key);
  return new Set(written.map((key) => canonical(key, platform)));
}

for (const platform of PLATFORMS) {
  test(`The editor takes the keys that are listed and no others (${platform})`, () => {
    const [bound, listed] = [boundKeys(platform), listedKeys(platform)];
    // With Shift a motion selects, as anywhere.
    const isListed = (key: string) => listed.has(key) || listed.has(key.replace("Shift-", ""));
    const missing = [...bound].filter((key) => !isListed(key));
    assert.deepEqual(missing, [], "bound, and not listed in src/shared/keys.ts");
    assert.deepEqual(
      [...listed].filter((key) => !bound.has(key)),
      [],
      "listed, and not bound",
    );
  });
}

test("The tests run from the boxes of the search as well", () => {
  const state = EditorState.create({ extensions: ownExtensions() });
  const scopes = state
    .facet(keymap)
    .flat()
    .filter(({ key }) => key === PAGE.run[0].key);
  assert.ok(scopes.some(({ scope }) => scope?.split(" ").includes("search-panel")));
});

/** The unit tests are run in `web/`. */
const SOURCES = join(process.cwd(), "src");
const HOME = join("shared", "keys.ts");

/** Strings that name a key, as browsers and CodeMirror call them. */
const KEY_NAME =
  /"((?:(?:Mod|Ctrl|Cmd|Alt|Shift|Meta)-)+\S+|Enter|Escape|Tab|Backspace|Delete|Arrow\w+|Home|End|Page(?:Up|Down)|F\d+)"|(?<!typeof )\b(?:key|code) === "(.+?)"|\bkey: "(.)"/g;

/** Where a key is watched that does what it always does, and where keys are given their names. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  [join("page", "panes.ts")]: ["Tab"],
  [join("page", "type-ahead.ts")]: ["Enter", "Backspace"],
  [join("console", "prompt.ts")]: [" "],
};

test("No other source names a key: what is bound comes from the table", () => {
  const found = readdirSync(SOURCES, { recursive: true, encoding: "utf-8" })
    .filter((path) => path.endsWith(".ts") && path !== HOME)
    .flatMap((path) => {
      const named = [...readFileSync(join(SOURCES, path), "utf-8").matchAll(KEY_NAME)];
      const keys = named.map(([, name, compared, bound]) => name ?? compared ?? bound ?? "");
      return keys.filter((key) => !ALLOWED[path]?.includes(key)).map((key) => `${path}: ${key}`);
    });
  assert.deepEqual(found, []);
});

test("On a Mac no key is one that types a character", () => {
  const chords: readonly Chord[] = Object.values(KEYS).flatMap((keys) =>
    Object.values(keys).flat(),
  );
  const typing = chords
    .map(({ key, mac }) => mac ?? key)
    .filter((key) => /^(Shift-)?Alt-(Shift-)?\S$/.test(key));
  assert.deepEqual(typing, []);
});

test("Each key is told in words of its own place", () => {
  for (const [place, { title, does }] of Object.entries(KEY_WORDS)) {
    const said = Object.values(does);
    assert.ok(title && said.every((text) => text.endsWith(".")), place);
    assert.equal(new Set(said).size, said.length, place);
    assert.deepEqual(Object.keys(does).sort(), Object.keys(KEYS[place as "page"]).sort());
  }
});

const NAMES: Record<string, readonly [Chord, string, string]> = {
  "a modifier of both": [PAGE.run[0], "Ctrl Enter", "⌘ Enter"],
  "another key on a Mac": [EDITOR.complete[0], "Ctrl Space", "⌘ I"],
  "two modifiers": [EDITOR.explain[0], "Ctrl Shift Space", "⇧ ⌘ Space"],
  "an arrow": [EDITOR.moveLine[1], "Alt ↓", "⌥ ↓"],
  "a sign": [{ key: "Mod-Alt-\\" }, "Ctrl Alt \\", "⌥ ⌘ \\"],
  "a hyphen": [{ key: "Mod--" }, "Ctrl -", "⌘ -"],
  "a character alone": [PAGE.list[0], "?", "?"],
};

for (const [what, [chord, pc, mac]] of Object.entries(NAMES)) {
  test(`Keys are called as the keyboard has them: ${what}`, () => {
    assert.equal(namesOf(chord, false).join(" "), pc);
    assert.equal(namesOf(chord, true).join(" "), mac);
  });
}

test("Keys that are one on a keyboard are told once", () => {
  assert.equal(distinct(PAGE.run, false).length, 1);
  assert.equal(distinct(PAGE.run, true).length, 2);
});

test("A Mac is known by what browsers say, and so is a phone of the same house", () => {
  const systems = ["MacIntel", "iPhone", "iPad", "Win32", "Linux x86_64", ""];
  assert.deepEqual(
    systems.map((platform) => isMac({ platform })),
    [true, true, true, false, false, false],
  );
});

const NONE = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };
const PRESSED: readonly (readonly [readonly Chord[], Partial<KeyboardEvent>, boolean])[] = [
  [PAGE.list, { key: "?", shiftKey: true }, true],
  [PAGE.list, { key: "?" }, true],
  [PAGE.list, { key: "?", ctrlKey: true }, false],
  [PAGE.list, { key: "/", shiftKey: true }, false],
  [PAGE.nextPart, { key: "F6" }, true],
  [PAGE.nextPart, { key: "F6", shiftKey: true }, false],
  [PAGE.nextPart, { key: "F6", ctrlKey: true }, false],
  [PAGE.nextPart, { key: "F6", metaKey: true }, false],
  [PAGE.previousPart, { key: "F6", shiftKey: true }, true],
  [PAGE.previousPart, { key: "F6", shiftKey: true, altKey: true }, false],
  [PAGE.run, { key: "Enter", ctrlKey: true }, true],
  [PAGE.run, { key: "Enter", metaKey: true }, true],
  [PAGE.run, { key: "Enter" }, false],
  [[{ key: " " }], { key: " ", shiftKey: true }, false],
  // As WebKitGTK tells Shift and Tab.
  [[EDITOR.dedent[0]], { key: "Unidentified", code: "Tab", shiftKey: true }, true],
  [[EDITOR.indent[0]], { key: "Unidentified", code: "Tab", shiftKey: true }, false],
  [CONSOLE.stop, { key: "c", ctrlKey: true }, true],
  // With Caps Lock; and on Cyrillic and Greek keyboards.
  [CONSOLE.stop, { key: "C", code: "KeyC", ctrlKey: true }, true],
  [CONSOLE.stop, { key: "с", code: "KeyC", ctrlKey: true }, true],
  [CONSOLE.stop, { key: "ψ", code: "KeyC", ctrlKey: true }, true],
  // A letter has its place where a keyboard has it: here the key of an English "c" types "j".
  [CONSOLE.stop, { key: "j", code: "KeyC", ctrlKey: true }, false],
  [CONSOLE.stop, { key: "C", code: "KeyC", ctrlKey: true, shiftKey: true }, false],
  [CONSOLE.stop, { key: "с", code: "KeyC" }, false],
  // With others held they are the browser's, or the system's.
  [TABS.next, { key: "ArrowRight", altKey: true }, false],
  [SEPARATORS.less, { key: "ArrowLeft", altKey: true }, false],
  [SEPARATORS.least, { key: "Home", ctrlKey: true }, false],
];

for (const [chords, event, isMatch] of PRESSED) {
  const pressed = { ...NONE, ...event } as KeyboardEvent;
  test(`${JSON.stringify(event)} is ${isMatch ? "" : "not "}${chords[0]?.key}`, () => {
    assert.equal(isOneOf(chords, pressed), isMatch);
  });
}

test("Arrows, Home and End go through a row, round its ends, and not with others held", () => {
  const row = ["a", "b", "c"];
  const led = (at: number, key: string, held: Partial<KeyboardEvent> = {}) =>
    ledTo(row, at, { ...NONE, key, code: key, ...held }, MENU);
  const steps = ["ArrowDown", "ArrowUp", "Home", "End", "x"].map((key) => led(0, key));
  assert.deepEqual(steps, ["b", "c", "a", "c", undefined]);
  const entered = ["ArrowDown", "ArrowUp", "Home", "End"].map((key) => led(-1, key));
  assert.deepEqual(entered, ["a", "c", undefined, undefined]);
  assert.equal(led(2, "ArrowDown"), "a");
  for (const held of ["altKey", "ctrlKey", "metaKey", "shiftKey"]) {
    assert.equal(led(0, "ArrowDown", { [held]: true }), undefined, held);
  }
});

test("A key is held from its first repetition until it, or another, is let go", () => {
  const page = new EventTarget();
  const isHeld = watchHeldKey(page);
  const after = (type: string, repeat = false) => {
    page.dispatchEvent(Object.assign(new Event(type), { repeat }));
    return isHeld();
  };
  assert.deepEqual(
    [after("keydown"), after("keydown", true), after("keyup")],
    [false, true, false],
  );
  for (const end of ["keydown", "pointerup", "blur"]) {
    assert.equal(after("keydown", true), true);
    assert.equal(after(end), false, end);
  }
});
