"""Values and calls in writing: as code that gives them again, and on one line to be read."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np

from grading.shared import wire

MAX_SHOWN = 2_000
MAX_CODE = 40_000

# Of an array on one line, so many numbers at each end.
_ENDS = 3
_NATIVE = {"<f8": "", "|b1": "bool", "<i8": "np.int64", "<i4": "np.int32", "<f4": "np.float32"}


def shown(value: Any) -> str:
    """Return a value on one line, with all digits; of a large array its ends and its shape."""
    if type(value) is np.ndarray and value.size > 4 * _ENDS:
        text = _ends(value)
    elif type(value) is np.ndarray:
        text = _array_code(value)
    else:
        text = _written(value)
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]} …"


def _ends(array: np.ndarray[Any, Any]) -> str:
    options: Any = {"threshold": 4 * _ENDS, "edgeitems": _ENDS, "floatmode": "unique"}
    with np.printoptions(**options, precision=17, linewidth=MAX_SHOWN):
        return f"np.{' '.join(repr(array).split())}"


def _written(value: Any) -> str:
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


def call_code(call: str) -> str:
    """Return a call as code that runs where its function is defined.

    What is longer than `MAX_CODE` is left out: then all that there is is the line for reading, as a
    comment, since run as it stands it would be another call.
    """
    if len(call) > MAX_CODE:
        return _comment(call)
    raw = json.loads(call)
    writer, given = _Writer(), wire.decode_call(raw)
    args = [writer.code(value) for value in given.args]
    args += [f"{key}={writer.code(value)}" for key, value in given.kwargs.items()]
    lines = [*writer.before, f"{raw['function']}({', '.join(args)})"]
    text = "\n".join(lines)
    text = f"import numpy as np\n\n{text}" if "np." in text else text
    return text if len(text) <= MAX_CODE else _comment(call)


def _comment(call: str) -> str:
    return f"# Too long to write out: {call_shown(call)}"


class _Writer:
    """Code for the arguments of one call; what takes a statement of its own stands before it."""

    def __init__(self) -> None:
        self.before: list[str] = []
        self._named = 0

    def code(self, value: Any) -> str:
        kind = type(value)
        if kind is np.ndarray:
            return self._array(value)
        if kind is float and not math.isfinite(value):
            return f'float("{value}")'
        if kind is int and value.bit_length() > 1_000:
            return hex(value)
        if kind is list:
            return f"[{', '.join(map(self.code, value))}]"
        if kind is tuple:
            return f"({', '.join(map(self.code, value))}{',' if len(value) == 1 else ''})"
        if kind is dict:
            pairs = (f"{self.code(key)}: {self.code(v)}" for key, v in value.items())
            return f"{{{', '.join(pairs)}}}"
        return repr(value)

    def _array(self, array: np.ndarray[Any, Any]) -> str:
        text = _array_code(array)
        if array.flags.writeable:
            return text
        self._named += 1
        name = f"array{self._named}"
        self.before += [f"{name} = {text}", f"{name}.flags.writeable = False"]
        return name


def _array_code(array: np.ndarray[Any, Any]) -> str:
    dtype = _NATIVE.get(array.dtype.str, f'"{array.dtype.str}"')
    ending = f", dtype={dtype})" if dtype else ")"
    if array.size == 0:
        return f"np.zeros({array.shape}{ending}"
    return f"np.array({_items(array.tolist())}{ending}"


def _items(part: Any) -> str:
    if isinstance(part, list):
        return f"[{', '.join(map(_items, part))}]"
    if isinstance(part, float) and not math.isfinite(part):
        return {"nan": "np.nan", "inf": "np.inf", "-inf": "-np.inf"}[str(part)]
    return repr(part)
