"""Results of tests, and the report of a run: one shape natively and in the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from .described import shown_error

VERSION = 1

Outcome = Literal["passed", "failed", "error", "timeout", "crashed", "not-run"]
Fault = Literal["learner", "exercise"]

PRECEDENCE = ("stopped", "crashed", "timeout", "invalid", "error", "failed")
ASK = "Please tell whoever gave you this exercise."


@dataclass(frozen=True)
class TestResult:
    """How one test ended."""

    __test__ = False  # not a test class for pytest to collect

    id: str
    title: str
    outcome: Outcome
    message: str = ""
    mistake: str | None = None
    detail: str = ""
    case: dict[str, Any] | None = None
    error: dict[str, Any] | None = None
    stdout: str = ""
    ms: float = 0.0
    fault: Fault | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the result as the report holds it."""
        raw = {**vars(self)}
        del raw["fault"]
        if self.error is not None:
            raw["error"] = shown_error(self.error)
        return raw


@dataclass(frozen=True)
class Ending:
    """What a test came to, or a run that no test ended: its candidate did, or loaded nothing.

    Attributes:
        is_of_many: whether no call alone took too long, but the run with all of them.
        stdout: what was printed by then that no answer has brought.
    """

    outcome: str
    message: str
    error: dict[str, Any] | None = None
    fault: Fault | None = "learner"
    is_of_many: bool = False
    stdout: str = ""


def assemble(
    exercise: str,
    recorded: list[dict[str, str]],
    results: list[TestResult],
    ending: Ending | None = None,
    stdout: str = "",
) -> dict[str, Any]:
    """Return the report of a run.

    Args:
        exercise: the exercise's slug.
        recorded: ``{"id", "title"}`` of every test, as recorded when the bundle was built.
        results: the tests that ended, in order.
        ending: what cut the run short, if anything did.
        stdout: what the submission printed while it was loaded.
    """
    ended = {result.id: result for result in results}
    tests = [ended.get(t["id"]) or TestResult(t["id"], t["title"], "not-run") for t in recorded]
    outcome, message, fault = _verdict(tests, ending)
    return {
        "version": VERSION,
        "exercise": exercise,
        "outcome": outcome,
        "fault": fault,
        "message": message,
        "error": shown_error(ending.error) if ending and ending.error else None,
        "stdout": stdout,
        "passed": sum(test.outcome == "passed" for test in tests),
        "total": len(tests),
        "tests": [test.as_json() for test in tests],
    }


def _verdict(tests: list[TestResult], ending: Ending | None) -> tuple[str, str, Fault | None]:
    passed = sum(test.outcome == "passed" for test in tests)
    if ending is None and tests and passed == len(tests):
        return "passed", f"All {passed} tests passed.", None
    found = {test.outcome for test in tests} | ({ending.outcome} if ending else set())
    outcome = next((o for o in PRECEDENCE if o in found), None)
    if ending and outcome == ending.outcome:
        cut = next((test for test in tests if test.outcome == outcome), None)
        return outcome, _told_of(cut, tests, ending.message), ending.fault
    if outcome is None:
        return "error", f"Not every test of this exercise was run. {ASK}", "exercise"
    if outcome == "failed":
        text = f"{passed} of {len(tests)} {'test' if len(tests) == 1 else 'tests'} passed."
        return outcome, text, "learner"
    blamed = [test for test in tests if test.outcome == outcome]
    first = min(blamed, key=lambda test: test.fault != "exercise")
    return outcome, _told_of(first, tests, first.message), first.fault


def _told_of(test: TestResult | None, tests: list[TestResult], message: str) -> str:
    """Return a test's message; with its title where the first test that failed is another."""
    failed = (each for each in tests if each.outcome not in ("passed", "not-run"))
    if test is None or test is next(failed):
        return message
    return f"In “{test.title}”: {message}"
