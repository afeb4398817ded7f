"""What objects of the tests held before a call changed them: each execution of a test starts there.

Constants of a test's module and the values of ``parametrize`` are made once, when tests are
collected. What one learner's call does to them must reach no other execution, test or run.
"""

from __future__ import annotations

import copy
import sys
from contextlib import suppress
from typing import Any

import numpy as np

from grading.shared.containers import refill

from .array_form import take_form

# From so many on, it is looked for those that are nobody's any more.
_MANY = 64
# What refers to an object that is nobody's any more: its entry, and the question.
_OWN_REFERENCES = 2


class _Container:
    """A list, a dict or their like, and what it holds."""

    def __init__(self, target: Any) -> None:
        self.target = target
        self._content = copy.copy(target)

    def restore(self) -> None:
        refill(self.target, self._content)


class _Array:
    """An array, and its form and elements."""

    def __init__(self, target: np.ndarray[Any, Any]) -> None:
        self.target = target
        self._content, self._strides = target.copy(), target.strides
        self._is_writeable = target.flags.writeable

    def open(self) -> None:
        """Let it be written to, where its memory can be."""
        with suppress(ValueError):
            self.target.setflags(write=True)

    def restore(self) -> None:
        target, content = self.target, self._content
        take_form(target, content)
        if target.strides != self._strides:
            target.strides = self._strides
        if target.tobytes() != content.tobytes():
            target[...] = content

    def close(self) -> None:
        if not self._is_writeable:
            self.target.setflags(write=False)


class Originals:
    """What is to be given back what it held."""

    def __init__(self) -> None:
        self._kept: dict[int, _Container | _Array] = {}
        self._many = _MANY

    def keep(self, target: Any) -> None:
        """Remember what an object holds, before it is changed for the first time."""
        if id(target) in self._kept:
            return
        if len(self._kept) >= self._many:
            self._forget_dead()
        kind = _Array if type(target) is np.ndarray else _Container
        self._kept[id(target)] = kind(target)

    def restore(self) -> None:
        """Give all objects back what they held, the last first: one may be a view of another."""
        arrays = [one for one in self._kept.values() if isinstance(one, _Array)]
        for array in [*arrays, *arrays]:  # a view can be written to once its base can
            array.open()
        for one in reversed(self._kept.values()):
            with suppress(ValueError, TypeError, AttributeError):
                one.restore()
        for array in arrays:
            array.close()
        self._kept.clear()

    def _forget_dead(self) -> None:
        """Let go of what only this remembers: an execution may make and pass very many objects."""
        dead = [
            key for key, one in self._kept.items() if sys.getrefcount(one.target) <= _OWN_REFERENCES
        ]
        for key in dead:
            del self._kept[key]
        self._many = max(_MANY, 2 * len(self._kept))
