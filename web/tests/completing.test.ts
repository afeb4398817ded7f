import assert from "node:assert/strict";
import { test } from "node:test";
import { CompletionContext } from "@codemirror/autocomplete";
import { pythonLanguage } from "@codemirror/lang-python";
import { EditorState } from "@codemirror/state";
import { bindingsAt, importsOf } from "../src/assist/bindings";
import { callAt, knownAt, parameters } from "../src/assist/calls";
import { complete } from "../src/assist/completing";
import { Library } from "../src/assist/library";

const LIBRARY = new Library({
  keywords: ["lambda", "return", "for"],
  importable: ["math", "numpy", "random"],
  modules: {
    builtins: { len: ["function", "(obj, /)", "Count."], list: ["class", "()", ""] },
    math: { sqrt: ["function", "(x, /)", "The root."], log: ["function", "(x)", ""] },
    numpy: { exp: ["function", "(x)", "e to the x."], linalg: ["module", "", ""] },
    "numpy.linalg": { norm: ["function", "(x)", "The length."] },
  },
});

/** A text in which `|` is the cursor. */
function stateOf(marked: string): EditorState {
  const at = marked.indexOf("|");
  const doc = marked.replace("|", "");
  return EditorState.create({ doc, selection: { anchor: at }, extensions: [pythonLanguage] });
}

function offered(marked: string, isAsked = false): string[] | null {
  const state = stateOf(marked);
  const context = new CompletionContext(state, state.selection.main.head, isAsked);
  const found = complete(context, LIBRARY, () => null);
  return found?.options.map(({ label }) => label) ?? null;
}

const own = (marked: string): string[] => {
  const state = stateOf(marked);
  return [...bindingsAt(state, state.selection.main.head).keys()].sort();
};

const SCOPES: Record<string, readonly string[]> = {
  "a = 1\nb, (c, *d) = 2\n|": ["a", "b", "c", "d"],
  "x: int = 3\n[y, z] = w\n|": ["x", "y", "z"],
  "import numpy as np, math\nfrom random import (randint as r, # so\n  choice)\n|": [
    "choice",
    "math",
    "np",
    "r",
  ],
  "def f(p, q=u, *r, s: int = 2, **t):\n    v = 1\n    |\n": ["f", "p", "q", "r", "s", "t", "v"],
  "def f(p):\n    v = 1\n\n\n\n|\nx = 2\n": ["f", "x"],
  "class C:\n    k = 1\n    def m(self): pass\n\n\n\n|": ["C"],
  "for i, (j, k) in y:\n    |": ["i", "j", "k"],
  "with open(f) as g:\n    |": ["g"],
  "try:\n    pass\nexcept E as e:\n    |": ["e"],
  "s = [q + | for q, r in z if q]\n": ["q", "r", "s"],
  "s = [q for q in z]\n|": ["s"],
  "g = lambda a, b=c: a + |\n": ["a", "b", "g"],
  "if (n := 3):\n    |": ["n"],
  "match a:\n    case [b, *_] as c:\n        |": ["b", "c"],
  "new|": [],
};

for (const [marked, expected] of Object.entries(SCOPES)) {
  test(`The names of ${JSON.stringify(marked)} are ${expected.join(", ") || "none"}`, () => {
    assert.deepEqual(own(marked), expected);
  });
}

test("An import says what its names stand for", () => {
  const paths = (text: string) => Object.fromEntries(importsOf(text));
  assert.deepEqual(paths("import numpy.linalg, math as m"), { numpy: "numpy", m: "math" });
  assert.deepEqual(paths("import numpy.linalg as la"), { la: "numpy.linalg" });
  assert.deepEqual(paths("from math import (sqrt as s,\n  log)"), {
    s: "math.sqrt",
    log: "math.log",
  });
  assert.deepEqual(paths("from numpy.linalg import *"), { "*numpy.linalg": "numpy.linalg" });
});

const OFFERED: Record<string, readonly string[]> = {
  "import numpy as np\nnp.|": ["exp", "linalg"],
  "import numpy as np\nnp.e|": ["exp", "linalg"],
  "import numpy as np; np.|": ["exp", "linalg"],
  "from math import sqrt; import numpy as np; x = np.linalg.|": ["norm"],
  "import numpy as np\nnp.linalg.|": ["norm"],
  "from numpy import linalg as la\nla.n|": ["norm"],
  "import math\nx = 3 + math . |": ["sqrt", "log"],
  "from math import s|": ["sqrt", "log"],
  "from math import sqrt, l|": ["sqrt", "log"],
  "import m|": ["math", "numpy", "random"],
  "import numpy.|": ["linalg"],
  "from r|": ["math", "numpy", "random"],
  "x.shape\ny.|": ["shape"],
  "f'{l|}'": ["len", "list", "lambda", "return", "for"],
  "from math import *\ns|": ["len", "list", "sqrt", "log", "lambda", "return", "for"],
  "from math import *\nlog = 3\ns|": ["log", "len", "list", "sqrt", "lambda", "return", "for"],
  "len = 3\nl|": ["len", "list", "lambda", "return", "for"],
};

for (const [marked, expected] of Object.entries(OFFERED)) {
  test(`At ${JSON.stringify(marked)} one is offered ${expected.join(", ")}`, () => {
    assert.deepEqual(offered(marked), expected);
  });
}

for (const marked of [
  "# le|",
  "'le|'",
  '"""le|',
  "f'le|{x}'",
  "def le|",
  "class C|",
  "def f(le|): pass",
  "import numpy as n|",
  "for i|",
  "0.|",
  "x = |",
  "y.|",
]) {
  test(`At ${JSON.stringify(marked)} nothing opens by itself`, () => {
    assert.equal(offered(marked), null);
  });
}

test("Where one asks, all is offered without a letter, but in comments and strings", () => {
  assert.deepEqual(offered("a = 1\n|", true), ["a", "len", "list", "lambda", "return", "for"]);
  assert.equal(offered("# |", true), null);
  const within = offered("import numpy as np\n\ndef f(p, q=0.1):\n    |", true);
  assert.deepEqual(within?.slice(0, 4), ["np", "f", "p", "q"]);
});

test("A function of one's own is told with its parameters and its docstring's first line", () => {
  const state = stateOf('def f(a,\n      b=1):\n    """Say it.\n\n    More.\n    """\n\nx|');
  const { signature, said } = bindingsAt(state, state.doc.length).get("f") ?? {};
  assert.deepEqual([signature, said], ["(a, b=1)", "Say it."]);
});

test("An item is the same in a list that is made anew", () => {
  const state = stateOf("import numpy as np\nnp.e|");
  const first = () => {
    const context = new CompletionContext(state, state.selection.main.head, false);
    return complete(context, LIBRARY, () => null)?.options[0];
  };
  assert.equal(first(), first());
});

const CALLS: Record<string, readonly [string, number | string] | null> = {
  "import math\nmath.sqrt(|)": ["math.sqrt", 0],
  "from math import *\nsqrt(|)": ["sqrt", 0],
  "def f(a, b): pass\nf(1, |": ["f", 1],
  "def f(a, b): pass\nf(b=len(|x))": ["len", 0],
  "def f(a, b): pass\nf(b=len(x)|)": ["f", "b"],
  "len(x)|": null,
  "len|(x)": null,
  "unknown(|)": null,
  "f().g(|)": null,
};

for (const [marked, expected] of Object.entries(CALLS)) {
  test(`At ${JSON.stringify(marked)} the call is of ${expected?.[0] ?? "nothing known"}`, () => {
    const state = stateOf(marked);
    const call = callAt(state, state.selection.main.head, LIBRARY);
    assert.deepEqual(call && [call.name, call.at], expected);
  });
}

test("A known name is found from inside and from its end, with what stands before its dot", () => {
  const at = (marked: string) => {
    const state = stateOf(marked);
    return knownAt(state, state.selection.main.head, LIBRARY)?.name ?? null;
  };
  assert.equal(at("import math\nmath.sq|rt(2)"), "math.sqrt");
  assert.equal(at("import math as m\nm.sqrt|"), "m.sqrt");
  assert.equal(at("l|en"), "len");
  assert.equal(at("import math\ndef f(x):\n    y = math.sqrt|"), "math.sqrt");
  assert.equal(at("len = 3\nl|en"), null);
  assert.equal(at("x.l|en"), null);
});

test("The parameter that is written is known by its place and by its name", () => {
  const current = (signature: string, at: number | string) => {
    const [parts, index] = parameters(signature, at);
    return parts[index] ?? null;
  };
  assert.equal(current("(x, /)", 0), "x");
  assert.equal(current("(x, /)", 1), null);
  assert.equal(current("(a, b=(1, 2), *, c=3)", 1), "b=(1, 2)");
  assert.equal(current("(a, b=(1, 2), *, c=3)", 2), null);
  assert.equal(current("(a, *, c=3)", "c"), "c=3");
  assert.equal(current(`(sep=', (', end="\\"),", *, it's)`, 1), `end="\\"),"`);
  assert.equal(current("(*args, sep=' ')", 3), "*args");
  assert.equal(current("(a, /, b)", 1), "b");
});

test("What may come at the end of a very long line is known at once", () => {
  const long = "a".repeat(400_000); // a look at each of its signs in turn took minutes
  assert.equal(offered(`x = ${long}|`)?.includes("x"), true);
  assert.equal(offered(`import ${"a.".repeat(200_000)}|`), null);
  assert.deepEqual(offered(`${long}; import math; math.|`), ["sqrt", "log"]);
});
