"""What the candidate says to a call: read as a stranger's text, and an exception raised anew."""

from __future__ import annotations

import ast
import builtins
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from grading.shared import wire
from grading.shared.output import MAX_LINES, MAX_OUTPUT, CappedOutput

from .described import parse_error, text_of

# So long a text is read for the argument that it may be.
_MAX_LITERAL = 200
# A candidate says in a line of its own that it has cut something.
_SLACK = 40


class AnswerError(ValueError):
    """The candidate's answer is not of the wire's form."""


Changes = list[list[Any]]
Spans = list[list[int]]


@dataclass(frozen=True)
class Answer:
    """What the candidate said to one call, as far as it is of the wire's form.

    Attributes:
        changed: pairs of number and new content, as a tree, of what the call's arguments hold.
        stdout: all that was printed.
        stderr: begin and end, in that, of what went to the stream for errors.
    """

    kind: str
    value: wire.Tree
    error: dict[str, Any] | None
    changed: Changes
    stdout: str = ""
    stderr: Spans = field(default_factory=list)

    def as_text(self, with_printed: bool = True) -> str:
        """Return what a record keeps of what was said, as JSON."""
        return json.dumps(self.parts(with_printed))

    def parts(self, with_printed: bool = True) -> dict[str, Any]:
        """Return what a record keeps of what was said: no line or text of the code."""
        error = self.error and _kept(self.error)
        said = {"kind": self.kind, "value": self.value, "error": error, "changed": self.changed}
        printed = {"stdout": self.stdout, "stderr": self.stderr}
        return {**said, **printed} if self.stdout and with_printed else said

    def printed(self) -> Iterator[tuple[str, str]]:
        """Yield what was printed, in order, each text with the name of its stream in `sys`."""
        place = 0
        for begin, end in (*self.stderr, [len(self.stdout)] * 2):
            yield "stdout", self.stdout[place:begin]
            yield "stderr", self.stdout[begin:end]
            place = end


def _kept(error: dict[str, Any]) -> dict[str, Any]:
    """Return what a record keeps of an exception."""
    kept = {key: error[key] for key in ("type", "builtin", "message")}
    several = {"builtins": error["builtins"]} if len(error["builtins"]) > 1 else {}
    return {**kept, **several}


def parse_answer(text: str) -> Answer:
    """Return a candidate's answer, its values still as trees: see `replay.check`.

    Raises:
        AnswerError: if the text is anything else.
    """
    try:
        raw = wire.parse(text)
        kind, error = raw["kind"], raw.get("error")
        if kind not in ("returned", "raised") or (kind == "raised") != (error is not None):
            raise AnswerError("no kind of answer")
        changed = [[_number(number), tree] for number, tree in raw["changed"]]
        described = None if error is None else parse_error(error)
        printed = capped([text_of(raw["stdout"])])
        return Answer(
            kind, raw.get("value"), described, changed, printed, _spans(raw.get("stderr", ()))
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as problem:
        raise AnswerError("the candidate sent an answer that cannot be read") from problem


def _spans(stderr: Any) -> Spans:
    ends = [_number(end) for begin, end in stderr for end in (begin, end)]
    if ends != sorted(ends):
        raise AnswerError("no order of what was printed")
    return [ends[n : n + 2] for n in range(0, len(ends), 2)]


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


def _number(part: Any) -> int:
    if type(part) is not int or part < 0:
        raise AnswerError("no number of anything")
    return part


def rebuild(error: dict[str, Any]) -> BaseException:
    """Return an exception like the candidate's, marked as the candidate's own.

    A built-in exception comes back as that class; any other as a new class of its name, derived
    from its built-in bases.
    """
    bases = _bases(error["builtins"])
    is_builtin = [base.__name__ for base in bases] == [error["type"]]
    kind = bases[0] if is_builtin else _derived(error["type"], bases)
    problem = _made(kind, error["message"])
    if str(problem) != error["message"]:  # what is said in no way that is known of its class
        kind = _derived(error["type"], bases, {"__str__": lambda self: error["message"]})
        problem = _made(kind, error["message"])
    problem.candidate_error = error
    assert isinstance(problem, BaseException)
    return problem


def _bases(names: list[str]) -> list[type[BaseException]]:
    """Return the built-in exceptions of these names; a group wants what none can be told of."""
    found = [getattr(builtins, name, None) for name in names]
    kinds = [kind for kind in found if isinstance(kind, type) and issubclass(kind, BaseException)]
    return [kind for kind in kinds if not issubclass(kind, BaseExceptionGroup)] or [Exception]


def builtin_base(error: dict[str, Any]) -> type[BaseException]:
    """Return the nearest built-in base of an exception like the candidate's."""
    return _bases(error["builtins"])[0]


def _derived(
    name: str, bases: list[type[BaseException]], members: Mapping[str, Any] = MappingProxyType({})
) -> type[BaseException]:
    """Return a new class; of its nearest base alone if no class can derive from all of them."""
    members = {**members, "__module__": builtins.__name__}  # no text is to name this one
    try:
        return type(name, tuple(bases), members)
    except TypeError:
        return type(name, (bases[0],), members)


def _made(kind: type[BaseException], message: str) -> Any:
    # Past constructors that want more arguments, by the base that lays it out where it has several.
    laid_out: Any = kind if "__new__" in vars(kind) else kind.__base__
    problem = laid_out.__new__(kind)
    if isinstance(problem, SyntaxError):
        problem.msg = message
    for args in ((message,), _written_out(message), ()):
        problem.args = args
        if str(problem) == message:
            return problem
    problem.args = (message,)
    return problem


def _written_out(message: str) -> tuple[Any, ...]:
    """Return the argument of an exception that says it as a literal, as a KeyError does."""
    if len(message) > _MAX_LITERAL:
        return ()
    try:
        return (ast.literal_eval(message),)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return ()


def candidate_error(problem: BaseException | None) -> dict[str, Any] | None:
    """Return the description that `rebuild` was given, or None for an exception of the judge's."""
    error = getattr(problem, "candidate_error", None)
    return error if isinstance(error, dict) else None
