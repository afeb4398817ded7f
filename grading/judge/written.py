"""Values and calls in writing, on one line to be read, and arrays as code that gives them again."""

from __future__ import annotations

import json
import math
import operator
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from grading.shared import wire
from grading.shared.containers import (
    SETS,
    brackets,
    factory_name,
    in_order,
    is_container,
    written,
)

MAX_SHOWN = 2_000

# Of an array on one line, so many numbers at each end; all of few, and of a board of nine by nine.
_ENDS, _FEW = 3, 12
_BOARD, _BOARD_LENGTH = 100, 320
_NATIVE = {"<f8": "", "|b1": "bool", "<i8": "np.int64", "<i4": "np.int32", "<f4": "np.float32"}


def shown(value: Any) -> str:
    """Return a value on one line, with all digits; of a large array its ends and its shape."""
    text = _array(value) if type(value) is np.ndarray else _written(value)
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]} …"


def _array(array: np.ndarray[Any, Any]) -> str:
    """Return an array as code, or its ends where that is long."""
    if array.size <= _FEW:
        return array_code(array)
    if array.size <= _BOARD and array.dtype.kind in "biu":
        code = array_code(array)
        if len(code) <= _BOARD_LENGTH:
            return code
    ends = _ends(array)
    return ends if "..." in ends else array_code(array)


def _ends(array: np.ndarray[Any, Any]) -> str:
    options: Any = {"threshold": _FEW, "edgeitems": _ENDS, "floatmode": "unique"}
    with np.printoptions(**options, precision=17, linewidth=MAX_SHOWN):
        return f"np.{' '.join(repr(array).split())}".replace("[ ", "[")


def _written(value: Any) -> str:
    """Return a value's writing, or no less of it than may be shown."""
    text = ""
    for piece in _pieces(value):
        text += piece
        if len(text) > MAX_SHOWN:
            break
    return text


def _pieces(value: Any) -> Iterator[str]:
    if type(value) in SETS and _by_value(value) is None:
        # Written once each: once more for its place would be twice as long at each level.
        texts = sorted(map(_written, value))
        yield from written(value, brackets(value), texts, lambda text: [text])
    elif is_container(type(value)):
        yield from written(value, brackets(value, factory_shown), ordered(value), _pieces)
    elif type(value) is np.ndarray:
        yield shown(value)  # all its digits, which its own repr leaves out
    else:
        yield _plain(value)


def ordered(value: Any) -> Iterable[Any]:
    """Return the parts of a container; those of a Counter by how many there are of them.

    Those of a set come in the order of their values. Where these have none, as sets, NaN or values
    of several types, it is that of their writing.
    """
    if type(value) is Counter:
        return in_order(value)
    if type(value) not in SETS:
        return value  # type: ignore[no-any-return]
    parts = _by_value(value)
    return sorted(value, key=_written) if parts is None else parts


def _by_value(value: Iterable[Any]) -> list[Any] | None:
    """Return the elements of a set in the order of their values, if these have one."""
    try:
        parts = sorted(value)
    except TypeError:
        return None
    return parts if all(map(operator.lt, parts, parts[1:])) else None


def factory_shown(factory: Any) -> str:
    """Return what makes a `defaultdict`'s defaults: a type's name, or what there is of code."""
    return factory_name(factory) or repr(factory)


def _plain(value: Any) -> str:
    try:
        return repr(value)
    except ValueError:  # Python writes out no integer of more than 4300 digits
        return f"<{type(value).__name__} too long to show>"


def call_shown(call: str) -> str:
    """Return a call on one line."""
    raw = json.loads(call)
    given = wire.decode_call(raw)
    args = [shown(value) for value in given.args]
    args += [f"{key}={shown(value)}" for key, value in given.kwargs.items()]
    return f"{raw['function']}({', '.join(args)})"


def array_code(array: np.ndarray[Any, Any], more: str = "") -> str:
    """Return an array as code that makes one of its elements, with more arguments if need be."""
    dtype = _NATIVE.get(array.dtype.str, f'"{array.dtype.str}"')
    ending = f"{f', dtype={dtype}' if dtype else ''}{more})"
    if array.size == 0:
        return f"np.zeros({array.shape}{ending}"
    return f"np.array({_items(array.tolist())}{ending}"


def _items(part: Any) -> str:
    if isinstance(part, list):
        return f"[{', '.join(map(_items, part))}]"
    if isinstance(part, float) and not math.isfinite(part):
        return {"nan": "np.nan", "inf": "np.inf", "-inf": "-np.inf"}[str(part)]
    return complex_code(part, _items) if isinstance(part, complex) else repr(part)


def complex_code(number: complex, code: Callable[[float], str]) -> str:
    """Return a complex number as code: what it looks like in Python, if that gives it again."""
    parts = number.real, number.imag
    is_plain = all(
        math.isfinite(part) and math.copysign(1, part or 1) == math.copysign(1, part)
        for part in parts
    )
    return repr(number) if is_plain else f"complex({code(parts[0])}, {code(parts[1])})"
