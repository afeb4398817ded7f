"""The call that a failed test hangs on.

It is the earliest call such that the learner's answers up to and with it, followed by the
reference's, fail the test. An earlier answer that merely differs may be one that the test accepts.
Where the test goes on to other calls upon an answer than upon the reference's, nobody knows what
is right of those; it is that answer then, unless answers of its function did so in a test that
passed, or in a part of this one: they may be in a form of their own.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
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


@dataclass(frozen=True)
class Culprits:
    """Finds the call that a test hangs on which has failed.

    Attributes:
        session: the tests.
        standin: what they call; it is left as the last replay leaves it.
        known: the reference's calls and answers of the test.
        trusted: functions that may answer in a form of their own; more are added here.
    """

    session: PytestSession
    standin: StandIn
    known: Known
    trusted: set[str]

    def find(self, item: pytest.Item, exchanges: list[Exchange], last: int) -> int:
        """Return the place of the call.

        Args:
            item: the test.
            exchanges: its calls, with the learner's answers.
            last: the place of the last call that can be it.
        """
        parting: int | None = None  # the answer upon which the test goes on to other calls
        for place, passes in self._tried(item, exchanges, last):
            if passes is False:
                return place if parting is None else parting
            if passes:
                self.trust(exchanges[: place + 1])
                parting = None
            elif parting is None and self._parts(place, exchanges[place]):
                parting = place
        return last if parting is None else parting

    def trust(self, exchanges: list[Exchange]) -> None:
        """Trust functions upon whose answers a test went on to other calls, and accepted them.

        Args:
            exchanges: its calls, or as many as it is known to accept.
        """
        made = enumerate(exchanges)
        others = next((n for n, each in made if not self.known.has(n, each.call)), 0)
        parting = [each for n, each in enumerate(exchanges[:others]) if self._parts(n, each)]
        self.trusted.update(map(_function, parting))

    def _tried(
        self, item: pytest.Item, exchanges: list[Exchange], last: int
    ) -> Iterator[tuple[int, bool | None]]:
        """Yield the places of answers that are not known to be right, with `_passes` of each."""
        ends, left = time.perf_counter() + MAX_SECONDS, MAX_REPLAYS
        for place in range(last):
            if left == 0 or time.perf_counter() > ends:
                return
            if self._is_given(place, exchanges[place]):
                continue
            passes = None
            if self.known.has(place + 1, exchanges[place + 1].call):
                left -= 1
                passes = self._passes(item, exchanges[: place + 1])
            if library.wanted["wanted"]:
                return
            yield place, passes

    def _is_given(self, place: int, exchange: Exchange) -> bool:
        """Whether a call and its answer are the reference's."""
        known = self.known
        return known.has(place, exchange.call) and known.is_given(place, exchange.answer)

    def _parts(self, place: int, exchange: Exchange) -> bool:
        """Whether an answer may be why other calls follow: it is none of a form of its own."""
        known = self.known
        if not known.has(place, exchange.call) or _function(exchange) in self.trusted:
            return False
        return not known.is_nearly_given(place, exchange.answer)

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
