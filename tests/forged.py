"""Answers that no honest candidate gives, as texts."""

from __future__ import annotations

import json
from typing import Any

from grading.shared import wire

# What the answers are said to: numbers 0 to 39 are the lists within list 40, then comes an array.
LISTS = 40
ARRAY = LISTS + 1
NEXT = ARRAY + 1
CALL = json.dumps(
    {
        "function": "f",
        "args": [
            {"t": "list", "v": [{"t": "list", "v": []}] * LISTS},
            {
                "t": "ndarray",
                "dtype": "<f8",
                "shape": [2],
                "data": "A" * 21 + "A==",
                "writeable": True,
            },
        ],
        "kwargs": {},
    }
)


def said(**other: Any) -> str:
    """Return the text of an answer, with fields exchanged or (...) left out."""
    fields = {"kind": "returned", "value": 9, "changed": [], "stdout": "", **other}
    return json.dumps({key: field for key, field in fields.items() if field is not ...})


ERROR = {
    **{"type": "A", "builtin": "ValueError", "message": "negative", "traceback": ""},
    **{"line": 1, "column": 1, "end_line": 1, "end_column": 2, "suggestion": "", "clues": {}},
}


def raised(**other: Any) -> str:
    """Return the text of an answer that tells of an exception, with fields exchanged."""
    return said(kind="raised", error={**ERROR, **other})


def listed(*parts: Any) -> dict[str, Any]:
    return {"t": "list", "v": list(parts)}


def same(number: int) -> dict[str, Any]:
    return {"t": "same", "n": number}


def array(**other: Any) -> dict[str, Any]:
    """Return the tree of one zero, with some fields exchanged."""
    data = {"dtype": "<f8", "shape": [1], "data": "AAAAAAAAAAA=", "writeable": True}
    return {"t": "ndarray", **data, **other}


def viewed(**other: Any) -> dict[str, Any]:
    """Return the tree of a view of the call's array, with some fields exchanged."""
    view = {"of": ARRAY, "dtype": "<f8", "shape": [2], "strides": [8], "offset": 0}
    return {"t": "view", **view, "writeable": True, **other}


def gaps(count: int) -> dict[str, Any]:
    """Return a list of an array with gaps, and of so many views with more, each in the last."""
    size = 1_800_000
    first = array(dtype="|u1", shape=[size // 2], strides=[2], data="A" * (size // 3 * 2))
    ends = {"dtype": "|u1", "shape": [2], "strides": [size - 2], "offset": 0}
    return listed(first, *(viewed(of=NEXT + n, **ends) for n in range(count)))


def colliding(modulus: int, count: int) -> dict[str, Any]:
    """Return a dict of keys that all hash to 0 where Python hashes by this modulus."""
    keys = [n * modulus for n in range(1, count)]
    trees = [key if key < 2**63 else {"t": "int", "hex": hex(key)} for key in keys]
    return {"t": "dict", "v": [[key, 1] for key in trees]}


def doubling(levels: int, tag: str = "list") -> dict[str, Any]:
    """Return a list of values, each of which holds the one before it twice."""
    parts: list[Any] = [{"t": tag, "v": []}]
    parts += [{"t": tag, "v": [same(NEXT + n)] * 2} for n in range(levels)]
    return listed(*parts)


def doubling_named(levels: int) -> dict[str, Any]:
    """Return a list of named tuples, each of which holds the one before it twice."""
    named = {"t": "namedtuple", "name": "A", "fields": ["a", "b"]}
    parts = [{**named, "v": [same(NEXT + n - 1)] * 2 if n else [1, 2]} for n in range(levels)]
    return listed(*parts, {"t": "dict", "v": [[same(NEXT + levels - 1), 1]]})


def nested(levels: int) -> dict[str, Any]:
    """Return a list in a list, and so on."""
    tree: dict[str, Any] = listed()
    for _ in range(levels - 1):
        tree = listed(tree)
    return tree


def classes(count: int) -> dict[str, Any]:
    """Return a list of named tuples, each of another class."""
    return listed(
        *({"t": "namedtuple", "name": f"A{n}", "fields": [], "v": []} for n in range(count))
    )


def doubling_key(levels: int) -> dict[str, Any]:
    """Return a dict whose key takes for ever to hash."""
    tuples = doubling(levels, "tuple")["v"]
    return listed(*tuples, {"t": "dict", "v": [[same(NEXT + levels), 1]]})


_MERSENNE = {31: 2**31 - 1, 61: 2**61 - 1}

# By what is wrong with them. All are refused at once, whatever they claim.
TOO_MUCH = {
    "a few thousand brackets": "[" * 3_000,
    "brackets that close": "[" + "[]," * 2_000_000 + "[]]",
    "a long list": "[" + "1," * 5_000_000 + "1]",
    "a number without end": "9" * 5_000_000,
    "many long numbers": "[" + ",".join(["9" * 4_300] * 1_000) + "]",
    "a fraction without end": "0." + "1" * 5_000_000,
    "nothing but quotes": '"' * 5_000_000,
    "nothing but escapes": '"' + "\\\\" * 2_000_000,
    "a list nested too deeply": said(value=nested(wire.MAX_DEPTH + 2)),
    "views with gaps of one another": said(value=gaps(5_000)),
    "an integer without end": said(value={"t": "int", "hex": "0x" + "f" * 5_000_000}),
    "an integer of other digits": said(value={"t": "int", "hex": "0x_1"}),
    "a large integer that is not written as one": said(value=2**63),
    "a great many classes": said(
        value=listed(*({"t": "opaque", "name": f"n{n}"} for n in range(50_000)))
    ),
    "keys of one hash, 32 bits": said(value=colliding(_MERSENNE[31], 50_000)),
    "keys of one hash, 64 bits": said(value=colliding(_MERSENNE[61], 50_000)),
    "a list that doubles": said(value=doubling(30)),
    "a tuple that doubles": said(value=doubling(30, "tuple")),
    "a key that doubles": said(value=doubling_key(30)),
    "a named tuple that doubles": said(value=doubling_named(30)),
    "a great many classes of named tuples": said(value=classes(20_000)),
    "values that double": said(value=doubling(30, "dict_values")),
    "arguments that double": said(
        changed=[[n, listed(same(n + 1), same(n + 1))] for n in range(LISTS - 1)]
    ),
    "an argument that holds itself": said(changed=[[0, listed(same(0))]]),
    "a shape without end": said(value=array(shape=[2**40] * 50_000)),
    "a shape of nothing": said(value=array(shape=[0, 2**60], data="")),
    "an array spread out over all memory": said(value=array(strides=[2**40])),
    "an array with gaps": said(value=array(shape=[2], data="A" * 21 + "A==", strides=[2**30])),
    "a view of very many": said(value=viewed(shape=[10**9], strides=[0])),
}
OUT_OF_REACH = {
    "a view before its array": said(value=viewed(offset=-8)),
    "a view behind its array": said(value=viewed(offset=8)),
    "a view that is too long": said(value=viewed(shape=[3])),
    "a view by large steps": said(value=viewed(strides=[16])),
    "a view of a list": said(value=viewed(of=0)),
    "a view of nothing": said(value=viewed(of=NEXT)),
    "a view of objects": said(value=viewed(dtype="|O")),
    "a number that nothing goes under": said(value=same(NEXT)),
    "a number below zero": said(value=same(-1)),
    "a number that is none": said(value=same(True)),
    "a change of nothing": said(changed=[[NEXT, listed()]]),
    "a change of what is below zero": said(changed=[[-1, listed()]]),
    "a change into another type": said(changed=[[ARRAY, listed()]]),
    "a change into a number": said(changed=[[0, 1]]),
    "a change into another list": said(changed=[[0, same(1)]]),
    "a memory that is too small": said(
        value=array(memory=0, offset=0, strides=[8], data="AAAA", base="writeable")
    ),
    "a memory that begins before": said(value=array(memory=0, offset=-8, strides=[8])),
}
