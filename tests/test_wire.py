"""Values cross the wire exactly; what else there is, `test_stand_ins.py` has."""

from __future__ import annotations

import json
import math
import struct
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from collections.abc import ItemsView, KeysView, ValuesView
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
    if isinstance(value, KeysView | ValuesView | ItemsView):
        return kind, [fingerprint(part) for part in value]
    if kind in (list, tuple, deque):
        return kind, getattr(value, "maxlen", None), [fingerprint(part) for part in value]
    if kind in (dict, OrderedDict, Counter, defaultdict):
        pairs = [(fingerprint(key), fingerprint(part)) for key, part in value.items()]
        return kind, getattr(value, "default_factory", None), pairs
    if kind in (set, frozenset):
        return kind, sorted((fingerprint(part) for part in value), key=repr)
    if kind is np.ndarray:
        return kind, value.dtype.str, value.shape, value.tobytes(), value.flags.writeable
    if isinstance(value, str | bytes):
        return kind, [*value]  # NumPy's do not write out what is zero at their ends
    if kind is range:
        return kind, value.start, value.stop, value.step
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


class Derived(Pair):
    __slots__ = ()

    def total(self) -> Any:
        return self.first + self.second


class Measured(NamedTuple):
    """A value, with a method that does not cross."""

    größe: Any = 0

    def doubled(self) -> Any:
        return 2 * self.größe


CHARACTERS = st.characters(codec=None, exclude_categories=())
NUMBERS = st.integers() | st.floats() | st.complex_numbers()
TEXTS = st.text(CHARACTERS, max_size=20) | st.binary(max_size=8)
NUMPY_TEXTS = st.text(CHARACTERS, max_size=9).map(np.str_) | st.binary(max_size=4).map(np.bytes_)
RANGES = st.integers().flatmap(lambda n: st.builds(range, st.just(n), st.just(n + 9)))
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
    SCALARS | NUMPY_SCALARS | NUMPY_TEXTS | RANGES | arrays(),
    lambda parts: (
        st.lists(parts, max_size=4)
        | st.lists(parts, max_size=4).map(tuple)
        | st.builds(Pair, parts, parts)
        | st.builds(Measured, parts)
        | st.builds(deque, st.lists(parts, max_size=4), st.sampled_from([None, 0, 3]))
        | st.dictionaries(KEYS, parts, max_size=4)
        | st.dictionaries(KEYS, parts, max_size=3).map(dict.keys)
        | st.dictionaries(KEYS, parts, max_size=3).map(dict.values)
        | st.dictionaries(KEYS, parts, max_size=3).map(lambda d: OrderedDict(d).items())
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
@example([range(5, -5, -3), range(True), range(10**30, 10**30 + 2), {range(3): {range(0)}}])
@example({np.str_("a\0"): np.bytes_(b"\0"), ("b",): {np.str_("b")}})
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
