"""From values to trees."""

from __future__ import annotations

import json
import math
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from json.encoder import encode_basestring_ascii
from typing import Any

import numpy as np

from .allowance import MAX_DEPTH, MAX_INT_BITS, TOO_DEEP, WireError
from .array_encoding import ArrayEncoder, base64_text
from .containers import (
    BRACKETS,
    SETS,
    LostFactory,
    factory_name,
    has_pairs,
    is_keys,
    items_of,
)
from .named_tuples import cost_of, fields_of
from .opaque import type_name
from .scale import Scale
from .trees import CODES, DTYPE, Tree

# By their identity: to look for a type, as for any value, may be to run code of its metaclass.
_SCALARS = {id(np.dtype(code).type) for code in CODES}
# What has an identity and goes under a number, by which it is known where it comes again.
_NUMBERED = {id(kind) for kind in (*BRACKETS, np.ndarray)}


class Encoder(ArrayEncoder):
    """One encoding under way, of one value or of several that may share parts.

    Args:
        objects: what both sides know already, by number.
        exact: whether all has to arrive whole; what cannot cross is an error then.
    """

    def __init__(self, objects: Iterable[Any] = (), exact: bool = False) -> None:
        super().__init__(objects, exact)
        self._in_sets = 0
        # By their identity, and kept, so that no other takes the place of one.
        self._classes: dict[int, tuple[type, tuple[str, ...] | None]] = {}

    def call(self, args: Sequence[Any], kwargs: dict[str, Any]) -> dict[str, Tree]:
        """Return the trees of a call's arguments."""
        self.allow(len(kwargs) + len(args))
        named = {name: self.tree(value) for name, value in kwargs.items()}
        trees = {"args": [self.tree(value) for value in args], "kwargs": named}
        self._join()
        if self._repeated:
            Scale().weigh([*args, *kwargs.values()])
        return trees

    def part(self, value: Any) -> Tree:
        """Return the tree of a value; what is too much of it becomes an opaque tree."""
        return self._or_opaque(value, self.tree)

    def contents(self, numbers: list[int]) -> list[list[Any]]:
        """Return what is now in values that the other side knows already, each by its number."""
        mark = len(self.objects)
        contents = [[n, self._or_opaque(self.objects[n], self._content)] for n in numbers]
        try:
            if contents:
                Scale().weigh(self.objects[:mark])
        except WireError as problem:
            self._forget(mark)
            name = f"{type_name(self.objects[numbers[0]])} ({problem})"
            return [[n, {"t": "opaque", "name": name}] for n in numbers]
        return contents

    def _or_opaque(self, value: Any, encode: Any) -> Tree:
        mark = len(self.objects), self.nodes, self.bytes
        try:
            tree = encode(value)
            self._join()
            if self._repeated:
                Scale().weigh([value])
            return tree
        except WireError as problem:
            if self.exact:
                raise
            self._forget(mark[0])
            _, self.nodes, self.bytes = mark
            return {"t": "opaque", "name": f"{type_name(value)} ({problem})"}

    def _content(self, value: Any) -> Tree:
        self.spend(nodes=1)
        if type(value) is np.ndarray:
            return (
                self._changed_array(value) if DTYPE.fullmatch(value.dtype.str) else _opaque(value)
            )
        return self._parts(value, 0) if id(type(value)) in _PARTS else _opaque(value)

    def tree(self, value: Any, depth: int = 0) -> Tree:
        kind = type(value)
        self.spend(nodes=1)
        if depth > MAX_DEPTH:
            raise WireError(TOO_DEEP)
        if value is None or kind is bool or kind is float:
            return value
        if kind is int:
            return self._integer(value)
        if kind is str:
            self.spend(bytes=len(encode_basestring_ascii(value)) - 2)
            return value
        if kind is complex:
            return {"t": "complex", "re": value.real, "im": value.imag}
        if kind is bytes:
            self.spend(bytes=len(value))
            return {"t": "bytes", "data": base64_text(value)}
        if id(kind) in _NUMBERED:
            return self._numbered(value, depth)
        if id(kind) in _SCALARS:
            self.spend(bytes=value.nbytes)
            return scalar(value)
        if id(kind) in _LEAVES:
            return _LEAVES[id(kind)](self, value)
        if issubclass(kind, tuple) and self._fields_of(kind) is not None:
            return self._numbered(value, depth)
        return self._opaque(value)

    def _fields_of(self, kind: type) -> tuple[str, ...] | None:
        """Return the fields of a class of named tuples, if it is one that crosses."""
        if id(kind) not in self._classes:
            fields = fields_of(kind)
            self._classes[id(kind)] = kind, fields
            self.spend(nodes=0 if fields is None else cost_of(fields))
        return self._classes[id(kind)][1]

    def _opaque(self, value: Any) -> Tree:
        if self.exact:
            raise WireError(f"a value of type {_name(value)} cannot be sent")
        self._opaques += 1
        return _opaque(value)

    def _integer(self, value: int) -> Tree:
        bits = value.bit_length()
        if bits > MAX_INT_BITS:
            raise WireError("integer too large")
        self.spend(bytes=bits // 4 + 4)
        return value if bits < 64 else {"t": "int", "hex": hex(value)}

    def _range(self, value: range) -> Tree:
        try:
            self.spend(nodes=len(value))  # as a list of it would: whoever reads it may make one
        except OverflowError:
            raise WireError("too large to send") from None
        bounds = value.start, value.stop, value.step
        return {"t": "range", "v": [self._integer(int(bound)) for bound in bounds]}

    def _text(self, value: np.str_) -> Tree:
        self.spend(bytes=4 * len(value))
        return {"t": "str_", "v": str.__str__(value)}

    def _bytes(self, value: np.bytes_) -> Tree:
        data = bytes.__bytes__(value)
        self.spend(bytes=len(data))
        return {"t": "bytes_", "data": base64_text(data)}

    def _numbered(self, value: Any, depth: int) -> Tree:
        if self._in_sets:
            return self._parts(value, depth)
        number = self._numbers.get(id(value))
        if number is not None:
            self._repeated = True
            return {"t": "same", "n": number}
        if type(value) is np.ndarray:
            if not DTYPE.fullmatch(value.dtype.str):
                return self._opaque(value)
            return self._array(value)
        mark = len(self.objects)
        tree = self._parts(value, depth)
        if tree["t"] == "opaque":
            self._forget(mark)
        else:
            self._enter(value)
        return tree

    def _parts(self, value: Any, depth: int) -> dict[str, Tree]:
        return _PARTS.get(id(type(value)), Encoder._named_tuple)(self, value, depth)

    def _sequence(self, value: Any, depth: int) -> dict[str, Tree]:
        return {"t": type(value).__name__, "v": [self.tree(part, depth + 1) for part in value]}

    def _deque(self, value: Any, depth: int) -> dict[str, Tree]:
        return {**self._sequence(value, depth), "maxlen": value.maxlen}

    def _named_tuple(self, value: Any, depth: int) -> dict[str, Tree]:
        name, fields = type_name(value), self._fields_of(type(value)) or ()
        self.spend(nodes=1, bytes=len(name) + sum(map(len, fields)))
        parts = [self.tree(part, depth + 1) for part in value]
        return {"t": "namedtuple", "name": name, "fields": [*fields], "v": parts}

    def _mapping(self, value: Any, depth: int) -> dict[str, Tree]:
        name = type(value).__name__
        pairs = [[self._key(k, depth), self.tree(v, depth + 1)] for k, v in items_of(value)]
        if any(key is None for key, _ in pairs):
            return {"t": "opaque", "name": f"{name} (with a key that cannot be sent)"}
        return {"t": name, "v": [[key[0], part] for key, part in pairs]}

    def _defaultdict(self, value: Any, depth: int) -> dict[str, Tree]:
        tree = self._mapping(value, depth)
        is_lost = tree["t"] == "opaque"
        return tree if is_lost else {**tree, "factory": self._factory(value.default_factory)}

    def _keys(self, value: Any, depth: int) -> dict[str, Tree]:
        name = type(value).__name__
        keys = [self._key(key, depth) for key in value]
        if None in keys:
            return {"t": "opaque", "name": f"{name} (with a key that cannot be sent)"}
        return {"t": name, "v": [key[0] for key in keys if key]}

    def _factory(self, factory: Any) -> Tree:
        """Return what makes a `defaultdict`'s defaults: types have names, and code is lost."""
        name = factory_name(factory)
        if factory is None or name is not None:
            return name
        if type(factory) is LostFactory:
            return {"t": "opaque", "name": factory.name}
        if self.exact:
            raise WireError("a defaultdict whose default is made by code cannot be sent")
        return _opaque(factory)

    def _set(self, value: Any, depth: int) -> dict[str, Tree]:
        """Return the tree of a set, of equal ones the same; so its elements go under no numbers."""
        name = type(value).__name__
        self._in_sets += 1
        try:
            elements = [self._key(element, depth) for element in value]
        finally:
            self._in_sets -= 1
        if None in elements:
            return {"t": "opaque", "name": f"{name} (with an element that cannot be sent)"}
        return {"t": name, "v": sorted((each[0] for each in elements if each), key=json.dumps)}

    def _key(self, key: Any, depth: int) -> list[Tree] | None:
        """Return a key's tree, or None if it could be no key over there."""
        before = self._opaques
        tree = self.tree(key, depth + 1)
        return None if self._opaques > before else [tree]


# How containers are encoded, by the identity of their types; the others are named tuples.
_PARTS: dict[int, Callable[[Encoder, Any, int], dict[str, Tree]]] = {
    **{id(kind): Encoder._sequence for kind in BRACKETS},
    **{id(kind): Encoder._set for kind in SETS},
    **{id(kind): Encoder._mapping for kind in BRACKETS if has_pairs(kind)},
    **{id(kind): Encoder._keys for kind in BRACKETS if is_keys(kind)},
    id(deque): Encoder._deque,
    id(defaultdict): Encoder._defaultdict,
}
# What holds no other values and is seldom met.
_LEAVES: dict[int, Callable[[Encoder, Any], Tree]] = {
    id(range): Encoder._range,
    id(np.str_): Encoder._text,
    id(np.bytes_): Encoder._bytes,
}


def scalar(value: np.generic) -> dict[str, Tree]:
    """Return the tree of a NumPy scalar of a dtype that crosses."""
    if type(value) is np.float64 and math.isfinite(value):
        return {"t": "float64", "v": float(value)}  # half as much work as its bytes
    return {"t": "numpy", "dtype": value.dtype.str, "data": base64_text(value.tobytes())}


def _opaque(value: Any) -> Tree:
    return {"t": "opaque", "name": _name(value)}


def _name(value: Any) -> str:
    """Return the name of a type; of an array, the dtype too, which is what does not cross."""
    name = type_name(value)
    return f"{name} (of dtype {value.dtype.str})" if type(value) is np.ndarray else name
