"""Values as the console shows them: readable, bounded, and with what their text leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from grading.shared import wire
from grading.shared.containers import brackets, in_order, is_container, written
from grading.shared.output import MAX_OUTPUT

from .kinds import bases_of

_MAX_DEPTH = 50
# Of an array with more elements only the ends are written.
_MAX_ELEMENTS = 1_000
# From so many parts on it is said how many there are.
_MANY = 20


def shown(value: Any) -> dict[str, str]:
    """Return a value's text, and what kind of value it is where the text does not tell."""
    return {"text": text_of(value), "about": about(value)}


def about(value: Any) -> str:
    """Return the kind of an array or of a long value, in words."""
    kind = type(value)
    if _is_array(value):
        return f"{wire.clean_name(kind.__name__)}, {value.dtype}, shape {value.shape}"
    if kind is str and len(value) > MAX_OUTPUT:
        return f"str, {len(value)} characters"
    if is_container(kind) and len(value) > _MANY:
        return f"{kind.__name__}, {len(value)} items"
    return ""


def text_of(value: Any) -> str:
    """Return how Python writes a value; of one that is too long, the beginning."""
    parts: list[str] = []
    left = MAX_OUTPUT
    for part in _written(value, [], left):
        parts.append(part[:left])
        left -= len(part)
        if left <= 0:
            parts.append(" …")
            break
    return "".join(parts)


def _written(value: Any, around: list[Any], most: int) -> Iterator[str]:
    """Yield the text of a value, part by part, so that whoever has enough need not have all."""
    kind = type(value)
    if is_container(kind) and any(value is each for each in around):
        yield "...".join(brackets(value))
    elif is_container(kind) and len(around) >= _MAX_DEPTH:
        yield "…"
    elif is_container(kind):
        yield from _container(value, [*around, value], most)
    elif kind is str:
        yield repr(value[:most])
    elif _is_array(value):
        yield _array(value)
    elif kind is int and value.bit_length() > 10_000:  # Python writes out no longer ones
        yield f"<int of {value.bit_length()} bits>"
    else:
        yield repr(value)


def _container(value: Any, around: list[Any], most: int) -> Iterator[str]:
    return written(value, brackets(value), _parts(value), lambda part: _written(part, around, most))


def _parts(value: Any) -> Iterable[Any]:
    if type(value) is Counter:
        return in_order(value)
    return list(value) if len(value) <= MAX_OUTPUT else iter(value)


def _is_array(value: Any) -> bool:
    """Whether a value is an array, of whatever class; what it says of its class is not asked."""
    return any(base is np.ndarray for base in bases_of(type(value)))


def _array(array: np.ndarray[Any, Any]) -> str:
    threshold = min(np.get_printoptions()["threshold"], _MAX_ELEMENTS)
    with np.printoptions(threshold=threshold):
        return repr(array)
