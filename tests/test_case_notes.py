"""The notes of a case whose answer is written as the right one is, or nearly so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from builder.grade import Judge

from .cases import first_case
from .squares import Files, proved_judge

SOLUTION = """
import copy
import numpy as np

class Refused(ValueError):
    pass

def append(x, to):
    to.append(x)
    return to

def withdraw(account, amount):
    if amount > account["balance"]:
        raise Refused("too much")
    account["balance"] -= amount

def f(kind, *args):
    return globals()[kind](*args)
"""
TESTS = """
import numpy as np
import pytest
from solution import f

def test_append():
    x = []
    result = f("append", x, f("append", x, []))
    assert result == [[], []] and result[0] is result[1]

def test_withdraw():
    account = {"balance": 1}
    with pytest.raises(ValueError, match="much"):
        f("withdraw", account, 2)
    assert account == {"balance": 1}
"""

FILES: Files = {
    "starter.py": "def f(kind, *args):\n    raise NotImplementedError\n",
    "solution.py": SOLUTION,
    "hidden_tests/test_f.py": TESTS,
}


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """A judge of an exercise whose answers are right by more than their values."""
    with proved_judge(tmp_path_factory.mktemp("notes"), FILES) as judge:
        yield judge


# A submission's function in place of the solution's, and what its case notes.
NOTED = {
    "what is right of another call is no note": (
        "def append(x, to): to.append(x[:]); return to",
        [],
    ),
    "a call that raises changed an argument": (
        "def withdraw(account, amount): account['balance'] -= amount; raise Refused('too much')",
        ["argument 2 changed in place: {'balance': -1}"],
    ),
    "an exception has another base": (
        "class Refused(Exception): pass",
        ["an Exception, not a ValueError"],
    ),
}


@pytest.mark.parametrize("name", NOTED)
def test_a_case_notes_what_its_writing_does_not_show(judge: Judge, name: str) -> None:
    function, notes = NOTED[name]
    case = first_case(judge, f"{SOLUTION}\n{function}\n")
    assert case["notes"] == notes
