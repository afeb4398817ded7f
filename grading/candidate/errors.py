"""An exception of a submission's, as data: the learner's own part of it."""

from __future__ import annotations

import builtins
import traceback
from typing import Any

from grading.shared import wire
from grading.shared.output import MAX_MESSAGE

FILE = "solution.py"
MAX_TRACEBACK_FRAMES = 20

_BUILTIN_ERRORS = {
    kind
    for kind in vars(builtins).values()
    if isinstance(kind, type) and issubclass(kind, BaseException)
}
_BASES: Any = type.__dict__["__mro__"]


def describe(problem: BaseException) -> dict[str, Any]:
    """Return an exception as ``{type, builtin, message, line, traceback}`` of the learner's part.

    ``builtin`` names the nearest built-in class, so that the judge can raise one like it.
    """
    try:
        return _described(problem)
    except BaseException:  # a submission's own class may break whatever it is asked for
        name = wire.type_name(problem)
        return {"type": name, "builtin": "Exception", "message": "", "line": None, "traceback": ""}


def _described(problem: BaseException) -> dict[str, Any]:
    bases = _BASES.__get__(type(problem))
    builtin = next(base.__name__ for base in bases if base in _BUILTIN_ERRORS)
    message = _message(problem)
    name = wire.type_name(problem)
    frames = [
        f for f in traceback.walk_tb(problem.__traceback__) if f[0].f_code.co_filename == FILE
    ]
    line = frames[-1][1] if frames else None
    if isinstance(problem, SyntaxError) and problem.filename == FILE:
        line = problem.lineno
    text = _traceback(problem, name, message, frames)
    return {"type": name, "builtin": builtin, "message": message, "line": line, "traceback": text}


def _message(problem: BaseException) -> str:
    try:
        text = problem.msg if isinstance(problem, SyntaxError) else str(problem)
    except BaseException:  # a learner's own __str__ may raise anything
        return "(its message could not be read)"
    return text[:MAX_MESSAGE] if type(text) is str else ""


def _traceback(problem: BaseException, name: str, message: str, frames: list[Any]) -> str:
    if isinstance(problem, SyntaxError) and problem.filename == FILE:
        return "".join(traceback.format_exception_only(problem))
    shown = frames[-MAX_TRACEBACK_FRAMES:]
    summary = traceback.StackSummary.extract(iter(shown), lookup_lines=True)
    head = "Traceback (most recent call last):\n"
    if len(shown) < len(frames):
        head += f"  … {len(frames) - len(shown)} earlier frames\n"
    return head + "".join(summary.format()) + (f"{name}: {message}" if message else name) + "\n"
