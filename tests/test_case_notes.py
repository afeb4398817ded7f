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

def window(a): return a[1:3]

def halves(a): return a[:2], a[2:]

def doubled(a): return a * 2

def flat(xs): return [x for part in xs for x in part]

def rotate(xs): xs.append(xs.pop(0))

def rows(): return [[0], [0]]

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

def test_window():
    a = np.arange(4.0)
    f("window", a)[0] = 7
    assert a[1] == 7

def test_halves():
    a = np.arange(4)
    assert all(np.shares_memory(part, a) for part in f("halves", a))

def test_doubled():
    a = np.ones((2, 2))
    b = f("doubled", a)
    assert b.flags.writeable and b.flags.c_contiguous and not np.shares_memory(a, b)

def test_flat():
    part = [1]
    assert f("flat", [[0], [part]])[1] is part

def test_rotate():
    x, y = [1], [1]
    xs = [x, y]
    f("rotate", xs)
    assert xs[0] is y and xs[1] is x

def test_rows():
    first, second = f("rows")
    assert first is not second
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
    "a copy where there is to be a view": (
        "def window(a): return a[1:3].copy()",
        ["shares no memory with argument 2"],
    ),
    "a part that is a copy": (
        "def halves(a): return a[:2], a[2:].copy()",
        ["at [1]: shares no memory with argument 2"],
    ),
    "an array that is locked": (
        "def doubled(a): a = a * 2; a.flags.writeable = False; return a",
        ["cannot be written to"],
    ),
    "columns first": (
        "def doubled(a): return np.asfortranarray(a * 2)",
        ["in column order, not in row order"],
    ),
    "a copy of what an argument holds": (
        "def flat(xs): return [copy.copy(x) for part in xs for x in part]",
        ["at [1]: not argument 2[1][0] itself"],
    ),
    "copies in an argument": (
        "def rotate(xs): xs[:] = copy.deepcopy([*xs[1:], xs[0]])",
        ["at argument 2[0]: not argument 2[1] itself"],
    ),
    "one list twice": (
        "def rows(): return [[0]] * 2",
        ["at [1]: the same object as that at [0]"],
    ),
}


@pytest.mark.parametrize("name", NOTED)
def test_a_case_notes_what_its_writing_does_not_show(judge: Judge, name: str) -> None:
    function, notes = NOTED[name]
    case = first_case(judge, f"{SOLUTION}\n{function}\n")
    assert case["notes"] == notes
