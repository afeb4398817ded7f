"""Grade a submission natively: the page's run, with child processes for realms."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .errors import BuildError
from .exercise import Exercise
from .native_realm import NativeRealm, RealmCrashedError, RealmFailureError, RealmTimeoutError

BOOT_SECONDS = 60.0
JUDGE_SECONDS = 60.0

Report = dict[str, Any]


@dataclass(frozen=True)
class Exchange:
    """One call of a test and the candidate's answer, both as their texts."""

    call: str
    answer: str


@dataclass
class Grading:
    """A report, and the exchanges that led to it by test id."""

    report: Report
    exchanges: dict[str, list[Exchange]] = field(default_factory=dict)


class NativeJudge:
    """A judge's process, for any number of submissions to one exercise."""

    def __init__(self, exercise: Exercise, facts: dict[str, Any]) -> None:
        self.exercise = exercise
        self._realm = NativeRealm("judge", str(exercise.tests_path), json.dumps(facts))
        self.tests: list[dict[str, str]] = self.adopt(facts)

    def adopt(self, facts: dict[str, Any]) -> list[dict[str, str]]:
        """Take over newly recorded facts; return id and title of the collected tests."""
        try:
            answer = self._realm.request("adopt", json.dumps(facts), JUDGE_SECONDS)
        except (RealmFailureError, RealmTimeoutError, RealmCrashedError) as problem:
            raise self._broken(problem) from None
        tests: list[dict[str, str]] = json.loads(answer)
        return tests

    def grade(self, source: str) -> Grading:
        """Run the hidden tests over a submission, in a candidate's process of its own."""
        with NativeRealm("candidate") as candidate:
            return _Run(self, candidate).grade(source)

    def step(self, function: str, told: dict[str, Any]) -> dict[str, Any]:
        """Tell the judge something and return its next step."""
        try:
            answer = self._realm.request(function, json.dumps(told), JUDGE_SECONDS)
        except (RealmFailureError, RealmTimeoutError, RealmCrashedError) as problem:
            raise self._broken(problem) from None
        step: dict[str, Any] = json.loads(answer)
        return step

    def _broken(self, problem: Exception) -> BuildError:
        said = str(problem) or f"they did not answer in {JUDGE_SECONDS:g} seconds"
        if isinstance(problem, RealmCrashedError):
            said = "their Python ended"
        remedy = "Run `pytest hidden_tests` and mend what it shows."
        return BuildError(
            f"the hidden tests cannot be run: {said}", remedy, self.exercise.tests_path
        )

    def close(self) -> None:
        """End the judge's process."""
        self._realm.kill()


@contextmanager
def open_judge(exercise: Exercise, facts: dict[str, Any]) -> Iterator[NativeJudge]:
    """Open a judge for a while."""
    judge = NativeJudge(exercise, facts)
    try:
        yield judge
    finally:
        judge.close()


class _Run:
    """One submission's run: what the page's session does, without a page."""

    def __init__(self, judge: NativeJudge, candidate: NativeRealm) -> None:
        self.judge, self.candidate = judge, candidate
        self.exercise = judge.exercise
        self.exchanges: dict[str, list[Exchange]] = {}

    def grade(self, source: str) -> Grading:
        entry_points = [vars(entry) for entry in self.exercise.entry_points]
        request = json.dumps({"source": source, "entry_points": entry_points})
        self.candidate.request("ping", "", BOOT_SECONDS)
        self.ends = time.monotonic() + self.exercise.run_seconds
        step = self.judge.step("begin", self._ask("load", request))
        while step["call"] is not None:
            told = self._ask("call", step["call"])
            if "answer" in told:
                exchange = Exchange(step["call"], told["answer"])
                self.exchanges.setdefault(step["running"], []).append(exchange)
            step = self.judge.step("advance", told)
        return Grading(step["report"], self.exchanges)

    def _ask(self, function: str, argument: str) -> dict[str, Any]:
        """Ask the candidate and return what the judge is to be told."""
        left, limit = self.ends - time.monotonic(), self.exercise.call_seconds
        try:
            seconds = max(0.0, min(left, limit))
            return {"answer": self.candidate.request(function, argument, seconds)}
        except RealmTimeoutError:
            which, spent = ("call", limit) if limit <= left else ("run", self.exercise.run_seconds)
            return {"ended": {"kind": "timeout", "seconds": spent, "limit": which}}
        except (RealmCrashedError, RealmFailureError):
            return {"ended": {"kind": "crashed"}}


def read_submission(path: Path) -> str:
    """Return a submission's source.

    Raises:
        BuildError: if there is no such file, or it is no text.
    """
    try:
        return path.read_text("utf-8")
    except OSError as problem:
        raise BuildError(f"cannot be read: {problem.strerror}", "Name a file.", path) from None
    except UnicodeDecodeError:
        raise BuildError("is not UTF-8 text", "Save it as UTF-8.", path) from None
