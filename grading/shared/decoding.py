"""From trees to values: nothing that is read here is trusted."""

from __future__ import annotations

import base64
import math
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable
from typing import Any

import numpy as np

from .allowance import (
    MAX_COLLIDING,
    MAX_DEPTH,
    MAX_DIMENSIONS,
    MAX_INT_BITS,
    TOO_DEEP,
    Allowance,
    WireError,
)
from .containers import CHANGEABLE, FACTORIES, MAPPINGS, SEQUENCES, SETS, VIEWS, LostFactory
from .memory import Array, Coverage, Layout, strided, view
from .named_tuples import cost_of, named_class
from .opaque import Opaque, clean_name, opaque
from .scale import Scale
from .trees import DTYPE, Tree

_SEQUENCES, _SETS, _MAPPINGS = (
    {kind.__name__: kind for kind in kinds} for kinds in (SEQUENCES, SETS, MAPPINGS)
)
_VIEWS = {kind.__name__: made for kind, made in VIEWS.items()}
_NUMBERED = {"namedtuple", *_VIEWS, *_SEQUENCES, *_SETS, *_MAPPINGS, "ndarray", "view"}
_CHANGEABLE = {*(kind.__name__ for kind in CHANGEABLE), "ndarray"}
_HEX = re.compile(r"-?0x[0-9a-f]+")
# As many parts as making one more class costs.
_CLASS_NODES = 50
_MAX_STEP = 2**31


class Decoder(Allowance):
    """One decoding under way, of one value or of several that may share parts.

    Args:
        objects: what both sides know already, by number.
    """

    def __init__(self, objects: Iterable[Any] = ()) -> None:
        super().__init__()
        self.objects: list[Any] = list(objects)
        self.repeated = False
        self._in_sets = 0
        self._in_keys = 0
        self._opaques: dict[str, type[Opaque]] = {}
        self._classes: set[type] = set()
        self._memories: dict[int, Array] = {}
        self._coverage = Coverage()

    def part(self, tree: Tree) -> Any:
        """Return the value of a tree.

        Raises:
            WireError: if the tree is not one that an `Encoder` can have made.
        """
        try:
            value = self.value(tree)
        except (LookupError, TypeError, ValueError, OverflowError, AttributeError) as problem:
            raise WireError(f"malformed value: {problem}") from problem
        if self.repeated:
            Scale().weigh([value])
        return value

    def content(self, tree: Tree) -> Any:
        """Return what is in a value that both sides know: a new one, that goes under no number."""
        value = self.part(tree)
        if tree["t"] == "opaque":
            return value
        if tree["t"] not in _CHANGEABLE:
            raise WireError("content of what cannot be changed")
        self.objects.pop()
        return value

    def value(self, tree: Tree, depth: int = 0) -> Any:
        self.spend(nodes=1)
        if depth > MAX_DEPTH:
            raise WireError(TOO_DEEP)
        if tree is None or type(tree) is bool:
            return tree
        if type(tree) is float:
            return float("nan") if self._in_keys and math.isnan(tree) else tree
        if type(tree) is int:
            if tree.bit_length() >= 64:
                raise WireError("a large integer that is not written as one")
            return tree
        if type(tree) is str:
            self.spend(bytes=len(tree))
            return tree
        tag = tree["t"]
        if tag in _NUMBERED:
            value = self._numbered(tag, tree, depth)
            if not self._in_sets:
                self.objects.append(value)
            return value
        return self._leaf(tag, tree)

    def _numbered(self, tag: str, tree: Tree, depth: int) -> Any:
        if tag in _SEQUENCES:
            parts = [self.value(part, depth + 1) for part in _typed(list, tree["v"])]
            return _deque(parts, tree) if tag == "deque" else _SEQUENCES[tag](parts)
        if tag in _SETS:
            self._in_sets += 1
            elements = [self._key(part, depth + 1) for part in _typed(list, tree["v"])]
            self._in_sets -= 1
            self._weigh_keys(elements)
            return _SETS[tag](elements)
        if tag == "namedtuple":
            return self._named_tuple(tree, depth)
        if tag in _MAPPINGS:
            return self._mapping(tag, tree, depth)
        if tag in _VIEWS:
            return self._view_of_dict(tag, tree, depth)
        return self._array(tree) if tag == "ndarray" else self._view(tree)

    def _named_tuple(self, tree: Tree, depth: int) -> Any:
        name, fields = _typed(str, tree["name"]), tuple(_typed(list, tree["fields"]))
        parts = [self.value(part, depth + 1) for part in _typed(list, tree["v"])]
        if len(parts) != len(fields):
            raise WireError("a named tuple of another length")
        kind = named_class(name, fields)
        if kind not in self._classes:
            self.spend(nodes=cost_of(fields))
            self._classes.add(kind)
        self.spend(nodes=1, bytes=len(name) + sum(map(len, fields)))
        return tuple.__new__(kind, parts)

    def _view_of_dict(self, tag: str, tree: Tree, depth: int) -> Any:
        """Return what shows a part of a dict, of one that holds just that."""
        kind, part = _VIEWS[tag]
        if part == "items":
            pairs = self._pairs(tree, depth)
        elif part == "values":
            pairs = [*enumerate(self.value(v, depth + 1) for v in _typed(list, tree["v"]))]
        else:
            pairs = [(self._key(key, depth + 1), None) for key in _typed(list, tree["v"])]
            self._weigh_keys([key for key, _ in pairs])
        return getattr(kind(pairs), part)()

    def _pairs(self, tree: Tree, depth: int) -> list[tuple[Any, Any]]:
        pairs = [_typed(list, pair) for pair in _typed(list, tree["v"])]
        parts = [(self._key(k, depth + 1), self.value(v, depth + 1)) for k, v in pairs]
        self._weigh_keys([key for key, _ in parts])
        return parts

    def _mapping(self, tag: str, tree: Tree, depth: int) -> Any:
        parts = self._pairs(tree, depth)
        if tag == "defaultdict":
            return defaultdict(self._factory(tree["factory"]), parts)
        value = dict(parts)
        return value if tag == "dict" else _MAPPINGS[tag](value)  # a Counter would count pairs

    def _factory(self, tree: Tree) -> Any:
        if tree is None or type(tree) is str:
            return None if tree is None else FACTORIES[tree]
        if _typed(dict, tree)["t"] != "opaque":
            raise WireError("no factory")
        return LostFactory(clean_name(tree["name"]))

    def _key(self, tree: Tree, depth: int) -> Any:
        """Return a key; each NaN is another one, and JSON has but one for all."""
        self._in_keys += 1
        key = self.value(tree, depth)
        self._in_keys -= 1
        return key

    def _weigh_keys(self, keys: list[Any]) -> None:
        """Refuse keys if looking them up were to compare each with many others."""
        if self.repeated:  # a hash walks all of its key
            Scale().weigh(keys)
        if len(keys) > MAX_COLLIDING:
            ((_, count),) = Counter(map(hash, keys)).most_common(1)
            if count > MAX_COLLIDING:
                raise WireError("too many keys with one hash")

    def _leaf(self, tag: str, tree: Tree) -> Any:
        if tag == "int":
            return self._integer(tree)
        if tag == "complex":
            return complex(_typed(float, tree["re"]), _typed(float, tree["im"]))
        if tag in ("bytes", "bytes_"):
            return self._bytes(tree) if tag == "bytes" else np.bytes_(self._bytes(tree))
        if tag == "str_":
            self.spend(bytes=4 * len(_typed(str, tree["v"])))
            return np.str_(tree["v"])
        if tag == "range":
            return self._range(tree)
        if tag == "float64":
            return np.float64(_typed(float, tree["v"]))
        if tag == "numpy":
            dtype = _dtype(tree)
            return np.frombuffer(self._data(tree, dtype.itemsize), dtype)[0]
        if tag == "opaque":
            return self._opaque(tree["name"])
        if tag == "same":
            self.repeated = True
            return self._known(tree["n"])
        raise WireError(f"unknown tag {tag!r}")

    def _integer(self, tree: Tree) -> int:
        digits = _typed(str, tree["hex"])
        if len(digits) > MAX_INT_BITS // 4 + 3 or not _HEX.fullmatch(digits):
            raise WireError("no integer")
        self.spend(bytes=len(digits))
        return int(digits, 16)

    def _range(self, tree: Tree) -> range:
        start, stop, step = (
            self._integer(bound) if type(bound) is dict else _typed(int, bound)
            for bound in _typed(list, tree["v"])
        )
        value = range(start, stop, step)
        self.spend(nodes=len(value))
        return value

    def _known(self, number: Any) -> Any:
        if not 0 <= _typed(int, number) < len(self.objects):
            raise WireError("a number that nothing goes under")
        return self.objects[number]

    def _opaque(self, name: Any) -> Opaque:
        name = clean_name(name)
        if name not in self._opaques:
            self.spend(nodes=_CLASS_NODES)
            self._opaques[name] = type(opaque(name))
        return self._opaques[name]()

    def _array(self, tree: Tree) -> Array:
        dtype, shape = _dtype(tree), _shape(tree)
        writeable = _typed(bool, tree["writeable"])
        joined = "memory" in tree
        array = self._in_memory(tree, dtype, shape) if joined else self._own(tree, dtype, shape)
        base = tree.get("base")
        if base is not None:
            if base == "locked" and not joined:
                array.setflags(write=False)
            array = array[...]
        if not writeable:
            array.setflags(write=False)
        return array

    def _own(self, tree: Tree, dtype: np.dtype[Any], shape: tuple[int, ...]) -> Array:
        data = self._data(tree, math.prod(shape) * dtype.itemsize)
        content = np.frombuffer(data, dtype).reshape(shape)
        if "strides" not in tree:
            return content.copy()
        layout = self._layout(tree, dtype, shape, 0)
        self.spend(bytes=layout.gaps)
        return strided(content, layout.strides)

    def _in_memory(self, tree: Tree, dtype: np.dtype[Any], shape: tuple[int, ...]) -> Array:
        """Return an array in a memory that it shares with others: the first one brings it."""
        number = _typed(int, tree["memory"])
        if number not in self._memories:
            self._memories[number] = np.frombuffer(self._bytes(tree), "u1").copy()
        memory = self._memories[number]
        layout = self._layout(tree, dtype, shape, _typed(int, tree["offset"]))
        self.spend(bytes=layout.nbytes)
        if layout.low < 0 or layout.high > memory.size:
            raise WireError("an array outside of its memory")
        return layout.on(memory, 0)

    def _view(self, tree: Tree) -> Array:
        outer = _typed(np.ndarray, self._known(tree["of"]))
        layout = self._layout(tree, _dtype(tree), _shape(tree), _typed(int, tree["offset"]))
        self.repeated = True
        self.spend(bytes=layout.nbytes)
        if not self._coverage.holds(outer, layout):
            raise WireError("a view that reaches beyond its array")
        array = view(outer, layout)
        if not _typed(bool, tree["writeable"]):
            array.setflags(write=False)
        return array

    def _layout(
        self, tree: Tree, dtype: np.dtype[Any], shape: tuple[int, ...], offset: int
    ) -> Layout:
        strides = tuple(_typed(int, step) for step in _typed(list, tree["strides"]))
        if len(strides) != len(shape) or any(abs(step) > _MAX_STEP for step in strides):
            raise WireError("strides that do not fit")
        return Layout(dtype, shape, strides, offset)

    def _data(self, tree: Tree, size: int) -> bytes:
        data = self._bytes(tree)
        if len(data) != size:
            raise WireError("data of the wrong length")
        return data

    def _bytes(self, tree: Tree) -> bytes:
        data = base64.b64decode(_typed(str, tree["data"]), validate=True)
        self.spend(bytes=len(data))
        return data


def _dtype(tree: Tree) -> np.dtype[Any]:
    dtype = _typed(str, tree["dtype"])
    if not DTYPE.fullmatch(dtype):
        raise WireError("a dtype that is not allowed")
    made: np.dtype[Any] = np.dtype(dtype)
    return made


def _shape(tree: Tree) -> tuple[int, ...]:
    shape = tuple(_typed(int, n) for n in _typed(list, tree["shape"]))
    if len(shape) > MAX_DIMENSIONS or any(not 0 <= n < 2**48 for n in shape):
        raise WireError("a shape that no array has")
    return shape


def _deque(parts: list[Any], tree: Tree) -> deque[Any]:
    most = tree["maxlen"]
    if most is not None and len(parts) > _typed(int, most):
        raise WireError("a deque that is longer than it can be")
    return deque(parts, most)


def _typed(kind: type, part: Any) -> Any:
    """Return a part of a tree that has to be of just this type."""
    if type(part) is not kind:
        raise WireError(f"{type(part).__name__} in place of {kind.__name__}")
    return part
