"""Values that are one but for rounding and for the types of numbers: 3, 3.0, an `np.float64`."""

from __future__ import annotations

import cmath
import json
import numbers
from collections import deque
from collections.abc import Mapping
from typing import Any

import numpy as np

from grading.shared import wire

from .mistakes import ATOL, RTOL


def is_near_call(call: str, other: str) -> bool:
    """Whether two calls are of one function, with arguments that are near to one another."""
    if call == other:
        return True
    one, two = json.loads(call), json.loads(other)
    if one["function"] != two["function"]:
        return False
    mine, others = (wire.decode_call(trees) for trees in (one, two))
    return is_near([mine.args, mine.kwargs], [others.args, others.kwargs])


def is_near(value: Any, other: Any) -> bool:
    """Whether two values are one but for rounding and for the types of numbers."""
    if isinstance(value, np.ndarray) and isinstance(other, np.ndarray):
        return _are_near_arrays(value, other)
    if _is_number(value) and _is_number(other):
        return _are_near_numbers(value, other)
    if type(value).__name__ != type(other).__name__:
        return False
    if isinstance(value, Mapping):
        return value.keys() == other.keys() and all(is_near(value[k], other[k]) for k in value)
    if isinstance(value, (list, tuple, deque)):
        return len(value) == len(other) and all(map(is_near, value, other))
    return bool(value == other)


def _is_number(value: Any) -> bool:
    return isinstance(value, (numbers.Number, np.bool_))


def _are_near_numbers(value: Any, other: Any) -> bool:
    if value == other or (value != value and other != other):
        return True
    try:
        return cmath.isclose(value, other, rel_tol=RTOL, abs_tol=ATOL)
    except OverflowError:  # an int that no float is as large as
        return False


def _are_near_arrays(value: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> bool:
    if value.shape != other.shape:
        return False
    if not all(np.issubdtype(each.dtype, np.number) for each in (value, other)):
        return bool(np.array_equal(value, other))
    return bool(np.allclose(value, other, rtol=RTOL, atol=ATOL, equal_nan=True))
