"""What cannot cross arrives as an object that knows its type's name and equals nothing."""

from __future__ import annotations

import datetime
import enum
import fractions
import json
import math
import time
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pytest

from grading.judge.answers import Answer
from grading.judge.standin import Exchange
from grading.judge.unsent import unsent
from grading.shared import wire

from .test_wire import Pair, crossed


class LyingFloat(float):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


class LyingScalar(np.float64):
    @property
    def dtype(self) -> Any:
        raise RuntimeError("asked for a dtype")


class LyingArray(np.ndarray[Any, Any]):
    def __array_finalize__(self, obj: object) -> None: ...


class LyingInstance:
    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        raise RuntimeError("asked for a class")


class Nameless(type):
    @property
    def __name__(cls) -> str:  # type: ignore[override]
        raise RuntimeError("asked for a name")


class ListOfOwn(list[int]): ...


class DictOfOwn(dict[str, int]): ...


class SetOfOwn(set[int]): ...


class CounterOfOwn(Counter[str]): ...


class DequeOfOwn(deque[int]): ...


class TextOfOwn(str): ...


class IntOfOwn(int): ...


class Named(metaclass=Nameless): ...


class EqualPair(Pair):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = Pair.__hash__


class ShownPair(NamedTuple):
    first: int

    def __repr__(self) -> str:
        return "a pair"


class SwappedPair(Pair):
    first = Pair.second


class NewPair(Pair):
    def __new__(cls, both: int) -> NewPair:
        return super().__new__(cls, both, both)


class TupleOfOwn(tuple[int, ...]): ...


Colour = enum.IntEnum("Colour", "RED")

STAND_INS: list[tuple[str, object]] = [
    ("LyingFloat", LyingFloat(1)),
    ("LyingScalar", LyingScalar(1)),
    ("LyingArray", np.zeros(2).view(LyingArray)),
    ("LyingInstance", LyingInstance()),
    ("Named", Named()),
    ("ListOfOwn", ListOfOwn()),
    ("DictOfOwn", DictOfOwn()),
    ("TextOfOwn", TextOfOwn("a")),
    ("IntOfOwn", IntOfOwn(3)),
    ("EqualPair", EqualPair(1, 2)),
    ("ShownPair", ShownPair(1)),
    ("SwappedPair", SwappedPair(1, 2)),
    ("NewPair", NewPair(1)),
    ("TupleOfOwn", TupleOfOwn((1,))),
    ("struct_time", time.gmtime(0)),
    ("Colour", Colour(1)),
    ("CounterOfOwn", CounterOfOwn("a")),
    ("DequeOfOwn", DequeOfOwn()),
    ("MaskedArray", np.ma.zeros(2)),
    ("SetOfOwn", SetOfOwn()),
    ("set (with an element that cannot be sent)", {1, (2, ...)}),
    ("frozenset (with an element that cannot be sent)", frozenset({1, ...})),
    ("bytearray", bytearray(b"a")),
    ("object", object()),
    ("type", int),
    ("function", lambda: None),
    ("generator", (n for n in range(3))),
    ("module", math),
    ("ellipsis", ...),
    ("NotImplementedType", NotImplemented),
    ("Fraction", fractions.Fraction(1, 2)),
    ("date", datetime.date(2020, 1, 1)),
    ("ValueError", ValueError("a")),
    ("datetime64", np.datetime64("2020-01-01")),
    ("timedelta64", np.timedelta64(1, "s")),
    ("void", np.zeros(1, dtype="i4,f8")[0]),
    ("ndarray (of dtype |O)", np.array([object()])),
    ("ndarray (of dtype <U4)", np.array(["text"])),
    ("ndarray (of dtype |S5)", np.array([b"bytes"])),
    ("ndarray (of dtype <M8[D])", np.array(["2020-01-01"], dtype="M8[D]")),
    ("ndarray (of dtype |V12)", np.zeros(1, dtype="i4,f8")),
    ("dict (with a key that cannot be sent)", {frozenset({...}): 1}),
    ("dict (with a key that cannot be sent)", {(1, (...,)): 1}),
    ("Counter (with a key that cannot be sent)", Counter([...])),
    ("dict_keys (with a key that cannot be sent)", {...: 1}.keys()),
    ("odict_items (with a key that cannot be sent)", OrderedDict({...: 1}).items()),
    ("OrderedDict (with a key that cannot be sent)", OrderedDict({...: 1})),
    ("defaultdict (with a key that cannot be sent)", defaultdict(int, {...: 1})),
]
if np.dtype("g").itemsize > 8:
    STAND_INS += [
        ("longdouble", np.longdouble(1)),
        (f"ndarray (of dtype {np.dtype('g').str})", np.ones(2, dtype="g")),
    ]


def nested(levels: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(levels):
        value = [value]
    return value


def endless() -> list[Any]:
    value: list[Any] = []
    value.extend([value, value])
    return value


TOO_MUCH: list[tuple[str, object]] = [
    ("list (nested more than 100 deep)", nested(wire.MAX_DEPTH + 1)),
    ("list (nested more than 100 deep)", endless()),
    ("list (too large to send)", [0] * (wire.MAX_NODES + 1)),
    ("list (too large to send)", [np.zeros(wire.MAX_BYTES // 16), np.zeros(wire.MAX_BYTES // 8)]),
    ("str (too large to send)", "a" * (wire.MAX_BYTES + 1)),
    ("ndarray (too large to send)", np.zeros(wire.MAX_BYTES + 1, dtype="u1")),
    ("ndarray (too large to send)", np.broadcast_to(np.float64(0), (10**6, 10**6))),
    ("range (too large to send)", range(wire.MAX_NODES + 1)),
    ("range (too large to send)", range(10**30)),
    ("list (too large to send)", [range(1000)] * (wire.MAX_NODES // 1000)),
    ("str_ (too large to send)", np.str_("a" * (wire.MAX_BYTES // 4 + 1))),
    ("int (integer too large)", 1 << wire.MAX_INT_BITS),
]


def named(rows: list[tuple[str, object]]) -> list[Any]:
    """Return rows as parameters that go by their names, since a value's own text may be endless."""
    return [pytest.param(name, value, id=name) for name, value in rows]


@pytest.mark.parametrize(("name", "value"), named(STAND_INS + TOO_MUCH))
def test_anything_else_arrives_as_a_stand_in_that_equals_nothing(name: str, value: object) -> None:
    arrived = crossed(value)
    assert isinstance(arrived, wire.Opaque)
    assert (type(arrived).__name__, repr(arrived)) == (name, f"<{name}>")
    assert repr(type(arrived)) == f"<class '{name}'>"
    for other in (arrived, value, 1, None):
        assert [arrived == other, arrived != other] == [False, True]
    assert wire.type_name(value) == name.partition(" (")[0]


@pytest.mark.parametrize(("name", "value"), named(STAND_INS))
def test_only_the_part_that_cannot_cross_is_replaced(name: str, value: object) -> None:
    first, (second, last) = crossed([1, (value, {"a": 2.5})])
    assert (first, type(second).__name__, last) == (1, name, {"a": 2.5})


DEEP: dict[str, Callable[[Any], Any]] = {
    "lists": lambda inner: [inner],
    "linked pairs": lambda inner: (1, inner),
    "dicts": lambda inner: {"next": inner},
    "dicts with a default": lambda inner: defaultdict(list, {"next": inner}),
    "ordered dicts": lambda inner: OrderedDict({"next": inner}),
    "frozen sets": lambda inner: frozenset([inner]),
}


@pytest.mark.parametrize("name", DEEP)
def test_the_deepest_value_that_may_cross_does(name: str) -> None:
    value: Any = 1
    for _ in range(wire.MAX_DEPTH):
        value = DEEP[name](value)
    assert crossed(value) == value
    answer = json.dumps({"changed": [[0, wire.encode(value)]], "value": wire.encode([])})
    assert wire.decode(wire.parse(answer)["changed"][0][1]) == value
    assert isinstance(crossed(DEEP[name](value)), wire.Opaque)


@pytest.mark.parametrize(
    ("name", "shown"),
    [("a\0b\n", "ab"), ("\ud800", "object"), ("", "object"), (7, "object"), ("x" * 99, "x" * 80)],
)
def test_a_type_is_named_in_a_few_printable_characters(name: object, shown: str) -> None:
    assert type(wire.decode({"t": "opaque", "name": name})).__name__ == shown


# What came back, what the reference gives if that is known, what Python says of it, what is said.
RETURNED, HOLDS = (
    "Your function returned a value of type ",
    "Your function returned something with ",
)
CANNOT = ", which cannot be handed to the tests."
MET: dict[str, tuple[object, list[object], str, str | None]] = {
    "all of it": (ListOfOwn(), [], "'ListOfOwn' object is not iterable", f"{RETURNED}ListOfOwn"),
    "all of it, without its name": (np.ma.zeros(2), [2.0], "no loop", f"{RETURNED}MaskedArray"),
    "too much": (nested(101), [], "'list", f"{RETURNED}list (nested more than 100 deep)"),
    "a part": ([1, ...], [[1, 2]], "to: 'ellipsis'", f"{HOLDS}a value of type ellipsis in it"),
    "a part that is not spoken of": ({"a": ...}, [{"b": 2}], "KeyError: 'b'", None),
    "a part of another's name": ([DictOfOwn()], [], "'DictOfOwner' object", None),
    "what the reference returns, too": ([1, ...], [["a", ...]], "to: 'ellipsis'", None),
    "a part whose name is a word of Python's": ([int], [], "unsupported operand type(s)", None),
    "a part without quotes": (
        [...],
        [],
        "must be real number, not ellipsis",
        f"{HOLDS}a value of type ellipsis in it",
    ),
    **{
        f"a part, {said}": ([...], [], said, f"{HOLDS}a value of type ellipsis in it")
        for said in (
            "cannot unpack non-iterable ellipsis object",
            'can only concatenate list (not "ellipsis") to list',
            "sequence item 0: expected str instance, ellipsis found",
            "unsupported format string passed to ellipsis.__format__",
        )
    },
    "what crossed": ([1], [], "'list' object is not callable", None),
}


@pytest.mark.parametrize("name", MET)
def test_what_python_says_of_a_stand_in_is_told_in_words_that_are_true(name: str) -> None:
    value, right, said, expected = MET[name]
    exchange = Exchange("", Answer("returned", wire.encode(value), None, []))
    told = unsent([exchange], [wire.encode(each) for each in right], said)
    assert told == (None if expected is None else f"{expected}{CANNOT}")


def test_a_stand_in_is_found_in_an_earlier_answer_and_in_an_argument() -> None:
    tree = wire.encode(...)
    first = Exchange("", Answer("returned", None, None, [[0, {"t": "list", "v": [tree]}]]))
    last = Exchange("", Answer("returned", 1, None, []))
    left = "Your function left an argument with a value of type ellipsis in it"
    assert unsent([first, last], [], "to: 'ellipsis'") == f"{left}{CANNOT}"
    assert unsent([first, last], [], "to: 'str'") is None
