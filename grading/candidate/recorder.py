"""Records what a call does, step by step, while it does it, and hands the steps on in batches.

Lines, calls and exceptions come from `sys.monitoring`; values of sub-expressions and turns of loops
from probes in the code. Nothing here may change what the code does, or raise into it.
"""

from __future__ import annotations

import functools
import json
import sys
import types
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from grading.shared.opaque import clean_name

from .instrument import Instrumented, Probes
from .monitoring import Listeners, monitored
from .origins import Origins
from .summaries import Summaries, is_module, text_of
from .variables import Frame, names_of

MAX_STEPS = 2_000
MAX_CHARACTERS = 1_500_000
# Steps wait for one another so many, but never beyond the start of a line: it may be the last.
BATCH = 50
# So much deeper may code recurse than it could: as deep as what records it takes.
MARGIN = 60

_frame_at = sys._getframe
_GENERATOR = "<genexpr>"
# The steps before which a statement is over.
_AFTER = {"line", "turn", "return"}

Place = list[int]
Act = Callable[..., None]


def _careful(act: Act) -> Act:
    """Return what records something and never raises into the code that it is of.

    Objects that nobody needs any more may have code of their own run meanwhile, unrecorded.
    """

    @functools.wraps(act)
    def careful(self: Recorder, *given: Any) -> None:
        if self.is_busy:
            return
        self.is_busy = True
        try:
            act(self, *given)
        except RecursionError:
            pass  # at the very end of the stack
        except Exception:
            self.cut()
        finally:
            self.is_busy = False

    return careful


class Recorder:
    """Records one call.

    Attributes:
        found: what is known of the code.
        count: how many steps there are.
        is_cut: whether there were more.
    """

    def __init__(self) -> None:
        self.found = Instrumented()
        self.count = 0
        self.is_cut = self.is_busy = self.is_on = False
        self._send: Callable[[str], object] = len  # nobody listens yet
        self._steps: list[str] = []
        self._left = MAX_CHARACTERS
        self._frames: dict[int, Frame] = {}
        self._numbers = self._entries = 0
        self._summaries = Summaries()
        self._origins = Origins(self._summaries, self.found)

    def begin(self, found: Instrumented) -> None:
        """Record code whose probes mean this."""
        self.found = found
        self._origins = Origins(self._summaries, found)

    def cut(self) -> None:
        """Record nothing further."""
        self.is_on, self.is_cut = False, True

    @contextmanager
    def recording(self, send: Callable[[str], object]) -> Iterator[None]:
        """Record what is called meanwhile; each batch of steps is sent as a JSON array."""
        self._send = send
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(limit + MARGIN)
        self.is_on = True
        try:
            with monitored(self.found.codes, self._listeners()):
                yield
        finally:
            self.is_on = False
            sys.setrecursionlimit(limit)
            self._flush()

    def probes(self) -> Probes:
        """Return the probes by which code tells of itself."""

        def value(number: int, value: Any) -> Any:
            if self.is_on:
                self._value(_frame_at(1), number, value)
            return value

        def enter(loop: int, iterated: Any = None) -> Any:
            if self.is_on:
                self._enter(_frame_at(1), loop)
            return iterated

        def turn(loop: int) -> bool:
            if self.is_on:
                self._turn(_frame_at(1), loop)
            return True

        return Probes(value, enter, turn)

    def _listeners(self) -> Listeners:
        def listener(act: Act) -> Callable[..., None]:
            def listen(code: types.CodeType, at: int, *given: Any) -> None:
                if self.is_on:
                    act(_frame_at(1), at, *given)

            return listen

        acts = {
            "LINE": self._line,
            "PY_START": self._start,
            "PY_RESUME": self._resume,
            "PY_THROW": self._resume,
            "PY_RETURN": self._return,
            "PY_YIELD": self._yield,
            "RAISE": self._raise,
            "PY_UNWIND": self._unwind,
        }
        return {name: listener(act) for name, act in acts.items()}

    @_careful
    def _line(self, frame: types.FrameType, line: int) -> None:
        own = self._frame(frame)
        if _is_quiet(frame):
            return None
        statement = self.found.lines.get(line)
        last, own.statement = own.statement, statement
        if statement is None:
            return self._step("line", frame, [line], ())
        if statement is last and statement.first < statement.last:
            return None  # it goes on after a part of it on another line
        if statement.keeps and statement.loop in own.turns:
            return None  # a turn is a step of its own
        kept = {*statement.around, statement.loop}
        own.turns = {loop: turn for loop, turn in own.turns.items() if loop in kept}
        self._step("line", frame, [statement.first], statement.around)
        own.augmented = statement if statement.is_augmented else None
        return self._flush()

    @_careful
    def _value(self, frame: types.FrameType, number: int, value: Any) -> None:
        if is_module(value):
            return
        site, own = self.found.sites[number], self._frame(frame)
        summary = self._summaries.of(value)
        said = None
        if not self._origins.is_over:
            names = functools.partial(own.look_up, frame)
            said = self._origins.of_value(site, value, summary, own, names)
            if (held := self._origins.hold(value, summary)) is not None:
                own.held[number] = held
        told: Any = {"value": summary, "says": said, "may_change": site.may_change}
        self._step("value", frame, list(site.span), site.around, **told)

    @_careful
    def _enter(self, frame: types.FrameType, loop: int) -> None:
        self._entries += 1
        self._frame(frame).turns[loop] = [self._entries, 0]

    @_careful
    def _turn(self, frame: types.FrameType, number: int) -> None:
        own, loop = self._frame(frame), self.found.loops[number]
        if number not in own.turns:  # a generator's, which was entered in the frame around it
            self._entries += 1
            own.turns[number] = [self._entries, 0]
        own.turns[number][1] += 1
        if loop.has_step:
            self._step("turn", frame, list(loop.span), (*loop.around, number))
            self._flush()

    @_careful
    def _start(self, frame: types.FrameType, _offset: int) -> None:
        self._frames.pop(id(frame), None)  # of another frame that was there
        self._frame(frame)

    @_careful
    def _resume(self, frame: types.FrameType, *_: Any) -> None:
        if not _is_quiet(frame):
            self._step("resume", frame, [frame.f_lineno or 0], ())

    @_careful
    def _yield(self, frame: types.FrameType, _offset: int, value: Any) -> None:
        if not _is_quiet(frame):
            summary = self._summaries.of(value)
            self._step("yield", frame, [frame.f_lineno or 0], self._around(frame), value=summary)

    @_careful
    def _return(self, frame: types.FrameType, _offset: int, value: Any) -> None:
        if not _is_quiet(frame):
            summary = self._summaries.of(value)
            self._step("return", frame, [frame.f_lineno or 0], self._around(frame), value=summary)
        self._frames.pop(id(frame), None)

    @_careful
    def _raise(self, frame: types.FrameType, _offset: int, problem: BaseException) -> None:
        if self.found.owns(frame.f_code):
            place = self._place(frame.f_code, frame.f_lasti)
            self._step("raise", frame, place, self._around(frame), error=text_of(problem))

    @_careful
    def _unwind(self, frame: types.FrameType, *_: Any) -> None:
        self._frames.pop(id(frame), None)

    def _frame(self, frame: types.FrameType) -> Frame:
        """Return what is known of a frame; a new one is a step."""
        own = self._frames.get(id(frame))
        if own is None:
            caller = self._caller(frame)
            self._numbers += 1
            own = self._frames[id(frame)] = Frame(self._numbers, names_of(frame, self.found))
            name = clean_name(frame.f_code.co_qualname.split("<locals>.")[-1])
            if not _is_quiet(frame):
                line = frame.f_code.co_firstlineno
                self._step("call", frame, [line], (), name=name, caller=caller)
        return own

    def _caller(self, frame: types.FrameType) -> int | None:
        """Return the number of the nearest call of a learner's function that led to a frame."""
        back = frame.f_back
        while back is not None:
            if id(back) in self._frames:
                return self._frames[id(back)].number
            back = back.f_back
        return None

    def _around(self, frame: types.FrameType) -> tuple[int, ...]:
        statement = self._frame(frame).statement
        return statement.around if statement else ()

    def _place(self, code: types.CodeType, offset: int) -> Place:
        """Return where an instruction comes from."""
        for n, place in enumerate(code.co_positions()):
            if n == offset // 2:
                line, end_line, column, end_column = place
                if None in place:
                    return [line or code.co_firstlineno]
                return list(self.found.span(line, column, end_line, end_column))  # type: ignore[arg-type]
        return [code.co_firstlineno]

    def _step(
        self,
        kind: str,
        frame: types.FrameType,
        at: Place,
        around: Iterable[int],
        may_change: bool = True,
        **more: Any,
    ) -> None:
        own = self._frame(frame)
        changed = own.changes(frame, self._summaries) if may_change else {}
        if own.augmented is not None and kind in _AFTER:
            more["says"] = self._origins.of_changes(own.augmented.first, changed, own)
            own.augmented = None
        turns = [[self.found.loops[n].span[0], *own.turns[n]] for n in around if n in own.turns]
        step = {"kind": kind, "frame": own.number, "at": at, "changed": changed, "turns": turns}
        text = json.dumps({**step, **{key: part for key, part in more.items() if part is not None}})
        if self.count == MAX_STEPS or len(text) > self._left:
            return self.cut()
        if kind in _AFTER:
            own.held.clear()
        self.count += 1
        self._left -= len(text)
        self._steps.append(text)
        return self._flush() if len(self._steps) >= BATCH else None

    def _flush(self) -> None:
        if self._steps:
            self._send(f"[{','.join(self._steps)}]")
            self._steps.clear()


def _is_quiet(frame: types.FrameType) -> bool:
    """Whether a frame is a generator expression's: its values and turns are all there is to see."""
    return frame.f_code.co_name == _GENERATOR
