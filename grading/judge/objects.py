"""In what answers differ that are equal: which of their parts are one, and how arrays lie."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np

from grading.shared import wire
from grading.shared.containers import SEQUENCES, is_container, is_mapping, is_tuple, items_of
from grading.shared.memory import share

from .answers import Answer
from .differences import cut
from .replay import named, taken
from .written import shown

# So many parts are looked at, and each array is held against so many that came before it.
_MAX_PARTS, _MAX_ARRAYS = 2_000, 50

_Pair = tuple[Any, Any]


class _Side:
    """What an answer's objects are, as far as they are known, and arrays whose memory may be used.

    Attributes:
        value: what was returned.
        arguments: as they were left, each with its position or name.
    """

    def __init__(self, call: str, answer: Answer) -> None:
        given = wire.decode_call(json.loads(call))
        self._names: dict[int, str] = {}
        self._arrays: dict[str, np.ndarray[Any, Any]] = {}
        self._kept = given.objects
        for key, argument in named(given):
            name = argument_name(key)
            for place, (part, _) in _pairs((argument, argument), "", set()):
                self.enter(part, f"{name}{place}")
        self.value = taken(answer, given.objects)
        self.arguments = named(given)

    def enter(self, part: Any, name: str) -> None:
        """Give an object a name, if it has none yet."""
        is_array = self._names.setdefault(id(part), name) == name and type(part) is np.ndarray
        if is_array and len(self._arrays) < _MAX_ARRAYS:
            self._arrays[name] = part

    def name_of(self, part: Any) -> str | None:
        return self._names.get(id(part))

    def sharing(self, array: np.ndarray[Any, Any]) -> list[str]:
        """Return the names of arrays that have an element in common with one."""
        return [name for name, other in self._arrays.items() if share(array, other)]


def unlike_objects(call: str, answer: Answer, right: Answer, in_arguments: bool) -> list[str]:
    """Return where answers to a call that are equal differ first in what their parts are.

    Args:
        call: the call.
        answer: the learner's answer.
        right: the reference's.
        in_arguments: whether to look into the arguments, too, which are left equal.
    """
    sides = _Side(call, answer), _Side(call, right)
    for place, pair in islice(_placed(sides, in_arguments), _MAX_PARTS):
        if note := _unlike(sides, pair):
            return [cut(f"at {place}: {note}" if place else note)]
        for side, part in zip(sides, pair, strict=True):
            side.enter(part, f"that at {place}" if place else "the result")
    return []


def argument_name(key: str) -> str:
    """Return how a learner calls an argument that has a position, from 0 on, or a name."""
    return f"argument {int(key) + 1 if key.isdigit() else key}"


def _placed(sides: tuple[_Side, _Side], in_arguments: bool) -> Iterator[tuple[str, _Pair]]:
    seen: set[tuple[int, int]] = set()
    yield from _pairs((sides[0].value, sides[1].value), "", seen)
    if in_arguments:
        for (key, mine), (_, other) in zip(*(side.arguments for side in sides), strict=True):
            yield from _pairs((mine, other), argument_name(key), seen)


def _pairs(pair: _Pair, place: str, seen: set[tuple[int, int]]) -> Iterator[tuple[str, _Pair]]:
    """Yield what has an identity in two equal values, side by side, each before its parts."""
    if not all(map(_has_identity, pair)):
        return
    yield place, pair
    mark = id(pair[0]), id(pair[1])
    if mark not in seen:
        seen.add(mark)
        mine, other = map(_parts, pair)
        for key, part in mine.items():
            if _has_identity(part) and key in other:
                yield from _pairs((part, other[key]), f"{place}[{shown(key)}]", seen)


def _has_identity(part: Any) -> bool:
    return type(part) is np.ndarray or is_container(type(part))


def _parts(value: Any) -> dict[Any, Any]:
    """Return a container's parts by index or key; those of a set have none."""
    kind = type(value)
    if is_mapping(kind):
        return dict(items_of(value))
    return dict(enumerate(value)) if kind in SEQUENCES or is_tuple(kind) else {}


def _unlike(sides: tuple[_Side, _Side], pair: _Pair) -> str | None:
    mine, other = (side.name_of(part) for side, part in zip(sides, pair, strict=True))
    if mine != other:
        return f"not {_itself(other)}" if other else _itself(mine or "")
    if not all(type(part) is np.ndarray for part in pair):
        return None
    return _memory(sides, pair) or _form(*pair)


def _itself(name: str) -> str:
    return f"{name} itself" if name.startswith("argument ") else f"the same object as {name}"


def _memory(sides: tuple[_Side, _Side], pair: _Pair) -> str | None:
    """Return which array's memory one of two equal arrays lies in, and the other does not."""
    mine, other = (side.sharing(array) for side, array in zip(sides, pair, strict=True))
    missing = [name for name in other if name not in mine]
    if missing:
        return f"shares no memory with {missing[0]}"
    strange = [name for name in mine if name not in other]
    return f"shares memory with {strange[0]}" if strange else None


def _form(mine: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> str | None:
    if mine.flags.writeable != other.flags.writeable:
        return f"{'can' if mine.flags.writeable else 'cannot'} be written to"
    orders = _order(mine), _order(other)
    return f"in {orders[0]}, not in {orders[1]}" if all(orders) and orders[0] != orders[1] else None


def _order(array: np.ndarray[Any, Any]) -> str | None:
    if array.flags.c_contiguous:
        return "row order"
    return "column order" if array.flags.f_contiguous else None
