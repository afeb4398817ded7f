"""The judge's ``solution`` module: functions that answer from what the candidate has said.

A call that has no answer yet raises `CallNeeded`; the driver asks the candidate, and the test is
run again from its start (replay). An answer belongs to the call's place in its test and to its
arguments, checked equal, so a test whose calls change between replays is found out.
"""

from __future__ import annotations

import json
import sys
import traceback
import types
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from _pytest.outcomes import OutcomeException

from grading.shared import wire

from .answers import Answer
from .originals import Originals
from .replay import ChangeLost, replay


# Both derive from pytest's own BaseException, because pytest tears a test down to the end after
# one of those, and not after any other BaseException out of a fixture.
class CallNeeded(OutcomeException):
    """The test needs a call that the candidate has not answered yet."""


class UnstableTest(OutcomeException):
    """A replayed test made other calls than before: the exercise's fault."""


class MachineryFailed(OutcomeException):
    """A call could not be carried: what it was is in `StandIn.fault`, whoever swallows this."""


class EarlyCallError(RuntimeError):
    """A test file calls the candidate while it is imported, when there is none yet."""


@dataclass(frozen=True)
class Fault:
    """What kept a call of a test from being carried, and the line that made it.

    Attributes:
        text: what cannot be done.
        returned: the name of the candidate's own type that came back to it, where that is why.
        place: file and line, if they are known.
    """

    text: str
    returned: str | None
    place: tuple[str, int] | None


@dataclass(frozen=True)
class Exchange:
    """One call of a test and its answer."""

    call: str
    answer: Answer


class StandIn(types.ModuleType):
    """The module that hidden tests import as ``solution``."""

    def __init__(self, entry_points: list[str], folder: Path) -> None:
        super().__init__("solution", "Stands in for the learner's code.")
        self.folder = folder
        self.exchanges: list[Exchange] = []
        self.made = 0
        self.place = 0
        self.failed_after: int | None = None
        """How many calls came before the first problem of the execution; cleanups may make more."""
        self.wanted: str | None = None
        self.unstable: tuple[str, str] | None = None
        """The call that was made before, and the one that a replay makes in its place."""
        self.strayed = False
        self.change_lost: str | None = None
        self._originals = Originals()
        self.fault: Fault | None = None
        self.ahead: Iterator[Answer] = iter(())
        """Answers to whatever is asked next."""
        self.unread: tuple[Any, ...] = ()
        """The streams of which what is printed reaches no test."""
        self.collecting = True
        self.early: list[Fault] = []
        for name in entry_points:
            setattr(self, name, self._function(name))

    def _function(self, name: str) -> Callable[..., Any]:
        def stand_in(*args: Any, **kwargs: Any) -> Any:
            return self._call(name, args, kwargs)

        stand_in.__name__ = stand_in.__qualname__ = name
        stand_in.__module__ = "solution"
        return stand_in

    def open_test(self) -> None:
        """Forget the answers of the test before."""
        self.collecting = False
        self.exchanges.clear()
        self.ahead = iter(())
        self.made = 0
        self.rewind()

    def rewind(self) -> None:
        """Start the test's calls over, with the answers so far at hand and nothing changed yet."""
        self._originals.restore()
        self.place, self.wanted, self.unstable = 0, None, None
        self.failed_after = self.change_lost = self.fault = None

    def note_problem(self) -> None:
        """Note after which call something was first raised."""
        if self.failed_after is None:
            self.failed_after = self.place

    @property
    def is_sound(self) -> bool:
        """Whether the execution just ended made all its calls and nothing else was amiss."""
        amiss = self.unstable or self.change_lost or self.fault is not None
        return self.wanted is None and not amiss

    def record(self, answer: Answer, following: str | None = None) -> None:
        """Keep the answer to the call that was wanted.

        Args:
            answer: what the candidate said.
            following: the call that was asked next without waiting for the test to make it.
        """
        assert self.wanted is not None
        self.exchanges.append(Exchange(self.wanted, answer))
        self.wanted = following

    def settle(self, is_whole: bool = False) -> None:
        """Keep the calls that the execution just ended has made, and no others.

        `strayed` tells whether they are other calls than those of the execution before it.

        Args:
            is_whole: whether that had made all calls of its test.
        """
        self.strayed = self.unstable is not None or self.place < self.made
        if is_whole and self.wanted is not None:
            self.strayed, self.wanted = True, None
        del self.exchanges[self.place :]
        self.made = self.place + (self.wanted is not None)

    def _call(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if self.collecting:
            text = f"{name} is called outside of a test: move the call into one"
            self.early.append(Fault(text, None, self._calling_place()))
            raise EarlyCallError(text)
        if self.wanted is not None or self.unstable or self.change_lost or self.fault:
            raise CallNeeded
        call, given = self._encoded(name, args, kwargs)
        answer = self._answer(call)
        self._print(answer)
        try:
            return replay(answer, given, self._originals)
        except ChangeLost as problem:
            self.change_lost = str(problem)
            raise

    def _print(self, answer: Answer) -> None:
        """Print what a call printed, where a test may look: not if nothing but pytest listens."""
        for name, text in answer.printed():
            stream = getattr(sys, name)
            if text and stream not in self.unread:
                stream.write(text.encode("utf-8", "backslashreplace").decode())

    def _encoded(
        self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[str, wire.Given]:
        """Return a call as text; what cannot be sent is noted here, where no test can hide it."""
        try:
            trees, given = wire.encode_call(args, kwargs)
            return json.dumps({"function": name, **trees}), given
        except Exception as problem:
            returned = _returned_type([*args, *kwargs.values()])
            text = f"{name} is called with what cannot be sent: {problem}"
            self.fault = Fault(text, returned, self._calling_place())
            raise MachineryFailed(text) from None

    def _calling_place(self) -> tuple[str, int] | None:
        """Return the nearest of the tests' own lines on the way to this call."""
        return own_place(self.folder, reversed(list(traceback.walk_stack(None))))

    def _answer(self, call: str) -> Answer:
        """Return the answer to a call, if it is at hand."""
        if self.place == len(self.exchanges) and (answer := next(self.ahead, None)):
            self.exchanges.append(Exchange(call, answer))
        if self.place == len(self.exchanges):
            self.wanted = call
            raise CallNeeded
        exchange = self.exchanges[self.place]
        if exchange.call != call and self.place < self.made:
            self.unstable = exchange.call, call
            raise UnstableTest
        if exchange.call != call:  # the lookahead was wrong
            self.wanted = call
            raise CallNeeded
        self.place += 1
        return exchange.answer


def own_place(
    folder: Path, frames: Iterable[tuple[types.FrameType, int]]
) -> tuple[str, int] | None:
    """Return the last file below a folder, and the line there, that frames lead through."""
    places = [(Path(frame.f_code.co_filename), line) for frame, line in frames]
    own = [(path, line) for path, line in places if folder in path.parents]
    return (own[-1][0].relative_to(folder).as_posix(), own[-1][1]) if own else None


def _returned_type(args: Iterable[Any]) -> str | None:
    """Return the type of an answer that did not cross, where arguments hold one."""
    seen: dict[int, Any] = {}
    left = list(args)
    while left and len(seen) < wire.MAX_NODES:
        value = left.pop()
        if id(value) in seen:
            continue
        seen[id(value)] = value
        if isinstance(value, wire.Opaque):
            return type(value).__name__
        if isinstance(value, dict):
            left += [*value, *value.values()]
        elif isinstance(value, (list, tuple, deque, set, frozenset)):
            left += value
        elif isinstance(value, np.ndarray) and value.dtype == object:
            left += value.ravel().tolist()
    return None
