"""Hears of lines, calls and exceptions of some code, by `sys.monitoring`."""

from __future__ import annotations

import contextlib
import sys
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

# Newer than the oldest Python that this is read by; the candidate's own has it.
_monitoring: Any = getattr(sys, "monitoring", None)
_TOOLS = range(6)

# What happens in code that is watched, and what Python tells of all code alike.
_LOCAL = ("LINE", "PY_START", "PY_RESUME", "PY_RETURN", "PY_YIELD")
_GLOBAL = ("RAISE", "PY_THROW", "PY_UNWIND")

Listeners = dict[str, Callable[..., Any]]


@contextlib.contextmanager
def monitored(codes: Iterable[types.CodeType], listeners: Listeners) -> Iterator[None]:
    """Tell listeners, by the events' names, what happens in some code meanwhile.

    Nothing is told where others have taken every place of a listener.
    """

    def tell(tool: int, is_on: bool) -> None:
        local, everywhere = (_bits(names) if is_on else 0 for names in (_LOCAL, _GLOBAL))
        for code in codes:
            _monitoring.set_local_events(tool, code, local)
        _monitoring.set_events(tool, everywhere)

    with _listening(listeners, tell):
        yield


@contextlib.contextmanager
def each_line_raises(problem: type[BaseException], file: str) -> Iterator[None]:
    """Have each line of a file that is begun meanwhile raise a problem, in its handlers, too.

    So code ends that would catch whatever one call raises, and make that call again.
    """

    def on_line(code: types.CodeType, line: int) -> None:
        if code.co_filename == file:
            raise problem

    def tell(tool: int, is_on: bool) -> None:
        _monitoring.set_events(tool, _bits(["LINE"]) if is_on else 0)

    with _listening({"LINE": on_line}, tell):
        yield


@contextlib.contextmanager
def _listening(listeners: Listeners, tell: Callable[[int, bool], None]) -> Iterator[None]:
    """Take a place for listeners, and give it back; `tell` switches on and off what they hear."""
    tool = _free_tool()
    if tool is None:
        yield
        return
    try:
        _register(tool, listeners)
        tell(tool, True)
        yield
    finally:
        with contextlib.suppress(ValueError):  # the code has given the place back itself
            tell(tool, False)
            _register(tool, dict.fromkeys(listeners))
            _monitoring.free_tool_id(tool)


def _register(tool: int, listeners: Mapping[str, Callable[..., Any] | None]) -> None:
    for name, listener in listeners.items():
        _monitoring.register_callback(tool, getattr(_monitoring.events, name), listener)


def _free_tool() -> int | None:
    if _monitoring is None:
        return None
    for tool in _TOOLS:
        with contextlib.suppress(ValueError):
            _monitoring.use_tool_id(tool, "steps")
            return tool
    return None


def _bits(names: Iterable[str]) -> int:
    return sum(getattr(_monitoring.events, name) for name in names)
