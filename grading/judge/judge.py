"""The judge: runs the hidden tests over a stand-in and says what the candidate is asked next.

It never sees the learner's code. The driver (the page, or the native grader) calls `begin` with
how the submission loaded and `advance` with each answer; both return one step as JSON:
``{"results", "running", "call", "lookahead", "report"}``, a call for the candidate or, at the end,
the report.

A test that meets the reference's answers makes the same calls again, so what it asks next can be
known, in this test and those after it: ``lookahead`` holds the numbers that the reference answers
and the calls that then follow. A driver may ask those at once, as long as the answers are these
numbers, and hand those of one test in together; the test then runs over all of them, and what it
does not ask for is dropped. A driver that has calls left of an earlier ``lookahead`` says so
(``lookahead_open``).
"""

from __future__ import annotations

import itertools
import json
import math
import re
import sys
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from _pytest.skipping import xfailed_key

from grading.shared import library, wire

from .explain import explain
from .mistakes import Answers, follows_reference, likely_mistake
from .pytest_session import Execution, PytestSession, test_id, test_title
from .report import ASK, Ending, TestResult, assemble
from .standin import (
    AnswerError,
    StandIn,
    candidate_error,
    capped,
    parse_answer,
    parse_error,
)

MAX_TEXT = 4_000

# Each call runs its test once more from the start, so their number has to have an end.
MAX_CALLS = 1_000
# So many calls are looked ahead at once; the next ones when these are made.
MAX_LOOKAHEAD = 64
# A test's output is as long as that of so many calls that print all they may.
KEPT_CALLS = 5
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
_INTROSPECTION = re.compile(r"^assert ", re.MULTILINE)


@dataclass(frozen=True)
class Facts:
    """What the build recorded of an exercise, for its judge."""

    slug: str
    entry_points: list[str]
    tests: list[dict[str, str]] | None
    answers: Answers

    @staticmethod
    def from_json(raw: dict[str, Any]) -> Facts:
        """Return the facts of ``judge.json``; ``tests`` is null while the build records them."""
        return Facts(raw["slug"], raw["entry_points"], raw["tests"], Answers(**raw["answers"]))


class CandidateEndedError(Exception):
    """The candidate is gone: what became of it comes in place of its answer."""

    def __init__(self, ending: Ending) -> None:
        super().__init__(ending.message)
        self.ending = ending


Story = Generator[str, str, dict[str, Any]]


class Judge:
    """One judge, for any number of runs of one exercise."""

    def __init__(self, folder: Path, facts: Facts) -> None:
        self.facts = facts
        self.standin = StandIn(facts.entry_points)
        sys.modules["solution"] = self.standin
        self.session = PytestSession(folder)
        self.tests = [{"id": test_id(i), "title": test_title(i)} for i in self.session.items]
        self._results: list[TestResult] = []
        self._sent = 0
        self._running: str | None = None
        self._story: Story | None = None
        self._usual: dict[str, list[str]] = {}

    def begin(self, text: str) -> str:
        """Start a run, given how the submission loaded (a judge input, as JSON)."""
        self._results, self._sent, self._running = [], 0, None
        self._story = self._run(text)
        return self._step(None)

    def advance(self, text: str) -> str:
        """Go on with a run, given the answer to the last call (a judge input, as JSON)."""
        return self._step(text)

    def _step(self, text: str | None) -> str:
        assert self._story is not None
        call = report = None
        try:
            call = next(self._story) if text is None else self._story.send(text)
        except StopIteration as end:
            self._story, self._running, report = None, None, end.value
        fresh = [result.as_json() for result in self._results[self._sent :]]
        self._sent = len(self._results)
        step = {"results": fresh, "running": self._running, "call": call, "report": report}
        is_open = text is not None and json.loads(text).get("lookahead_open", False)
        return json.dumps({**step, "lookahead": [] if is_open else self._lookahead(call)})

    def _lookahead(self, call: str | None) -> list[dict[str, Any]]:
        """Return the calls that follow upon the reference's answers, with those answers.

        They go on into the tests after this one.
        """
        place = len(self.standin.exchanges)
        if self._usual.get(self._running or "", [])[place : place + 1] != [call]:
            return []
        planned = itertools.islice(self._planned(), place, place + MAX_LOOKAHEAD + 1)
        ahead = []
        for (_, _, number), (test, following, _) in itertools.pairwise(planned):
            if not _is_number(number):
                break
            ahead.append({"expected": number, "call": following, "test": test})
        return ahead

    def _planned(self) -> Iterator[tuple[str, str, wire.Tree]]:
        """Yield test, call and the reference's answer, from the start of the test under way."""
        names = [test["id"] for test in self.tests]
        for test in names[names.index(self._running or "") :]:
            calls = self._usual.get(test, [])
            recorded = self.facts.answers.reference.get(test, [])
            if not calls or len(calls) != len(recorded):
                return
            yield from zip(itertools.repeat(test), calls, recorded, strict=False)

    def _run(self, text: str) -> Story:
        ending, stdout = None, ""
        try:
            stdout, unloaded = _loaded(_told(text, loading=True))
            if unloaded:
                raise CandidateEndedError(unloaded)
            if self.facts.tests not in (None, self.tests):
                raise CandidateEndedError(_exercise_fault("The tests are not those of the build."))
            for item in self.session.items:
                result = yield from self._test(item)
                self._results.append(result)
        except CandidateEndedError as ended:
            ending = ended.ending
            self._close_running(ending)
        return assemble(
            self.facts.slug, self.facts.tests or self.tests, self._results, ending, stdout
        )

    def _test(self, item: pytest.Item) -> Generator[str, str, TestResult]:
        """Execute a test again and again until every call that it makes has an answer."""
        self._running, self._started = test_id(item), time.perf_counter()
        self.standin.open_test()
        for call in self._usual.get(test_id(item), [])[:1]:
            self.standin.wanted = call
            self._record((yield call))
        while True:
            self.standin.rewind()
            execution = self.session.execute(item)
            if library.wanted["wanted"]:
                yield ""  # the page repeats its request when the library is there
                continue
            self.standin.settle()
            if self.standin.wanted is None or len(self.standin.exchanges) >= MAX_CALLS:
                return self._result(item, execution)
            self._record((yield self.standin.wanted))

    def _record(self, text: str) -> None:
        """Keep the answers of a judge input: those to calls of a lookahead come first."""
        following = self._usual.get(self._running or "", [])[len(self.standin.exchanges) + 1 :]
        earlier = json.loads(text).get("earlier", [])
        for said, call in zip(earlier, following, strict=False):
            self.standin.record(_answer(said), call)
        self.standin.record(_answer(_told(text)))

    def _close_running(self, ending: Ending) -> None:
        """Give the test under way the outcome of what became of the candidate."""
        if self._running is None or ending.outcome not in ("timeout", "crashed", "error"):
            return
        title = next(t["title"] for t in self.tests if t["id"] == self._running)
        self._results.append(
            TestResult(
                self._running,
                title,
                ending.outcome,  # type: ignore[arg-type]
                ending.message,
                self._last_call(),
                stdout=self._stdout(),
                ms=self._elapsed(),
                fault=ending.fault,
            )
        )

    def _result(self, item: pytest.Item, execution: Execution) -> TestResult:
        outcome, message, error, fault = self._classify(item, execution)
        if outcome == "passed":
            self._usual[test_id(item)] = [exchange.call for exchange in self.standin.exchanges]
        detail = "" if outcome in ("passed", "not-run") else self._last_call()
        return TestResult(
            test_id(item),
            test_title(item),
            outcome,
            _shown(message),
            detail,
            error,
            self._stdout(),
            self._elapsed(),
            fault,
        )

    def _classify(self, item: pytest.Item, execution: Execution) -> tuple[Any, str, Any, Any]:
        """Return outcome, message, error and fault of one finished execution."""
        problem, exchanges = execution.problem, self.standin.exchanges
        if self.standin.wanted is not None:
            text = f"This test makes more than {MAX_CALLS} calls, or one more each time it runs"
            return "error", f"{text}. {ASK}", None, "exercise"
        if self.standin.strayed:
            text = "This test makes other calls each time that it runs"
            return "error", f"{text}. {ASK}", None, "exercise"
        skipped = isinstance(problem, (pytest.skip.Exception, pytest.xfail.Exception))
        if skipped or item.stash.get(xfailed_key, None):
            return "not-run", "This test was skipped.", None, "exercise"
        if problem is None:
            return "passed", "", None, None
        error = candidate_error(problem)
        if error is not None:
            return "error", explain(error), error, "learner"
        if isinstance(problem, (AssertionError, pytest.fail.Exception)):
            return "failed", self._with_mistake(item, _assertion(problem)), None, "learner"
        said = f"{type(problem).__name__}: {problem}"
        if exchanges and not follows_reference(self.facts.answers, test_id(item), exchanges):
            text = "The test cannot work with what your function returned"
            return "failed", self._with_mistake(item, f"{text} ({said})."), None, "learner"
        return "error", f"The test itself is broken ({said}). {ASK}", None, "exercise"

    def _with_mistake(self, item: pytest.Item, message: str) -> str:
        mistake = likely_mistake(self.facts.answers, test_id(item), self.standin.exchanges)
        return f"{message}\n\nLikely mistake: {mistake}" if mistake else message

    def _last_call(self) -> str:
        """Return the last call and its result as Python would write them."""
        exchanges = self.standin.exchanges
        pending = self.standin.wanted
        if pending is not None:
            return f"{_call_text(pending)} did not return"
        if not exchanges:
            return ""
        answer = exchanges[-1].answer
        end = f"returned {_written(wire.decode(answer.value))}"
        if answer.error is not None:
            end = f"raised {answer.error['type']}"
        return _shown(f"{_call_text(exchanges[-1].call)} {end}")

    def _stdout(self) -> str:
        printed = (exchange.answer.stdout for exchange in self.standin.exchanges)
        return capped(printed, times=KEPT_CALLS)

    def _elapsed(self) -> float:
        return round((time.perf_counter() - self._started) * 1000, 1)


def _told(text: str, loading: bool = False) -> str:
    """Return the candidate's own text of a judge input.

    Raises:
        CandidateEndedError: if it sent none.
    """
    told = json.loads(text)
    if "ended" in told:
        raise CandidateEndedError(_ending(told["ended"], loading))
    answer = told["answer"]
    assert isinstance(answer, str)
    return answer


def _ending(ended: dict[str, Any], loading: bool = False) -> Ending:
    kind = ended["kind"]
    if kind == "stopped":
        return Ending("stopped", "You stopped the run.", fault=None)
    if kind == "crashed":
        text = "Your code brought Python down. Endless recursion or a huge object can do that."
        return Ending("crashed", text)
    seconds = f"after {ended['seconds']:g} seconds, so it was stopped."
    if loading:
        hint = "Is there a loop that never ends outside of the function?"
        return Ending("timeout", f"Your code was still being loaded {seconds} {hint}")
    what = "A call of your code" if ended["limit"] == "call" else "Your code"
    hint = "Is there a loop that never ends?"
    return Ending("timeout", f"{what} was still running {seconds} {hint}")


def _tampered() -> Ending:
    text = "Your code changed the Python that runs it, so its answer cannot be read."
    return Ending("crashed", f"{text} Leave built-in functions and modules as they are.")


def _exercise_fault(text: str) -> Ending:
    return Ending("error", f"{text} {ASK}", fault="exercise")


def _loaded(text: str) -> tuple[str, Ending | None]:
    """Return what a submission printed while it loaded, and why it did not load, if it did not."""
    try:
        raw = json.loads(text)
        kind, stdout = raw["kind"], capped([str(raw["stdout"])])
        if kind == "invalid":
            return stdout, Ending("invalid", _shown(str(raw["message"])))
        if kind == "raised":
            error = parse_error(raw["error"])
            return stdout, Ending("error", explain(error), error)
        if kind != "loaded":
            raise AnswerError(f"kind {kind!r}")
        return stdout, None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise CandidateEndedError(_tampered()) from None


def _is_number(tree: wire.Tree) -> bool:
    return type(tree) is float and math.isfinite(tree)


def _answer(text: str) -> Any:
    try:
        return parse_answer(text)
    except AnswerError:
        raise CandidateEndedError(_tampered()) from None


def _assertion(problem: BaseException) -> str:
    """Return an assertion's own message, or pytest's account of it where there is none."""
    text = str(problem)
    own = _INTROSPECTION.split(text, maxsplit=1)[0].strip()
    return own or text or "An assertion of the test did not hold."


def _call_text(call: str) -> str:
    raw = json.loads(call)
    args = [_argument(tree) for tree in raw["args"]]
    args += [f"{key}={_argument(tree)}" for key, tree in raw["kwargs"].items()]
    return f"{raw['function']}({', '.join(args)})"


def _argument(tree: wire.Tree) -> str:
    text = _written(wire.decode(tree))
    return f"np.{text}" if text.startswith("array(") else text


def _written(value: Any) -> str:
    try:
        return repr(value)
    except ValueError:  # Python writes out no integer of more than 4300 digits
        return f"<{type(value).__name__} too long to show>"


def _shown(text: str) -> str:
    text = _ADDRESS.sub("", text)
    return text if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]} …"
