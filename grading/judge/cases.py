"""The case of a failed test: the call that it hangs on, what came back, what is right."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from grading.shared import wire

from .answers import Answer, builtin_base
from .call_code import Earlier, call_code
from .culprits import MAX_SECONDS, Culprits
from .differences import differences, remarks
from .known import Known, recorded_answer
from .nans import with_one_nan
from .objects import argument_name, unlike_objects
from .pytest_session import PytestSession, test_id
from .replay import ChangeLost, changed_arguments, returned
from .standin import Exchange, StandIn
from .written import MAX_SHOWN, call_shown, shown


@dataclass
class Cases:
    """Finds the case of a test that has just ended otherwise than by passing.

    Attributes:
        session: the tests.
        standin: what they call.
        shows_expected: whether a learner may see what the reference answers.
        usual: per test id, the calls that it makes upon right answers.
        remembers: whether the submission may remember something of earlier calls.
        before: what it was asked in the tests that have ended.
        trusted: functions of it that may answer in a form of their own: see `culprits`.
        accepted: answers of it that tests have accepted: see `culprits`.
        by_chance: per test id, the places of calls that have no one right answer.
    """

    session: PytestSession
    standin: StandIn
    shows_expected: bool
    usual: dict[str, list[str]] = field(default_factory=dict)
    remembers: bool = False
    before: list[Exchange] = field(default_factory=list)
    trusted: set[str] = field(default_factory=set)
    accepted: set[tuple[str, str]] = field(default_factory=set)
    by_chance: Mapping[str, Collection[int]] = field(default_factory=dict)

    def begin(self, remembers: bool) -> None:
        """Begin with a submission that has been asked nothing yet."""
        self.remembers = remembers
        self.before.clear()
        self.trusted.clear()
        self.accepted.clear()

    def passed(self, test: str, reference: list[wire.Tree]) -> None:
        """Learn from a test that has passed just now."""
        exchanges = self.standin.exchanges
        known = self.known(test, reference)
        if known.calls:
            self._culprits(known).trust(exchanges)
        # Answers of another form make other calls, to which the reference has said nothing.
        self.usual.setdefault(test, [exchange.call for exchange in exchanges])

    def end_test(self) -> None:
        """Keep what was asked in a test that has ended."""
        if self.remembers:
            self.before.extend(self.standin.exchanges)

    def after(
        self, item: pytest.Item, reference: list[wire.Tree], took: float
    ) -> dict[str, Any] | None:
        """Return the call that a test hangs on which has been run, and what came of it.

        Where this asks for the library, all of it has to be done again when that is there.

        Args:
            item: the test.
            reference: the reference's answers in it.
            took: how long the test took by itself, in seconds.
        """
        exchanges = list(self.standin.exchanges)
        if self.standin.wanted is not None or not exchanges:
            return self.pending(item, reference, took)
        last = (self.standin.failed_after or len(exchanges)) - 1
        known = self._known(item, reference, took)
        place = self._culprits(known).find(item, exchanges, last)
        self.standin.open_test()
        self.standin.exchanges[:] = exchanges
        exchange = exchanges[place]
        code = self._code(exchange.call, exchanges[:place])
        right = self._right(known, place, exchange.call)
        prints = known.prints(place, exchange.call) or known.differs_by_print(place, exchange)
        return _case_of(exchange, code, place, right, prints)

    def _culprits(self, known: Known) -> Culprits:
        return Culprits(self.session, self.standin, known, self.trusted, self.accepted)

    def pending(
        self,
        item: pytest.Item,
        reference: list[wire.Tree],
        took: float,
        got: str = "did not return",
    ) -> dict[str, Any] | None:
        """Return the call that a test waits for, and which has no answer."""
        call, place = self.standin.wanted, len(self.standin.exchanges)
        if call is None:
            return None
        known = self._known(item, reference, took)
        code, right = self._code(call, self.standin.exchanges), self._right(known, place, call)
        expected = None if right is None else _came_of(right, bool(right.answer.stdout))
        return _case(call, code, place, expected, got, [])

    def _code(self, call: str, own: list[Exchange]) -> str:
        """Return a call as code, after the calls without which it may come to something else."""
        if not self.remembers:
            return call_code(call)
        earlier = [Earlier(e.call, e.answer.error is not None) for e in (*self.before, *own)]
        return call_code(call, earlier, len(own))

    def _right(self, known: Known, place: int, call: str) -> Exchange | None:
        """Return the reference's own call and answer, if they are right alone, and may be shown."""
        is_right = known.has(place, call) and place not in known.by_chance
        if not (self.shows_expected and is_right):
            return None
        return Exchange(known.calls[place], recorded_answer(known.answers[place]))

    def known(self, test: str, reference: list[wire.Tree]) -> Known:
        """Return the reference's calls and answers in a test, as far as its calls are known."""
        calls = self.usual.get(test, [])
        if len(calls) != len(reference):
            return Known([], [])
        return Known(calls, reference, self.by_chance.get(test, ()))

    def _known(self, item: pytest.Item, reference: list[wire.Tree], took: float) -> Known:
        """Return the reference's calls and answers in a test that takes no time by itself."""
        return Known([], []) if took > MAX_SECONDS else self.known(test_id(item), reference)

    def follow(self, item: pytest.Item, reference: list[wire.Tree]) -> None:
        """Run a test over the reference's answers, to learn its calls."""
        standin, kept = self.standin, (list(self.standin.exchanges), self.standin.wanted)
        standin.open_test()
        standin.ahead = map(recorded_answer, reference)
        if self.session.execute(item).problem is None and standin.is_sound:
            self.usual[test_id(item)] = [exchange.call for exchange in standin.exchanges]
        standin.open_test()
        standin.exchanges[:], standin.wanted = kept


def _case_of(
    exchange: Exchange, code: str, place: int, right: Exchange | None, prints: bool
) -> dict[str, Any]:
    got = _came_of(exchange, prints)
    expected = None if right is None else _came_of(right, prints)
    notes = _notes(exchange, right)
    return _case(exchange.call, code, place, expected, got, notes)


def _case(
    call: str, code: str, place: int, expected: str | None, got: str, notes: list[str]
) -> dict[str, Any]:
    """Return a case for the report: ``{call, shown, got, expected, notes, index}``.

    Args:
        call: the call.
        code: the same to be run.
        place: its place among the calls of its test.
        expected: what comes of it by the reference, if that is known and may be shown.
        got: what came of it.
        notes: in what that differs.
    """
    return {
        "call": code,
        "shown": call_shown(call),
        "got": got,
        "expected": expected,
        "notes": notes,
        "index": place,
    }


def told_in_line(exchange: Exchange) -> str:
    """Return a call and what came of it, on one line."""
    came = _came_of(exchange, prints=False)
    return one_line(call_shown(exchange.call), came)


def one_line(call: str, got: str) -> str:
    """Return a call and what came of it, both as a case has them, on one line."""
    verb = "" if got.startswith(("raised ", "did not", "had its", "changed an")) else "returned "
    return f"{call} {verb}{got}"


def _came_of(exchange: Exchange, prints: bool) -> str:
    """Return what came of a call; what was printed, too, where that counts."""
    answer = exchange.answer
    printed = _printed(answer) if prints else ""
    if answer.error is not None:
        message = answer.error["message"]
        raised = f"raised {answer.error['type']}{f': {message}' if message else ''}"[:MAX_SHOWN]
        return raised + printed
    try:
        return shown(returned(exchange.call, answer)) + printed
    except ChangeLost:
        return "changed an argument in a way that cannot be carried over"


def _printed(answer: Answer) -> str:
    texts = {"stdout": "", "stderr": ""}
    for name, text in answer.printed():
        texts[name] += text
    out = f", printed {shown(texts['stdout'])}" if texts["stdout"] else ""
    error = f", printed to sys.stderr {shown(texts['stderr'])}" if texts["stderr"] else ""
    return out + error or ", printed nothing"


def _notes(exchange: Exchange, right: Exchange | None) -> list[str]:
    try:
        if exchange.answer.error is not None:
            return _raised_unlike(exchange, right)
        value = returned(exchange.call, exchange.answer)
        notes = remarks(value)
        if right is None or right.answer.error is not None:
            return notes
        if not _is_own(exchange, right):
            return [*notes, *differences(value, returned(right.call, right.answer))]
        return [*notes, *_unlike(exchange, right, value)]
    except ChangeLost as problem:
        return [str(problem)]


def _raised_unlike(exchange: Exchange, right: Exchange | None) -> list[str]:
    """Return in what calls differ that raise exceptions of one name."""
    mine, other = exchange.answer.error, right.answer.error if right else None
    if right is None or mine is None or other is None or mine["type"] != other["type"]:
        return []
    base, wanted = builtin_base(mine), builtin_base(other)
    is_one = issubclass(base, wanted)
    kinds = [] if is_one else [f"{_an(base.__name__)}, not {_an(wanted.__name__)}"]
    if not _is_own(exchange, right):
        return kinds
    return [*kinds, *_changes(exchange.call, exchange.answer, right.answer)]


def _an(name: str) -> str:
    return f"{'an' if name[0] in 'AEIO' else 'a'} {name}"


def _is_own(exchange: Exchange, right: Exchange) -> bool:
    """Whether a call is the reference's: in one that is but near, other arguments may be one."""
    return exchange.call == right.call


def _unlike(exchange: Exchange, right: Exchange, value: Any) -> list[str]:
    """Return in what an answer differs to the reference's own call, but for what was printed."""
    call, answer = exchange.call, exchange.answer
    if answer.as_text(with_printed=False) == right.answer.as_text(with_printed=False):
        return []
    more = _changes(call, answer, right.answer)
    unlike = differences(value, returned(call, right.answer), not more)
    return [*(unlike or unlike_objects(call, answer, right.answer, not more)), *more]


def _changes(call: str, answer: Answer, right: Answer) -> list[str]:
    """Return in what arguments were left otherwise than the reference leaves them."""
    if answer.changed == right.changed:
        return []
    mine, others = changed_arguments(call, answer), changed_arguments(call, right)
    odd = [key for key in mine if key not in others or _text(mine[key]) != _text(others[key])]
    return [
        *(
            f"{argument_name(key)} {_left_otherwise(mine[key], others[key])}"
            if key in others
            else f"{argument_name(key)} changed in place: {shown(mine[key])}"
            for key in odd
        ),
        *(
            f"{argument_name(key)} should be {shown(value)} afterwards, and was left as it was"
            for key, value in others.items()
            if key not in mine
        ),
    ]


def _text(value: Any) -> str:
    return json.dumps(with_one_nan(wire.encode(value)))


def _left_otherwise(mine: Any, right: Any) -> str:
    mine_shown, right_shown = shown(mine), shown(right)
    if mine_shown != right_shown:
        return f"should be {right_shown} afterwards, and is {mine_shown}"
    unlike = "; ".join(differences(mine, right))
    return f"should be {right_shown} afterwards, and is not{f': {unlike}' if unlike else ''}"
