"""What tells one answer of a call from another, so that the next call may follow upon it."""

from __future__ import annotations

import json
import math

from . import wire

# A longer text would be held a few dozen times by whoever compares it.
_MAX_TEXT = 1_000


def brief(value: wire.Tree, changed: list[list[wire.Tree]]) -> float | str | None:
    """Return an answer in brief: a number, or the text of what was returned and changed.

    Args:
        value: what a call has returned.
        changed: pairs of number and new content of what it has changed in its arguments.

    Returns:
        None where that would be too long.
    """
    number = None if changed else wire.number(value)
    if number is not None and math.isfinite(number):
        return number
    text = json.dumps([value, changed])
    return text if len(text) <= _MAX_TEXT else None
