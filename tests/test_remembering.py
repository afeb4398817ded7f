"""Code that may remember earlier calls is known by how it is written."""

from __future__ import annotations

import pytest

from grading.candidate.remembering import remembers

from .submissions import REFERENCE, STARTER, WRONG_SOLUTIONS

REMEMBERING = {
    "a global": "n = 0\ndef f(x):\n global n\n n += 1\n return n",
    "a list as default": "def f(x, m=[]):\n m.append(x)\n return len(m)",
    "a dict as default by name": "def f(x, *, m={}):\n m[x] = 1\n return len(m)",
    "a default of a lambda": "f = lambda x, m=[]: m.append(x) or len(m)",
    "a dict of the module": "m = {}\ndef f(x):\n return m.setdefault(x, 1)",
    "a counter": "from collections import Counter\nc = Counter()\ndef f(x): c[x] += 1; return c[x]",
    "an object": "class S: n = 0\ns = S()\ndef f(x): s.n += 1; return s.n",
    "an iterator": "it = iter(range(9))\ndef f(x): return next(it)",
    "an attribute of a function": "def f(x):\n f.n = getattr(f, 'n', 0) + 1\n return f.n",
    "one of a class": "class C:\n n = 0\n def add(self): C.n += 1\ndef f(x): C().add(); return C.n",
    "one by cls": "class C:\n @classmethod\n def t(cls): cls.n = 1\ndef f(x): return C.t()",
    "a list of a class": "class C:\n all = []\ndef f(x): C.all.append(x); return len(C.all)",
    "one of a module": "import math\ndef f(x):\n math.pi += 1\n return math.pi",
    "a closure": "def make():\n n = 0\n def g(x): return x\n return g\nf = make()",
    "a decorator": "def memo(g):\n c = {}\n return lambda x: c.get(x)\n@memo\ndef f(x): 1",
    "a helper's answers": "from functools import lru_cache\n@lru_cache(9)\ndef g(n): return [n]\n"
    "def f(x): return g(x)",
    "answers of its own": "import functools as t\n@t.cache\ndef f(x): return [x]",
    "answers by another name": "from functools import cache as memo\n@memo\ndef f(x): return [x]",
    "an object's": "from functools import cached_property\nclass C:\n @cached_property\n"
    " def a(self): return []\ndef f(x): return C().a",
    "a file": "def f(x):\n with open('seen', 'a') as seen: seen.write(x)\n",
    "a file of a path": "from pathlib import Path\ndef f(x): Path('seen').write_text(x)",
    "an array in a file": "import numpy as np\ndef f(x): np.save('seen', x)",
    "names by text": "def f(x):\n globals()['n'] = x\n return n",
    "chance": "import random\ndef f(x): return random.random()",
    "chance by its own name": "from random import randint\ndef f(x): return randint(0, x)",
    "chance by another name": "import random as r\ndef f(x): return r.random()",
    "chance in a function": "def f(x):\n from secrets import randbelow as r\n return r(x)",
    "NumPy's chance by another name": "from numpy import random as c\ndef f(x): return c.rand()",
    "a generator of chance": "from numpy.random import Generator, PCG64\ng = 0\n"
    "def f(x): return Generator(PCG64()).random()",
    "chance of NumPy": "import numpy as np\ndef f(x): return np.random.rand()",
}
FORGETTING = {
    "constants": "EPS = -1e-9\nINF = float('inf')\nT = (1, 2)\ndef f(x): return x + EPS + T[0]",
    "other names": "import numpy as np\nexp = np.exp\ndef f(x): return exp(x)",
    "a list of its own": "def f(x):\n y = []\n y.append(x)\n y[0] = 2\n return y",
    "arguments": "def f(x):\n x[0] = 1\n x.flags.writeable = False\n return x",
    "recursion": "def f(a):\n out = []\n def go(k): out.append(k); a[k] = 1\n go(1)\n return out",
    "nonlocal": "def f(x):\n def go():\n  nonlocal x\n  x += 1\n go()\n return x",
    "objects": "class P:\n k = 1\n def __init__(self, x): self.x = x\ndef f(x): return P(x).x",
    "defaults": "def f(x, y=1, *, z=None, w=(1, 2), q=-1): return x",
    "a lambda": "f = lambda x: x * 2",
    "a library's decorator": "import functools\n@functools.singledispatch\ndef f(x): return x",
    "answers of one call": "import functools\ndef f(x):\n @functools.cache\n def g(n): return n\n"
    " return g(x)",
    "an import of one's own name": "from math import exp as random_\ndef f(x): return random_(x)",
    "data of its own tries": "def f(x): return x\nif __name__ == '__main__':\n d = [1]; f(d)",
}
# These alone of the planted ones do.
PLANTED = {"adds_to_an_earlier_call", "averages_over_calls", "remembers_first_logits"}


@pytest.mark.parametrize("name", REMEMBERING)
def test_code_that_may_remember_is_known(name: str) -> None:
    assert remembers(REMEMBERING[name], ["f"])


@pytest.mark.parametrize("name", FORGETTING)
def test_code_that_cannot_remember_is_not_taken_for_it(name: str) -> None:
    assert not remembers(FORGETTING[name], ["f"])


def test_of_the_planted_mistakes_those_that_remember_are_known() -> None:
    names = ["label_smoothing_loss"]
    found = {path.stem for path in WRONG_SOLUTIONS if remembers(path.read_text("utf-8"), names)}
    assert found == PLANTED
    assert not any(remembers(source, names) for source in (REFERENCE, STARTER))


def test_code_too_deep_to_be_looked_at_is_taken_for_code_that_forgets() -> None:
    assert not remembers(f"def f(x): return {'-' * 5000}x", ["f"])
