"""What to try about an exception is true of its message, and not said where that is not sure."""

from __future__ import annotations

import pytest

from grading.judge.described import parse_error, recorded_error
from grading.shared.explain import explain
from grading.shared.inner_paths import without_paths

from .test_described_errors import described

POSITIONS = "Positions count from 0, so the last one is the length minus 1."
INTEGER = "int(...) makes one, and // divides into one."
KINDS = "Check which kinds of values meet there."
KIND = "Check what kind of value goes in there."
NONE = "A function without return gives None, and so do methods that change a list in place"
ITSELF = "is itself the module solution: define what you need in it, and use it without an import."
TOO_LARGE = "More memory is asked for than there is on line "

# Code that raises while it loads, and how what is said of it ends.
RAISING = {
    "a list's end": ("[1][3]", POSITIONS),
    "an array's end": ("import numpy as np; np.zeros(3)[5]", POSITIONS),
    "an empty array": ("import numpy as np; np.zeros(0)[0]", "so no position either."),
    "more indices than axes": (
        "import numpy as np; np.zeros(3)[1, 2]",
        "the brackets hold more of them than there are axes.",
    ),
    "a position of a number": ("import numpy as np; np.float64(1)[0]", "has no positions."),
    "a position that is a float": ("import numpy as np; np.zeros(3)[1.5]", INTEGER),
    "a list's position that is a float": ("x = [1]; x[0.0]", INTEGER),
    "a pair as a list's position": ("x = [[1]]; x[0, 0]", "an array takes x[i, j]."),
    "a range to a float": ("range(2.0)", INTEGER),
    "an empty list": ("[].pop()", "check first that it is not empty."),
    "an empty set": ("set().pop()", "check first that it is not empty."),
    "a key": ("{}['a']", "Check that the dictionary, or the set, holds it."),
    "a mask of another shape": (
        "import numpy as np; m = np.ones(2, bool); a = np.ones(3); a[m]",
        "A mask needs the shape of the array that it picks from. "
        "There, a has one axis: its shape is (3,) and m has one axis: its shape is (2,).",
    ),
    "kinds that meet": ("1 + 'a'", KINDS),
    "texts": ("'a' + 1", KINDS),
    "a comparison": ("1 < 'a'", KINDS),
    "a list and a float": ("[1] * 1.5", KINDS),
    "an array of texts": ("import numpy as np; np.array(['a']) + 1", KINDS),
    "a kind that does not fit": ("import math; math.exp('a')", KIND),
    "a sign before a list": ("-[]", KIND),
    "None in a sum": ("None + 1", f"{NONE}, such as append and sort."),
    "None gone through": ("for i in [2].sort(): pass", f"{NONE}, such as append and sort."),
    "None's attribute": ("print().shape", f"{NONE}, such as append and sort."),
    "an attribute": ("[].shape", "what kind of value stands before it."),
    "a product without a sign": ("x = 3; x(2)", "has a variable taken the function's name?"),
    "a called module": ("import math; math(2)", "as in math.sqrt(2)."),
    "too few arguments": ("def g(x): pass\ng()", "leaves out what the function needs."),
    "too many arguments": ("def g(x): pass\ng(1, 2)", "gives more than the function takes."),
    "too many for a method": (
        "class C:\n def m(self): pass\nC().m(1)",
        "where the object itself (self) counts as the first.",
    ),
    "a parameter's wrong name": ("def g(x): pass\ng(y=1)", "of that name: check its spelling."),
    "PyTorch's name of an axis": (
        "import numpy as np; np.ones((2, 2)).max(dim=-1, keepdim=True)",
        "line 1: max() got an unexpected keyword argument 'dim'. "
        "What PyTorch calls dim is axis in NumPy.",
    ),
    "PyTorch's name of axes that stay": (
        "import numpy as np; np.sum(np.ones(2), axis=0, keepdim=True)",
        "What PyTorch calls keepdim is keepdims in NumPy.",
    ),
    "PyTorch's gradients": (
        "import numpy as np; np.zeros(2, requires_grad=True)",
        "NumPy knows no gradients: leave it out.",
    ),
    "a parameter that one's own function lacks": (
        "def softmax(x): pass\nsoftmax(1, dim=0)",
        "of that name: check its spelling.",
    ),
    "one's own function of an inner name": (
        "def _sum(x): pass\n_sum(1, dim=0)",
        "_sum() got an unexpected keyword argument 'dim'. "
        "The function has no parameter of that name: check its spelling.",
    ),
    "more than a method of NumPy's takes": (
        "import numpy as np; np.ones(2).sum(1, 2, 3, 4, 5, 6, 7, 8, 9)",
        "line 1: sum() takes from 1 to 7 positional arguments but 10 were given. "
        "The call gives more than the function takes.",
    ),
    "a function as a method": (
        "import numpy as np; np.ones(2).exp()",
        "In NumPy it is a function, np.exp: give it the array.",
    ),
    "PyTorch's name of a function": (
        "import numpy as np; np.cat([np.ones(2)])",
        "What PyTorch calls cat is np.concatenate in NumPy.",
    ),
    "a name that NumPy has nothing for": (
        "import numpy as np; np.ones(2).softmax()",
        "what kind of value stands before it.",
    ),
    "an argument twice": ("def g(x): pass\ng(1, x=2)", "by its place and by its name."),
    "a list as a key": ("{[1]: 2}", "a tuple of numbers can."),
    "an array for a cache": (
        "import functools\nimport numpy as np\nfunctools.cache(np.sum)(np.ones(2))",
        "no argument of a function with a cache; a tuple of numbers can.",
    ),
    "a part of a number": ("x = 5; x[0]", "takes [ ], and this is none of them."),
    "a part of a function": ("len[0]", "A function is called with ( ), not [ ]."),
    "a tuple's part": ("x = (1,); x[0] = 2", "or use a list or an array."),
    "a loop over a number": ("for i in 5: pass", "To count up to a number n, use range(n)."),
    "a number for two names": ("a, b = 5", "where several names are to get one each."),
    "too few values": ("a, b = [5]", "The names are more than the values."),
    "too many values": ("a, b = 'xyz'", "The values are more than the names."),
    "a shape of one axis for two names": (
        "import numpy as np; x = np.zeros(4); b, k = x.shape",
        "The names are more than the values. There, x has one axis: its shape is (4,).",
    ),
    "NumPy's shape of two axes for one name": (
        "import numpy as np; x = np.zeros((4, 2)); (k,) = np.shape(x)  # classes",
        "The values are more than the names. There, x has the shape (4, 2).",
    ),
    "an array for two names": (
        "import numpy as np\nx = np.zeros((2, 3))\nfor a, b in x:\n pass",
        "The values are more than the names. There, x has the shape (2, 3).",
    ),
    "a list beside an array for two names": (
        "import numpy as np; a = b = np.zeros(4); a, b = list(a[:1])",
        "The names are more than the values.",
    ),
    "a number looked into": ("1 in 5", "and this is none of them."),
    "a number's length": ("len(5)", "Only what holds several values has a length."),
    "a shape in two": ("import numpy as np; np.zeros(2, 3)", "as in np.zeros((2, 3))."),
    "too large a power of e": ("import math; math.exp(1000)", "which ends near 1.8e308."),
    "too large a power": ("2.0 ** 5000", "which ends near 1.8e308."),
    "a log of nothing": ("import math; math.log(0)", "sqrt one that is not negative."),
    "too long a list": ("[0] * 10**30", "something far larger than it has to be?"),
    "too long a range": (
        "import numpy as np; np.arange(1e300)",
        "something far larger than it has to be?",
    ),
    "what the file itself defines": ("from solution import f\ndef f(x): pass", ITSELF),
    "what the file itself lacks": ("from solution import other", ITSELF),
    "what the file itself lacks behind a dot": ("import solution; solution.f", ITSELF),
    "a name that a module lacks": (
        "from typing import Lis",
        "cannot import name 'Lis' from 'typing'. "
        "Check its spelling: the module has nothing that is called so.",
    ),
}


@pytest.mark.parametrize("name", RAISING)
def test_what_to_try_is_said_for_the_message(name: str) -> None:
    source, expected = RAISING[name]
    said = explain(parse_error(described(f"{source}\n")))
    assert said.endswith(expected), said


UNSURE = {
    "an index of one's own": "raise IndexError('no such class')",
    "a type of one's own": "raise TypeError('alpha has to be a float')",
    "a value of one's own": "raise ValueError('alpha is not between 0 and 1')",
    "an attribute that is fixed": "raise AttributeError('x is read-only')",
    "a raised number": "raise 5",
    "a type that is none": "isinstance(1, 2)",
}


@pytest.mark.parametrize("name", UNSURE)
def test_nothing_is_said_that_may_be_untrue(name: str) -> None:
    error = parse_error(described(f"{UNSURE[name]}\n"))
    end = f"raised {error['type']} on line 1: {error['message']}."
    assert explain(error) == f"Your code {end}"


# As Pyodide has them, and not every Python.
OTHERS = {
    ("OverflowError", "(68, 'Result not representable')"): "which ends near 1.8e308.",
    ("TypeError", "argument of type 'int' is not a container or iterable"): "is none of them.",
    ("TypeError", "cannot use 'list' as a dict key (unhashable type: 'list')"): "numbers can.",
    ("TypeError", "type 'int' is not subscriptable"): "and this is none of them.",
    ("TypeError", "list indices must be integers or slices, not tuple"): "takes x[i, j].",
    ("TypeError", "max() got an unexpected keyword argument 'axis'"): "as in np.max or np.sum, has "
    "an axis.",
    ("ValueError", "Maximum allowed size exceeded"): "far larger than it has to be?",
    (
        "ImportError",
        "cannot import name 'f' from partially initialized module 'solution' (most likely due to "
        "a circular import)",
    ): ITSELF,
    ("ImportError", "cannot import name 'f' from 'solutions' (unknown location)"): "called so.",
    ("ImportError", "cannot import name 'a' from 'numpy' (/lib/python3.13/__init__.pyc)"): "so.",
}


@pytest.mark.parametrize(("kind", "message"), OTHERS)
def test_messages_of_other_pythons_are_known(kind: str, message: str) -> None:
    error = recorded_error({"type": kind, "builtin": kind, "message": without_paths(message)})
    said = explain({**error, "line": 3})
    assert said.endswith(OTHERS[kind, message]) and "pyc" not in said
