"""What a call did to constants of the tests is over with the execution that made the call."""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grading.judge.originals import Originals

from .squares import judging, outcomes

RIGHT = "def f(x): return x[0]"
# Tests of which f is to return the first element, and may change what it is given.
TESTS = {
    "values of parametrize": """
@pytest.mark.parametrize("xs, want", [([3, 1, 2], 3), ([5, 4], 5)])
def test_first(xs, want):
    assert f(xs) == want
""",
    "a constant of the module": """
CASES = [([3, 1, 2], 3), ([5, 4], 5)]
def test_first():
    for xs, want in CASES:
        assert f(xs) == want
def test_again():
    assert [f(xs) for xs, _ in CASES] == [3, 5]
""",
    "arrays that are constants": """
import numpy as np
WHOLE = np.array([3.0, 1.0, 2.0])
PART = WHOLE[::2]
def test_whole():
    assert f(WHOLE) == 3.0 and f(PART) == 3.0
def test_part():
    assert f(PART) == 3.0 and f(WHOLE) == 3.0
""",
    "a default of a helper": """
def given(xs=[3, 1, 2]):
    return xs
def test_first():
    assert f(given()) == 3
""",
}


@pytest.mark.parametrize("tests", TESTS.values(), ids=TESTS)
def test_a_right_solution_passes_after_one_that_changed_what_it_was_given(
    tmp_path: Path, tests: str
) -> None:
    sorting = "def f(x):\n    x.sort()\n    return x[0]\n"
    reversing = "def f(x):\n    first = x[0]\n    x[:] = x[::-1]\n    return first\n"
    with judging(tmp_path, tests) as judge:
        first = judge.grade(RIGHT).report
        wrong = [judge.grade(sorting).report for _ in range(2)]
        judge.grade(reversing)
        last = judge.grade(RIGHT).report
    assert {outcomes(first), outcomes(last)} == {" ".join(["passed"] * len(first["tests"]))}
    assert outcomes(wrong[0]) == outcomes(wrong[1])
    assert wrong[0]["fault"] == "learner"


def test_a_test_of_several_calls_makes_the_same_ones_when_the_first_changed_a_constant(
    tmp_path: Path,
) -> None:
    tests = """
@pytest.mark.parametrize("xs", [[3, 1, 2]])
def test_first(xs):
    assert f(xs) == 3
    assert f(xs[:1]) == 3
"""
    with judging(tmp_path, tests) as judge:
        report = judge.grade("def f(x):\n    first = x[0]\n    x.sort()\n    return first\n").report
    assert (outcomes(report), report["fault"]) == ("failed", "learner")
    assert "1 == 3" in report["tests"][0]["message"]


def reshape(array: Any) -> None:
    array.shape = (2, 2)


def freeze(array: Any) -> None:
    array[0] = 9.0
    array.flags.writeable = False


CHANGES: dict[str, tuple[Any, Callable[[Any], object]]] = {
    "a list": ([1, 2], lambda one: one.append(3)),
    "a set": ({1, 2}, lambda one: one.clear()),
    "a dict, with its order": ({"a": 1, "b": 2}, lambda one: one.update(a=one.pop("a"))),
    "an ordered dict": (OrderedDict(a=1, b=2), lambda one: one.move_to_end("a")),
    "a Counter": (Counter("aab"), lambda one: one.update("c")),
    "a defaultdict and its default": (
        defaultdict(int, a=1),
        lambda one: setattr(one, "default_factory", one["b"] or list),
    ),
    "a deque": (deque([1, 2], 2), lambda one: one.append(3)),
    "an array": (np.arange(4.0), lambda one: one.fill(7.0)),
    "an array's shape": (np.arange(4.0), reshape),
    "an array's size": (np.arange(4.0), lambda one: one.resize(6, refcheck=False)),
    "an array's dtype": (np.arange(4.0), lambda one: setattr(one, "dtype", np.int64)),
    "an array that may not be written to any more": (np.arange(4.0), freeze),
    "an array of Fortran's order": (np.asfortranarray(np.eye(3)), lambda one: one.fill(2.0)),
}


def described(value: Any) -> object:
    if isinstance(value, np.ndarray):
        form = value.dtype.str, value.shape, value.strides, value.flags.writeable
        return form, value.tobytes()
    return repr(value), getattr(value, "default_factory", None)


@pytest.mark.parametrize(("value", "change"), CHANGES.values(), ids=CHANGES)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_what_was_kept_is_as_it_was(value: Any, change: Callable[[Any], object]) -> None:
    originals, before = Originals(), described(value)
    originals.keep(value)
    change(value)
    assert described(value) != before
    originals.keep(value)  # the first time counts
    originals.restore()
    assert described(value) == before


def test_views_come_back_with_the_array_whose_memory_they_show() -> None:
    whole = np.arange(6.0)
    part = whole[1::2]
    originals = Originals()
    for array in (whole, part):
        originals.keep(array)
        array *= 2
        array.flags.writeable = False
    originals.restore()
    assert whole.tolist() == [0, 1, 2, 3, 4, 5] and part.tolist() == [1, 3, 5]
    assert whole.flags.writeable and part.flags.writeable


def test_what_is_nobodys_any_more_is_not_held() -> None:
    originals, lasting = Originals(), [0]
    originals.keep(lasting)
    lasting.append(1)
    for number in range(1000):
        originals.keep([number])
    assert len(originals._kept) < 200
    originals.restore()
    assert lasting == [0]
