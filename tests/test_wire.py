"""Values cross the wire exactly, or as stand-ins that equal nothing; nothing else comes out."""

from __future__ import annotations

import datetime
import enum
import fractions
import json
import math
import struct
import time
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grading.shared import wire

CODES = ["b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"]
DTYPES = [np.dtype(order + code) for code in CODES for order in "<>"]


def crossed(value: object) -> Any:
    """Return a value as it arrives on the other side."""
    return wire.decode(json.loads(json.dumps(wire.encode(value))))


def bits(number: float) -> bytes:
    """Return a float's bits; a NaN is one NaN, since JSON has just one."""
    return struct.pack("<d", math.nan if math.isnan(number) else number)


def fingerprint(value: Any) -> object:
    """Return everything of a value that must survive."""
    kind = type(value)
    if kind is float:
        return kind, bits(value)
    if kind is complex:
        return kind, bits(value.real), bits(value.imag)
    if isinstance(value, tuple) and hasattr(kind, "_fields"):
        return kind.__name__, kind._fields, [fingerprint(part) for part in value]
    if kind in (list, tuple, deque):
        return kind, getattr(value, "maxlen", None), [fingerprint(part) for part in value]
    if kind in (dict, OrderedDict, Counter, defaultdict):
        pairs = [(fingerprint(key), fingerprint(part)) for key, part in value.items()]
        return kind, getattr(value, "default_factory", None), pairs
    if kind in (set, frozenset):
        return kind, sorted((fingerprint(part) for part in value), key=repr)
    if kind is np.ndarray:
        return kind, value.dtype.str, value.shape, value.tobytes(), value.flags.writeable
    if isinstance(value, np.generic):
        return kind, value.dtype.str, value.tobytes()
    return kind, value


@st.composite
def arrays(draw: st.DrawFn) -> np.ndarray[Any, Any]:
    """Arrays of any allowed dtype and any bits; some are views, some cannot be written to."""
    dtype = draw(st.sampled_from(DTYPES))
    shape = tuple(draw(st.lists(st.integers(0, 3), max_size=4)))
    size = math.prod(shape) * dtype.itemsize
    array = np.frombuffer(draw(st.binary(min_size=size, max_size=size)), dtype).reshape(shape)
    view = draw(st.sampled_from(["as it is", "transposed", "every other", "Fortran order"]))
    if view == "transposed":
        array = array.T
    elif view == "every other" and shape:
        array = array[::-2]
    array = array.copy("F") if view == "Fortran order" else array.copy("K")
    array.flags.writeable = draw(st.booleans())
    return array


Pair = namedtuple("Pair", "first second")
Nothing = namedtuple("Nothing", "")


class Measured(NamedTuple):
    """A value, with a method that does not cross."""

    größe: Any = 0

    def doubled(self) -> Any:
        return 2 * self.größe


CHARACTERS = st.characters(codec=None, exclude_categories=())
NUMBERS = st.integers() | st.floats() | st.complex_numbers()
TEXTS = st.text(CHARACTERS, max_size=20) | st.binary(max_size=8)
SCALARS = st.none() | st.booleans() | NUMBERS | TEXTS
NUMPY_SCALARS = arrays().filter(lambda a: a.size > 0).map(lambda a: a.reshape(-1)[0])
KEYS = st.recursive(
    SCALARS,
    lambda keys: (
        st.lists(keys, max_size=3).map(tuple)
        | st.frozensets(keys, max_size=3)
        | st.builds(Pair, keys, keys)
    ),
    max_leaves=4,
)
FACTORIES = st.sampled_from([None, int, str, list, set, dict, Counter, deque, defaultdict])
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS | NUMPY_SCALARS | arrays(),
    lambda parts: (
        st.lists(parts, max_size=4)
        | st.lists(parts, max_size=4).map(tuple)
        | st.builds(Pair, parts, parts)
        | st.builds(Measured, parts)
        | st.builds(deque, st.lists(parts, max_size=4), st.sampled_from([None, 0, 3]))
        | st.dictionaries(KEYS, parts, max_size=4)
        | st.builds(OrderedDict, st.dictionaries(KEYS, parts, max_size=4))
        | st.builds(Counter, st.dictionaries(KEYS, parts, max_size=4))
        | st.builds(defaultdict, FACTORIES, st.dictionaries(KEYS, parts, max_size=4))
        | st.sets(KEYS, max_size=4)
    ),
    max_leaves=12,
)


@given(VALUES)
@example(-0.0)
@example([math.nan, math.inf, -math.inf])
@example([2**53 + 1, 2**63 - 1, 2**63, -(2**63), 2**64 + 1, -(10**4000)])
@example("\ud800 and \udfff, \0, \U0001f600")
@example(complex(-0.0, math.nan))
@example([[[]], (), {}, ({"a": (1,)},)])
@example({1: "int", "1": "text", (1, (2.5,)): "tuple", None: "nothing"})
def test_allowed_values_arrive_exactly(value: object) -> None:
    assert fingerprint(crossed(value)) == fingerprint(value)


def test_each_nan_of_a_set_or_among_keys_stays_another_one() -> None:
    one, other = float("nan"), float("nan")
    for value in ({one, other}, {(one,), (other,)}, {one: 1, other: 2}, {frozenset({one, other})}):
        assert fingerprint(crossed(value)) == fingerprint(value)


def test_equal_sets_are_sent_in_one_form_whatever_was_added_first() -> None:
    one, other = frozenset([8, 0]), frozenset([0, 8])
    assert list(one) != list(other)
    assert wire.encode({"a", ("b", one), None}) == wire.encode({None, ("b", other), "a"})


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_every_dtype_crosses_empty_zero_dimensional_and_strided(dtype: np.dtype[Any]) -> None:
    whole = np.arange(24).reshape(2, 3, 4).astype(dtype)
    for array in (whole, whole[:, ::2, ::-1], whole[1, 2, 3, ...], whole[:0], whole.T[1:]):
        kept = np.array(array, dtype=dtype)
        assert fingerprint(crossed(array)) == fingerprint(kept)
        assert type(crossed(array)) is np.ndarray
    assert fingerprint(crossed(whole[1, 2, 3])) == fingerprint(whole[1, 2, 3])


def test_a_read_only_array_arrives_read_only_and_as_a_copy() -> None:
    array = np.zeros(3)
    array.flags.writeable = False
    assert not crossed(array).flags.writeable
    assert not np.shares_memory(wire.decode(wire.encode(array)), array)


def test_what_is_encoded_exactly_holds_no_stand_in() -> None:
    trees, _ = wire.encode_call(([1, {"a": (2.5,)}],), {"b": 2})
    given = wire.decode_call(json.loads(json.dumps(trees)))
    assert (given.args, given.kwargs) == ([[1, {"a": (2.5,)}]], {"b": 2})
    unsendable: list[Any] = [
        defaultdict(lambda: 0),
        ...,
        [1, {...}],
        ({"a": [object()]},),
        {"a": ...},
        {(1, ...): 1},
    ]
    for value in unsendable:
        with pytest.raises(wire.WireError, match="cannot be sent"):
            wire.encode_call((value,), {})


def test_a_default_that_code_makes_does_not_cross_and_says_so_when_it_is_asked_for() -> None:
    arrived = crossed([defaultdict(lambda: 7, a=1)])[0]
    again = crossed(arrived)
    for value in (arrived, again):
        assert (value, value["a"], value.get("b")) == ({"a": 1}, 1, None)
        with pytest.raises(BaseException, match="made by code"):
            value["b"]
        assert repr(value) == "defaultdict(<function>, {'a': 1})"


def test_named_tuples_arrive_as_tuples_of_a_class_of_that_name_and_those_fields() -> None:
    one, (other, first) = crossed([Pair(1, [2]), (Pair(3, 4), {Derived(1, 2): Nothing()})])
    assert (one.first, one.second, one) == (1, [2], (1, [2]))
    assert type(one) is type(other) and one._replace(second=0) == (1, 0) != other
    ((key, nothing),) = first.items()
    assert (repr(key), repr(nothing)) == ("Derived(first=1, second=2)", "Nothing()")
    assert type(crossed(one)) is type(one)


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


class Derived(Pair):
    __slots__ = ()

    def total(self) -> Any:
        return self.first + self.second


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
    ("range", range(3)),
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
    ("str_", np.str_("a")),
    ("bytes_", np.bytes_(b"a")),
    ("void", np.zeros(1, dtype="i4,f8")[0]),
    ("ndarray (of dtype |O)", np.array([object()])),
    ("ndarray (of dtype <U4)", np.array(["text"])),
    ("ndarray (of dtype |S5)", np.array([b"bytes"])),
    ("ndarray (of dtype <M8[D])", np.array(["2020-01-01"], dtype="M8[D]")),
    ("ndarray (of dtype |V12)", np.zeros(1, dtype="i4,f8")),
    ("dict (with a key that cannot be sent)", {frozenset({...}): 1}),
    ("dict (with a key that cannot be sent)", {(1, (...,)): 1}),
    ("Counter (with a key that cannot be sent)", Counter([...])),
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
    ("list (nested too deeply)", nested(wire.MAX_DEPTH + 1)),
    ("list (nested too deeply)", endless()),
    ("list (too large to send)", [0] * (wire.MAX_NODES + 1)),
    ("list (too large to send)", [np.zeros(wire.MAX_BYTES // 16), np.zeros(wire.MAX_BYTES // 8)]),
    ("str (too large to send)", "a" * (wire.MAX_BYTES + 1)),
    ("ndarray (too large to send)", np.zeros(wire.MAX_BYTES + 1, dtype="u1")),
    ("ndarray (too large to send)", np.broadcast_to(np.float64(0), (10**6, 10**6))),
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
    for other in (arrived, value, 1, None):
        assert [arrived == other, arrived != other] == [False, True]
    assert wire.type_name(value) == name.partition(" (")[0]


@pytest.mark.parametrize(("name", "value"), named(STAND_INS))
def test_only_the_part_that_cannot_cross_is_replaced(name: str, value: object) -> None:
    first, (second, last) = crossed([1, (value, {"a": 2.5})])
    assert (first, type(second).__name__, last) == (1, name, {"a": 2.5})


def test_the_deepest_value_that_may_cross_does() -> None:
    assert crossed(nested(wire.MAX_DEPTH)) == nested(wire.MAX_DEPTH)


@pytest.mark.parametrize(
    ("name", "shown"),
    [("a\0b\n", "ab"), ("\ud800", "object"), ("", "object"), (7, "object"), ("x" * 99, "x" * 80)],
)
def test_a_type_is_named_in_a_few_printable_characters(name: object, shown: str) -> None:
    assert type(wire.decode({"t": "opaque", "name": name})).__name__ == shown
