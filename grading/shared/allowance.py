"""How much one value may hold: so deep, so many parts, so many bytes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from .containers import BRACKETS, is_tuple, parts_of

MAX_DEPTH = 100
TOO_DEEP = f"nested more than {MAX_DEPTH} deep"
MAX_NODES = 100_000
MAX_BYTES = 12_000_000
MAX_INT_BITS = 65_536
MAX_DIMENSIONS = 64
# So many different keys of one dict may share a hash: each is compared with all of the others.
MAX_COLLIDING = 16


class WireError(ValueError):
    """A text or tree that is not of the wire's form, or a value that it cannot carry."""


class Allowance:
    """What is left of the size that one message may have."""

    def __init__(self) -> None:
        self.nodes = MAX_NODES
        self.bytes = MAX_BYTES

    def allow(self, values: int) -> None:
        """Allow for several values: each may be as large as one alone."""
        self.nodes, self.bytes = MAX_NODES * values, MAX_BYTES * values

    def spend(self, nodes: int = 0, bytes: int = 0) -> None:
        """Take from what is left.

        Raises:
            WireError: if there is less.
        """
        self.nodes -= nodes
        self.bytes -= bytes
        if self.nodes < 0 or self.bytes < 0:
            raise WireError("too large to send")


class Scale:
    """Weighs values in which parts come several times: as much as walking all of them takes."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[int, int, int]] = {}

    def weigh(self, values: Iterable[Any]) -> None:
        """Hold each of some values to what one value may hold.

        Raises:
            WireError: if it holds more, or itself.
        """
        for value in values:
            nodes, size, _ = self._weight(value, 0)
            Allowance().spend(nodes, size)

    def _weight(self, value: Any, depth: int) -> tuple[int, int, int]:
        """Return nodes, bytes and height of a value."""
        known = self._known.get(id(value))
        if depth + (known[2] if known else 0) > MAX_DEPTH:
            raise WireError(TOO_DEEP)
        if known is None:
            known = self._known[id(value)] = self._summed(value, depth)
        return known

    def _summed(self, value: Any, depth: int) -> tuple[int, int, int]:
        kind = type(value)
        if kind is np.ndarray or kind is str or kind is bytes:
            return 1, value.nbytes if kind is np.ndarray else len(value), 0
        parts: Iterable[Any] = parts_of(value) if _is_parted(kind) else ()
        nodes, size, height = 1, 0, 0
        for part in parts:
            if _is_parted(type(part)):
                more = self._weight(part, depth + 1)
                nodes, size, height = nodes + more[0], size + more[1], max(height, more[2] + 1)
            else:
                nodes += 1
        return nodes, size, height


_PARTED = frozenset(map(id, (*BRACKETS, str, bytes, np.ndarray)))


def _is_parted(kind: type) -> bool:
    """Whether values of a type may hold much."""
    return id(kind) in _PARTED or is_tuple(kind)
