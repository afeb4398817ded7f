import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutTabs } from "../src/dialogs/untab";

const TEXTS: readonly (readonly [string, string, string])[] = [
  ["no tab", "if a:\n    b\n", "if a:\n    b\n"],
  ["tabs alone", "if a:\n\tif b:\n\t\tc\n", "if a:\n    if b:\n        c\n"],
  ["tabs, then spaces", "if a:\n\tif b:\n\t  c\n", "if a:\n    if b:\n      c\n"],
  ["spaces, then a tab", "if a:\n  \tb\n", "if a:\n    b\n"],
  ["tabs and spaces that look alike", "if a:\n\tb\n    c\n", "if a:\n    b\n    c\n"],
  [
    "tabs that Python reads deeper than they look",
    "if a:\n    \tif b:\n \t    c\n",
    "if a:\n        if b:\n            c\n",
  ],
  ["tabs behind code", "a\t= 1\t# b\n", "a   = 1 # b\n"],
  ["tabs in brackets", "f(\n\ta,\n\t)\n", "f(\n    a,\n    )\n"],
  ["a tab in a string", "a = '\t'\t# '\t'\n", "a = '\t'   # ' '\n"],
  ["a string over lines", 'if a:\n\tb = """\n\tc\n"""\n', 'if a:\n    b = """\n\tc\n"""\n'],
  [
    "a docstring",
    'def f():\n\tr"""Doc.\n\tmore\n\t"""\n\ta = "\t"\n',
    'def f():\n    r"""Doc.\n    more\n    """\n    a = "\t"\n',
  ],
  ["a string that is not closed", "a = '\tb\n\tc\n", "a = '\tb\n    c\n"],
];

for (const [what, text, expected] of TEXTS) {
  test(`Tabs become spaces: ${what}`, () => {
    assert.equal(withoutTabs(text), expected);
  });
}
