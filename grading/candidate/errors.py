"""An exception of a submission's, as data: the learner's own part of it."""

from __future__ import annotations

import builtins
import linecache
import traceback
import types
from typing import Any

from grading.shared import wire
from grading.shared.output import MAX_MESSAGE
from grading.shared.position import NOWHERE, Position

from . import clues
from .kinds import bases_of
from .tracebacks import as_text, is_own, tell

_BUILTIN_ERRORS = {
    kind
    for kind in vars(builtins).values()
    if isinstance(kind, type) and issubclass(kind, BaseException)
}
_UNPACKING = "values to unpack"
# No line of a submission lies beyond, and no column.
_MAX_COUNT = 100_000

# As Python has places: first line, first byte, last line, and the byte behind the last one.
Span = tuple[int | None, int | None, int | None, int | None]


def describe(problem: BaseException) -> dict[str, Any]:
    """Return an exception as data: with a position where there is one, which else is nowhere.

    It is ``{type, builtin, builtins, message, suggestion, traceback, clues, file}`` and a
    position's fields, see `grading.shared.position`. ``builtins`` names the built-in classes that
    it derives from, but for bases of those, so that the judge can raise one like it; ``builtin``
    is the nearest, and ``file`` the one of the position.
    """
    names = [base.__name__ for base in _builtin_bases(type(problem))]
    kinds = {"type": wire.type_name(problem), "builtin": names[0], "builtins": names}
    plain: dict[str, Any] = {**kinds, "message": _message(problem)}
    try:
        if isinstance(problem, SyntaxError):
            problem = _with_sound_fields(problem, plain["message"])
        return {**plain, **_told(problem, plain["message"])}
    except BaseException:  # a submission's own class may break whatever it is asked for
        return {**plain, **_barely_told(problem, plain)}


def _builtin_bases(kind: type) -> list[type]:
    """Return the built-in classes that an exception's class derives from, the nearest first."""
    bases = [base for base in bases_of(kind) if base in _BUILTIN_ERRORS]
    return [base for base in bases if not any(base in bases_of(b)[1:] for b in bases)]


def _with_sound_fields(problem: SyntaxError, message: str) -> SyntaxError:
    """Return a syntax error like one that anybody may have made, with anything in it."""
    kind = next(k for k in (TabError, IndentationError, SyntaxError) if isinstance(problem, k))
    file = problem.filename if type(problem.filename) is str else None
    text = problem.text[:_MAX_COUNT] if type(problem.text) is str else None
    line, column, end_line, end_column = (
        number if type(number) is int and 0 <= number < _MAX_COUNT else None
        for number in (problem.lineno, problem.offset, problem.end_lineno, problem.end_offset)
    )
    if line is None or text is None:
        column = end_line = end_column = None
    sound = kind(message, (file, line, column, text, end_line, end_column))
    sound.__cause__, sound.__context__ = problem.__cause__, problem.__context__
    sound.__suppress_context__ = problem.__suppress_context__
    return sound.with_traceback(problem.__traceback__)


def _message(problem: BaseException) -> str:
    try:
        text = problem.msg if isinstance(problem, SyntaxError) else str(problem)
    except BaseException:  # a learner's own __str__ may raise anything
        return "(its message could not be read)"
    return text[:MAX_MESSAGE] if type(text) is str else ""


def _told(problem: BaseException, message: str) -> dict[str, Any]:
    told = tell(problem)
    said = str(told)
    suggestion = said.removeprefix(message).lstrip(". ") if said.startswith(message) else ""
    if isinstance(problem, SyntaxError):
        suggestion = ""
    frame = _last_frame(problem)
    file: str | None = None
    if frame is not None:
        file, position = frame.f_code.co_filename, _position_in(told.stack[-1])
        found = clues.of_arrays(frame, _code_at(file, position, message))
    elif isinstance(problem, SyntaxError) and is_own(problem.filename):
        file, position = problem.filename or "", _position_of_syntax(problem)
        line = position["line"] or 0
        found = clues.of_syntax(file, line)
        if isinstance(problem, IndentationError) and line:
            position = _position_of_indentation(file, line) or position
            found |= clues.of_indentation(file, line)
    else:
        position, found = NOWHERE, {}
    trace = as_text(told)
    return {"suggestion": suggestion, **position, "file": file, "traceback": trace, "clues": found}


def _barely_told(problem: BaseException, plain: dict[str, Any]) -> dict[str, Any]:
    frames = [
        f for f in traceback.walk_tb(problem.__traceback__) if is_own(f[0].f_code.co_filename)
    ]
    lines = traceback.StackSummary.extract(iter(frames[-1:])).format()
    end = f"{plain['type']}: {plain['message']}".removesuffix(": ")
    text = f"Traceback (most recent call last):\n{''.join(lines)}{end}\n"
    file, line = (frames[-1][0].f_code.co_filename, frames[-1][1]) if frames else (None, None)
    where = {**NOWHERE, "line": line, "file": file}
    return {"suggestion": "", **where, "traceback": text, "clues": {}}


def _last_frame(problem: BaseException) -> types.FrameType | None:
    frames = [frame for frame, _ in traceback.walk_tb(problem.__traceback__)]
    return next((f for f in reversed(frames) if is_own(f.f_code.co_filename)), None)


def _position_in(frame: traceback.FrameSummary) -> Position:
    return between(frame.filename, (frame.lineno, frame.colno, frame.end_lineno, frame.end_colno))


def between(file: str, span: Span) -> Position:
    """Return the position of a span of a file; the line alone, where no more is known."""
    line, first, end, last = span
    if first is None or last is None:
        return {**NOWHERE, "line": line}
    column = _character(file, line or 0, first)
    end_column = _character(file, end or 0, last)
    return {"line": line or 0, "column": column, "end_line": end or 0, "end_column": end_column}


def begin(span: Span) -> tuple[int, int]:
    """Return where a span begins, to bring spans in their order."""
    return span[0] or 0, span[1] or 0


def _character(file: str, line: int, byte: int) -> int:
    before = linecache.getline(file, line).encode()[:byte]
    return len(before.decode("utf-8", "replace")) + 1


def _position_of_syntax(problem: SyntaxError) -> Position:
    line, column, end_line, end_column = (
        number if type(number) is int and number > 0 else None
        for number in (problem.lineno, problem.offset, problem.end_lineno, problem.end_offset)
    )
    if line is None or column is None:
        return {**NOWHERE, "line": line}
    if end_line is None or end_column is None or (end_line, end_column) <= (line, column):
        end_line, end_column = line, column + 1
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column}


def _position_of_indentation(file: str, line: int) -> Position | None:
    """Return what a line begins with; Python points behind its end."""
    width = len(clues.indentation(file, line) or "")
    end = {"end_line": line, "end_column": width + 1}
    return {"line": line, "column": 1, **end} if width else None


def _code_at(file: str, position: Position, message: str) -> str:
    """Return the code of a position, or all of its line where there are no columns.

    Of values that are taken apart, it is what they are taken from.
    """
    first, last = position["line"] or 0, position["end_line"] or position["line"] or 0
    if _UNPACKING in message:
        return clues.unpacked(linecache.getline(file, first))
    lines = [linecache.getline(file, line) for line in range(first, last + 1)]
    if lines and position["end_column"] is not None and position["column"] is not None:
        lines[-1] = lines[-1][: position["end_column"] - 1]
        lines[0] = lines[0][position["column"] - 1 :]
    return "".join(lines)
