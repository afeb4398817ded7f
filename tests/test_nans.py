"""One NaN is as good as another: its sign and its other bits differ from machine to machine."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grading.judge.answers import Answer
from grading.judge.differences import differences
from grading.judge.known import unlike
from grading.judge.mistakes import Answers, agrees, telling
from grading.judge.nans import with_one_nan
from grading.judge.standin import Exchange
from grading.shared import wire

NAN, OTHER = np.nan, np.copysign(np.nan, -1.0)
KINDS = ["<f8", ">f8", "<f4", "<f2", "<c16", "<c8"]


def pair(dtype: str) -> tuple[Any, Any]:
    """Return two arrays that are equal but for the bits of a NaN."""
    one, other = (np.array([1, nan, 2], dtype) for nan in (NAN, OTHER))
    assert one.tobytes() != other.tobytes()
    return one, other


def answered(value: object) -> Answer:
    return Answer("returned", wire.encode(value), None, [])


@pytest.mark.parametrize("dtype", KINDS)
def test_arrays_and_scalars_with_nan_in_them_are_one(dtype: str) -> None:
    one, other = pair(dtype)
    for mine, right in ((one, other), ([{"a": one}], [{"a": other}]), (one[1], other[1])):
        trees = wire.encode(mine), wire.encode(right)
        assert trees[0] != trees[1]
        assert with_one_nan(trees[0]) == with_one_nan(trees[1])
        back = wire.decode(with_one_nan(trees[0]))
        np.testing.assert_equal(back, mine)
        assert agrees(answered(mine), trees[1])
        assert unlike(answered(mine), trees[1]) == set()


def test_what_else_differs_does() -> None:
    one, other = pair("<f8")
    assert differences({"a": one, "b": 3.0}, {"a": other, "b": 4.0}) == [
        "first at ['b']: 3.0, not 4.0"
    ]
    assert unlike(answered([one, 1]), wire.encode([other, 2])) == {"value"}
    assert not agrees(answered(one), wire.encode(other[::-1] + 1))


@pytest.mark.parametrize("other", [-1, -2])
def test_columns_of_a_table_are_told_apart(other: int) -> None:
    for kind in ("<i4", "<i8"):
        table = np.zeros(3, [("score", "<f8"), ("id", kind)])
        tree = wire.encode((table["score"], table["id"]))
        assert agrees(answered((table["score"], table["id"])), tree)
        table["id"] = other
        assert not agrees(answered((table["score"], table["id"])), tree)
        assert unlike(answered((table["score"], table["id"])), tree) == {"value"}


@pytest.mark.parametrize(
    "strange",
    [
        {"t": "list", "v": [], "dtype": "nonsense", "data": ""},
        {"t": "list", "v": [], "more": {"t": "ndarray", "dtype": 5, "data": "AAAA"}},
        {"t": "list", "v": [], "more": {"t": "ndarray", "dtype": "<f8", "data": 5}},
        {"t": "list", "v": [], "more": {"t": "ndarray", "dtype": "<f8", "data": "AAAA"}},
        {"t": "list", "v": [], "more": {"t": "ndarray"}},
    ],
    ids=str,
)
def test_what_a_stranger_put_where_nobody_reads_is_left_as_it_is(strange: wire.Tree) -> None:
    assert with_one_nan([strange]) == [strange]


@pytest.mark.parametrize("kind", KINDS)
def test_what_tells_a_mistake_in_a_scalar_is_the_same_on_every_machine(kind: str) -> None:
    scalars = [array[1] for array in pair(kind)]
    told = {telling(Answers.none(), "test", [Exchange("", answered(each))]) for each in scalars}
    assert len(told) == 1 or all(each != each for each in told)


def test_what_tells_a_mistake_is_the_same_on_every_machine() -> None:
    told = {
        telling(Answers.none(), "test", [Exchange("", answered([each, "x"]))])
        for each in pair("<f8")
    }
    assert len(told) == 1 and isinstance(told.pop(), str)


def test_what_holds_no_nan_is_left_as_it_is() -> None:
    for value in (np.arange(3), np.ones(2), [1.0, NAN], b"ab", np.float64(2), None):
        tree = wire.encode(value)
        assert repr(with_one_nan(tree)) == repr(tree)
