"""A call as code that gives it again: values to the last bit, and arrays as they lie in memory."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grading.shared import wire
from grading.shared.containers import (
    VIEWS,
    brackets,
    factory_name,
    is_container,
    is_mapping,
    parts_of,
    written,
)
from grading.shared.memory import Array, Layout, overlapping, owner_of
from grading.shared.named_tuples import fields_of

from .written import array_code, call_shown, complex_code, ordered

MAX_CODE = 40_000
# Of these every empty one is the same.
_FIXED = (tuple, frozenset)
_IMPORTS = {"collections.": "import collections", "np.": "import numpy as np"}
# What shows a part of a dict, as code: what is written around its parts, after the dict's type.
_VIEWED = {
    "keys": (".fromkeys([", "]).keys()"),
    "values": ("(enumerate([", "])).values()"),
    "items": ("([", "]).items()"),
}
_FIRST = "# Your code may remember something of the calls before it, so they come first."


@dataclass(frozen=True)
class Earlier:
    """A call that came before another one, and whether it raised."""

    call: str
    raised: bool


def call_code(call: str, earlier: Sequence[Earlier] = (), own: int = 0) -> str:
    """Return a call as code that runs where its function is defined.

    What is longer than `MAX_CODE` is left out: then all that there is is the line for reading, as a
    comment, since run as it stands it would be another call.

    Args:
        call: the call.
        earlier: the calls that have to come first, as far as there is room for them.
        own: how many of these, the last ones, are of the same test.
    """
    for before in (earlier, earlier[len(earlier) - own :], ()):
        if len(call) + sum(len(each.call) for each in before) <= MAX_CODE:
            text = _code(call, before)
            if len(text) <= MAX_CODE:
                return text
    return f"# Too long to write out: {call_shown(call)}"


def _code(call: str, earlier: Sequence[Earlier]) -> str:
    lines = [line for each in earlier for line in _tried(each)]
    text = "\n".join([*([_FIRST] if lines else []), *lines, *_lines(call)])
    imports = [line for place, line in _IMPORTS.items() if place in text]
    return "\n".join([*imports, "", text]) if imports else text


def _tried(earlier: Earlier) -> list[str]:
    *before, last = _lines(earlier.call)
    if not earlier.raised:
        return [*before, last]
    return [*before, "try:", f"    {last}", "except BaseException:", "    pass"]


def _lines(call: str) -> list[str]:
    raw = json.loads(call)
    given = wire.decode_call(raw)
    writer = _Writer([*given.args, *given.kwargs.values()])
    args = [writer.code(value) for value in given.args]
    args += [f"{key}={writer.code(value)}" for key, value in given.kwargs.items()]
    return [*writer.before, *writer.locks, f"{raw['function']}({', '.join(args)})"]


class _Writer:
    """Code for the arguments of one call.

    Attributes:
        before: statements for what is in several places, or takes one of its own.
        locks: statements that make arrays read-only, once nothing else has to be done to them.
    """

    def __init__(self, values: list[Any]) -> None:
        self.before: list[str] = []
        self.locks: list[str] = []
        self._names: dict[int, str] = {}
        self._named = Counter[str]()
        self._times = Counter[int]()
        arrays: dict[int, Array] = {}
        self._count(values, arrays)
        for group in _in_one_memory(list(arrays.values())):
            self._lay(group)

    def _count(self, values: Iterable[Any], arrays: dict[int, Array]) -> None:
        """Note how often each value occurs that has an identity, and find the arrays."""
        for value in values:
            if type(value) is np.ndarray:
                arrays[id(value)] = value
            elif not is_container(type(value)) or (isinstance(value, _FIXED) and not value):
                continue
            self._times[id(value)] += 1
            if is_container(type(value)) and self._times[id(value)] == 1:
                self._count(parts_of(value), arrays)

    def code(self, value: Any) -> str:
        if id(value) in self._names:
            return self._names[id(value)]
        text = self._array(value) if type(value) is np.ndarray else self._plain(value)
        return self._name(value, text) if self._times[id(value)] > 1 else text

    def _name(self, value: Any, text: str) -> str:
        if id(value) not in self._names:
            name = self._next(
                "array" if type(value) is np.ndarray else type(value).__name__.lower()
            )
            self.before.append(f"{name} = {text}")
            self._names[id(value)] = name
        return self._names[id(value)]

    def _next(self, kind: str) -> str:
        self._named[kind] += 1
        return f"{kind}{self._named[kind]}"

    def _plain(self, value: Any) -> str:
        kind = type(value)
        if kind is float and not math.isfinite(value):
            return f'float("{value}")'
        if kind is complex:
            return complex_code(value, self.code)
        if isinstance(value, np.inexact):
            return f"np.{kind.__name__}({self.code(value.item())})"
        if kind is int and value.bit_length() > 1_000:
            return hex(value)
        return self._container(value) if is_container(kind) else repr(value)

    def _container(self, value: Any) -> str:
        kind = type(value)
        first, last = brackets(value, _factory)
        if kind in VIEWS:
            made, part = VIEWS[kind]
            first, last = _VIEWED[part]
            first = f"{_place(made)}{made.__name__}{first}"
        if fields_of(kind) is not None:
            first = f"{self._class(kind)}("
        parts = value if is_mapping(kind) else ordered(value)
        text = written(value, (first, last), parts, lambda part: [self.code(part)])
        return f"{_place(kind)}{''.join(text)}"

    def _class(self, kind: Any) -> str:
        """Return the name of a class of named tuples, which the code makes."""
        if id(kind) not in self._names:
            name = self._names[id(kind)] = self._next(kind.__name__)
            fields = json.dumps(kind._fields, ensure_ascii=False)
            self.before.append(f'{name} = collections.namedtuple("{kind.__name__}", {fields})')
        return self._names[id(kind)]

    def _array(self, array: Array) -> str:
        is_turned = array.flags.f_contiguous and not array.flags.c_contiguous
        text = array_code(array, ', order="F"' if is_turned else "")
        return text if array.flags.writeable else self._lock(array, text)

    def _lock(self, array: Array, text: str) -> str:
        name = self._name(array, text)
        self.locks.append(f"{name}.flags.writeable = False")
        return name

    def _lay(self, arrays: list[Array]) -> None:
        """Write arrays as they lie in the first one's memory, or in one of their own."""
        layouts = [Layout.of(array, 0) for array in arrays]
        low, high = min(each.low for each in layouts), max(each.high for each in layouts)
        whole = [a for a in arrays if a.flags.c_contiguous and a.nbytes == high - low]
        memory = self._name(whole[0], array_code(whole[0])) if whole else self._memory(arrays, low)
        for array, layout in zip(arrays, layouts, strict=True):
            place = f'{layout.shape}, "{layout.dtype.str}", {memory}, {layout.offset - low}'
            self._name(array, f"np.ndarray({place}, {layout.strides})")
            if not array.flags.writeable:
                self._lock(array, "")

    def _memory(self, arrays: list[Array], low: int) -> str:
        layouts = [Layout.of(array, 0) for array in arrays]
        memory = np.zeros(max(layout.high for layout in layouts) - low, "u1")
        for array, layout in zip(arrays, layouts, strict=True):
            layout.on(memory, low)[...] = array
        name = self._next("memory")
        self.before.append(f"{name} = {array_code(_as_elements(memory, layouts, low))}")
        return name


def _place(kind: type) -> str:
    """Return what code has to say before a type's name, for where the type is."""
    return "collections." if kind.__module__ == "collections" else ""


def _factory(factory: Any) -> str:
    """Return what makes defaults as code; without any, where it did not cross."""
    name = factory_name(factory)
    return f"{_place(factory)}{name}" if name else "None"


def _in_one_memory(arrays: list[Array]) -> list[list[Array]]:
    """Return the arrays that share elements, together, and alone each that no order describes."""
    by_owner: dict[int, list[Array]] = {}
    for array in arrays:
        if array.size:
            by_owner.setdefault(id(owner_of(array)), []).append(array)
    groups: list[list[Array]] = []
    for own in by_owner.values():
        shared = [[own[place] for place in group] for group in overlapping(own)]
        among = {id(array) for group in shared for array in group}
        alone = [array for array in own if id(array) not in among and not array.flags.forc]
        groups += [*shared, *([array] for array in alone)]
    return groups


def _as_elements(memory: Array, layouts: list[Layout], low: int) -> Array:
    """Return a memory as numbers of the one dtype that is seen in it, or as bytes."""
    dtype = layouts[0].dtype
    steps = [[layout.offset - low, *layout.strides] for layout in layouts]
    is_one = all(layout.dtype == dtype for layout in layouts)
    if is_one and not any(step % dtype.itemsize for place in steps for step in place):
        return memory.view(dtype)
    return memory
