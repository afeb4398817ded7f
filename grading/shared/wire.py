"""Values that may cross between candidate and judge, as trees that JSON can carry.

Scalars of JSON stand for themselves; everything else is ``{"t": tag, ...}``. Python's own JSON is
used on both ends, so NaN, infinities, -0.0 and lone surrogates survive; JavaScript never parses
these texts. There is no pickle: decoding builds only the types listed here. A value of any other
type, subclasses included, arrives as an `Opaque` that knows its type's name and equals nothing.
"""

from __future__ import annotations

import base64
import math
import re
from typing import Any

import numpy as np

MAX_DEPTH = 32
MAX_NODES = 100_000
MAX_BYTES = 8_000_000
MAX_INT_BITS = 65_536
MAX_NAME = 80

_DTYPE = re.compile(r"[<>|](b1|[iu][1248]|f[248]|c8|c16)")
_SCALARS = tuple(np.dtype(code).type for code in "?bBhHiIlLqQefdFD")
_FLOAT64 = np.dtype("f8").str
_SEQUENCES: dict[str, type] = {"list": list, "tuple": tuple}

_NAME: Any = type.__dict__["__name__"]

Tree = Any

# The tag of a recorded answer of the reference's that is more than a value: one that raised, or
# that changed an argument.
RECORD = "answer"


class WireError(ValueError):
    """A text or tree that is not of the wire's form, or a value that it cannot carry."""


class Opaque:
    """A value that did not cross: only its type's name did. It equals nothing, itself included."""

    def __eq__(self, other: object) -> bool:
        return False

    def __ne__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


def opaque(type_name: str) -> Opaque:
    """Return a new `Opaque` whose class goes by ``type_name``."""
    value = type(clean_name(type_name), (Opaque,), {})()
    assert isinstance(value, Opaque)
    return value


def clean_name(name: object) -> str:
    """Return a type's name as it may be shown: a short run of printable characters."""
    text = name if type(name) is str else "object"
    return "".join(c for c in text if c.isprintable())[:MAX_NAME] or "object"


def type_name(value: object) -> str:
    """Return the name of a value's type, whatever the type itself pretends to be called."""
    return clean_name(_NAME.__get__(type(value)))


class _Allowance:
    """What is left of the size that one value may have."""

    def __init__(self) -> None:
        self.nodes = MAX_NODES
        self.bytes = MAX_BYTES

    def spend(self, nodes: int = 0, bytes: int = 0) -> None:
        self.nodes -= nodes
        self.bytes -= bytes
        if self.nodes < 0 or self.bytes < 0:
            raise WireError("too large to send")


class _Encoder(_Allowance):
    """One encoding under way."""

    def tree(self, value: Any, depth: int = 0) -> Tree:
        kind = type(value)
        self.spend(nodes=1)
        if depth > MAX_DEPTH:
            raise WireError("nested too deeply")
        if value is None or kind is bool or kind is float:
            return value
        if kind is int:
            return self.integer(value)
        if kind is str:
            self.spend(bytes=len(value))
            return value
        if kind is complex:
            return {"t": "complex", "re": value.real, "im": value.imag}
        if kind is list or kind is tuple:
            return {"t": kind.__name__, "v": [self.tree(v, depth + 1) for v in value]}
        if kind is dict:
            pairs = [[self.tree(k, depth + 1), self.tree(v, depth + 1)] for k, v in value.items()]
            if _has_opaque([key for key, _ in pairs]):  # it could be no key over there
                return {"t": "opaque", "name": "dict (with a key that cannot be sent)"}
            return {"t": "dict", "v": pairs}
        if kind is np.ndarray and _DTYPE.fullmatch(value.dtype.str):
            return self.array(value)
        if any(kind is scalar for scalar in _SCALARS):
            return self.numpy_scalar(value)
        return {"t": "opaque", "name": type_name(value)}

    def integer(self, value: int) -> Tree:
        bits = value.bit_length()
        if bits > MAX_INT_BITS:
            raise WireError("integer too large")
        self.spend(bytes=bits // 4 + 4)
        return value if bits < 64 else {"t": "int", "hex": hex(value)}

    def array(self, value: np.ndarray[Any, Any]) -> Tree:
        self.spend(bytes=value.nbytes)
        return {
            "t": "ndarray",
            "dtype": value.dtype.str,
            "shape": list(value.shape),
            "data": base64.b64encode(value.tobytes()).decode("ascii"),
            "writeable": bool(value.flags.writeable),
        }

    def numpy_scalar(self, value: np.generic) -> Tree:
        self.spend(bytes=value.nbytes)
        data = base64.b64encode(value.tobytes()).decode("ascii")
        return {"t": "numpy", "dtype": value.dtype.str, "data": data}


def encode(value: Any) -> Tree:
    """Return the tree of a value; what cannot cross becomes an opaque tree, never an error."""
    try:
        return _Encoder().tree(value)
    except WireError as problem:
        return {"t": "opaque", "name": f"{type_name(value)} ({problem})"}


def encode_exactly(value: Any) -> Tree:
    """Return the tree of a value that must arrive whole.

    Raises:
        WireError: if the value, or a part of it, cannot cross.
    """
    tree = _Encoder().tree(value)
    if _has_opaque(tree):
        raise WireError(f"a value of type {type_name(value)} cannot be sent")
    return tree


def _has_opaque(tree: Tree) -> bool:
    if type(tree) is list:
        return any(_has_opaque(part) for part in tree)
    if type(tree) is dict:
        return tree["t"] == "opaque" or _has_opaque(tree.get("v", []))
    return False


def is_record(tree: Tree) -> bool:
    """Whether a recorded answer is more than a value."""
    return type(tree) is dict and tree.get("t") == RECORD


def number(tree: Tree) -> float | None:
    """Return the number of a tree of a float or an ``np.float64``; None for any other."""
    if type(tree) is dict and tree.get("t") == "numpy" and tree.get("dtype") == _FLOAT64:
        return float(decode(tree))
    return tree if type(tree) is float else None


def decode(tree: Tree) -> Any:
    """Return the value of a tree.

    Raises:
        WireError: if the tree is not one that `encode` can have made.
    """
    try:
        return _Decoder().value(tree)
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as problem:
        raise WireError(f"malformed value: {problem}") from problem


class _Decoder(_Allowance):
    """One decoding under way: it trusts nothing that it reads."""

    def value(self, tree: Tree, depth: int = 0) -> Any:
        self.spend(nodes=1)
        if depth > MAX_DEPTH:
            raise WireError("nested too deeply")
        if tree is None or type(tree) in (bool, int, float):
            return tree
        if type(tree) is str:
            self.spend(bytes=len(tree))
            return tree
        tag = tree["t"]
        if tag in _SEQUENCES:
            parts = _typed(list, tree["v"])
            return _SEQUENCES[tag]([self.value(part, depth + 1) for part in parts])
        if tag == "dict":
            pairs = [_typed(list, pair) for pair in _typed(list, tree["v"])]
            return {self.value(k, depth + 1): self.value(v, depth + 1) for k, v in pairs}
        return self.leaf(tag, tree)

    def leaf(self, tag: str, tree: Tree) -> Any:
        if tag == "int":
            digits = _typed(str, tree["hex"])
            self.spend(bytes=len(digits))
            return int(digits, 16)
        if tag == "complex":
            return complex(_typed(float, tree["re"]), _typed(float, tree["im"]))
        if tag == "ndarray":
            return self.array(tree)
        if tag == "numpy":
            return np.frombuffer(self.data(tree, 1), dtype=tree["dtype"])[0]
        if tag == "opaque":
            return opaque(tree["name"])
        raise WireError(f"unknown tag {tag!r}")

    def array(self, tree: Tree) -> np.ndarray[Any, Any]:
        shape = tuple(_typed(int, n) for n in _typed(list, tree["shape"]))
        if any(n < 0 for n in shape):
            raise WireError("negative shape")
        flat = np.frombuffer(self.data(tree, math.prod(shape)), dtype=tree["dtype"])
        array = flat.reshape(shape).copy()
        array.setflags(write=_typed(bool, tree["writeable"]))
        return array

    def data(self, tree: Tree, count: int) -> bytes:
        dtype = _typed(str, tree["dtype"])
        if not _DTYPE.fullmatch(dtype):
            raise WireError("a dtype that is not allowed")
        data = base64.b64decode(_typed(str, tree["data"]), validate=True)
        self.spend(bytes=len(data))
        if len(data) != count * np.dtype(dtype).itemsize:
            raise WireError("data of the wrong length")
        return data


def _typed(kind: type, part: Any) -> Any:
    """Return a part of a tree that has to be of just this type."""
    if type(part) is not kind:
        raise WireError(f"{type(part).__name__} in place of {kind.__name__}")
    return part
