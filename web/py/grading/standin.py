"""The judge's ``solution`` module: functions that answer from what the candidate has said.

A call that has no answer yet raises `CallNeeded`; the driver asks the candidate, and the test is
run again from its start (replay). An answer belongs to the call's place in its test and to its
arguments, checked equal, so a test whose calls change between replays is found out.
"""

from __future__ import annotations

import builtins
import json
import types
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import wire


class CallNeeded(BaseException):
    """The test needs a call that the candidate has not answered yet."""


class UnstableTest(BaseException):
    """A replayed test made other calls than before: the exercise's fault."""


class EarlyCallError(RuntimeError):
    """A test file calls the candidate while it is imported, when there is none yet."""


class AnswerError(ValueError):
    """The candidate's answer is not of the wire's form."""


@dataclass(frozen=True)
class Answer:
    """What the candidate said to one call, as far as it is of the wire's form."""

    kind: str
    value: wire.Tree
    error: dict[str, Any] | None
    changed: dict[str, wire.Tree]
    stdout: str


@dataclass(frozen=True)
class Exchange:
    """One call of a test and its answer."""

    call: str
    answer: Answer


def parse_answer(text: str) -> Answer:
    """Return a candidate's answer.

    Raises:
        AnswerError: if the text is anything else.
    """
    try:
        raw = json.loads(text)
        kind, error, changed = raw["kind"], raw.get("error"), raw["changed"]
        if kind not in ("returned", "raised") or (kind == "raised") != (error is not None):
            raise AnswerError(f"kind {kind!r}")
        wire.decode(raw.get("value"))
        for tree in changed.values():
            wire.decode(tree)
        described = None if error is None else parse_error(error)
        return Answer(kind, raw.get("value"), described, changed, _printed(raw["stdout"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise AnswerError("the candidate sent an answer that cannot be read") from problem


def _printed(stdout: Any) -> str:
    if type(stdout) is not str:
        raise AnswerError("stdout is no text")
    return stdout


def parse_error(raw: dict[str, Any]) -> dict[str, Any]:
    """Return a described exception with exactly its known fields, each of its type."""
    texts = {key: str(raw[key]) for key in ("type", "builtin", "message", "traceback")}
    texts["type"] = wire.clean_name(texts["type"])
    line = raw["line"]
    return {**texts, "line": line if type(line) is int else None}


class StandIn(types.ModuleType):
    """The module that hidden tests import as ``solution``."""

    def __init__(self, entry_points: list[str]) -> None:
        super().__init__("solution", "Stands in for the learner's code.")
        self.exchanges: list[Exchange] = []
        self.place = 0
        self.wanted: str | None = None
        self.unstable = False
        self.collecting = True
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
        self.rewind()

    def rewind(self) -> None:
        """Start the test's calls over, with the answers so far at hand."""
        self.place, self.wanted, self.unstable = 0, None, False

    @property
    def strayed(self) -> bool:
        """Whether the execution just ended made other calls than those before it."""
        return self.unstable or self.place < len(self.exchanges)

    def record(self, answer: Answer) -> None:
        """Keep the answer to the call that was wanted."""
        assert self.wanted is not None
        self.exchanges.append(Exchange(self.wanted, answer))

    def _call(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if self.collecting:
            raise EarlyCallError(f"{name} is called outside of a test: move the call into one")
        if self.wanted is not None or self.unstable:
            raise CallNeeded
        call = _encode_call(name, args, kwargs)
        if self.place == len(self.exchanges):
            self.wanted = call
            raise CallNeeded
        exchange = self.exchanges[self.place]
        if exchange.call != call:
            self.unstable = True
            raise UnstableTest
        self.place += 1
        return _replay(exchange.answer, args, kwargs)


def _encode_call(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    trees = {key: wire.encode_exactly(value) for key, value in kwargs.items()}
    call = {"function": name, "args": [wire.encode_exactly(a) for a in args], "kwargs": trees}
    return json.dumps(call)


def _replay(answer: Answer, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    given = {**{str(i): value for i, value in enumerate(args)}, **kwargs}
    for key, tree in answer.changed.items():
        if key in given:
            _write_back(given[key], wire.decode(tree))
    if answer.error is not None:
        raise rebuild(answer.error)
    return wire.decode(answer.value)


def _write_back(target: Any, content: Any) -> None:
    """Put an argument's new content into the caller's own object, as a real call would have."""
    if type(target) is not type(content):
        return
    if isinstance(target, np.ndarray):
        if target.shape == content.shape and target.dtype == content.dtype:
            writeable = target.flags.writeable
            target.setflags(write=True)
            target[...] = content
            target.setflags(write=writeable)
    elif isinstance(target, list):
        target[:] = content
    elif isinstance(target, dict):
        target.clear()
        target.update(content)


def rebuild(error: dict[str, Any]) -> BaseException:
    """Return an exception like the candidate's, marked as the candidate's own.

    A built-in exception comes back as that class; any other as a new class of its name, derived
    from its nearest built-in base.
    """
    base = getattr(builtins, error["builtin"], None)
    if not (isinstance(base, type) and issubclass(base, BaseException)):
        base = Exception
    if issubclass(base, BaseExceptionGroup):
        base = Exception
    kind = base if base.__name__ == error["type"] else type(error["type"], (base,), {})
    problem = _made(kind, error["message"])
    if str(problem) != error["message"]:  # KeyError and a few more write out their arguments
        kind = type(error["type"], (base,), {"__str__": lambda self: error["message"]})
        problem = _made(kind, error["message"])
    problem.candidate_error = error
    assert isinstance(problem, BaseException)
    return problem


def _made(kind: type[BaseException], message: str) -> Any:
    problem = kind.__new__(kind)  # past constructors that want more arguments
    problem.args = (message,)
    return problem


def candidate_error(problem: BaseException | None) -> dict[str, Any] | None:
    """Return the description that `rebuild` was given, or None for an exception of the judge's."""
    error = getattr(problem, "candidate_error", None)
    return error if isinstance(error, dict) else None
