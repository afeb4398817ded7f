"""What a value is, in short, told without asking the value: no code of a learner's runs for it.

A value's own class may answer anything, or never, so nothing is asked of it but what lies in the
memory of objects that Python and NumPy themselves have made.
"""

from __future__ import annotations

import itertools
import math
import types
from collections.abc import Callable
from typing import Any

import numpy as np

from grading.shared.containers import (
    brackets,
    factory_name,
    is_container,
    is_mapping,
    items_of,
)
from grading.shared.named_tuples import fields_of
from grading.shared.opaque import clean_name, type_name

from .kinds import bases_of

MAX_TEXT = 240
_MAX_PARTS = 8
_MAX_DEPTH = 3
_MAX_INT_BITS = 600
# Of a large array so many numbers at its start; of a small one, all in their rows.
_FIRST = 8
_SMALL = 24
# Of a list so many parts are looked at.
_MAX_LOOKED_AT = 100
# So many elements are looked through for NaN and infinities, in all of a trace.
MAX_SCANNED = 10_000_000

Summary = dict[str, Any]

_is_nan, _is_inf, _count = np.isnan, np.isinf, np.count_nonzero
_SCALARS = {np.dtype(code).type for code in "?bBhHiIlLqQefdgFDG"} | {np.longlong, np.ulonglong}
_DTYPES = {code: np.dtype(code).name for code in "?bBhHiIlLqQefdgFDG"}
_NUMBERS = {int, float, complex, *_SCALARS}
_MEMBERS: Any = type.__dict__["__dict__"]
_ARGS: Any = BaseException.__dict__["args"]
_NAMED = {
    types.FunctionType: "function",
    types.BuiltinFunctionType: "function",
    types.MethodType: "method",
    types.ModuleType: "module",
    np.ufunc: "function",
}


class Summaries:
    """Tells values in short, as long as there is time to look through arrays."""

    def __init__(self) -> None:
        self._left = MAX_SCANNED

    def of(self, value: Any) -> Summary:
        """Return ``{"type", "text"}`` of a value.

        Arrays have ``dtype`` and ``shape``; what holds NaN or infinities, their numbers as ``nan``
        and ``inf``.
        """
        kind = type(value)
        if kind in _PLAIN:
            return {"type": kind.__name__, "text": _PLAIN[kind](value)}
        summary: Summary = {"type": type_name(value), "text": text_of(value)}
        array = array_of(value)
        if array is not None:
            summary |= {"dtype": _dtype(array.dtype), "shape": list(array.shape)}
        nan, inf = self.blemishes(value)
        return {**summary, **({"nan": nan} if nan else {}), **({"inf": inf} if inf else {})}

    def blemishes(self, value: Any) -> tuple[int, int]:
        """Return how many NaN and how many infinities a number, an array or a list holds."""
        kind = type(value)
        if kind is float:
            return int(math.isnan(value)), int(math.isinf(value))
        if kind is list or kind is tuple:
            counts = [self.blemishes(part) for part in value[:_MAX_LOOKED_AT] if is_number(part)]
            return sum(nan for nan, _ in counts), sum(inf for _, inf in counts)
        array = value if kind in _SCALARS else array_of(value)
        if array is None or array.dtype.kind not in "fc" or array.size > self._left:
            return 0, 0
        self._left -= array.size
        return int(_count(_is_nan(array))), int(_count(_is_inf(array)))


def _dtype(dtype: Any) -> str:
    return _DTYPES.get(dtype.char) or clean_name(dtype.name)


def array_of(value: Any) -> np.ndarray[Any, Any] | None:
    """Return the array that a value is, as one of NumPy's own class."""
    if type(value) is np.ndarray:
        return value
    return np.ndarray.view(value, np.ndarray) if _is(value, np.ndarray) else None


def is_number(value: Any) -> bool:
    """Whether a value is a number of Python's or NumPy's own."""
    return type(value) in _NUMBERS


def is_class(value: Any) -> bool:
    """Whether a value is a class."""
    return _is(value, type)


def is_module(value: Any) -> bool:
    """Whether a value is a module."""
    return _is(value, types.ModuleType)


def _is(value: Any, kind: type) -> bool:
    """Whether a value is of a class, by what it is made of and not by what it says."""
    return kind in bases_of(type(value))


def text_of(value: Any) -> str:
    """Return a value as text on one line, so long and no longer."""
    try:
        text = _text(value, 0)
    except Exception:  # something of it changed meanwhile, or is not as Python made it
        text = f"<{type_name(value)}>"
    text = text.replace("\n", " ")
    return text if len(text) <= MAX_TEXT else f"{text[: MAX_TEXT - 1]}…"


def _text(value: Any, depth: int) -> str:
    kind = type(value)
    plain = _PLAIN.get(kind)
    if plain is not None:
        return plain(value)
    if kind is str or kind is bytes or kind is float or kind is complex:
        return repr(value[:MAX_TEXT] if kind in (str, bytes) else value)
    if kind in _SCALARS:
        return str(value)
    if _is(value, np.ndarray):
        return _array(value, depth)
    if is_container(kind):
        return _container(value, depth)
    return _object(value, depth)


def _int(value: int) -> str:
    is_long = value.bit_length() > _MAX_INT_BITS
    return f"<int of {value.bit_length()} bits>" if is_long else repr(value)


# What is told without a look at anything else.
_PLAIN: dict[type, Callable[[Any], str]] = {
    int: _int,
    bool: repr,
    types.NoneType: repr,
    types.EllipsisType: repr,
}


def _array(value: Any, depth: int) -> str:
    array = array_of(value)
    assert array is not None
    if array.dtype.hasobject and array.dtype.kind != "O":
        return "<array>"
    if array.size <= _SMALL and array.ndim <= _MAX_DEPTH:
        return _rows(array.tolist(), depth)
    first = array[tuple(slice(0, _FIRST) for _ in range(array.ndim))].ravel()[:_FIRST].tolist()
    return f"[{', '.join(element(part, depth) for part in first)}, …]"


def _rows(part: Any, depth: int) -> str:
    if type(part) is list:
        return f"[{', '.join(_rows(each, depth) for each in part)}]"
    return element(part, depth)


def element(value: Any, depth: int = 0) -> str:
    """Return a part of an array, of a number the first digits."""
    kind = type(value)
    return format(value, ".6g") if kind is float or kind is np.float64 else _text(value, depth + 1)


def _container(value: Any, depth: int) -> str:
    before, after = brackets(value, lambda made_by: factory_name(made_by) or _text(made_by, depth))
    if depth >= _MAX_DEPTH:
        return f"{before}…{after}"
    if is_mapping(type(value)):
        first = list(itertools.islice(items_of(value), _MAX_PARTS))
        parts = [f"{_text(k, depth + 1)}: {_text(v, depth + 1)}" for k, v in first]
    else:
        names = [f"{name}=" for name in fields_of(type(value)) or ()] or itertools.repeat("")
        some = zip(names, itertools.islice(value, _MAX_PARTS), strict=False)
        parts = [f"{name}{_text(part, depth + 1)}" for name, part in some]
    if len(value) > _MAX_PARTS:
        parts.append(f"… {len(value)} in all")
    comma = "," if type(value) is tuple and len(parts) == 1 else ""
    return f"{before}{', '.join(parts)}{comma}{after}"


def _object(value: Any, depth: int) -> str:
    kind = type(value)
    if kind in _NAMED:
        return f"<{_NAMED[kind]} {clean_name(_name(value))}>"
    if _is(value, type):
        return f"<class {clean_name(type.__dict__['__name__'].__get__(value))}>"
    if kind is range:
        bounds = [value.start, value.stop, *([value.step] if value.step != 1 else [])]
        return f"range({', '.join(_text(bound, depth) for bound in bounds)})"
    if kind is slice:
        return f"slice({', '.join(_text(b, depth) for b in (value.start, value.stop, value.step))})"
    if _is(value, BaseException):
        text = _container(tuple(_ARGS.__get__(value)), depth)
        return f"{type_name(value)}{text.replace(',)', ')')}"
    return _instance(value, depth)


def _name(value: Any) -> Any:
    function = value.__func__ if type(value) is types.MethodType else value
    return function.__name__ if type(function) in _NAMED else ""


def _instance(value: Any, depth: int) -> str:
    """Return an object's type, and what it holds."""
    members = _members(value)
    if not members or depth >= _MAX_DEPTH:
        return f"<{type_name(value)}>"
    parts = [
        f"{clean_name(name)}={_text(part, depth + 1)}"
        for name, part in list(itertools.islice(members.items(), _MAX_PARTS))
    ]
    return f"<{type_name(value)} {', '.join(parts)}{', …' if len(members) > _MAX_PARTS else ''}>"


def _members(value: Any) -> dict[Any, Any]:
    """Return the attributes that an object itself has, past any that its class pretends to have."""
    for kind in bases_of(type(value)):
        own = _MEMBERS.__get__(kind).get("__dict__")
        if type(own) is types.GetSetDescriptorType:
            members = own.__get__(value)
            return members if type(members) is dict else {}
    return {}
