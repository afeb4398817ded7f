"""The variables of a call while it lasts, and what has become of them since they were last told."""

from __future__ import annotations

import functools
import inspect
import itertools
import types
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grading.shared.opaque import clean_name

from .instrument import Instrumented, Statement
from .origins import UNKNOWN, Held
from .summaries import Summaries, Summary, is_class

MAX_VARIABLES = 30

# What nobody looks for among variables.
_NOT_SHOWN = {types.ModuleType, types.FunctionType, types.BuiltinFunctionType, np.ufunc}
# As long as a variable is the same one of these, it is what it was.
_UNCHANGING = {int, float, bool, str, complex, types.NoneType}

Changes = dict[str, Summary | None]


@dataclass
class Frame:
    """A call of a learner's function, while it lasts.

    Attributes:
        number: in the order of the calls.
        turns: per loop that it is in, the number of that entry into a loop, and the turn.
        held: values of sub-expressions until the expression around them has its own.
        statement: the one under way.
        augmented: the last one, if it was such as ``x /= y``, until its effect has been seen.
        before: what the variables were that have changed.
        names: of what it has of its own and can be read.
    """

    number: int
    names: tuple[str, ...]
    turns: dict[int, list[int]] = field(default_factory=dict)
    held: dict[int, Held] = field(default_factory=dict)
    statement: Statement | None = None
    augmented: Statement | None = None
    before: dict[str, Summary] = field(default_factory=dict)
    _shown: dict[str, Summary] = field(default_factory=dict)
    _same: dict[str, Any] = field(default_factory=dict)

    def changes(self, frame: types.FrameType, summaries: Summaries) -> Changes:
        """Return the variables that are others than they were when this was last asked."""
        now = dict(itertools.islice(self._variables(frame), MAX_VARIABLES))
        changed: Changes = {name: None for name in self._shown if name not in now}
        for name, value in now.items():
            if name in self._same and self._same[name] is value:
                continue
            self._same.pop(name, None)
            if type(value) in _UNCHANGING:
                self._same[name] = value
            summary = summaries.of(value)
            if self._shown.get(name) != summary:
                changed[name] = summary
        self.before = {name: self._shown.get(name, {}) for name in changed}
        for name, told in changed.items():
            if told is None:
                del self._shown[name]
                self._same.pop(name, None)
            else:
                self._shown[name] = told
        return changed

    def told(self, name: str) -> Summary:
        """Return what was last told of a variable."""
        return self._shown.get(name, {})

    def look_up(self, frame: types.FrameType, name: str) -> Any:
        """Return what a name stands for in the frame; `UNKNOWN` for nothing."""
        for scope in (frame.f_locals if name in self.names else {}, frame.f_globals):
            if name in scope:
                return scope[name]
        return UNKNOWN

    def _variables(self, frame: types.FrameType) -> Iterator[tuple[str, Any]]:
        """Yield the frame's variables, and those of its module that its code names."""
        own: Any = frame.f_locals if self.names else {}
        code = frame.f_code
        hidden = {*self.names, *code.co_varnames, *code.co_cellvars}
        of_module = [name for name in code.co_names if name not in hidden]
        for scope, names in ((own, self.names), (frame.f_globals, of_module)):
            for name in names:
                if name in scope and _is_shown(scope[name]):
                    yield _clean(name), scope[name]


def names_of(frame: types.FrameType, found: Instrumented) -> tuple[str, ...]:
    """Return the names of the variables that are a frame's own.

    Python 3.13 takes a comprehension's variable for a cell throughout a function if it is one in
    some comprehension: to read it where it is none brings the interpreter down.
    """
    code = frame.f_code
    unsafe = found.inlined & {*code.co_cellvars}
    if code.co_flags & inspect.CO_OPTIMIZED:
        names = dict.fromkeys((*code.co_varnames, *code.co_cellvars, *code.co_freevars))
        return tuple(name for name in names if name not in unsafe and not name.startswith("."))
    if unsafe or type(frame.f_locals) is not dict:  # what holds a class's names may be its own
        return ()
    return code.co_names


_clean = functools.cache(clean_name)


def _is_shown(value: Any) -> bool:
    return type(value) not in _NOT_SHOWN and not is_class(value)
