"""Whatever goes wrong in a submission is told with its place, its cause and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from builder.grade import Judge
from builder.report_table import harmless
from grading.judge.described import parse_error

from .squares import judging


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """A judge whose one test calls the function with 3."""
    tests = "def test_it():\n    assert f(3) == 9\n"
    with judging(tmp_path_factory.mktemp("asking"), tests) as judge:
        yield judge


def told(judge: Judge, source: str) -> tuple[str, dict[str, Any]]:
    """Return the message and the error that a submission gets."""
    report = judge.grade(source).report
    error = report["error"] or report["tests"][0]["error"]
    assert (report["outcome"], report["fault"]) == ("error", "learner"), report
    assert "grading" not in error["traceback"], error
    return report["message"], error


CHAINS = {
    "a cause": (
        "try: {}['a']\nexcept KeyError as e: raise ValueError('bad') from e\n",
        ["KeyError: 'a'", "the direct cause of", "ValueError: bad"],
    ),
    "what was being handled": (
        "try: 1 / 0\nexcept ZeroDivisionError: [][1]\n",
        ["ZeroDivisionError: division", "During handling of", "IndexError: list"],
    ),
    "a cause that was never raised": (
        "raise ValueError('bad') from KeyError('lost')\n",
        ["KeyError: 'lost'", "the direct cause of", "ValueError: bad"],
    ),
    "a chain of three": (
        "def g():\n  try: 1 / 0\n  except Exception as e: raise KeyError('b') from e\n"
        "try: g()\nexcept KeyError: raise OSError('c')\n",
        ["ZeroDivisionError", "direct cause", "KeyError: 'b'", "During handling", "OSError: c"],
    ),
    "notes": (
        "e = ValueError('bad')\ne.add_note('first')\ne.add_note('two\\nlines')\nraise e\n",
        ["ValueError: bad\nfirst\ntwo\nlines\n"],
    ),
    "a note on a cause": (
        "try: int('x')\nexcept ValueError as e:\n  e.add_note('mind')\n  raise KeyError(3)\n",
        ["'x'\nmind\n", "KeyError: 3"],
    ),
    "a group": (
        "def f(x): raise ExceptionGroup('many', [ValueError('a'), KeyError('b')])\n",
        ["many (2 sub-exceptions)", "- 1 -", "| ValueError: a", "- 2 -", "| KeyError: 'b'"],
    ),
    "a group of groups, each with its cause": (
        "def g():\n  try: 1 / 0\n  except Exception as e: return ExceptionGroup('in', [e])\n"
        "def f(x): raise ExceptionGroup('out', [g()])\n",
        ["out (1", "in (1", "line 2, in g", "ZeroDivisionError: division"],
    ),
    "a class of its own": ("class Mine(Exception): pass\nraise Mine('no')\n", ["\nMine: no\n"]),
}


@pytest.mark.parametrize("name", CHAINS)
def test_what_led_to_an_exception_is_told_in_its_order(asking: Judge, name: str) -> None:
    source, parts = CHAINS[name]
    _, error = told(asking, source)
    text = error["traceback"]
    places = [text.find(part) for part in parts]
    assert -1 not in places and places == sorted(places), text


LIBRARY = """
import decimal, json
def quietly(): json.loads("{")
def f(x):
    {code}
"""
# What a library has raised and caught by itself, and what the learner told Python to leave out.
LEFT_OUT = {
    "raised in a library alone": ("decimal.Decimal('x')", "During"),
    "left out by from None": (
        "try: quietly()\n    except ValueError: raise KeyError('k') from None",
        "JSONDecodeError",
    ),
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_python_or_a_library_keeps_to_itself_is_left_out(asking: Judge, name: str) -> None:
    code, absent = LEFT_OUT[name]
    assert absent not in told(asking, LIBRARY.replace("{code}", code))[1]["traceback"]


def test_a_long_chain_and_a_long_traceback_end(asking: Judge) -> None:
    chain = "def f(x):\n  try: g(x)\n  except Exception as e: raise ValueError(x) from e\n"
    text = told(asking, chain + "def g(x): f(x + 1) if x < 300 else 1 / 0\n")[1]["traceback"]
    assert text.count("direct cause") <= 10 and text.rstrip().endswith("ValueError: 3")
    wide = "def f(x): raise ExceptionGroup('g', [ValueError(n) for n in range(1000)])\n"
    text = told(asking, wide)[1]["traceback"]
    assert "and 995 more exceptions" in text and len(text) < 20_000
    many = "".join(f"e{n} = ValueError('x' * 5000)\n" for n in range(2))
    long = many + "raise e0 from e1\n"
    assert len(told(asking, long)[1]["traceback"]) < 20_000


ENDS = {
    "a form feed": "\f",
    "a vertical tab": "\v",
    "a next line": "\x85",
    "a line separator": "\u2028",
    "a paragraph separator": "\u2029",
    "a file separator": "\x1c",
}


@pytest.mark.parametrize("name", ENDS)
def test_a_line_ends_where_python_ends_it(asking: Judge, name: str) -> None:
    end = ENDS[name]
    source = f"text = '''{end}{end}'''  # {end}\ndef f(x):\n    return 'é{end}' + x  # {end}!\n"
    message, error = told(asking, source)
    assert "on line 3" in message
    assert place(error) == [3, 12, 3, 20]
    lines = error["traceback"].splitlines()
    assert lines[1] == '  File "solution.py", line 3, in f'
    assert lines[2].strip().startswith("return 'é") and lines[2].strip().endswith("!")
    assert lines[3].strip() == "~~~~~^~~"


def test_lines_may_end_in_each_of_three_ways_and_count_the_same(asking: Judge) -> None:
    for end in ("\n", "\r\n", "\r"):
        message, error = told(asking, f"x = 1{end}{end}def f(x):{end}    return x + 'a'{end}")
        assert "on line 4" in message and place(error) == [4, 12, 4, 19]
        assert "    return x + 'a'\n" in error["traceback"]


def place(error: dict[str, Any]) -> list[Any]:
    return [error[key] for key in ("line", "column", "end_line", "end_column")]


PLACES = {
    "a name": ("def f(x):\n    return x + los\n", [2, 16, 2, 19]),
    "behind an emoji": ("def f(x):\n    return '😀é', x.size\n", [2, 18, 2, 24]),
    "over lines": ("def f(x):\n    return ('a' +\n        x)\n", [2, 13, 3, 10]),
    "in the last own frame": ("def g(x): return x.a\ndef f(x): return g(x)\n", [1, 18, 1, 21]),
    "a call of a library": ("import json\njson.loads('{')\n", [2, 1, 2, 16]),
    "no colon": ("def f(x) return x\n", [1, 10, 1, 16]),
    "an assignment": ("x = 1\nif x = 1: pass\n", [2, 4, 2, 9]),
    "a strange character behind others": ("😀x = 1\n", [1, 1, 1, 2]),
    "an indentation": ("def f(x):\n    y = x\n  return y\n", [3, 1, 3, 3]),
    "no indentation": ("def f(x):\nreturn x\n", [2, 1, 2, 7]),
    "what is never closed": ("def f(x):\n    return (x\n", [2, 12, 2, 13]),
    "a forged place": (
        "raise SyntaxError('x', ('solution.py', object(), 0, '', -1, 'a'))\n",
        [1, 1, 1, 66],
    ),
}


@pytest.mark.parametrize("name", PLACES)
def test_an_error_has_a_line_and_columns(asking: Judge, name: str) -> None:
    source, expected = PLACES[name]
    assert place(told(asking, source)[1]) == expected


# Code, and what its message and its traceback have to say.
TOLD = {
    "a misspelled name": ("def f(x, target=1): return targte", "Did you mean: 'target'?"),
    "a name like a library's": ("def f(x, rays=1): return ray", "Did you mean: 'rays'?"),
    "a name like a module's": ("def f(x, maths=1): return math", "Did you mean: 'maths'?"),
    "np beside n": ("def f(x, n=1): return np.exp(n)", "Write `import numpy as np` at the top."),
    "a misspelled attribute": ("def f(x): return [].apend(x)", "Did you mean: 'append'?"),
    "a misspelled import": ("from math import sqroot", "Did you mean: 'sqrt'?"),
    "a module that Python knows": ("def f(x): return cmath.exp(x)", "forget to import 'cmath'?"),
    "a closing bracket": ("def f(x): return (x]", "does not match opening parenthesis '('"),
    "a comparison": ("x = 1\nif x = 1: pass", "Maybe you meant '==' or ':=' instead of '='?"),
    "np": ("def f(x): return np.exp(x)", "Write `import numpy as np` at the top."),
    "numpy": ("def f(x): return numpy.exp(x)", "Write `import numpy` at the top."),
    "math": ("def f(x): return math.exp(x)", "Write `import math` at the top."),
    "a container": ("x = Counter()", "Write `from collections import Counter` at the top."),
    "plt": ("plt.plot([1])", "`plt` is used on line 1 but was not imported. There is no module "),
    "pd, for Python near id": (
        "pd.Series(1)",
        "`pd` is used on line 1 but was not imported. There",
    ),
    "heapq, for Python near help": ("heapq.heapify([])", "Write `import heapq` at the top."),
    "islice, for Python near slice": ("islice([], 1)", "`from itertools import islice`"),
    "pd beside a name of one's own": ("def f(x, pdf=1): return pd", "Did you mean: 'pdf'?"),
    "typing's, for Python near list": ("def f(x: List): return x", "Did you mean: 'list'?"),
    "a number of NumPy's": ("def f(x): return -inf", "is written np.inf"),
    "floor, for Python near float": ("def f(x): return floor(x)", "is written np.floor"),
    "a function of NumPy's": ("def f(x): return logaddexp(x, 1)", "is written np.logaddexp"),
    "yaml": ("import yaml", "no module yaml here on line 1. Use json in place of it."),
    "scipy": ("from scipy.special import softmax", "NumPy can do what is needed."),
    "torch": ("import torch.nn as nn", "no module torch here on line 1. NumPy can"),
    "ssl": ("import ssl", "There is no network here"),
    "sqlite3": ("import sqlite3", "Keep data in dicts and lists."),
    "tkinter": ("import tkinter as tk", "Nothing can be drawn here"),
    "pandas": ("import pandas as pd", "Use NumPy arrays, dicts and lists"),
    "a pool": ("import multiprocessing as m\nm.Pool(2)", "runs in one thread here"),
    "a module in a function": ("def f(x): import requests", "There is no network here"),
    "NumPy misspelled": ("import nunpy as np", "Did you mean numpy?"),
    "a module misspelled": ("import itertool", "Did you mean itertools?"),
    "an unknown module": ("import qwertyuiop", "here on line 1. What is available: NumPy"),
    "a breakpoint": ("def f(x):\n  breakpoint()", "A debugger is called on line 2"),
    "pdb": ("import pdb\ndef f(x): pdb.set_trace()", "A debugger is called on line 2"),
}


@pytest.mark.parametrize("name", TOLD)
def test_python_s_suggestions_stay_and_what_is_missing_is_named(asking: Judge, name: str) -> None:
    source, expected = TOLD[name]
    message, error = told(asking, source)
    assert expected in message
    if "Did you mean:" in expected or "forget" in expected:
        assert expected in error["traceback"]
    assert "?." not in message


ARRAYS = """import numpy as np
def f(x):
    z, many, flat = np.zeros(4), np.ones((2, 3)), [1, 2]
    return {code}
"""
SHAPES = {
    "an axis too many": (
        "np.exp(z).sum(axis=1)",
        "Its only axis is 0. There, z has one axis: its shape is (4,).",
    ),
    "an axis of two": (
        "many.mean(axis=2)",
        "Its axes are 0 to 1. There, many has the shape (2, 3)",
    ),
    "an axis of a number": ("np.array(1).sum(axis=1)", "which has no axis"),
    "two that do not fit": (
        "z + many",
        "There, z has one axis: its shape is (4,) and many has the shape (2, 3).",
    ),
    "an axis that a shape lacks": ("z.shape[1]", "There, z has one axis: its shape is (4,)."),
    "too many indices": ("z[0, 0]", "There, z has one axis: its shape is (4,)."),
    "a truth value": ("1 if z > 0 else 2", "There, z has one axis: its shape is (4,)."),
}


@pytest.mark.parametrize("name", SHAPES)
def test_an_error_about_axes_names_the_arrays_and_their_shapes(asking: Judge, name: str) -> None:
    code, expected = SHAPES[name]
    assert expected in told(asking, ARRAYS.replace("{code}", code))[0]


TABS = {
    "spaces under a tab": "def f(x):\n\ty = x\n    return y\n",
    "spaces as wide as the tab": "def f(x):\n\ty = x\n        return y\n",
    "a tab under spaces": "def f(x):\n    y = x\n\treturn y\n",
    "both on one line": "def f(x):\n    y = x\n  \t return y\n",
    "a tab under spaces, past a text": "def f(x):\n    s = '''\na\n'''\n\treturn s\n",
    "a block that a tab indents": "def f(x):\n    if x: # why\n\tx += 1\n",
    "lines further up": "def f(x):\n\ty = x\n\n\t# more\n   # less\n   \n    return y\n",
}


@pytest.mark.parametrize("name", TABS)
def test_where_tabs_meet_spaces_tabs_are_spoken_of(asking: Judge, name: str) -> None:
    message, error = told(asking, TABS[name])
    assert "tab" in message and "Use four spaces everywhere." in message, message
    assert error["line"] == TABS[name].count("\n")


NO_TABS = {
    "in another function": "def f(x):\n    y = x\n  return y\n\ndef g():\n\treturn 1\n",
    "in a docstring": "def f(x):\n    '''\n\tdoc\n    '''\n   return 1\n",
    "before a comment": "def f(x):\n\t# why\n    y = x\n   return y\n",
    "in a list": "def f(x):\n    y = [\n\tx,\n    ]\n   return y\n",
    "on an empty line": "def f(x):\n    y = x\n\t\n   return y\n",
}


@pytest.mark.parametrize("name", NO_TABS)
def test_tabs_that_indent_no_statement_are_not_spoken_of(asking: Judge, name: str) -> None:
    message, error = told(asking, NO_TABS[name])
    assert (error["type"], "tab" in message) == ("IndentationError", False)


PLAIN = {"type": "E", "builtin": "E", "message": "", "traceback": "", "suggestion": "", "clues": {}}
FORGED_PLACES = [
    (["a", 1, 1, 2], [None] * 4),
    ([True, 1, 1, 2], [None] * 4),
    ([3, 0, 3, 2], [3, None, None, None]),
    ([3, 5, 3, 5], [3, None, None, None]),
    ([3, 5, 2, 9], [3, None, None, None]),
    ([3, 5, 10**9, 9], [3, None, None, None]),
    ([3, 5, 4, 1], [3, 5, 4, 1]),
]


@pytest.mark.parametrize(("sent", "kept"), FORGED_PLACES)
def test_a_place_that_is_none_is_not_taken_for_one(sent: list[Any], kept: list[Any]) -> None:
    names = ("line", "column", "end_line", "end_column")
    assert place(parse_error({**PLAIN, **dict(zip(names, sent, strict=True))})) == kept


@pytest.mark.parametrize(
    "clues",
    [
        {"tabs": "ab"},
        {"tabs": [1, -1]},
        {"arrays": 3},
        {"arrays": [1, ["a"], ["a", ["b"]]]},
        {"pasted": 3},
        {"fences": "ab"},
        {"fences": [True, "1", 0]},
    ],
)
def test_clues_of_another_form_say_nothing(clues: dict[str, Any]) -> None:
    sent = {**PLAIN, **dict.fromkeys(("line", "column", "end_line", "end_column")), "clues": clues}
    nothing: dict[str, Any] = {"tabs": None, "arrays": [], "fences": [], "pasted": ""}
    assert parse_error(sent)["clues"] == nothing


SEEN = {
    "a family": ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
    "Persian": ("می\u200cخواهم", "می\u200cخواهم"),
    "half a letter of Hindi": ("क्\u200dष", "क्\u200dष"),
    "a joiner alone": ("\u200d", "\\u200d"),
    "joiners in a row": ("a\u200d\u200db", "a\\u200d\\u200db"),
    "a joiner between digits": ("1\u200c2", "1\\u200c2"),
    "a mark of direction": ("a\u202eb", "a\\u202eb"),
}


@pytest.mark.parametrize("name", SEEN)
def test_a_terminal_is_given_joiners_only_where_they_join(name: str) -> None:
    text, shown = SEEN[name]
    assert harmless(text) == shown
