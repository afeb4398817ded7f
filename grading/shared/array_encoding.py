"""From arrays to trees: how they lie in memory, and what has an identity, by its number."""

from __future__ import annotations

import base64
import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from .allowance import MAX_BYTES, Allowance
from .memory import Array, Coverage, Layout, address_of, adjoining, overlapping, owner_of, share
from .trees import Tree

# Arrays of a result keep their strides where they span at most so many times what they hold.
_MAX_SPREAD = 8
_SMALL = 1024
_UNSHARED = {"t": "opaque", "name": "ndarray (sharing memory in a way that cannot be sent)"}


class _Lender:
    """The arrays, by number, that lie in one owner's memory, and how far they reach in it."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.low, self.high = math.inf, -math.inf

    def add(self, number: int, array: Array) -> None:
        layout = Layout.of(array, 0)
        self.numbers.append(number)
        self.low, self.high = min(self.low, layout.low), max(self.high, layout.high)

    def near(self, array: Array) -> list[int]:
        layout = Layout.of(array, 0)
        apart = layout.low >= self.high or layout.high <= self.low
        return [] if apart else self.numbers


class ArrayEncoder(Allowance):
    """What goes under numbers in one encoding, and where its arrays lie.

    Args:
        objects: what both sides know already, by number.
        exact: whether all has to arrive whole; what cannot cross is an error then.
    """

    def __init__(self, objects: Iterable[Any], exact: bool) -> None:
        super().__init__()
        self.exact = exact
        self.objects: list[Any] = list(objects)
        self._numbers = {id(value): n for n, value in enumerate(self.objects)}
        self._opaques = 0
        self._repeated = False
        self._lenders: dict[int, _Lender] = {}
        # Arrays that are in no lender's list yet: one alone never has to be.
        self._unlisted = [n for n, v in enumerate(self.objects) if type(v) is np.ndarray]
        self._given = len(self.objects)
        self._coverage = Coverage()
        # Of the value under way: the trees of arrays that are no views, and those that have some.
        self._trees: dict[int, dict[str, Tree]] = {}
        self._lending: set[int] = set()

    def _array(self, value: Array) -> Tree:
        tree = self._view(value)
        if tree is None:
            tree = self._array_content(value)
            if not value.flags.owndata:
                tree["base"] = "writeable" if _may_unlock(value) else "locked"
            self._trees[len(self.objects)] = tree
        self._enter(value)
        return tree

    def _array_content(self, value: Array) -> dict[str, Tree]:
        self.spend(bytes=value.nbytes)
        return {
            "t": "ndarray",
            "dtype": value.dtype.str,
            "shape": list(value.shape),
            "data": base64_text(value.tobytes()),
            "writeable": value.flags.writeable,
        }

    def _changed_array(self, value: Array) -> dict[str, Tree]:
        tree = self._array_content(value)
        layout = Layout.of(value)
        if not value.flags.c_contiguous and layout.span <= MAX_BYTES:
            self._keep_strides(tree, layout)
        return tree

    def _keep_strides(self, tree: dict[str, Tree], layout: Layout) -> None:
        self.spend(bytes=layout.gaps)
        tree["strides"] = list(layout.strides)

    def _view(self, value: Array) -> Tree | None:
        """Return the tree of an array that lies in the memory of one that is known already."""
        if not self.objects:
            return None
        self._list_arrays()
        lender = self._lenders.get(id(owner_of(value)))
        for number in lender.near(value) if lender else ():
            outer = self.objects[number]
            if not share(value, outer):
                continue
            layout = Layout.of(value, address_of(outer))
            if self._coverage.holds(outer, layout):
                self.spend(bytes=value.nbytes)
                self._repeated = True
                self._lending.add(number)
                return {
                    "t": "view",
                    "of": number,
                    "dtype": value.dtype.str,
                    "shape": list(value.shape),
                    "strides": list(value.strides),
                    "offset": layout.offset,
                    "writeable": value.flags.writeable,
                }
            if number < self._given:
                self._opaques += 1
                return _UNSHARED
        return None

    def _enter(self, value: Any) -> None:
        """Give a value the next number."""
        number = len(self.objects)
        self.objects.append(value)
        self._numbers[id(value)] = number
        if type(value) is np.ndarray:
            self._unlisted.append(number)

    def _list_arrays(self) -> None:
        for number in self._unlisted:
            array = self.objects[number]
            self._lenders.setdefault(id(owner_of(array)), _Lender()).add(number, array)
        self._unlisted.clear()

    def _forget(self, mark: int) -> None:
        """Take back the numbers from one on: the other side will not hear of these values."""
        self._list_arrays()
        for value in self.objects[mark:]:
            del self._numbers[id(value)]
            if type(value) is np.ndarray:
                numbers = self._lenders[id(owner_of(value))].numbers
                if numbers and numbers[-1] >= mark:
                    numbers.pop()
        del self.objects[mark:]
        self._trees = {n: tree for n, tree in self._trees.items() if n < mark}

    def _join(self) -> None:
        """Say how arrays lie: those that lie among one another in one memory, the others alone."""
        fresh = {n: self.objects[n] for n in self._trees}
        if len(fresh) > 1 or any(not array.flags.c_contiguous for array in fresh.values()):
            self._list_arrays()
            for lender in self._lenders.values():
                numbers = [n for n in lender.numbers if n in fresh]
                for group in adjoining([fresh[n] for n in numbers]):
                    self._lay([numbers[place] for place in group], lender)
        self._trees.clear()
        self._lending.clear()
        self._given = len(self.objects)

    def _lay(self, numbers: list[int], lender: _Lender) -> None:
        """Say how arrays lie among one another, where that takes not much more than they hold."""
        arrays = [self.objects[n] for n in numbers]
        shared = [[numbers[place] for place in group] for group in overlapping(arrays)]
        alone = set(numbers).difference(*shared)
        # What has to keep its place, since it is seen through another array too.
        kept = [*shared, *([n] for n in sorted(alone & self._lending))]
        content = sum(array.nbytes for array in arrays)
        most = max(self._most(content), sum(map(self._span, kept)))
        if len(numbers) > 1 and self._span(numbers) <= most:
            self._put_together(numbers)
            return
        for group in shared:
            self._put_together(group)
        for number in alone:
            self._lay_alone(number, lender)

    def _lay_alone(self, number: int, lender: _Lender) -> None:
        array = self.objects[number]
        layout = Layout.of(array)
        if array.flags.c_contiguous:
            return
        if number in self._lending or layout.span <= self._most(layout.nbytes):
            self._keep_strides(self._trees[number], layout)
        else:
            lender.numbers.remove(number)  # over there it lies otherwise, and can have no views

    def _span(self, numbers: list[int]) -> float:
        layouts = [Layout.of(self.objects[n], 0) for n in numbers]
        return max(layout.high for layout in layouts) - min(layout.low for layout in layouts)

    def _most(self, content: int) -> float:
        """Return how far arrays may spread, by the bytes that they hold."""
        return math.inf if self.exact else max(_MAX_SPREAD * content, _SMALL)

    def _put_together(self, numbers: list[int]) -> None:
        """Exchange the data of arrays for their places in a memory, which the first one brings."""
        arrays = [self.objects[n] for n in numbers]
        layouts = [Layout.of(array, 0) for array in arrays]
        low = min(layout.low for layout in layouts)
        size = max(layout.high for layout in layouts) - low
        self.spend(bytes=size)
        memory = np.zeros(size, "u1")
        for array, layout in zip(arrays, layouts, strict=True):
            layout.on(memory, low)[...] = array  # and nothing of what lies between them
        for number, layout in zip(numbers, layouts, strict=True):
            tree = self._trees[number]
            del tree["data"]
            tree |= {"memory": numbers[0], "offset": layout.offset - low}
            tree["strides"] = list(layout.strides)
        self._trees[numbers[0]]["data"] = base64_text(memory.tobytes())


def _may_unlock(array: Array) -> bool:
    """Whether an array that lies in another one's memory may be made writeable."""
    owner = owner_of(array)
    return array.flags.writeable or (isinstance(owner, np.ndarray) and bool(owner.flags.writeable))


def base64_text(data: bytes) -> str:
    """Return bytes as text."""
    return base64.b64encode(data).decode("ascii")
