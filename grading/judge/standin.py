"""The judge's ``solution`` module: functions that answer from what the candidate has said.

A call that has no answer yet raises `CallNeeded`; the driver asks the candidate, and the test is
run again from its start (replay). An answer belongs to the call's place in its test and to its
arguments, checked equal, so a test whose calls change between replays is found out.
"""

from __future__ import annotations

import builtins
import json
import re
import traceback
import types
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from _pytest.outcomes import OutcomeException

from grading.shared import wire
from grading.shared.output import MAX_LINES, MAX_MESSAGE, MAX_OUTPUT, CappedOutput

# A candidate says in a line of its own that it has cut something.
_SLACK = 40
_INSIDE = re.compile(
    r"(?:[A-Za-z]:)?[/\\][^\s'\"<>()]*?(?:lib[/\\]python[\d.]+|site-packages|exercise[/\\]py)"
    r"[/\\](?:[^\s'\"<>()]*[/\\])?([^\s'\"<>()/\\]+)"
)


# Both derive from pytest's own BaseException, because pytest tears a test down to the end after
# one of those, and not after any other BaseException out of a fixture.
class CallNeeded(OutcomeException):
    """The test needs a call that the candidate has not answered yet."""


class UnstableTest(OutcomeException):
    """A replayed test made other calls than before: the exercise's fault."""


class ChangeLost(OutcomeException):
    """A call changed an argument in a way that the caller's own object cannot be given."""


class MachineryFailed(OutcomeException):
    """A call could not be carried: what it was is in `StandIn.fault`, whoever swallows this."""


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

    def as_text(self) -> str:
        """Return kind and value, for a record of what was said."""
        return json.dumps({"kind": self.kind, "value": self.value})


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
    return capped([stdout])


def capped(printed: Iterable[str], times: int = 1) -> str:
    """Return printed texts one after the other, cut as a candidate would have cut them.

    Args:
        printed: the texts; a submission that tampers sends them at any length.
        times: how many times as much as of one call is kept.
    """
    output = CappedOutput(times * MAX_OUTPUT + _SLACK, times * MAX_LINES + 2)
    for text in printed:
        output.write(text)
    return output.text()


def parse_error(raw: dict[str, Any]) -> dict[str, Any]:
    """Return a described exception with exactly its known fields, each of its type."""
    texts = {key: str(raw[key]) for key in ("type", "builtin", "message", "traceback")}
    texts["type"] = wire.clean_name(texts["type"])
    texts["message"] = without_paths(texts["message"][:MAX_MESSAGE])
    texts["traceback"] = without_paths(texts["traceback"][:MAX_OUTPUT])
    line = raw["line"]
    return {**texts, "line": line if type(line) is int else None}


def without_paths(text: str) -> str:
    """Return a text without the folders of the interpreter: they tell a learner nothing."""
    return _INSIDE.sub(r"\1", text)


class StandIn(types.ModuleType):
    """The module that hidden tests import as ``solution``."""

    def __init__(self, entry_points: list[str], folder: Path) -> None:
        super().__init__("solution", "Stands in for the learner's code.")
        self.folder = folder
        self.exchanges: list[Exchange] = []
        self.made = 0
        self.place = 0
        self.wanted: str | None = None
        self.unstable = False
        self.strayed = False
        self.change_lost = False
        self.fault: Fault | None = None
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
        self.made = 0
        self.rewind()

    def rewind(self) -> None:
        """Start the test's calls over, with the answers so far at hand."""
        self.place, self.wanted, self.unstable = 0, None, False
        self.change_lost, self.fault = False, None

    def record(self, answer: Answer, following: str | None = None) -> None:
        """Keep the answer to the call that was wanted.

        Args:
            answer: what the candidate said.
            following: the call that was asked next without waiting for the test to make it.
        """
        assert self.wanted is not None
        self.exchanges.append(Exchange(self.wanted, answer))
        self.wanted = following

    def settle(self) -> None:
        """Keep the calls that the execution just ended has made, and no others.

        `strayed` tells whether they are other calls than those of the execution before it.
        """
        self.strayed = self.unstable or self.place < self.made
        del self.exchanges[self.place :]
        self.made = self.place + (self.wanted is not None)

    def _call(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if self.collecting:
            text = f"{name} is called outside of a test: move the call into one"
            self.early.append(Fault(text, None, self._calling_place()))
            raise EarlyCallError(text)
        if self.wanted is not None or self.unstable or self.change_lost or self.fault:
            raise CallNeeded
        answer = self._answer(self._encoded(name, args, kwargs))
        try:
            return _replay(answer, args, kwargs)
        except ChangeLost:
            self.change_lost = True
            raise

    def _encoded(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
        """Return a call as text; what cannot be sent is noted here, where no test can hide it."""
        try:
            return _encode_call(name, args, kwargs)
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
        if self.place == len(self.exchanges):
            self.wanted = call
            raise CallNeeded
        exchange = self.exchanges[self.place]
        if exchange.call != call and self.place < self.made:
            self.unstable = True
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
        elif isinstance(value, (list, tuple, set, frozenset)):
            left += value
        elif isinstance(value, np.ndarray) and value.dtype == object:
            left += value.ravel().tolist()
    return None


def _encode_call(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    trees = {key: wire.encode_exactly(value) for key, value in kwargs.items()}
    call = {"function": name, "args": [wire.encode_exactly(a) for a in args], "kwargs": trees}
    return json.dumps(call)


def _replay(answer: Answer, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    given = {**{str(i): value for i, value in enumerate(args)}, **kwargs}
    for key, tree in answer.changed.items():
        if key in given:
            target, content = given[key], wire.decode(tree)
            if _write_back(target, content) is not target and type(content) is type(target):
                raise ChangeLost
    if answer.error is not None:
        raise rebuild(answer.error)
    return wire.decode(answer.value)


def _write_back(target: Any, content: Any) -> Any:
    """Put an argument's new content into the caller's own object, as a real call would have.

    Returns:
        What stands for the content from now on: the caller's object if it could take it.
    """
    if type(target) is not type(content):
        return content
    if isinstance(target, np.ndarray):
        return _write_array(target, content)
    if isinstance(target, list):
        target[:] = _write_parts(target, content)
        return target
    if isinstance(target, dict):
        kept = {key: _write_back(target[key], v) for key, v in content.items() if key in target}
        target.clear()
        target.update({**content, **kept})
        return target
    if isinstance(target, tuple) and len(target) == len(content):
        parts = [_write_back(*pair) for pair in zip(target, content, strict=True)]
        same = all(part is old for part, old in zip(parts, target, strict=True))
        return target if same else tuple(parts)
    return content


def _write_array(target: np.ndarray[Any, Any], content: np.ndarray[Any, Any]) -> Any:
    try:
        _take_form(target, content)
        target.setflags(write=True)
    except (ValueError, TypeError, AttributeError):
        # A view of what nobody may write to, or of what cannot have another form.
        return content
    target[...] = content
    target.setflags(write=content.flags.writeable)
    return target


def _take_form(target: np.ndarray[Any, Any], content: np.ndarray[Any, Any]) -> None:
    """Give an array another's dtype and shape in place, as ``a.shape = …`` does to the caller's."""
    if target.nbytes != content.nbytes:
        target.resize(content.shape, refcheck=False)
    if target.dtype != content.dtype:
        target.dtype = content.dtype  # type: ignore[misc]  # deprecated, and what learners do
    if target.shape != content.shape:
        target.shape = content.shape


def _write_parts(targets: list[Any], contents: list[Any]) -> list[Any]:
    """Return a list's new parts: those that stayed or only moved are the caller's own."""
    before = [json.dumps(wire.encode(part)) for part in targets]
    after = [json.dumps(wire.encode(part)) for part in contents]
    stayed = {n for n, pair in enumerate(zip(before, after, strict=False)) if pair[0] == pair[1]}
    rest: dict[str, list[int]] = {}
    for place in reversed(range(len(before))):
        if place not in stayed:
            rest.setdefault(before[place], []).append(place)
    sources: dict[int, int] = {place: place for place in stayed}
    for place, tree in enumerate(after):
        if place not in stayed and rest.get(tree):
            sources[place] = rest[tree].pop()
    left = set(range(len(before))) - set(sources.values())
    parts = [targets[sources[n]] if n in sources else part for n, part in enumerate(contents)]
    for place in left - sources.keys():
        if place < len(parts):
            parts[place] = _write_back(targets[place], contents[place])
    return parts


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
