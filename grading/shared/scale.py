"""What a value weighs, where its parts come several times."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from .allowance import MAX_DEPTH, TOO_DEEP, Allowance, WireError
from .containers import BRACKETS, is_tuple, parts_of


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
