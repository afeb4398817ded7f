"""Values that may cross between candidate and judge, as trees that JSON can carry.

Scalars of JSON stand for themselves; everything else is ``{"t": tag, ...}``. Python's own JSON is
used on both ends, so NaN, infinities, -0.0 and lone surrogates survive; JavaScript never parses
these texts. There is no pickle: decoding builds only the types listed here, and classes of named
tuples by checked names. A value of any other type, subclasses included, arrives as an `Opaque` that
knows its type's name and equals nothing.

Containers and arrays have an identity: in a message each goes under the number of its
place in the order in which they are complete, and where it comes again stands ``same`` with that
number. An array that lies in another one's memory is a ``view``; arrays that overlap and hold one
another in part lie in one ``memory``. The numbers of a call go on in its answer, which so tells
what became of each argument, and where an argument is in the result.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from .allowance import MAX_BYTES, MAX_DEPTH, MAX_INT_BITS, MAX_NODES, TOO_DEEP, WireError
from .decoding import Decoder
from .encoding import Encoder, scalar
from .opaque import MAX_NAME, Opaque, clean_name, opaque, type_name
from .trees import RECORD, Tree, is_record

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_INT_BITS",
    "MAX_NAME",
    "MAX_NODES",
    "RECORD",
    "TOO_DEEP",
    "Decoder",
    "Encoder",
    "Given",
    "Opaque",
    "Tree",
    "WireError",
    "clean_name",
    "decode",
    "decode_call",
    "encode",
    "encode_call",
    "is_record",
    "number",
    "opaque",
    "parse",
    "scalar",
    "type_name",
]

# A tree has two levels of JSON to each of a value's, a dict's three, and an answer a few around it.
_MAX_JSON_DEPTH = 3 * MAX_DEPTH + 8
_MAX_TOKENS = 10 * MAX_NODES
# In so few characters nothing can be too much but the brackets.
_SHORT = 1000
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_NUMBER = re.compile(r"[0-9]{25}")
# How an `np.float64` is written: a finite one by its digits, another by its bytes.
_DOUBLES = [["float64", None], ["numpy", "<f8"]]
_BRACKET = re.compile(r"[][{}]")


def encode(value: Any) -> Tree:
    """Return the tree of a value; what cannot cross becomes an opaque tree, never an error."""
    return Encoder().part(value)


def decode(tree: Tree) -> Any:
    """Return the value of a tree.

    Raises:
        WireError: if the tree is not one that `encode` can have made.
    """
    return Decoder().part(tree)


class Given(NamedTuple):
    """The arguments of a call, and all that has an identity in them, by number."""

    args: list[Any]
    kwargs: dict[str, Any]
    objects: list[Any]


def encode_call(args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[dict[str, Tree], Given]:
    """Return the trees of a call's arguments, all of which must arrive whole.

    Raises:
        WireError: if a value, or a part of it, cannot cross.
    """
    encoder = Encoder(exact=True)
    trees = encoder.call(args, kwargs)
    return trees, Given(list(args), kwargs, encoder.objects)


def decode_call(trees: dict[str, Tree]) -> Given:
    """Return the arguments of a call as new values."""
    decoder = Decoder()
    decoder.allow(len(trees["kwargs"]) + len(trees["args"]))
    kwargs = {name: decoder.part(tree) for name, tree in trees["kwargs"].items()}
    args = [decoder.part(tree) for tree in trees["args"]]
    return Given(args, kwargs, decoder.objects)


def number(tree: Tree) -> float | None:
    """Return the number of a tree of a float or an ``np.float64``; None for any other."""
    if type(tree) is dict and [tree.get("t"), tree.get("dtype")] in _DOUBLES:
        return float(decode(tree))
    return tree if type(tree) is float else None


def parse(text: str) -> Any:
    """Return what a stranger's JSON says.

    Raises:
        WireError: if it is none, or nests deeper or holds more than any answer does.
    """
    if len(text) > _SHORT or text.count("[") + text.count("{") > _MAX_JSON_DEPTH:
        _bound(text)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise WireError("no JSON") from problem


def _bound(text: str) -> None:
    """Refuse a text before anything recursive reads it."""
    if text.count('"') - text.count('\\"') > 2 * _MAX_TOKENS:
        raise WireError("too many texts")
    bare = _STRING.sub("", text)
    brackets = sum(map(bare.count, "[]{}"))
    if bare.count(",") + brackets > _MAX_TOKENS or _NUMBER.search(bare):
        raise WireError("too many parts, or too long a number")
    depth = 0
    for bracket in _BRACKET.finditer(bare):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > _MAX_JSON_DEPTH:
            raise WireError(TOO_DEEP)
