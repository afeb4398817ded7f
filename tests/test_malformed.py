"""What is no tree of the wire's is refused, whatever it claims to be, and allocates nothing."""

from __future__ import annotations

import json
import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.shared import wire

from .test_wire import SCALARS, arrays, fingerprint

TAGS = [
    "list",
    "tuple",
    "dict",
    "set",
    "frozenset",
    "bytes",
    "int",
    "complex",
    "ndarray",
    "numpy",
    "float64",
    "opaque",
    "Counter",
    "OrderedDict",
    "defaultdict",
    "deque",
    "namedtuple",
    "dict_keys",
    "odict_items",
    "dict_values",
    "range",
    "str_",
    "bytes_",
]


def array_tree(**other: object) -> dict[str, Any]:
    """Return the tree of one zero, with some fields exchanged."""
    data = {"dtype": "<f8", "shape": [1], "data": "AAAAAAAAAAA=", "writeable": True}
    return {"t": "ndarray", **data, **other}


def made_by(factory: object) -> dict[str, Any]:
    """Return the tree of an empty defaultdict with some factory."""
    return {"t": "defaultdict", "v": [], "factory": factory}


def named_tuple(**other: object) -> dict[str, Any]:
    """Return the tree of a named tuple, with some fields exchanged."""
    return {"t": "namedtuple", "name": "A", "fields": ["a"], "v": [1], **other}


MALFORMED: dict[str, object] = {
    "a bare list": [1],
    "no tag": {},
    "an unknown tag": {"t": "pickle", "v": ""},
    "a tag that is a list": {"t": []},
    "a tag that is nothing": {"t": None},
    "a list of a text": {"t": "list", "v": "ab"},
    "a list of a mapping": {"t": "list", "v": {"a": 1}},
    "a tuple of nothing": {"t": "tuple", "v": None},
    "a list with a bare list": {"t": "list", "v": [[]]},
    "a dict of triples": {"t": "dict", "v": [[1, 2, 3]]},
    "a dict of texts": {"t": "dict", "v": ["ab"]},
    "a dict with a list for a key": {"t": "dict", "v": [[{"t": "list", "v": []}, 1]]},
    "a dict with a stand-in for a key": {"t": "dict", "v": [[{"t": "opaque", "name": "A"}, 1]]},
    "a set of a text": {"t": "set", "v": "ab"},
    "a set of a list": {"t": "set", "v": [{"t": "list", "v": []}]},
    "a frozenset with a set in it": {"t": "frozenset", "v": [{"t": "set", "v": []}]},
    "a Counter of elements": {"t": "Counter", "v": ["a", "b"]},
    "a Counter of a mapping": {"t": "Counter", "v": {"a": 1}},
    "a Counter of lists": {"t": "Counter", "v": [[{"t": "list", "v": []}, 1]]},
    "a Counter for a key": {"t": "dict", "v": [[{"t": "Counter", "v": []}, 1]]},
    "an OrderedDict of a text": {"t": "OrderedDict", "v": "ab"},
    "an OrderedDict of triples": {"t": "OrderedDict", "v": [[1, 2, 3]]},
    "a defaultdict without a factory": {"t": "defaultdict", "v": []},
    "a defaultdict of what is no type of ours": made_by("eval"),
    "a defaultdict of a number": made_by(1),
    "a defaultdict of a list": made_by([]),
    "a defaultdict of a value": made_by({"t": "list", "v": []}),
    "a defaultdict of nothing with a name": made_by({"t": "opaque"}),
    "a deque without a greatest length": {"t": "deque", "v": []},
    "a deque of a text": {"t": "deque", "v": "ab", "maxlen": None},
    "a deque of less than nothing": {"t": "deque", "v": [], "maxlen": -1},
    "a deque of a length that is true": {"t": "deque", "v": [], "maxlen": True},
    "a deque of a length without end": {"t": "deque", "v": [], "maxlen": 10**30},
    "a deque that is longer than it can be": {"t": "deque", "v": [1, 2], "maxlen": 1},
    "a named tuple without fields": {"t": "namedtuple", "name": "A", "v": []},
    "a named tuple without a name": {"t": "namedtuple", "fields": [], "v": []},
    "a named tuple of a number": named_tuple(name=1),
    "a named tuple of a name that is none": named_tuple(name="a b"),
    "a named tuple of a keyword": named_tuple(name="class"),
    "a named tuple of a name without end": named_tuple(name="a" * 100),
    "a named tuple with code for a field": named_tuple(fields=["a, b=print('run')"]),
    "a named tuple with a keyword for a field": named_tuple(fields=["lambda"]),
    "a named tuple with a hidden field": named_tuple(fields=["_make"]),
    "a named tuple with a special field": named_tuple(fields=["__class__"]),
    "a named tuple with a field that is a number": named_tuple(fields=[1]),
    "a named tuple with a field that is a list": named_tuple(fields=[[]]),
    "a named tuple with fields in a text": named_tuple(fields="a"),
    "a named tuple with a field twice": named_tuple(fields=["a", "a"], v=[1, 2]),
    "a named tuple with a field in two forms": named_tuple(fields=["fi", "\ufb01"], v=[1, 2]),
    "a named tuple with too many fields": named_tuple(
        fields=[f"a{n}" for n in range(99)], v=[1] * 99
    ),
    "a named tuple that is too short": named_tuple(v=[]),
    "a named tuple that is too long": named_tuple(v=[1, 2]),
    "a named tuple of a text": named_tuple(v="a"),
    "a key of a named tuple of lists": {
        "t": "dict",
        "v": [[named_tuple(v=[{"t": "list", "v": []}]), 1]],
    },
    "keys of a text": {"t": "dict_keys", "v": "ab"},
    "keys that are lists": {"t": "dict_keys", "v": [{"t": "list", "v": []}]},
    "values of a text": {"t": "dict_values", "v": "ab"},
    "items of triples": {"t": "odict_items", "v": [[1, 2, 3]]},
    "items with a list for a key": {"t": "dict_items", "v": [[{"t": "list", "v": []}, 1]]},
    "keys for a key": {"t": "dict", "v": [[{"t": "dict_keys", "v": []}, 1]]},
    "a range of a text": {"t": "range", "v": "abc"},
    "a range of two": {"t": "range", "v": [1, 2]},
    "a range of four": {"t": "range", "v": [1, 2, 3, 4]},
    "a range of floats": {"t": "range", "v": [0.0, 1.0, 1.0]},
    "a range of what is true": {"t": "range", "v": [True, 2, 1]},
    "a range of ranges": {"t": "range", "v": [{"t": "range", "v": [0, 1, 1]}, 1, 1]},
    "a range without a step": {"t": "range", "v": [0, 1, 0]},
    "a range without end": {"t": "range", "v": [0, {"t": "int", "hex": "0x" + "f" * 99}, 1]},
    "a range of too many": {"t": "range", "v": [0, wire.MAX_NODES, 1]},
    "ranges of too many": {"t": "list", "v": [{"t": "range", "v": [0, 9999, 1]}] * 11},
    "a NumPy text of a number": {"t": "str_", "v": 1},
    "NumPy bytes of a text out of the alphabet": {"t": "bytes_", "data": "AAA"},
    "bytes of a list": {"t": "bytes", "data": []},
    "bytes out of the alphabet": {"t": "bytes", "data": "AAA"},
    "an int of no digits": {"t": "int", "hex": "0x"},
    "an int that is a number": {"t": "int", "hex": 12},
    "an int that is too long": {"t": "int", "hex": "0x" + "f" * (wire.MAX_BYTES + 1)},
    "a complex of texts": {"t": "complex", "re": "1", "im": "2"},
    "a complex of one part": {"t": "complex", "re": 1.0},
    "an opaque without a name": {"t": "opaque"},
    "an object dtype": array_tree(dtype="|O"),
    "a text dtype": array_tree(dtype="<U2"),
    "a structured dtype": array_tree(dtype=[["a", "<f8"]]),
    "a dtype by its name": array_tree(dtype="float64"),
    "a date dtype": array_tree(dtype="<M8[D]"),
    "a dtype of several": array_tree(dtype="<f8,<f8"),
    "a negative shape": array_tree(shape=[-1]),
    "two negatives": array_tree(shape=[-1, -1]),
    "a shape of texts": array_tree(shape=["1"]),
    "a shape that is a text": array_tree(shape="1"),
    "a shape of floats": array_tree(shape=[1.0]),
    "a shape of truth values": array_tree(shape=[True]),
    "a shape that is a number": array_tree(shape=1),
    "a huge shape": array_tree(shape=[2**40]),
    "a huge shape of no bytes": array_tree(shape=[2**40, 0, 2**40, 2**40], data=""),
    "too many dimensions": array_tree(shape=[1] * 65),
    "too little data": array_tree(data="AAAA"),
    "data out of the alphabet": array_tree(data="AAAAAAAAA\nA="),
    "data that is no ASCII": array_tree(data="ä"),
    "data that is a number": array_tree(data=0),
    "a flag that is a number": array_tree(writeable=1),
    "a double of a text": {"t": "float64", "v": "1.0"},
    "a double of an int": {"t": "float64", "v": 1},
    "a double without a number": {"t": "float64"},
    "a scalar without data": {"t": "numpy", "dtype": "<f8"},
    "a scalar of two": {"t": "numpy", "dtype": "<f8", "data": "A" * 21 + "=="},
    "a scalar of an object": {"t": "numpy", "dtype": "|O", "data": ""},
    "more than may be sent": {"t": "list", "v": [0] * wire.MAX_NODES},
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_tree_is_refused(name: str) -> None:
    with pytest.raises(wire.WireError):
        wire.decode(MALFORMED[name])


def test_a_tree_nested_too_deeply_is_refused() -> None:
    tree: object = 1
    for _ in range(500):
        tree = {"t": "list", "v": [tree]}
    with pytest.raises(wire.WireError, match="deep"):
        wire.decode(tree)


LEAVES = SCALARS.filter(lambda v: not isinstance(v, (complex, bytes)))
TREES = st.recursive(
    LEAVES,
    lambda trees: st.lists(trees, max_size=4) | st.dictionaries(st.text(), trees, max_size=4),
    max_leaves=10,
)
FIELDS = TREES | st.sampled_from(["<f8", "|b1", "|O", "", "AAAAAAAAAAA=", "0xff"]) | arrays()
SHAPES = st.lists(st.integers(-1, 2**70), max_size=3)


FIELD_NAMES = (
    *("hex", "re", "im", "dtype", "data", "writeable", "name"),
    *("maxlen", "factory", "fields"),
)


def near_misses(trees: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Trees with a known tag and fields of any kind, often nearly right."""
    plain = trees | FIELDS.filter(lambda field: not isinstance(field, np.ndarray))
    fields = dict.fromkeys(FIELD_NAMES, plain)
    parts = st.lists(trees, max_size=3) | plain | st.lists(st.tuples(trees, trees).map(list))
    more = {"v": parts, "shape": SHAPES | plain, **fields}
    return st.fixed_dictionaries({"t": st.sampled_from(TAGS)}, optional=more)


@given(TREES | st.recursive(LEAVES, near_misses, max_leaves=6))
def test_any_json_tree_is_a_value_or_a_wire_error(tree: object) -> None:
    try:
        value = wire.decode(json.loads(json.dumps(tree)))
    except wire.WireError:
        return
    assert fingerprint(value)[0] in (type(value), type(value).__name__)  # type: ignore[index]


def test_a_claimed_size_allocates_nothing() -> None:
    claims: list[dict[str, Any]] = [
        {"shape": [2**40]},
        {"shape": [2**31, 2**31]},
        {"shape": [2**62, 0], "data": ""},
    ]
    tracemalloc.start()
    try:
        for claim in claims:
            try:
                assert wire.decode(array_tree(**claim)).nbytes == 0
            except wire.WireError:
                continue
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 1_000_000
