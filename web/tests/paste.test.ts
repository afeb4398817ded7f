import assert from "node:assert/strict";
import { test } from "node:test";
import { mended, withSpaces } from "../src/editor/paste";

/** What stands there after a paste where `|` is, or in place of what stands between two of them. */
function after(doc: string, pasted: string): string {
  const [before = "", ...rest] = doc.split("|");
  const behind = rest.at(-1) ?? "";
  return before + (mended(before, behind, pasted) ?? pasted) + behind;
}

const BODY = "        y = x\n        return y\n";
const LOOP = "for x in y:\n            total += x\n        return total\n";
const DEF = "def f(x):\n    ";

/** What, where, the pasted text, and what stands there then. */
const MENDED: readonly (readonly [string, string, string, string])[] = [
  ["a deeper body at its place", `${DEF}|`, BODY, `${DEF}y = x\n    return y\n`],
  ["a flatter body at its place", `${DEF}    |`, "  y = x\n  y\n", `${DEF}    y = x\n        y\n`],
  ["lines that fit", `${DEF}|`, "    y = x\n    return y\n", `${DEF}y = x\n    return y\n`],
  [
    "the first line was cut at its start",
    `${DEF}|`,
    "y = x\n        return y",
    `${DEF}y = x\n    return y`,
  ],
  [
    "it was cut, and goes where it came from",
    `${DEF}|`,
    "y = x\n    z = y\n    return z\n",
    `${DEF}y = x\n    z = y\n    return z\n`,
  ],
  [
    "it was cut in the middle of its indentation",
    `${DEF}|`,
    "  y = x\n        return y",
    `${DEF}y = x\n    return y`,
  ],
  [
    "a loop was cut at its start, and its end tells where it was",
    `${DEF}|`,
    LOOP,
    `${DEF}for x in y:\n        total += x\n    return total\n`,
  ],
  [
    "a block was cut, and its own else tells where it was",
    `${DEF}|`,
    "if x:\n            y\n        else:\n            z\n",
    `${DEF}if x:\n        y\n    else:\n        z\n`,
  ],
  [
    "a block without an end was cut",
    `${DEF}|`,
    "if x:\n            if y:\n                z\n",
    `${DEF}if x:\n        if y:\n            z\n`,
  ],
  ["code of the top in a block", `${DEF}|`, "y = x\nreturn y\n", `${DEF}y = x\n    return y\n`],
  ["a function in a function", `${DEF}|`, "def g():\n    x\n", `${DEF}def g():\n        x\n`],
  [
    "a file's indentation of 2 keeps its steps",
    `${DEF}|`,
    "if x:\n  if y:\n    z\n",
    `${DEF}if x:\n      if y:\n        z\n`,
  ],
  ["tabs where spaces are", `${DEF}|`, "\t\ty = x\n\t\treturn y\n", `${DEF}y = x\n    return y\n`],
  [
    "tabs at the start of a line",
    "a = 1\n|",
    "def f():\n\tif x:\n\t\ty\n",
    "a = 1\ndef f():\n    if x:\n        y\n",
  ],
  ["lines of Windows", `${DEF}|`, "        y = x\r\n        y\r\n", `${DEF}y = x\n    y\n`],
  [
    "at a line's start, deeper than what opens nothing",
    `${DEF}a\n|`,
    BODY,
    `${DEF}a\n    y = x\n    return y\n`,
  ],
  ["at a line's start, deeper than a body", "def f(x):\n|", BODY, `${DEF}y = x\n    return y\n`],
  [
    "at a line's start, before a body of 2",
    "def f(x):\n|  return x\n",
    "    y = 1\n    z = 1\n",
    "def f(x):\n  y = 1\n  z = 1\n  return x\n",
  ],
  [
    "at a line's start, cut where it was as deep",
    `${DEF}a\n|\n`,
    "y = x\n    return y",
    `${DEF}a\n    y = x\n    return y\n`,
  ],
  [
    "at a line's start, where a block has nothing yet",
    "def f(x):\n|\na = 1\n",
    "y = x\nreturn y\n",
    `${DEF}y = x\n    return y\n\na = 1\n`,
  ],
  ["a body at the top", "a = 1\n|\nb = 2", "    y = 1\n    z = 2", "a = 1\ny = 1\nz = 2\nb = 2"],
  [
    "before code, which stays where it is",
    `${DEF}|return x\n`,
    BODY.replace("return y", "y"),
    `${DEF}y = x\n    y\n    return x\n`,
  ],
  [
    "in place of code",
    `${DEF}|a = 1|\n    b`,
    "        y = x\n        y",
    `${DEF}y = x\n    y\n    b`,
  ],
  [
    "in place of whole lines",
    "def f(x):\n|    a = 1\n|    return x",
    "        y = x\n        y\n",
    "def f(x):\n    y = x\n    y\n    return x",
  ],
  [
    "blank lines and comments in between",
    `${DEF}|`,
    "        y = x\n\n        # z\n    # 0\n        y",
    `${DEF}y = x\n\n    # z\n# 0\n    y`,
  ],
  [
    "brackets over lines, however they are indented",
    `${DEF}|`,
    "        y = f(\n            x,\n  )\n        y",
    `${DEF}y = f(\n        x,\n)\n    y`,
  ],
  [
    "a text over lines moves as a whole",
    `${DEF}|`,
    '        """Doc.\n\n            more\n        """\n        y',
    `${DEF}"""Doc.\n\n        more\n    """\n    y`,
  ],
  [
    "an example in a docstring is no session",
    `${DEF}|`,
    '        """Doc.\n        >>> f(1)\n        """\n        y',
    `${DEF}"""Doc.\n    >>> f(1)\n    """\n    y`,
  ],
  [
    "a colon, bracket or hash in a text or comment opens nothing",
    `${DEF}|`,
    "y = 'a(:' # (:\n        return y",
    `${DEF}y = 'a(:' # (:\n    return y`,
  ],
  [
    "a comment goes before",
    `${DEF}|`,
    "# y\n        y = x\n        y",
    `${DEF}# y\n    y = x\n    y`,
  ],
];

for (const [what, doc, pasted, expected] of MENDED) {
  test(`Pasted code fits its place: ${what}`, () => {
    assert.equal(after(doc, pasted), expected);
  });
}

const AS_IT_IS: readonly (readonly [string, string, string])[] = [
  ["one line", `${DEF}|`, "        y = x"],
  ["one line and its end", `${DEF}|`, "        y = x\n"],
  ["one line with blank ones around it", `${DEF}|`, "\n        y = x\n\n"],
  ["a file in an empty editor", "|", "    y = x\n    y\n"],
  ["a file in place of all", "|def f(x):\n    return x\n|", "\tdef g():\n\t\treturn 1\n"],
  ["a file with what it imports", `${DEF}|`, "import math\n\ndef g(x):\n    return math.e\n"],
  ["functions at the top", "a = 1\n|", "def f(x):\n  if x:\n    y\n\ndef g():\n  z\n"],
  ["a body where it fits", `${DEF}a\n|`, "    y = x\n    return y\n"],
  ["a body that a line ends", `${DEF}    if x:\n        y\n|`, "    z = x\n    return z\n"],
  ["code of the top where a block has something", `def f(x):\n|    x\n`, "a = 1\nb = 2\n"],
  ["a session", `${DEF}|`, ">>> f(1)\n1\n>>> f(2)\n"],
  ["an indented session", `${DEF}|`, "        >>> f(1)\n        1\n"],
  ["in a text", `${DEF}"""a\n    |\n    """`, BODY],
  ["in a text that is open", `${DEF}"""a\n    |`, BODY],
  ["in brackets", `${DEF}y = [\n        |\n    ]`, "    1,\n    2,\n"],
  ["behind a joined line", `${DEF}y = \\\n    |`, BODY],
  ["behind code", `${DEF}y = |`, "f(\n            x)\n        z"],
  ["in a comment", `${DEF}# |`, BODY],
  ["where tabs are", "def f(x):\n\t|", BODY],
  ["where tabs are elsewhere", "if a:\n\tb\ndef f(x):\n    |", BODY],
  ["it ends before code without a line's end", `${DEF}|return x`, "        y = x\n        z = "],
  [
    "a body and what follows its function",
    `${DEF}|`,
    "        y = x\n        y\ndef g():\n    z\n",
  ],
  ["what would leave its function", `${DEF}|`, "        y = x\n    return y\n"],
  ["levels that are none", `${DEF}|`, "          y = x\n       return y\n"],
  ["a text at the line's start", `${DEF}|`, '        y = """\na\n"""\n        y'],
  ["a call over lines, perhaps cut", `${DEF}|`, "y = f(x,\n              z)"],
  ["it is broken itself", `${DEF}|`, "if x:\ny\n"],
];

for (const [what, doc, pasted] of AS_IT_IS) {
  test(`It is pasted as it is: ${what}`, () => {
    const [before = "", ...rest] = doc.split("|");
    assert.equal(mended(before, rest.at(-1) ?? "", pasted), null);
  });
}

const SPACED: readonly (readonly [string, string, string])[] = [
  ["an indentation of a page's", "if a:\n\u00a0\u00a0 \u00a0b\n", "if a:\n    b\n"],
  ["blanks in code", "a\u00a0=\u3000b\u2003# c\u00a0d", "a = b # c d"],
  [
    "blanks in strings",
    'a = \'b\u00a0c\',\u00a0"""\n\u00a0d"""',
    'a = \'b\u00a0c\', """\n\u00a0d"""',
  ],
  ["blanks behind a string", "a = ''\u00a0+ b", "a = '' + b"],
  ["nothing of the kind", "a = 1\t# b\n", "a = 1\t# b\n"],
];

for (const [what, pasted, expected] of SPACED) {
  test(`Blanks that are no spaces to Python become spaces: ${what}`, () => {
    assert.equal(withSpaces(pasted), expected);
  });
}
