"""What pytest says of a test that uses it wrongly, told from what it says of answers."""

from __future__ import annotations

import re
import traceback

import pytest
from _pytest.fixtures import FixtureLookupError

_PATTERN = "Invalid regex pattern"
_SEE = re.compile(r"\s+See https?://.*", re.DOTALL)


def is_misuse(problem: BaseException) -> bool:
    """Whether pytest complains of a fixture, or somebody of a pattern that a test has written."""
    if isinstance(problem, FixtureLookupError):
        return True
    if isinstance(problem, re.error):
        return _is_written(problem)
    if not isinstance(problem, pytest.fail.Exception):
        return False
    frames = [frame for frame, _ in traceback.walk_tb(problem.__traceback__)]
    callers = [frame.f_globals.get("__name__") for frame in frames[-2:-1]]  # the last is `fail`
    is_pattern = callers == ["_pytest.raises"] and str(problem).startswith(_PATTERN)
    return is_pattern or callers == ["_pytest.fixtures"]


def said_of(problem: BaseException) -> str:
    """Return what was raised, in one line if it is pytest's, without where to read on."""
    if isinstance(problem, pytest.fail.Exception):
        return " ".join(_SEE.sub("", str(problem)).split()).rstrip(".")
    return named(problem)


def named(problem: BaseException) -> str:
    """Return an exception's class and its text, if it has one."""
    return ": ".join(text for text in (type(problem).__name__, str(problem)) if text)


def _is_written(problem: re.error) -> bool:
    """Whether a broken pattern stands in the code that led to it: no answer has made it."""
    frames = [frame for frame, _ in traceback.walk_tb(problem.__traceback__)]
    pattern = problem.pattern
    return pattern is not None and any(pattern in frame.f_code.co_consts for frame in frames)
