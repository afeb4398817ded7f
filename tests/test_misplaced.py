"""A function that is not where it has to be is told by where it stands."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from grading.candidate import loading
from grading.candidate.misplaced import why_missing, why_none

_PLAIN = "There is no function f in your code. Define it with `def f(...):`."
_DEF = "def f(x): return x"
_METHOD = "class Solution:\n    {}def f({}x): return x"
_DECORATOR = "def own(g):\n    g.n = 0\n\n@own\ndef f(x): return x"
_MAIN = 'if __name__ == "__main__":'

# Code, and what is said after "f is not found: ".
MISPLACED = {
    "a method": (
        _METHOD.format("", "self, "),
        "on line 2 it stands inside of class Solution. Move it to the left margin, without self.",
    ),
    "a static method": (
        _METHOD.format("@staticmethod\n    ", ""),
        "margin, without @staticmethod.",
    ),
    "a class method": (
        _METHOD.format("@classmethod\n    ", "cls, "),
        "margin, without @classmethod and cls.",
    ),
    "a coroutine of a class": (
        _METHOD.format("async ", "self, "),
        "on line 2 it stands inside of class Solution.",
    ),
    "a function in another": (
        f"import math\n\ndef main():\n    if math:\n        {_DEF}",
        "on line 5 it stands inside of the function main. Move it to the left margin.",
    ),
    "a lambda in another": (
        "def main():\n    f = lambda x: x",
        "line 2 it stands inside of the fu",
    ),
    "a program's part": (
        f"{_MAIN}\n    {_DEF}",
        f"on line 2 it stands under `{_MAIN}`, which does not hold here. Move it to the left",
    ),
    "a block of a program's part": (
        f"{_MAIN}\n    for i in range(2):\n        {_DEF}",
        f"on line 3 it stands under `{_MAIN}`, which",
    ),
    "a condition": (
        f"if 0:\n    pass\nelif 0:\n    {_DEF}",
        "on line 4 it stands under the `if` of line 3, and Python does not get there. Move it to",
    ),
    "a handler": (f"try:\n    pass\nexcept OSError:\n    {_DEF}", "under the `try` of line 1, and"),
    "a case": (f"match 1:\n    case 2:\n        {_DEF}", "under the `match` of line 1, and"),
    "a loop": (f"while False:\n    {_DEF}", "under the `while` of line 1, and"),
    "a name deleted": (f"{_DEF}\n\ndel f", "it is defined on line 1, and deleted on line 3."),
    "a name deleted in a block": (f"if 1:\n    {_DEF}\n    del f", "and deleted on line 3."),
    "a name that an exception takes": (
        f"{_DEF}\ntry:\n    1 / 0\nexcept ArithmeticError as f:\n    pass",
        "it is defined on line 1, and deleted later.",
    ),
    "a class with a long name": (
        f"class {'S' * 1000}:\n    {_DEF}",
        f"inside of class {'S' * 100}…. Move",
    ),
}


def answer(source: str) -> dict[str, Any]:
    parameters = [{"name": "x", "kind": "POSITIONAL_OR_KEYWORD", "optional": False}]
    request = {"source": source, "entry_points": [{"name": "f", "parameters": parameters}]}
    try:
        said: dict[str, Any] = json.loads(loading.load(json.dumps(request)))
    finally:
        sys.modules.pop("solution", None)
    return said


@pytest.mark.parametrize("name", MISPLACED)
def test_a_function_that_is_elsewhere_is_told_by_where_it_stands(name: str) -> None:
    source, expected = MISPLACED[name]
    said = answer(source)
    assert said["kind"] == "invalid"
    assert said["message"].startswith("f is not found: ") and expected in said["message"]


NONE = {
    "a decorator that returns nothing": (
        _DECORATOR,
        "f is None: does its decorator on line 4 return a function?",
    ),
    "one under a condition": (
        f"def own(g): pass\nif 1:\n    @own\n    {_DEF}",
        "f is None: does its decorator on line 3 return a function?",
    ),
    "None itself": (
        "f = None",
        "f is not a function but None. Define it with `def f(...):`.",
    ),
}


@pytest.mark.parametrize("name", NONE)
def test_none_in_place_of_a_function_is_told_by_what_made_it(name: str) -> None:
    source, expected = NONE[name]
    assert answer(source)["message"] == expected


ODD = {
    "nothing": "",
    "no Python": "def f(",
    "what is deeper than a tree can be": f"x = {'-' * 50_000}1",
    "a sum too deep": f"x = {' + '.join(['1'] * 20_000)}",
    "nothing but names of others": "\n".join(f"def g{n}(x): pass" for n in range(5_000)),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_code_is_told_of_plainly(name: str) -> None:
    assert why_missing(ODD[name], "f") == _PLAIN
    assert why_none(ODD[name], "f") == "f is not a function but None." + _PLAIN.partition(".")[2]


def test_a_function_that_is_there_after_all_is_taken() -> None:
    for source in (
        f"if 1:\n    {_DEF}",
        f"class A:\n    {_DEF}\nf = A.f",
        f"{_DEF}\ndel f\n{_DEF}",
    ):
        assert answer(source)["kind"] == "loaded"
