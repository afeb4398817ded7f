"""Grade submissions to one exercise: the page's run, outside of a browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .engine import (
    Engine,
    EngineFailedError,
    engine_problem,
    open_engine,
    open_request,
)
from .errors import BuildError
from .exercise import Exercise
from .restorable import restorable
from .toolchain import Toolchain

Report = dict[str, Any]


@dataclass(frozen=True)
class Exchange:
    """One call of a test and the candidate's answer, both as their texts."""

    call: str
    answer: str


@dataclass(frozen=True)
class TestRecord:
    """What is known of a test that has ended.

    Attributes:
        file: the file of its end, below the folder of the tests.
        line: the line there.
        exchanges: its calls and the answers.
        telling: what tells a mistake in the last answer, if anything does.
        wider: its fixtures that plain pytest would share with other tests.
    """

    __test__ = False  # not a test class for pytest to collect

    file: str
    line: int
    exchanges: list[Exchange]
    telling: float | str | None
    wider: list[str]


@dataclass(frozen=True)
class Grading:
    """A report, and the records of its tests by their ids."""

    report: Report
    records: dict[str, TestRecord]


class Judge:
    """A judge of one exercise, for any number of submissions.

    Args:
        engine: where it works.
        exercise: whose tests it runs.
        request: opens the exercise there, see `open_request`.
        lane: the one of the engine's that it has to itself.
    """

    def __init__(
        self, engine: Engine, exercise: Exercise, request: dict[str, Any], lane: int = 0
    ) -> None:
        self.exercise = exercise
        self._engine, self._lane = engine, lane
        opened = self._ask(request)
        self.tests: list[dict[str, str]] = opened["tests"]
        self.problems: list[dict[str, Any]] = opened.get("problems", [])
        self.left_out: list[dict[str, Any]] = opened.get("left_out", [])
        self.repeated: list[dict[str, Any]] = opened.get("repeated", [])
        self.in_vain: list[dict[str, Any]] = opened.get("in_vain", [])
        self.lacking: list[str] = opened["lacking"]

    def adopt(self, facts: dict[str, Any]) -> None:
        """Take over what the build has recorded."""
        self._ask({"do": "adopt", "tests": facts["tests"] or [], "facts": json.dumps(facts)})

    def grade(self, source: str, limits: dict[str, float] | None = None) -> Grading:
        """Run the hidden tests over a submission, in a candidate that no other has used."""
        answer = self._ask({"do": "grade", "source": source, "limits": limits or {}})
        records = {
            test: TestRecord(
                raw["file"],
                raw["line"],
                [Exchange(**e) for e in raw["exchanges"]],
                json.loads(raw["telling"]),
                raw["wider"],
            )
            for test, raw in answer["records"].items()
        }
        return Grading(answer["report"], records)

    def trace(
        self,
        traced: dict[str, Any],
        limits: dict[str, float] | None = None,
        is_shared: bool = False,
    ) -> tuple[dict[str, Any], list[str]]:
        """Watch a call in a candidate that no other has used.

        Args:
            traced: what is to be watched, `Traced` in `web/src/driver/trace.ts`.
            limits: take the place of the exercise's.
            is_shared: whether the next one may find there what this one leaves behind.

        Returns:
            What has come of it, and the candidate's steps in JSON arrays.
        """
        request = {"do": "trace", "traced": traced, "limits": limits or {}, "isShared": is_shared}
        answer = self._ask(request)
        return answer["end"], answer["pieces"]

    def explore(
        self, source: str, facts: dict[str, Any], is_shared: bool = False
    ) -> dict[str, Any]:
        """Draw a submission's functions in a candidate that no other has used.

        Args:
            source: the submission.
            facts: of the `explore.py` that draws, `ExploreFile` in `web/src/driver/explore.ts`.
            is_shared: as of `trace`.

        Returns:
            What the page would be told, `Explored` there.
        """
        request = {"do": "explore", "source": source, "file": facts, "isShared": is_shared}
        return self._ask(request)

    def modules(self) -> list[str]:
        """Return the names of the modules that are imported in the judge's interpreter."""
        return list(self._ask({"do": "modules"})["modules"])

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        try:
            return self._engine.ask(request, self._lane)
        except EngineFailedError as problem:
            raise engine_problem(problem, self.exercise) from None


@contextmanager
def open_judge(
    exercise: Exercise,
    toolchain: Toolchain,
    facts: dict[str, Any] | None = None,
    isolated: bool = False,
) -> Iterator[Judge]:
    """Open a judge for a while.

    Args:
        exercise: whose tests it runs.
        toolchain: the tools of the build.
        facts: what the build has recorded, if it has.
        isolated: whether submissions are a stranger's.
    """
    with open_engine(toolchain) as engine:
        snapshots = restorable(exercise, toolchain)
        judge = Judge(engine, exercise, open_request(exercise, toolchain, isolated, snapshots))
        if facts is not None:
            judge.adopt(facts)
        yield judge


# More than the page takes, which says so itself where there is a little more.
_MOST_BYTES = 1_000_000


def read_submission(path: Path) -> str:
    """Return a submission's source.

    Raises:
        BuildError: if there is no such file, or it is no text, or more than anybody writes.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise BuildError("is no file but a device or a pipe", "Name a file.", path)
        if path.stat().st_size > _MOST_BYTES:
            cause = f"is too long: {path.stat().st_size} bytes, at most {_MOST_BYTES} are read"
            raise BuildError(cause, "Is it a submission? Name another file.", path)
        return path.read_text("utf-8")
    except OSError as problem:
        raise BuildError(f"cannot be read: {problem.strerror}", "Name a file.", path) from None
    except UnicodeDecodeError:
        raise BuildError("is not UTF-8 text", "Save it as UTF-8.", path) from None
