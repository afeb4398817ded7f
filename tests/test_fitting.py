"""The starter's signature decides: whatever calls it takes, a submission's has to take."""

from __future__ import annotations

import ast
import inspect
import itertools
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest

from builder.exercise import _parameters
from grading.candidate.fitting import unfit
from grading.candidate.replaced import unfit_by


def wanted(head: str) -> list[dict[str, Any]]:
    (function,) = ast.parse(f"def f({head}): pass").body
    assert isinstance(function, ast.FunctionDef)
    return [asdict(parameter) for parameter in _parameters(function.args)]


def function(head: str) -> Any:
    namespace: dict[str, Any] = {}
    exec(f"def f({head}): pass", namespace)
    return namespace["f"]


# The starter's parameters, a submission's, and what is said; nothing where it fits.
ROWS = [
    ("x", "x", ""),
    ("x", "x, times=1", ""),
    ("x", "x, *more, **others", ""),
    ("x", "*xs, **others", ""),
    ("x, y=1", "x, y=2", ""),
    ("x, *, y", "x, *, y", ""),
    ("x, *, y", "x, y", ""),
    ("x, *, y=1", "x, y=None, z=0", ""),
    ("x, /", "anything", ""),
    ("x, /, y", "a, y", ""),
    ("*xs", "*ys", ""),
    ("", "x=1", ""),
    ("x, **options", "x, **rest", ""),
    ("x", "", "f must take a parameter named x, as the starter does."),
    ("x", "y", "f must take a parameter named x, as the starter does."),
    ("x", "*x", "f must take a parameter named x, as the starter does."),
    ("x, target", "x, y", "f must take a parameter named target, as the starter does."),
    ("x", "x, y", "f must not need y, which the starter does not have"),
    ("x", "x, *, y", "f must not need y, which the starter does not have"),
    ("x", "x, /", "f must take x by name too, as the starter does: leave out the /"),
    ("x", "*, x", "f must take x by position too, as the starter does: leave out the *"),
    ("x", "**x", "f must take a parameter named x"),
    ("x, y", "y, x", "f must take x as its parameter number 1, as the starter does."),
    ("x, y=1", "x, y", "f must give y a default, as the starter does."),
    ("x, y=1", "x", "f must take a parameter named y, as the starter does."),
    ("x, *, y", "x", "f must take a parameter named y, as the starter does."),
    ("x, *, y=1", "x, *, y", "f must give y a default, as the starter does."),
    ("*xs", "x, y=0", "f must take any number of arguments (*xs), as the starter does."),
    ("x, **options", "x", "f must take any further arguments by name (**options)"),
    ("x, y, /", "x", "f must take 2 arguments by position, as the starter does."),
    ("x, *more, y", "x, y, *more", "f must take what the starter takes: f(x, *more, y)."),
]


@pytest.mark.parametrize(("starter", "own", "message"), ROWS)
def test_what_keeps_a_function_from_the_starters_calls_is_said(
    starter: str, own: str, message: str
) -> None:
    said = unfit("f", wanted(starter), function(own)) or ""
    assert said.startswith(message) and bool(said) == bool(message)


HEADS = [
    *("", "x", "y", "x, y", "y, x", "x, y=0", "x=0", "x=0, y=0", "x, /", "x, /, y", "x, y, /"),
    *("*, x", "x, *, y", "x, *, y=0", "*, x, y", "*, y=0", "*a", "x, *a", "*a, x", "*a, y=0"),
    *("**k", "x, **k", "*a, **k", "x, *a, **k", "x=0, *, y", "x, y, z", "x, y=0, z=0", "x, *a, y"),
]


def all_calls() -> Iterator[tuple[list[None], dict[str, None]]]:
    names = ["x", "y", "z", "w"]
    for count in range(5):
        for size in range(4):
            for chosen in itertools.combinations(names, size):
                yield [None] * count, dict.fromkeys(chosen)


def taken(head: str) -> set[str]:
    signature = inspect.signature(function(head))
    calls = set()
    for args, kwargs in all_calls():
        try:
            signature.bind(*args, **kwargs)
        except TypeError:
            continue
        calls.add(f"{len(args)} {sorted(kwargs)}")
    return calls


@pytest.mark.parametrize("starter", HEADS)
def test_a_function_fits_just_if_it_takes_all_of_the_starters_calls(starter: str) -> None:
    for own in HEADS:
        fits = unfit("f", wanted(starter), function(own)) is None
        assert fits == (taken(starter) <= taken(own)), own


_OWN = "def own(g):\n    def inner(*args): return g(*args)\n    return inner\n"
_NAMED = "f must take a parameter named x, as the starter does."
_TAKES = (
    "puts another function in its place: let that one take *args and **kwargs, and pass them on."
)
# Code, and what is said of its f to whom wants f(x, y).
REPLACED = {
    "a decorator": (
        f"{_OWN}@own\ndef f(x, y): pass",
        f"{_NAMED} Its decorator own on line 4 {_TAKES}",
    ),
    "the one of two that does it": (
        f"import functools\n{_OWN}@functools.cache\n@own\ndef f(x: int, y=1 / 2): pass",
        f"{_NAMED} Its decorator own on line 6 {_TAKES}",
    ),
    "one that is called": (
        "def own(n):\n return lambda g: lambda x, *, y: g(x, y)\n@own(3)\ndef f(x, y): pass",
        f"f must take y by position too, as the starter does. Its decorator own on line 3 {_TAKES}",
    ),
    "a class": (
        "class Own:\n def __init__(self, g): pass\n def __call__(self, *a): pass\n"
        "@Own\ndef f(x, y): pass",
        f"{_NAMED} Its decorator Own on line 4 {_TAKES}",
    ),
    "one around what does not fit itself": (
        f"{_OWN}@own\ndef f(x, z): pass",
        "f must take a parameter named y, as the starter does.",
    ),
    "one that keeps the signature": (
        "import functools\n@functools.cache\ndef f(x, /, y): pass",
        "f must take x by name too, as the starter does: leave out the / behind it.",
    ),
    "a partial": (
        "import functools\ndef g(x, y): pass\nf = functools.partial(g, y=1)",
        "f must take y by position too, as the starter does. functools.partial makes it so: write "
        "a def in its place, which calls the other function.",
    ),
    "a partial of the first": (
        "import functools\ndef g(x, y): pass\nf = functools.partial(g, 1)",
        f"{_NAMED} functools.partial makes it so: write a def in its place, which calls the other "
        "function.",
    ),
    "what cannot be unwrapped": (
        f"{_OWN}@own\ndef f(x, y): pass\nf.__wrapped__ = f",
        None,
    ),
}


@pytest.mark.parametrize("name", REPLACED)
def test_what_stands_in_place_of_a_function_is_to_blame(name: str) -> None:
    source, expected = REPLACED[name]
    namespace: dict[str, Any] = {}
    exec(source, namespace)
    assert unfit_by("f", wanted("x, y"), namespace["f"], source) == expected


def test_what_has_no_signature_is_left_to_the_first_call() -> None:
    class Odd:
        __signature__ = 1

        def __call__(self) -> None: ...

    assert unfit("f", wanted("x"), Odd()) is None
