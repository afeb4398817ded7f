"""What kept tests from being collected: where it stands, and what it is."""

from __future__ import annotations

import inspect
import re
import traceback
import types
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pluggy import HookImpl

from .misuse import named
from .standin import own_place

_DEF = re.compile(r"\s*(?:async\s+)?def\b")


def problem_of(folder: Path, path: Path, raised: BaseException) -> dict[str, Any]:
    """Return file, line and message of what pytest met; a line is known of most.

    With the name of the function that pytest was looking at, where no line of the tests was run.
    """
    problem = raised.__cause__ or raised
    message = named(problem)
    own: tuple[str, int | None] | None
    own = own_place(folder, traceback.walk_tb(problem.__traceback__))
    if isinstance(problem, SyntaxError) and problem.filename:
        own = _below(folder, Path(problem.filename)), problem.lineno
        message = f"Python cannot read it: {problem.msg}"
    function = None if own else _looked_at(folder, (raised, problem))
    if function is not None:
        name = function.__name__
        own = _below(folder, Path(function.__code__.co_filename)), _line(function)
        message = message.removeprefix("CollectError: ")
        message = message if re.search(rf"\b{name}\b", message) else f"{name}: {message}"
    file, line = own or (_below(folder, path), None)
    told = {"file": file, "line": line, "message": message}
    return {**told, "name": function.__name__} if function else told


def _below(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name


def _looked_at(folder: Path, raised: Iterable[BaseException]) -> types.FunctionType | None:
    """Return the tests' function that pytest had in hand, innermost, when it raised something."""
    frames = [frame for one in raised for frame, _ in traceback.walk_tb(one.__traceback__)]
    for frame in reversed(frames):
        for function in _functions(frame.f_locals.values()):
            if folder in Path(function.__code__.co_filename).parents:
                return function
    return None


def _functions(values: Iterable[Any]) -> Iterator[types.FunctionType]:
    for value in values:
        held = value.function if isinstance(value, HookImpl) else value
        held = inspect.unwrap(held) if isinstance(held, types.FunctionType) else None
        if isinstance(held, types.FunctionType):
            yield held


def _line(function: types.FunctionType) -> int:
    """Return the line of a function's name: decorators stand above it."""
    lines, first = inspect.getsourcelines(function)
    return next((at for at, line in enumerate(lines, first) if _DEF.match(line)), first)
