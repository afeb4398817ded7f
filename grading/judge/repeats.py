"""In a proof, tests that pass are executed again over the same answers: chance must not decide."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass

import pytest

from grading.shared import library

from .chance import Chance
from .pytest_session import Execution, PytestSession
from .standin import StandIn

# Of a test that draws of chance, so many executions, and so long (s): even what is rare shows.
MOST, SECONDS = 64, 0.5
# Of others, which may draw where nobody looks.
FEW, FEW_SECONDS = 6, 0.02
# A judge has to answer in its time (s): what takes longer is not executed again.
SLOW = 1.5
# In the first state all generators begin near one end of their range, in the second near the other.
FIRST = 105_574


@dataclass(frozen=True)
class Repeats:
    """Executes tests again, upon the answers that a stand-in has."""

    session: PytestSession
    standin: StandIn

    def odd_one(self, item: pytest.Item, took: float) -> Execution | None:
        """Return the first execution that makes other calls, or does not pass, if one does so.

        Args:
            item: a test that has just passed.
            took: how long that took, in seconds.
        """
        if took > SLOW:
            return None
        try:
            return self._first_odd(item)
        finally:
            library.reseed()

    def _first_odd(self, item: pytest.Item) -> Execution | None:
        chance, began = Chance(self.standin.folder), time.perf_counter()
        for number in itertools.count(1):
            execution = self._execute(item, chance, FIRST + number - 1)
            is_odd = self.standin.strayed or execution.problem is not None
            if is_odd or library.wanted["wanted"]:
                return execution
            most, seconds = (MOST, SECONDS) if chance.counts else (FEW, FEW_SECONDS)
            if number >= most or time.perf_counter() - began > seconds:
                break
        return None

    def _execute(self, item: pytest.Item, chance: Chance, seed: int) -> Execution:
        self.standin.rewind()
        with chance.state(seed):
            execution = self.session.execute(item)
        if not library.wanted["wanted"]:  # else all of it comes again
            self.standin.settle(is_whole=True)
        return execution
