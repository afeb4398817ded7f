"""What one finished execution of a test comes to: its outcome, in words, and whose fault it is."""

from __future__ import annotations

import re
import traceback
import types
from dataclasses import dataclass

import pytest
from _pytest.skipping import xfailed_key

from grading.shared.explain import explain

from .answers import Answer, candidate_error
from .known import PRINTED, follows_reference, unlike
from .mistakes import Answers
from .misuse import is_misuse, said_of
from .pytest_session import SKIPPED, Execution, ReturnedError, test_id
from .report import ASK, Ending
from .standin import Fault, StandIn, own_place
from .unsent import unsent
from .written import call_shown

# What ends pytest itself, or all of Python.
_ENDS = (SystemExit, KeyboardInterrupt, pytest.exit.Exception)
_INTROSPECTION = re.compile(r"^assert ", re.MULTILINE)


@dataclass(frozen=True)
class Classifier:
    """Judges executions of tests.

    Attributes:
        standin: what the tests call, as the execution has left it.
        shows_expected: whether a learner may see what the reference answers.
    """

    standin: StandIn
    shows_expected: bool

    def of(self, item: pytest.Item, execution: Execution, answers: Answers) -> Ending:
        """Return what a finished execution comes to, given what the build recorded."""
        return self._of_calls(item, answers) or self._of_problem(item, execution, answers)

    def _of_calls(self, item: pytest.Item, answers: Answers) -> Ending | None:
        """Return what a test comes to whose calls were not answered as in one process, if so."""
        if self.standin.fault is not None:
            return self._faulty(item, self.standin.fault, answers)
        if self.standin.change_lost:
            text = self.standin.change_lost
            return Ending("failed", f"{text}. Work on a copy of it.")
        if self.standin.strayed:
            text = f"This test makes other calls each time that it runs{self._other_calls()}"
            return Ending("error", f"{text}. {ASK}", fault="exercise")
        return None

    def _of_problem(self, item: pytest.Item, execution: Execution, answers: Answers) -> Ending:
        """Return what a test comes to that has raised something, or nothing."""
        problem, exchanges = execution.problem, self.standin.exchanges
        if isinstance(problem, SKIPPED) and self._differs(item, answers):
            return self._at_odds("does not go on with", item, answers, str(problem))
        if isinstance(problem, SKIPPED) or item.stash.get(xfailed_key, None):
            return Ending("not-run", "This test was skipped.", fault="exercise")
        if problem is None:
            return Ending("passed", "", fault=None)
        error = candidate_error(problem)
        if error is not None:
            return Ending("error", explain(error), error)
        if isinstance(problem, (AssertionError, pytest.fail.Exception)) and not is_misuse(problem):
            return Ending("failed", self._assertion(problem) + self._part(execution))
        said = said_of(problem)
        if not self._is_slip(problem):
            if lost := unsent(exchanges, answers.of(test_id(item)), said):
                return Ending("failed", lost)
            if exchanges and not follows_reference(answers, test_id(item), exchanges):
                return self._at_odds("cannot work with", item, answers, said)
        return Ending("error", f"The test itself is broken ({said}). {ASK}", fault="exercise")

    def _other_calls(self) -> str:
        calls = self.standin.unstable
        return "" if calls is None else f": {call_shown(calls[0])}, then {call_shown(calls[1])}"

    def _faulty(self, item: pytest.Item, fault: Fault, answers: Answers) -> Ending:
        """Return what a test comes to whose call could not be carried."""
        if fault.returned is not None:
            text = f"Your function returned a value of type {fault.returned}"
            return Ending("failed", f"{text}, and the test cannot go on with that.")
        if self._differs(item, answers):
            text = f"The test cannot go on with what your function {self._deed(item, answers)}"
            return Ending("failed", f"{text}: {fault.text}.")
        return Ending("error", f"The test itself is broken: {fault.text}. {ASK}", fault="exercise")

    def _at_odds(self, how: str, item: pytest.Item, answers: Answers, why: str) -> Ending:
        """Return what a test comes to that does not get along with a learner's answer."""
        shown = f" ({why})" if self.shows_expected else ""
        deed = self._deed(item, answers)
        return Ending("failed", f"The test {how} what your function {deed}{shown}.")

    def _deed(self, item: pytest.Item, answers: Answers) -> str:
        """Return what a learner's function did otherwise than the reference, prints last."""
        pairs = zip(self.standin.exchanges, answers.of(test_id(item)), strict=False)
        deeds = [
            _deed_of(parts, e.answer) for e, tree in pairs if (parts := unlike(e.answer, tree))
        ]
        return next((deed for deed in deeds if deed != "printed"), (deeds or ["returned"])[0])

    def _differs(self, item: pytest.Item, answers: Answers) -> bool:
        """Whether a test has heard something else than the reference is known to say in it."""
        test, exchanges = test_id(item), self.standin.exchanges
        known = exchanges and test in answers.reference
        return bool(known) and not follows_reference(answers, test, exchanges)

    def _assertion(self, problem: BaseException) -> str:
        """Return an assertion's own message, or pytest's account of it where there is none.

        An account, and what a library says of two values, holds the right one.
        """
        text = str(problem)
        own = _INTROSPECTION.split(text, maxsplit=1)[0].strip()
        if not self.shows_expected:
            text, own = "", own if self._is_of_tests(problem) else ""
        return own or text or "An assertion of the test did not hold."

    def _part(self, execution: Execution) -> str:
        """Return the name of the subtest that failed; its parameters may hold the right answer."""
        if execution.subtest is None:
            return ""
        given = execution.subtest.kwargs if self.shows_expected else {}
        parameters = ", ".join(f"{name}={value}" for name, value in given.items())
        named = f" [{execution.subtest.msg}]" if execution.subtest.msg else ""
        return named + (f" ({parameters})" if given else "")

    def _is_slip(self, problem: BaseException) -> bool:
        """Whether tests misuse pytest, return, end it or name what is not there: no answer does."""
        is_slip = type(problem) is NameError or isinstance(problem, ImportError)
        is_slip = is_slip or isinstance(problem, _ENDS)
        is_vain = is_misuse(problem) or isinstance(problem, ReturnedError)
        return is_vain or self._asks_in_vain(problem) or (is_slip and self._is_of_tests(problem))

    def _asks_in_vain(self, problem: BaseException) -> bool:
        """Whether tests ask the stand-in for what is no entry point, themselves or to patch it, or
        another module for what they spell out and it does not have.
        """
        if not isinstance(problem, AttributeError):
            return False
        text = f"{self.standin!r} has no attribute "
        if problem.obj is self.standin or str(problem).startswith(text):
            return True
        return isinstance(problem.obj, types.ModuleType) and self._is_spelled_out(problem)

    def _is_spelled_out(self, problem: AttributeError) -> bool:
        """Whether a line of the tests themselves holds the name that was asked for."""
        frames = list(traceback.walk_tb(problem.__traceback__))
        # A module may have a function that looks for what it lacks, as NumPy has.
        asking = [at for at in frames if at[0].f_code.co_name != "__getattr__"][-1:]
        is_own = bool(asking) and own_place(self.standin.folder, asking) is not None
        return is_own and problem.name in asking[0][0].f_code.co_names

    def _is_of_tests(self, problem: BaseException) -> bool:
        """Whether a line of the tests themselves raised it, or called `pytest.fail` or `exit`."""
        frames = list(traceback.walk_tb(problem.__traceback__))
        is_called = isinstance(problem, (pytest.fail.Exception, *_ENDS))
        last = frames[-2:] if is_called else frames[-1:]
        return bool(last) and own_place(self.standin.folder, last) is not None


def _deed_of(parts: set[str], answer: Answer) -> str:
    """Return what a function did, given the parts in which its answer is not the reference's."""
    if parts <= PRINTED:
        return "printed"
    if parts <= {"changed", *PRINTED}:
        return "did to its arguments"
    return "returned" if answer.error is None else "raised"
