"""Texts, and what is said of them while they are written: what must be, and what must not."""

from __future__ import annotations

# Of each text the undefined names that are noted, each with its line.
UNDEFINED: dict[str, tuple[str, list[tuple[int, str]]]] = {
    "a slip in a function": ("def f(logits):\n    return logit + 1\n", [(2, "logit")]),
    "a slip at the top": ("total = 1\nprint(totl)\n", [(2, "totl")]),
    "every use": ("def f(x):\n    return np.exp(x) / np.sum(x)\n", [(2, "np"), (2, "np")]),
    "in a default": ("def f(x=missing):\n    return x\n", [(1, "missing")]),
    "in a decorator": ("@missing\ndef f():\n    pass\n", [(1, "missing")]),
    "as a base class": ("class A(Missing):\n    pass\n", [(1, "Missing")]),
    "in a method": ("class A:\n    def f(self):\n        return missing\n", [(3, "missing")]),
    "a class's own name in its method": (
        "class A:\n    n = 1\n    def f(self):\n        return n\n",
        [(4, "n")],
    ),
    "in a lambda": ("f = lambda x: x + y\n", [(1, "y")]),
    "in a comprehension": ("f = [x + y for x in range(3)]\n", [(1, "y")]),
    "a comprehension's own name behind it": ("y = [x for x in 'ab']\nprint(x)\n", [(2, "x")]),
    "another function's own": (
        "def f():\n    inner = 1\n    return inner\n\ndef g():\n    return inner\n",
        [(6, "inner")],
    ),
    "an annotation that is evaluated": ("def f(x: Missing):\n    return x\n", [(1, "Missing")]),
    "behind letters of several bytes": ("é = 'ü'; print(é, mißing)\n", [(1, "mißing")]),
    "under another condition": ("if print:\n    missing()\nprint(1)\n", [(2, "missing")]),
    "tried for another exception": (
        "try:\n    print(missing)\nexcept ValueError:\n    pass\n",
        [(2, "missing")],
    ),
    "in what handles an exception": (
        "try:\n    pass\nexcept Exception:\n    print(missing)\n",
        [(4, "missing")],
    ),
    "a library that was not imported": ("x = pd.DataFrame()\n", [(1, "pd")]),
    "in a class": ("class A:\n    n = 1\n    m = n + missing\n", [(3, "missing")]),
    "as the type of a class's fields": (
        "@print\nclass A:\n    x: Missing\n    y: int = 0\n",
        [(3, "Missing")],
    ),
    "the name of a class around": (
        "class A:\n    n = 1\n    class B:\n        m = n\n",
        [(4, "n")],
    ),
    "changed before it has a value": (
        "def f(xs):\n    for x in xs:\n        total += x\n    return total\n",
        [(3, "total")],
    ),
    "a function's own where the module's is meant": (
        "count = 0\n\ndef f(n=1):\n    count += n\n    n += 1\n",
        [(4, "count")],
    ),
    "a function's own where the outer one's is meant": (
        "def f():\n    count = 0\n    def g():\n        count **= 1; other = count\n    return g\n",
        [(4, "count")],
    ),
    "changed at the top": ("missing |= 1\nprint(missing)\n", [(1, "missing"), (2, "missing")]),
    "changed in a function, as the module's": (
        "def f():\n    global missing\n    missing += 1\n",
        [(3, "missing")],
    ),
    "behind more names than a byte counts": (
        "".join(f"v{n} = 1\n" for n in range(300)) + "print(v299, missing)\n",
        [(301, "missing")],
    ),
    "Python 2's": ("x = unicode(1)\ny = xrange(2)\n", [(1, "unicode"), (2, "xrange")]),
}

# Names that are there, or may be.
DEFINED = {
    "builtins": "print(len([NotImplemented, __debug__, WindowsError_ if False else 1]))\n",
    "what every module has": "print(__name__, __doc__, __file__, __spec__, __builtins__)\n",
    "a main block": "if __name__ == '__main__':\n    print(1)\n",
    "all of a module": "from math import *\nprint(sqrt(2))\n",
    "imports": "import numpy as np, os.path\nfrom math import sqrt as s\nprint(np, os, s)\n",
    "an import in a branch": "try:\n    import a\nexcept ImportError:\n    a = None\nprint(a)\n",
    "defined later than the function": "def f():\n    return g()\n\ndef g():\n    return 1\n",
    "defined in a branch": "if len('a'):\n    x = 1\nprint(x)\n",
    "used before it is defined": "print(x)\nx = 1\n",
    "deleted": "x = 1\ndel x\nprint(x)\n",
    "only deleted": "def f():\n    global x\n    del x\nprint(x)\n",
    "a global of a function's": "def f():\n    global x\n    x = 1\n\ndef g():\n    return x\n",
    "a nonlocal": "def f(x):\n    def g():\n        nonlocal x\n        x += 1\n    g()\n",
    "loops": "for i, (j, *k) in []:\n    print(i, j, k)\nprint(i, j, k)\n",
    "with": "with open('a') as f, open('b') as (g, h):\n    print(f, g, h)\n",
    "an exception's name": "try:\n    pass\nexcept ValueError as e:\n    print(e)\nprint(e)\n",
    "patterns": "match [1]:\n    case [a, *b] | {'k': a, **b}:\n        print(a, b)\n",
    "an expression that gives a name": "if (n := 3) > 2:\n    print(n)\n",
    "in a comprehension, for outside": "print([y := x for x in 'ab'], y)\n",
    "nested comprehensions": "print([[x + y for x in z] for y, z in []])\n",
    "all kinds of parameters": "def f(a, /, b, *c, d=1, **e):\n    return a, b, c, d, e\n",
    "a class": "class A:\n    n = 1\n    m = n\n    def f(self):\n        return __class__, A\n",
    "names of a class's metaclass": "class A(metaclass=type):\n    x = auto\n",
    "names of a class's base": "class A(type):\n    x = auto\n",
    "a class's own, changed": "n = 1\n@print\nclass A:\n    m = 1\n    m += n\n    n += m\n",
    "a class in a function": "def f(n):\n    class A:\n        m = n\n    return A\n",
    "a class's own, however it is given": (
        "class A:\n    import os as a\n    for b in 'b':\n        pass\n    def c(self):\n"
        "        pass\n    with print as d:\n        pass\n    e = (f := a, b, c, d)\n"
        "    g = e, f, __module__, __qualname__, __name__\n"
    ),
    "changed where it may have a value": (
        "def f(x, *y, z=1, **k):\n    x += 1; y += (x,); z += 1; k |= {}\n"
        "    if x:\n        a = 1\n"
        "    a += 1\n    for b in y:\n        pass\n    b += 1\n    import c\n    c += 1\n"
        "    with x as d, y as (e, *g):\n        d += 1; e += 1; g += d\n"
        "    match x:\n        case [h, *i] | {'h': h, **i}:\n            h += 1; i += h\n"
        "    try:\n        x()\n    except ValueError as j:\n        j += 1\n"
        "    (l := 1)\n    l += 1\n    def m(): pass\n    m += 1\n    for n in y: a += n; o = a\n"
    ),
    "changed from within": (
        "def f():\n    def g():\n        nonlocal count\n        count += 1\n    count = 0\n"
        "    def h():\n        nonlocal count\n        count += 1\n    return g, h\n"
    ),
    "changed, and given its value from within": (
        "def f():\n    def g():\n        nonlocal x\n        x = 1\n    g()\n    x += 1\n"
    ),
    "changed, and tried for that": (
        "def f():\n    try:\n        x += 1\n    except UnboundLocalError:\n        return 1\n"
    ),
    "parts that are changed": "def f(x):\n    x[0] += 1\n    x.y += 1\n",
    "a class that is nested": "class A:\n    class B:\n        pass\n    b = B()\n",
    "a private name": "class A:\n    __x = 1\n    def f(self):\n        return self.__x\n",
    "an annotation of a variable": "def f():\n    x: Missing = 1\n    return x\n",
    "an annotation that is a text": "def f(x: 'Missing') -> 'Missing':\n    return x\n",
    "annotations that are kept as texts": (
        "from __future__ import annotations\n\ndef f(x: Missing) -> Missing:\n    return x\n"
    ),
    "whether there is such a name": "try:\n    unicode\nexcept NameError:\n    unicode = str\n",
    "the same, not given": "try:\n    print(profile)\nexcept NameError:\n    pass\n",
    "the same, from afar": (
        "def f():\n    return missing\n\ntry:\n    f()\nexcept NameError:\n    pass\n"
    ),
    "tried for whatever": "try:\n    print(missing)\nexcept:\n    pass\n",
    "tried for a tuple": "try:\n    print(missing)\nexcept (KeyError, NameError):\n    pass\n",
    "tried for what is not known": "import a\ntry:\n    print(b)\nexcept a.Error:\n    pass\n",
    "suppressed": (
        "from contextlib import suppress\nwith suppress(NameError):\n    print(missing)\n"
    ),
    "the module's own dict": "globals()['x'] = 1\nprint(x)\n",
    "run": "exec('x = 1')\nprint(x)\n",
    "builtins that are given": "import builtins\nbuiltins.x = 1\nprint(x)\n",
    "modules that are given": "import sys\nsys.modules['__main__'].x = 1\nprint(x)\n",
    "an import of itself": "import solution\nsolution.x = 1\nprint(x)\n",
    "what no code is made of": "if False:\n    print(missing)\n",
    "a name in a text": "print('missing', f'{1}', \"{missing}\")\n",
    "a form feed, and ends of lines of all kinds": "a = 1\r\n\fb = a\rprint(a, b)\n",
    "a cookie": "# -*- coding: latin-1 -*-\nü = 1\nprint(ü)\n",
    "what another Python has": (
        "import sys\nif sys.version_info < (3,):\n    text = unicode\nelse:\n    text = str\n"
    ),
    "what the one before had": "PY2 = False\nask = raw_input if PY2 else input\nprint(ask)\n",
    "what another system has": (
        "import os\nif os.name == 'nt':\n    print(startfile)\n"
        "try:\n    pass\nexcept WindowsError:\n    pass\n"
    ),
    "what looks at types knows": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    reveal_type(1)\n"
    ),
    "a function with other names": (
        "from types import FunctionType\ndef f():\n    return x\n"
        "FunctionType(f.__code__, {'x': 1})\n"
    ),
    "what translations are called": "import gettext\ngettext.install('a')\nprint(_('b'))\n",
    "a name that nobody means": f"print({'x' * 200})\n",
    "names that are the same letter": "µ = 1\nprint(μ)\n",
}

# Python of today's: an older one cannot read it.
NEWER: dict[str, tuple[str, list[tuple[int, str]]]] = {
    "parameters of types": ("def f[T: int](x: T) -> T:\n    return x\n", []),
    "aliases of types": ("type Pair[T] = tuple[T, T]\nprint(Pair)\n", []),
    "a class of types": ("class A[T]:\n    def f(self, x: T) -> 'A[T]':\n        return x\n", []),
    "an alias of what is not there": ("type Pair = Missing\n", [(1, "Missing")]),
    "a slip in a text": ("x = 1\nprint(f'{x:>{3}} {y!r} {x}')\n", [(2, "y")]),
    "texts in texts": ("x = {'a': 1}\nprint(f'{x['a']}')\n", []),
    "a slip beside a comprehension": (
        "def f(x):\n    return [z for y in x], y\n",
        [(2, "z"), (2, "y")],
    ),
    "a comprehension in a class": ("class A:\n    n = 2\n    m = [n for _ in 'a']\n", [(3, "n")]),
}

# Of each text the expressions that are noted, each with its line, and a part of what is said.
THROWN_AWAY: dict[str, tuple[str, list[tuple[int, str, str]]]] = {
    "a comparison in place of a value": (
        "def f(x):\n    x == 3\n    return x\n",
        [(2, "x == 3", "write one `=`")],
    ),
    "another comparison": ("def f(x):\n    x < 3\n    return x\n", [(2, "x < 3", "return it")]),
    "arithmetic": ("def f(x):\n    x + 1\n", [(2, "x + 1", "or return it")]),
    "arithmetic with a call": ("def f(x):\n    x - x.max()\n", [(2, "x - x.max()", "return it")]),
    "at the top": ("x = 1\nx + 1\nx = 2\n", [(2, "x + 1", "or print it")]),
    "a name": ("def f(x):\n    y = x\n    y\n", [(3, "y", "or return it")]),
    "a function": ("def f():\n    pass\n\nf\nx = 1\n", [(4, "f", "`f()` to call it")]),
    "one of Python's": ("print\nx = 1\n", [(1, "print", "`print()` to call it")]),
    "a name that is a function's elsewhere": (
        "def f(print):\n    print\n    return 1\n",
        [(2, "print", "return it")],
    ),
    "a method": ("def f(x):\n    x.sort\n    return x\n", [(2, "x.sort", "`x.sort()`")]),
    "an element": ("def f(x):\n    x[0]\n    return x\n", [(2, "x[0]", "Nothing uses")]),
    "a sign": ("def f(x):\n    -x\n    return x\n", [(2, "-x", "Nothing uses")]),
    "two values": ("def f(x):\n    x, x + 1\n", [(2, "x, x + 1", "Nothing uses")]),
    "values of a list": ("def f(x):\n    [y + 1 for y in x]\n", [(2, "[y + 1 for y in x]", "")]),
    "a generator": (
        "def f(x):\n    (print(y) for y in x)\n",
        [(2, "(print(y) for y in x)", "never runs")],
    ),
    "a text that is put together": ("def f(x):\n    f'{x}'\n    return x\n", [(2, "f'{x}'", "")]),
    "a number": ("def f(x):\n    3\n    return x\n", [(2, "3", "Nothing uses")]),
    "a function without a name": ("def f(x):\n    lambda: x\n", [(2, "lambda: x", "")]),
    "a choice": ("def f(x):\n    1 if x else 2\n", [(2, "1 if x else 2", "")]),
    "what waits in what never runs": (
        "async def f(x):\n    (y async for y in x)\n    lambda: (yield)\n",
        [(2, "(y async for y in x)", "never runs"), (3, "lambda: (yield)", "")],
    ),
    "what Python's own functions make": (
        "def f(x):\n    sorted(x, reverse=True)\n    len(x)\n    str(x)\n"
        "    int(x[0])\n    round(x, 2)\n",
        [
            (2, "sorted(x, reverse=True)", "return it"),
            (3, "len(x)", ""),
            (4, "str(x)", ""),
            (5, "int(x[0])", ""),
            (6, "round(x, 2)", ""),
        ],
    ),
    "what NumPy's functions of each element make": (
        "import numpy as np\ndef f(x):\n    np.exp(x)\n    np.maximum(x, 0, dtype=float)\n",
        [(3, "np.exp(x)", "return it"), (4, "np.maximum(x, 0, dtype=float)", "")],
    ),
    "what is called for no value": (
        "def f(x):\n    map(print, x)\n    filter(None, x)\n",
        [(2, "map(print, x)", "`map` calls nothing"), (3, "filter(None, x)", "`for` loop")],
    ),
    "over several lines": (
        "def f(x):\n    (x +\n     1)\n    return x\n",
        [(2, "x +\n     1", "")],
    ),
    "in all kinds of blocks": (
        "def f(x):\n    for y in x:\n        y\n    else:\n        x\n"
        "    while x:\n        x + 1\n    if x:\n        x\n    elif not x:\n        x - 1\n"
        "    match x:\n        case 1:\n            x\n",
        [
            (3, "y", ""),
            (5, "x", ""),
            (7, "x + 1", ""),
            (9, "x", ""),
            (11, "x - 1", ""),
            (14, "x", ""),
        ],
    ),
    "where an exception is handled": (
        "def f(x):\n    try:\n        x()\n    except ValueError:\n        x + 1\n",
        [(5, "x + 1", "")],
    ),
    "a function in what is tried": (
        "try:\n    def f(x):\n        x + 1\nexcept ValueError:\n    pass\n",
        [(3, "x + 1", "")],
    ),
    "behind letters of several bytes": ("é = 1; é + 1; ü = 2\n", [(1, "é + 1", "")]),
}

# Of each text a part of what is said of its undefined name; Python's own suggestions are newer.
SAID = {
    "a name that is near": ("def f(logits):\n    return logit\n", "Did you mean: 'logits'?"),
    "one of the module's": ("total = 1\n\ndef f():\n    return totl\n", "Did you mean: 'total'?"),
    "one that comes later": (
        "def f():\n    return helpr()\n\ndef helper():\n    f()\n",
        "'helper'",
    ),
    "a name that is only changed": (
        "def f(xs):\n    for x in xs:\n        total += x\n",
        "'total' where it is not associated with a value. Give it one first, in the same function.",
    ),
    "an import": ("def f(x):\n    return np.exp(x)\n", "Write `import numpy as np` at the top."),
    "a module": ("def f(x):\n    return math.exp(x)\n", "Write `import math` at the top."),
    "a name of NumPy's": ("def f(x):\n    return sqrt(x)\n", "NumPy's is written np.sqrt"),
    "a library that is not here": ("x = pd.DataFrame()\n", "There is no module pandas here"),
}

# What may be there for what it does.
DOING = {
    "calls": "def f(x):\n    print(x)\n    x.sort()\n    x.pop()[0]\n    x().y\n",
    "what NumPy's functions write": (
        "import numpy as np, numpy.random\ndef f(x):\n    np.exp(x, out=x)\n    np.exp(x, x)\n"
        "    np.add(x, 1, x)\n    np.add.at(x, 0, 1)\n    np.exp(x())\n    np.exp(x, **x)\n"
        "    np.put(x, 0, 1)\n    np.random.seed(0)\n    np.nothing(x)\n    numpy.random.seed(0)\n"
    ),
    "NumPy's errors that are wanted": (
        "import numpy as np\nnp.seterr(all='raise')\ndef f(x):\n    np.log(x)\n    return x\n"
    ),
    "what has NumPy's name": "import a as np\ndef f(x):\n    np.exp(x)\n",
    "calls in what Python's own functions make": (
        "def f(x):\n    sorted(x.pop())\n    sorted(x, key=print)\n    map(print, x())\n"
        "    len([print(y) for y in x])\n    str(x, **x)\n    int(x := 1)\n    list(x)\n"
        "    any(x)\n"
    ),
    "functions that are named like Python's own": (
        "from a import sorted\ndef len(x):\n    print(x)\ndef f(x, map):\n    len(x)\n"
        "    map(x, x)\n    sorted(x)\n"
    ),
    "functions of all kinds of a module's": "from a import *\ndef f(x):\n    round(x)\n",
    "texts": '"""About."""\nx = 1\n"""Of x."""\ndef f():\n    "f"\n    \'more\'\n    return x\n',
    "places that are held": "def f():\n    ...\n\nclass A:\n    None\n\ndef g():\n    0\n",
    "the last line of a file": "x = 1\nx + 1\n",
    "awaiting and yielding": "async def f(x):\n    await x\n    yield\n    1 + (yield)\n",
    "a name that is given on the way": "def f(x):\n    (y := x) + 1\n    return y\n",
    "what is done in a text": "def f(x):\n    f'{(yield x)}'\n    f'{(y := x)}'\n    return y\n",
    "waiting for values": "async def f(x):\n    [y async for y in x]\n    x - (await x)\n",
    "a call upon a condition": "def f(x):\n    x and print(x)\n    x or x.go()\n    not x.go()\n",
    "a call of two": "def f(x):\n    print(1) if x else print(2)\n",
    "calls in a list": "def f(x):\n    [print(y) for y in x]\n    [print(1), print(2)]\n",
    "a stream": "def f(out):\n    out << 'a'\n    out >> out\n",
    "an exception that is wanted": "def f():\n    1 / 0\n    3 % 0\n    1 // 0\n",
    "what is tried": "def f(x):\n    try:\n        x['a']\n    except KeyError:\n        x()\n",
    "what is tried deeper down": "try:\n    if len('a'):\n        1 + 1\nfinally:\n    print(1)\n",
    "what a block expects": "def f(x, raises):\n    with raises(KeyError):\n        x['a']\n",
    "operators of one's own": (
        "class A:\n    def __add__(self, other):\n        print(other)\n\na = A()\na + 1\nb = 2\n"
    ),
    "what is computed": (
        "class A:\n    @property\n    def x(self):\n        print(1)\n\na = A()\na.x\nb = 2\n"
    ),
    "a dict that is filled": (
        "from collections import defaultdict\nx = defaultdict(list)\nx[1]\ny = 2\n"
    ),
    "a class that asks for its names": (
        "def f(base):\n    class A(base):\n        RED\n    return A\n"
    ),
    "annotations": "x: int\ndef f():\n    y: int\n    y = 1\n    return y\n",
}

# What Python cannot read, for one reason or another: a run says the same of it.
UNREADABLE = {
    "a bracket that is not closed": "def f(x):\n    return (x\n",
    "a colon that is missing": "def f(x)\n    return x\n",
    "a block that is missing": "def f(x):\n",
    "a block that is off": "def f(x):\n    y = 1\n      return y\n",
    "tabs and spaces": "def f(x):\n\ty = 1\n        return y\n",
    "a block that ends nowhere": "def f(x):\n        y = 1\n    return y\n",
    "a keyword's slip": "def f(x):\n    retrun x\n",
    "print without brackets": "print 'a'\n",
    "a curly quote": "x = “a”\n",
    "an invisible character": "x =\u200b 1\n",
    "a text that is not closed": "x = 'a\n",
    "a text of several lines that is not closed": 'x = """a\n',
    "an f-string": "x = f'{1 +}'\n",
    "return outside of a function": "x = 1\nreturn x\n",
    "await outside of one": "def f(x):\n    await x\n",
    "a nonlocal that is nowhere": "nonlocal x\n",
    "a global too late": "def f():\n    x = 1\n    global x\n",
    "an argument twice": "def f(x, x):\n    return x\n",
    "break outside of a loop": "break\n",
    "a value for a call": "f(1) = 2\n",
    "an equals sign in a condition": "if x = 1:\n    pass\n",
    "a star too many": "*a, *b = [1]\n",
    "a future that there is not": "from __future__ import braces\n",
    "a future too late": "x = 1\nfrom __future__ import annotations\n",
    "brackets in one another": "(" * 300 + ")" * 300,
    "a number that is too long": "x = " + "9" * 5000,
    "behind letters of several bytes": "é = 'ü' 3\n",
    "behind a byte order mark": "\ufeffx = 1 2\n",
    "behind a form feed": "x = 1\n\fy = 1 2\n",
    "with ends of lines of all kinds": "x = 1\r\ny = 2\rz = 1 2\n",
    "a NUL character": "x = 1\0\n",
    "half a character": "x = '\ud800'\n",
    "too much": "#" * 100_001,
}

# Whatever is run of these is to be seen.
RUNNING = """
def seen(*given):
    import builtins
    builtins.was_run = True
    print("run", given)
    return lambda given: given
seen()
@seen(1)
def f(x: seen(2) = seen(3), *, y=f"{seen(4)}"):
    seen(5)
class A(seen(6)):
    seen(7)
    z: seen(8) = seen(9)
[seen(10) for _ in "a"]
assert seen(11)
f"{seen(12)}"
seen
import antigravity, this
undefined_name
raise SystemExit
"""
