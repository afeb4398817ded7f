"""The judge: runs the hidden tests over a stand-in and says what the candidate is asked next.

It never sees the learner's code. The driver calls `begin` with how the submission loaded and
`advance` with each answer; both return one step as JSON:
``{"results", "running", "call", "lookahead", "report"}``, a call for the candidate or, at the end,
the report.

A test that meets the reference's answers makes the same calls again, so what it asks next can be
known, in this test and those after it: ``lookahead`` holds the reference's answers, in brief, and
the calls that then follow. A driver may ask those at once, as long as it is answered so, and hand
those of one test in together; the test then runs over all of them, and what it does not ask for is
dropped. A driver that has calls left of an earlier ``lookahead`` says so
(``lookahead_open``).
"""

from __future__ import annotations

import itertools
import json
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from grading.shared import library, wire

from . import endings
from .answers import capped
from .cases import Cases, one_line, told_in_line
from .classifying import Classifier
from .endings import CandidateEndedError
from .known import follows_reference
from .lookahead import Planned, lookahead
from .mistakes import Answers, Failures
from .pytest_session import (
    CollectionError,
    Execution,
    PytestSession,
    test_id,
    test_place,
    test_title,
)
from .repeats import Repeats
from .report import ASK, Ending, TestResult, assemble
from .standin import Fault, StandIn
from .wider import wider_fixtures

# Each call runs its test once more from the start, so their number has to have an end; sooner where
# it is known how many calls a test makes upon the reference's answers.
MAX_CALLS = 1_000
FEWEST_CALLS = 100
TIMES_CALLS = 10
# A test's output is as long as that of so many calls that print all they may.
KEPT_CALLS = 5


@dataclass(frozen=True)
class Facts:
    """What the build recorded of an exercise, for its judge.

    Attributes:
        tests: None while the build records them.
        is_proof: whether the reference is being proved: tests that chance decides are looked for.
    """

    tests: list[dict[str, str]] | None
    answers: Answers
    is_proof: bool = False

    @staticmethod
    def none() -> Facts:
        """Return the facts of a build that has recorded nothing yet."""
        return Facts(None, Answers.none())

    @staticmethod
    def from_json(raw: dict[str, Any]) -> Facts:
        """Return the facts of ``judge.json``, or of a proof."""
        return Facts(raw["tests"], Answers(**raw["answers"]), raw.get("is_proof", False))


Told = dict[str, Any]
Story = Generator[str, Told, dict[str, Any]]


class Judge:
    """One judge, for any number of runs of one exercise."""

    def __init__(
        self, folder: Path, slug: str, entry_points: list[str], shows_expected: bool
    ) -> None:
        self.slug, self.facts = slug, Facts.none()
        self.standin = StandIn(entry_points, folder)
        sys.modules["solution"] = self.standin
        self.session = PytestSession(folder, self.standin.note_problem)
        self.standin.unread = self.session.unread
        if self.standin.early:  # and what it raised was caught
            raise CollectionError([_early_problem(fault) for fault in self.standin.early])
        self.tests = [{"id": test_id(i), "title": test_title(i)} for i in self.session.items]
        self._results: list[TestResult] = []
        self._failures = Failures(self.facts.answers)
        self._sent = 0
        self._running: str | None = None
        self._took = 0.0
        self._wavers = False
        """Whether the test came to something else upon the same answers."""
        self._is_recording = False
        self._story: Story | None = None
        self.cases = Cases(self.session, self.standin, shows_expected)
        self._classifier = Classifier(self.standin, shows_expected)
        self._records: dict[str, Any] = {}

    def begin(self, text: str) -> str:
        """Start a run, given how the submission loaded (a judge input, as JSON)."""
        told: Told = json.loads(text)
        self._results, self._sent, self._running = [], 0, None
        self._failures = Failures(self.facts.answers)
        self.cases.by_chance = self.facts.answers.by_chance
        self.session.renew_temporary_folder()
        self._story = self._run(told)
        return self._step(told, lambda story: next(story))

    def advance(self, text: str) -> str:
        """Go on with a run, given the answer to the last call (a judge input, as JSON)."""
        told: Told = json.loads(text)
        return self._step(told, lambda story: story.send(told))

    def _step(self, told: Told, go_on: Callable[[Story], str]) -> str:
        assert self._story is not None
        call = report = None
        self._records.clear()
        self._is_recording = bool(told.get("record"))
        try:
            call = go_on(self._story)
        except StopIteration as end:
            self._story, self._running, report = None, None, end.value
        fresh = [result.as_json() for result in self._results[self._sent :]]
        self._sent = len(self._results)
        step = {"results": fresh, "running": self._running, "call": call, "report": report}
        step["lookahead"] = [] if told.get("lookahead_open") else self._lookahead(call)
        if self._is_recording:
            step["records"] = self._records
        return json.dumps(step)

    def _lookahead(self, call: str | None) -> list[dict[str, Any]]:
        """Return the calls that follow upon the reference's answers, with those answers.

        They go on into the tests after this one.
        """
        place = len(self.standin.exchanges)
        if self.cases.usual.get(self._running or "", [])[place : place + 1] != [call]:
            return []
        return lookahead(itertools.islice(self._planned(), place, None))

    def _planned(self) -> Iterator[Planned]:
        """Yield test, call and the reference's answer, from the start of the test under way."""
        names = [test["id"] for test in self.tests]
        for test in names[names.index(self._running or "") :]:
            known = self.cases.known(test, self.facts.answers.of(test))
            if not known.calls:
                return
            yield from zip(itertools.repeat(test), known.calls, known.answers, strict=False)

    def _run(self, told: Told) -> Story:
        ending, loaded = None, endings.Loaded("")
        try:
            loaded = endings.loaded(endings.answer_text(told, loading=True))
            if loaded.ending:
                raise CandidateEndedError(loaded.ending)
            if self.facts.tests not in (None, self.tests):
                raise CandidateEndedError(endings.other_tests())
            self.cases.begin(loaded.remembers)
            for item in self.session.items:
                self._results.append((yield from self._test(item)))
                self.cases.end_test()
        except CandidateEndedError as ended:
            ending = self._close_running(ended.ending)
            loaded = replace(loaded, stdout=loaded.stdout or ending.stdout)
        self._name_mistakes()
        tests = self.facts.tests or self.tests
        report = assemble(self.slug, tests, self._results, ending, loaded.stdout)
        if report["outcome"] in ("failed", "error") and report["fault"] == "learner":
            report["message"] = f"{report['message']} {loaded.hint}".rstrip()
        return report

    def _test(self, item: pytest.Item) -> Generator[str, Told, TestResult]:
        """Execute a test again and again until every call that it makes has an answer."""
        self._running = test_id(item)
        while self._learns_calls(item) and library.wanted["wanted"]:
            yield ""  # the page repeats its request when the library is there
        self._started = time.perf_counter()
        self.standin.open_test()
        for call in self.cases.usual.get(test_id(item), [])[:1]:
            self.standin.wanted = call
            self._record((yield call))
        while True:
            self.standin.rewind()
            began = time.perf_counter()
            execution = self.session.execute(item)
            self._took = time.perf_counter() - began
            if library.wanted["wanted"]:
                yield ""
                continue
            self.standin.settle()
            if self.standin.wanted is None or len(self.standin.exchanges) >= self._most_calls(item):
                execution = self._repeated(item, execution)
                if library.wanted["wanted"]:
                    yield ""
                    continue
                result = self._result(item, execution)
                if not library.wanted["wanted"]:
                    return result
                yield ""
            else:
                self._record((yield self.standin.wanted))

    def _repeated(self, item: pytest.Item, execution: Execution) -> Execution:
        """Return, in a proof, an execution that is another than this one, which passed."""
        is_passed = execution.problem is None and self.standin.is_sound and not self.standin.strayed
        odd = None
        if self.facts.is_proof and is_passed:
            odd = Repeats(self.session, self.standin).odd_one(item, self._took)
        self._wavers = odd is not None and not self.standin.strayed
        return odd or execution

    def _most_calls(self, item: pytest.Item) -> int:
        """Return how many calls a test may make."""
        right = self.facts.answers.reference.get(test_id(item))
        most = MAX_CALLS if right is None else max(FEWEST_CALLS, TIMES_CALLS * len(right))
        return min(most, MAX_CALLS)

    def _is_kept_going(self, item: pytest.Item) -> bool:
        """Whether a test makes more calls than upon the reference's answers, upon other ones."""
        right, exchanges = self._reference(item), self.standin.exchanges
        begin = exchanges[: len(right)]
        follows = follows_reference(self.facts.answers, test_id(item), begin)
        return 0 < len(right) < len(exchanges) and not follows

    def _learns_calls(self, item: pytest.Item) -> bool:
        """Whether a test had to be run over the reference's answers, to learn its calls."""
        reference = self._reference(item)
        if test_id(item) in self.cases.usual or not reference:
            return False
        self.cases.follow(item, reference)
        return True

    def _record(self, told: Told) -> None:
        """Keep the answers of a judge input: those to calls of a lookahead come first."""
        following = self.cases.usual.get(self._running or "", [])[len(self.standin.exchanges) + 1 :]
        for said, call in zip(told.get("earlier", []), following, strict=False):
            self.standin.record(endings.answer(said, self.standin.wanted), call)
        text = endings.answer_text(told)
        self.standin.record(endings.answer(text, self.standin.wanted))

    def _close_running(self, ending: Ending) -> Ending:
        """Give the test under way the outcome of what became of the candidate; return the rest."""
        if self._running is None or ending.outcome not in ("timeout", "crashed", "error"):
            return ending
        title = next(t["title"] for t in self.tests if t["id"] == self._running)
        item = next(item for item in self.session.items if test_id(item) == self._running)
        ending, case = self._cut_short(item, ending)
        library.wanted["wanted"] = False
        self._results.append(
            TestResult(
                self._running,
                title,
                ending.outcome,  # type: ignore[arg-type]
                ending.message,
                detail=_detail(case),
                case=case,
                error=ending.error,
                stdout=self._stdout(ending.stdout),
                ms=self._elapsed(),
                fault=ending.fault,
            )
        )
        return replace(ending, error=None, stdout="")

    def _cut_short(self, item: pytest.Item, ending: Ending) -> tuple[Ending, dict[str, Any] | None]:
        """Return what the test under way comes to that has no answer, and its case."""
        if not ending.is_of_many:
            case = self._case(item)
            if ending.outcome == "timeout" and ending.error is None and case is not None:
                ending = _with(ending, endings.unheard(case["shown"]))
            return ending, case
        if not self._is_kept_going(item):
            return _with(ending, endings.TOGETHER), self._case(item, endings.IN_TURN)
        self.standin.wanted = None
        return _with(ending, self._kept_going()), self._case(item)

    def _result(self, item: pytest.Item, execution: Execution) -> TestResult:
        ending = self._ending(item, execution)
        outcome = ending.outcome
        if outcome in ("failed", "error"):
            self._failures.failed(test_id(item), self.standin.exchanges)
        else:
            self._failures.passed(test_id(item))
        if self._is_recording:
            self._records[test_id(item)] = self._recorded(item, execution)
        if outcome == "passed":
            self.cases.passed(test_id(item), self._reference(item))
        elapsed, printed = self._elapsed(), self._stdout()
        case = self._case(item) if outcome not in ("passed", "not-run") else None
        return TestResult(
            test_id(item),
            test_title(item),
            outcome,  # type: ignore[arg-type]
            endings.shown(ending.message),
            None,
            _detail(case),
            case,
            ending.error,
            printed,
            elapsed,
            ending.fault,
        )

    def _ending(self, item: pytest.Item, execution: Execution) -> Ending:
        if self.standin.wanted is None:
            ending = self._classifier.of(item, execution, self.facts.answers)
            text = f"This test comes to something else each time that it runs: {ending.message}"
            return Ending("error", text, fault="exercise") if self._wavers else ending
        self.standin.wanted = None  # it has all the answers that it will get
        if self._is_kept_going(item):
            return Ending("failed", self._kept_going())
        most = self._most_calls(item)
        text = f"This test makes more than {most} calls, or one more each time it runs"
        return Ending("error", f"{text}. {ASK}", fault="exercise")

    def _kept_going(self) -> str:
        exchanges = self.standin.exchanges
        return endings.kept_going(len(exchanges), told_in_line(exchanges[-1]))

    def _recorded(self, item: pytest.Item, execution: Execution) -> dict[str, Any]:
        """Return what a build wants to know of a test: its exchanges, and where it ended."""
        fault = self.standin.fault
        file, line = (fault and fault.place) or test_place(item, execution.problem)
        exchanges = [{"call": e.call, "answer": e.answer.as_text()} for e in self.standin.exchanges]
        # As text: JavaScript's JSON has no NaN.
        told = json.dumps(self._failures.told(test_id(item)))
        wider = wider_fixtures(item, self.session.used)
        place = {"file": file, "line": line}
        return {**place, "exchanges": exchanges, "telling": told, "wider": wider}

    def _name_mistakes(self) -> None:
        """Name the mistake with each test that met it."""
        mistakes = self._failures.mistakes()
        self._results = [
            replace(result, mistake=mistakes.get(result.id)) for result in self._results
        ]

    def _case(self, item: pytest.Item, pending: str = "") -> dict[str, Any] | None:
        """Return the case of a test; without one its verdict stands all the same.

        Args:
            item: the test.
            pending: what came of the call that it waits for, where that is not known to hang.
        """
        about = item, self._reference(item), self._took
        with suppress(Exception):
            return self.cases.pending(*about, pending) if pending else self.cases.after(*about)
        return None

    def _reference(self, item: pytest.Item) -> list[wire.Tree]:
        """Return the reference's answers in a test; none where they are not known."""
        return self.facts.answers.of(test_id(item))

    def _stdout(self, last: str = "") -> str:
        printed = (exchange.answer.stdout for exchange in self.standin.exchanges)
        return capped((*printed, last), times=KEPT_CALLS)

    def _elapsed(self) -> float:
        return round((time.perf_counter() - self._started) * 1000, 1)


def _early_problem(fault: Fault) -> dict[str, Any]:
    file, line = fault.place or ("", 1)
    return {"file": file, "line": line, "message": f"EarlyCallError: {fault.text}"}


def _detail(case: dict[str, Any] | None) -> str:
    """Return a case's call and what came of it, on one line."""
    if case is None:
        return ""
    return endings.shown(one_line(case["shown"], case["got"]))


def _with(ending: Ending, more: str) -> Ending:
    return replace(ending, message=f"{ending.message} {more}")
