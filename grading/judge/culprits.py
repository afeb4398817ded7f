"""The call that a failed test hangs on.

It is the earliest call such that the learner's answers up to and with it, followed by the
reference's, fail the test. An earlier answer that merely differs may be one that the test accepts.
Where the test goes on to other calls upon an answer than upon the reference's, nobody knows what
is right of those; it is that answer then, unless a test that passed has accepted just this answer,
or answers of its function did so in such a test, or in a part of this one: they may be in a form of
their own.

Where no answer differs by more than rounding or prints, it is the earliest such call that differs
by these to which the same applies.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest

from grading.shared import library

from .known import Known, recorded_answer
from .pytest_session import PytestSession
from .standin import Exchange, StandIn

# A test is run again for each answer that differs: so often, and so long, at most; and one that
# takes its time by itself is not run again at all.
MAX_REPLAYS = 24
MAX_SECONDS = 0.5


class _Budget:
    """How often, and how long, a test may still be run again."""

    def __init__(self) -> None:
        self.left = MAX_REPLAYS
        self._ends = time.perf_counter() + MAX_SECONDS

    def is_spent(self) -> bool:
        return self.left == 0 or time.perf_counter() > self._ends


@dataclass(frozen=True)
class Culprits:
    """Finds the call that a test hangs on which has failed.

    Attributes:
        session: the tests.
        standin: what they call; it is left as the last replay leaves it.
        known: the reference's calls and answers of the test.
        trusted: functions that may answer in a form of their own; more are added here.
        accepted: other answers than the reference's that tests have accepted, as texts, with their
            calls; more are added here.
    """

    session: PytestSession
    standin: StandIn
    known: Known
    trusted: set[str]
    accepted: set[tuple[str, str]]

    def find(self, item: pytest.Item, exchanges: list[Exchange], last: int) -> int:
        """Return the place of the call.

        Args:
            item: the test.
            exchanges: its calls, with the learner's answers.
            last: the place of the last call that can be it.
        """
        parting: int | None = None  # the answer upon which the test goes on to other calls
        begin, budget = 0, _Budget()
        wrong = (n for n in range(last) if not self._is_given(n, exchanges[n]))
        for place, passes in self._tried(item, exchanges, wrong, budget):
            if passes is False:
                return place if parting is None else parting
            if passes:
                self.trust(exchanges[: place + 1])
                begin, parting = place + 1, None
            elif parting is None and self._parts(place, exchanges[place]):
                parting = place
        if parting is not None:
            return parting
        is_right = self._is_given(last, exchanges[last])
        return self._least(item, exchanges[: last + 1], begin, budget) if is_right else last

    def _least(
        self, item: pytest.Item, exchanges: list[Exchange], begin: int, budget: _Budget
    ) -> int:
        """Return the place of the call where answers that are given differ in the least thing.

        Args:
            item: the test.
            exchanges: its calls, the last of which it is where no other is.
            begin: the first place that it may be.
            budget: what is left for trying them.
        """
        last = len(exchanges) - 1
        unlike = [n for n in range(begin, last) if self._is_nearly_exact(n, exchanges[n])]
        accepted = begin - 1
        for place, passes in self._tried(item, exchanges, unlike, budget):
            if passes is False:
                return place
            accepted = place if passes else accepted
        return next((place for place in unlike if place > accepted), last)

    def trust(self, exchanges: list[Exchange]) -> None:
        """Trust answers that a test accepted, and functions upon whose answers it made other calls.

        Args:
            exchanges: its calls, or as many as it is known to accept.
        """
        made = enumerate(exchanges)
        others = next((n for n, each in made if not self.known.has(n, each.call)), 0)
        parting = [each for n, each in enumerate(exchanges[:others]) if self._parts(n, each)]
        self.trusted.update(map(_function, parting))
        for place, each in enumerate(exchanges):
            if self.known.has(place, each.call) and not self.known.is_given(place, each.answer):
                self.accepted.add(_texts(each))

    def _tried(
        self,
        item: pytest.Item,
        exchanges: list[Exchange],
        places: Iterable[int],
        budget: _Budget,
    ) -> Iterator[tuple[int, bool | None]]:
        """Yield places of answers before the last, with `_passes` of each."""
        for place in places:
            if budget.is_spent():
                return
            passes = None
            if self.known.has(place + 1, exchanges[place + 1].call):
                budget.left -= 1
                passes = self._passes(item, exchanges[: place + 1])
            if library.wanted["wanted"]:
                return
            yield place, passes

    def _is_given(self, place: int, exchange: Exchange) -> bool:
        """Whether a call and its answer are the reference's."""
        known = self.known
        return known.has(place, exchange.call) and known.is_given(place, exchange.answer)

    def _is_nearly_exact(self, place: int, exchange: Exchange) -> bool:
        """Whether a call and its answer are the reference's, but not to the letter."""
        return self._is_given(place, exchange) and not self.known.is_exact(place, exchange.answer)

    def _parts(self, place: int, exchange: Exchange) -> bool:
        """Whether an answer may be why other calls follow: neither its form nor chance is."""
        known = self.known
        is_free = place in known.by_chance or _function(exchange) in self.trusted
        if is_free or not known.has(place, exchange.call):
            return False
        return not known.is_nearly_given(place, exchange.answer) and (
            _texts(exchange) not in self.accepted
        )

    def _passes(self, item: pytest.Item, exchanges: list[Exchange]) -> bool | None:
        """Whether a test passes upon some answers and then the reference's.

        None where it goes on to other calls than the reference was asked.
        """
        standin, known, count = self.standin, self.known, len(exchanges)
        standin.open_test()
        standin.exchanges[:] = exchanges
        standin.ahead = map(recorded_answer, known.answers[count:])
        problem = self.session.execute(item).problem
        made = [exchange.call for exchange in standin.exchanges]
        follows = all(known.has(place, made[place]) for place in range(count, len(made)))
        return problem is None if standin.is_sound and follows else None


def _function(exchange: Exchange) -> str:
    return str(json.loads(exchange.call)["function"])


def _texts(exchange: Exchange) -> tuple[str, str]:
    return exchange.call, exchange.answer.as_text()
