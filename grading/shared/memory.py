"""Where the elements of an array lie, and arrays that lie in one another's memory."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from .allowance import MAX_BYTES, WireError

Array = np.ndarray[Any, Any]

# Deciding whether two arrays share an element can take long; past this they are taken to.
_MAX_WORK = 10_000
_MAX_BASES = 100
_MAX_MARKED = 2 * MAX_BYTES


@dataclass(frozen=True)
class Layout:
    """Where an array's elements lie, in bytes from some address."""

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    offset: int = 0

    @staticmethod
    def of(array: Array, address: int | None = None) -> Layout:
        """Return an array's layout, from an address or from its own first element."""
        offset = 0 if address is None else address_of(array) - address
        return Layout(array.dtype, array.shape, array.strides, offset)

    @property
    def nbytes(self) -> int:
        """The bytes of all elements; what comes several times by a stride of 0 counts as often."""
        return math.prod(self.shape) * self.dtype.itemsize

    @property
    def low(self) -> int:
        """The first byte."""
        steps = zip(self.shape, self.strides, strict=True)
        return self.offset + sum((n - 1) * step for n, step in steps if n and step < 0)

    @property
    def high(self) -> int:
        """The byte after the last one."""
        if not math.prod(self.shape):
            return self.low
        steps = zip(self.shape, self.strides, strict=True)
        last = sum((n - 1) * step for n, step in steps if step > 0)
        return self.offset + last + self.dtype.itemsize

    @property
    def span(self) -> int:
        """The bytes from the first to the last one."""
        return self.high - self.low

    @property
    def gaps(self) -> int:
        """How many bytes more it spans than it holds."""
        return max(0, self.span - self.nbytes)

    def on(self, memory: Array, address: int) -> Array:
        """Return the array that lies so in a memory (of bytes) which begins at an address."""
        start = self.offset - address
        return np.ndarray(self.shape, self.dtype, memory, start, self.strides)


def address_of(array: Array) -> int:
    """Return the address of an array's first element."""
    return int(array.__array_interface__["data"][0])


def owner_of(array: Array) -> object:
    """Return what holds an array's memory: arrays that share some have the same owner."""
    owner: Any = array
    for _ in range(_MAX_BASES):
        base = owner.obj if type(owner) is memoryview else getattr(owner, "base", None)
        if base is None:
            break
        owner = base
    return owner


def share(one: Array, other: Array) -> bool:
    """Whether two arrays have an element in common."""
    return np.may_share_memory(one, other, max_work=_MAX_WORK)


def adjoining(arrays: list[Array]) -> list[list[int]]:
    """Return the places of arrays, together where one begins before another one ends."""
    layouts = [Layout.of(array, 0) for array in arrays]
    groups: list[list[int]] = []
    highest = -math.inf
    for place in sorted(range(len(arrays)), key=lambda place: layouts[place].low):
        if layouts[place].low >= highest:
            groups.append([])
        groups[-1].append(place)
        highest = max(highest, layouts[place].high)
    return [sorted(group) for group in groups]


def overlapping(arrays: list[Array]) -> list[list[int]]:
    """Return the places of arrays that share elements, together; those that do not are left out."""
    layouts = [Layout.of(array, 0) for array in arrays]
    order = sorted(range(len(arrays)), key=lambda place: layouts[place].low)
    groups: list[list[int]] = []
    highest = -math.inf
    for place in order:
        beyond = layouts[place].low >= highest
        near = (
            [] if beyond else [g for g in groups if any(share(arrays[place], arrays[n]) for n in g)]
        )
        groups = [g for g in groups if g not in near] if near else groups
        groups.append([place, *(n for g in near for n in g)])
        highest = max(highest, layouts[place].high)
    return [sorted(group) for group in groups if len(group) > 1]


class Coverage:
    """Tells what lies in arrays; the bytes of one with gaps are marked once, and only so many."""

    def __init__(self) -> None:
        self._left = _MAX_MARKED
        self._marked: dict[tuple[int, Layout], tuple[Array, Array]] = {}

    def holds(self, outer: Array, inner: Layout) -> bool:
        """Whether every byte of a layout, from an array's first element, is the array's own.

        Raises:
            WireError: if that takes too long to find out.
        """
        own = Layout.of(outer)
        if not inner.nbytes:
            return inner.offset == 0 or own.low <= inner.offset <= own.high
        if inner.low < own.low or inner.high > own.high:
            return False
        if own.span == own.nbytes and 0 not in own.strides:
            return True
        return bool(_bytes_of(inner, self._marks(outer, own), own.low).all())

    def _marks(self, outer: Array, own: Layout) -> Array:
        key = id(outer), own  # an argument may be given another form meanwhile
        if key not in self._marked:
            self._left -= own.span
            if self._left < 0:
                raise WireError("too large to send")
            marks = np.zeros(own.span, "?")
            _bytes_of(own, marks, own.low)[...] = True
            self._marked[key] = outer, marks
        return self._marked[key][1]


def _bytes_of(layout: Layout, memory: Array, address: int) -> Array:
    shape = (*layout.shape, layout.dtype.itemsize)
    return Layout(memory.dtype, shape, (*layout.strides, 1), layout.offset).on(memory, address)


class _Window:
    """Lends memory of an array at any address, which a buffer of a strided array cannot."""

    def __init__(self, base: Array, layout: Layout) -> None:
        self.base = base
        self.__array_interface__ = {
            "version": 3,
            "typestr": layout.dtype.str,
            "shape": layout.shape,
            "strides": layout.strides,
            "data": (address_of(base) + layout.offset, not base.flags.writeable),
        }


def view(outer: Array, inner: Layout) -> Array:
    """Return the view of an array that lies so from its first element, and in it."""
    if outer.flags.c_contiguous and outer.size:
        return inner.on(outer, 0)
    return np.asarray(_Window(outer, inner))


def strided(content: Array, strides: tuple[int, ...]) -> Array:
    """Return a copy of an array whose elements lie by these strides."""
    layout = Layout(content.dtype, content.shape, strides)
    if layout == Layout.of(np.empty(content.shape, content.dtype, order="F")):
        return content.copy("F")
    memory = np.zeros(layout.span, "u1")
    array = layout.on(memory, layout.low)
    array[...] = content
    return array
