"""Whether what was printed may be meant for the result: it is, or looks like, what is right."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Any

import numpy as np

# How near a number comes that was rounded before it was printed.
_NEAR = 1e-2

# What stands before so many characters is no part of a number's text.
_LONGEST = 100

_OF_NUMPY = re.compile(r"np\.\w+\(([^()]*)\)")
_LAST_NUMBER = re.compile(r"(?<![\w.])([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)[\s.!)\]]*$")
_OPENING = re.compile(r"\w*[\[({]")


def may_be_result(line: str, right: Any, given: Iterable[Any]) -> bool:
    """Whether a line that was printed may be meant for a result.

    It ends with what is right, whatever stands before that; or it is, by itself, a value of the
    same kind, and none of the arguments, which are printed to look at them.

    Args:
        line: the line.
        right: what the reference returns.
        given: the arguments.
    """
    text = _OF_NUMPY.sub(r"\1", line.strip())
    if isinstance(right, np.ndarray | np.generic) and right.ndim == 0:
        right = right.item()
    if _ends_with(text, right):
        return True
    return _is_of_its_kind(text, right) and text not in {str(value) for value in given}


def _ends_with(text: str, right: Any) -> bool:
    if _is_number(right):
        last = _LAST_NUMBER.search(text[-_LONGEST:])
        return last is not None and math.isclose(float(last[1]), right, rel_tol=_NEAR)
    wanted = str(right).casefold()
    return wanted != "" and text.casefold().endswith(wanted)


def _is_of_its_kind(text: str, right: Any) -> bool:
    if isinstance(right, bool):
        return text in ("True", "False")
    if _is_number(right):
        return _parses(text) and not (isinstance(right, float) and text.lstrip("+-").isdigit())
    if isinstance(right, str):
        return _shares_words(text.casefold(), right.casefold())
    frames = [(_OPENING.match(each), each[-1:]) for each in (text, str(right))]
    opening = [match and match[0] for match, _ in frames]
    return opening[0] is not None and opening[0] == opening[1] and frames[0][1] == frames[1][1]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _parses(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _shares_words(text: str, right: str) -> bool:
    return (text != "" and text in right) or bool(set(text.split()) & set(right.split()))
