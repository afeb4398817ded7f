"""What tells one answer of a call from another, so that the next call may follow upon it.

A number is the same whatever its type, and a list goes as a tuple: most tests take 4 as they take
4.0. One that does not ends there, and what the next call came to is of no account.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

from . import wire

# A longer text would be held a few dozen times by whoever compares it.
_MAX_TEXT = 1_000
# So many digits rounding leaves alone.
_DIGITS = 12
# Integers from here on are told apart by more digits than that.
_MAX_INT = 10**_DIGITS


def brief(value: wire.Tree, changed: list[list[wire.Tree]]) -> float | str | None:
    """Return an answer in brief: a number, or the text of what was returned and changed.

    Args:
        value: what a call has returned.
        changed: pairs of number and new content of what it has changed in its arguments.

    Returns:
        None where that would be too long.
    """
    number = None if changed else _number(value)
    if number is not None and math.isfinite(number):
        return float(number)
    text = ""
    for piece in _pieces([value, changed]):
        text += piece
        if len(text) > _MAX_TEXT:
            return None
    return text


def _number(tree: wire.Tree) -> float | None:
    """Return the number that a tree is of, whatever its type."""
    if type(tree) is dict and tree.get("t") in ("float64", "numpy"):
        tree = wire.decode(tree).item()
    is_number = isinstance(tree, float) or (isinstance(tree, int) and abs(tree) < _MAX_INT)
    return tree if is_number else None


def _pieces(tree: wire.Tree) -> Iterator[str]:
    number = _number(tree)
    if number is not None:
        yield f"{float(number):.{_DIGITS}g}"
        return
    match tree:
        case list() | {"t": "list" | "tuple", "v": list()}:
            yield "["
            for part in tree if isinstance(tree, list) else tree["v"]:
                yield from _pieces(part)
                yield ","
            yield "]"
        case dict():
            for key, part in tree.items():
                yield json.dumps(key)
                yield from _pieces(part)
        case _:
            yield json.dumps(tree)
