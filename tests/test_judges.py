"""Two judges share what a proof has to run: in order, one thing at a time each, to one end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import pytest

from builder import judges as judges_module
from builder.exercise import Exercise, read_exercise
from builder.grade import Judge
from builder.judges import Judges
from builder.prove import prove
from builder.toolchain import Toolchain

from .limits import PATIENT
from .squares import write_exercise
from .toolchains import own_toolchain


class FakeEngine:
    """A process whose work ends when it is killed."""

    def __init__(self) -> None:
        self.ended = threading.Event()
        self.lanes: list[int] = []

    def kill(self) -> None:
        self.ended.set()


class FakeJudge:
    """A judge that notes what it is told."""

    def __init__(self, engine: FakeEngine, exercise: Any, request: Any, lane: int) -> None:
        self.engine = engine
        engine.lanes.append(lane)
        self.facts: list[Any] = []
        self.is_busy = False

    def adopt(self, facts: Any) -> None:
        self.facts.append(facts)

    def work(self, item: int) -> list[Any]:
        assert not self.is_busy
        self.is_busy = True
        threading.Event().wait(0.001)
        self.is_busy = False
        return [item * item, self.facts]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[FakeEngine]:
    """The processes that are there, as they come."""
    there: list[FakeEngine] = []

    @contextmanager
    def open_engine(toolchain: Any) -> Iterator[FakeEngine]:
        there.append(engine := FakeEngine())
        yield engine
        there.remove(engine)

    monkeypatch.setattr(judges_module, "open_engine", open_engine)
    monkeypatch.setattr(judges_module, "Judge", FakeJudge)
    for name in ("restorable", "open_request"):
        monkeypatch.setattr(judges_module, name, lambda *_: {})
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    return there


def judges(submissions: int) -> Judges:
    return Judges(cast(Exercise, None), cast(Toolchain, None), submissions)


def work(item: int) -> Callable[[Judge], list[Any]]:
    return lambda judge: cast(FakeJudge, judge).work(item)


def waiting(both: threading.Barrier) -> Callable[[Judge], None]:
    """Something to do that begins when a second judge has something to do, and does not end."""

    def act(judge: Judge) -> None:
        both.wait(PATIENT.call)
        assert cast(FakeJudge, judge).engine.ended.wait(PATIENT.call), "nobody has ended it"

    return act


@pytest.mark.parametrize("count", [1, judges_module.MANY - 1, 5 * judges_module.MANY])
def test_each_does_one_thing_at_a_time_and_there_are_two_where_there_is_much_of_it(
    count: int, started: list[FakeEngine]
) -> None:
    with judges(count) as both:
        first = both.submit(work(7)).result()
        both.adopt(known := {"known": 1})
        made = [each.result() for each in [both.submit(work(n)) for n in range(count)]]
        assert first[0] == 49
        assert [square for square, _ in made] == [n * n for n in range(count)]
        assert all(facts == [known] for _, facts in made), "told once, before the next thing"
        (engine,) = started
        assert sorted(engine.lanes) == ([0, 1] if count >= judges_module.MANY else [0])
        assert not engine.ended.is_set()
    assert started == []


def test_no_process_is_started_for_nothing(started: list[FakeEngine]) -> None:
    with judges(judges_module.MANY):
        assert started == []


@pytest.mark.parametrize("problem", [ValueError, KeyboardInterrupt])
def test_an_error_ends_what_the_judges_are_doing_and_would_do(
    problem: type[BaseException], started: list[FakeEngine]
) -> None:
    """Where nobody ended it, it would wait until its patience is over, and say so."""
    both = threading.Barrier(3)
    with pytest.raises(problem), judges(judges_module.MANY) as two:
        busy = [two.submit(waiting(both)) for _ in range(2)]
        never = two.submit(work(1))
        both.wait(PATIENT.call)
        raise problem
    assert [each.result() for each in busy] == [None, None]
    assert never.cancelled()


def test_an_error_ends_a_judge_that_is_being_opened(
    started: list[FakeEngine], monkeypatch: pytest.MonkeyPatch
) -> None:
    def never_opened(engine: FakeEngine, *_: Any) -> None:
        assert engine.ended.wait(PATIENT.call), "nobody has ended it"
        raise ConnectionError

    monkeypatch.setattr(judges_module, "Judge", never_opened)
    with pytest.raises(ValueError, match="the first"), judges(judges_module.MANY) as two:
        opening = two.submit(work(1))
        raise ValueError("the first")
    with pytest.raises(ConnectionError):
        opening.result()


def test_a_proof_by_two_judges_is_that_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = {
        f"hidden_tests/wrong_solutions/adds_{n}.py": (
            f'"""Adds {n}.\n\nCaught by: test_one, test_five\n"""\ndef f(x): return x * x + {n}\n'
        )
        for n in range(1, 9)
    }
    tests = {
        "hidden_tests/test_f.py": (
            "from solution import f\ndef test_one(): assert f(1) == 1\n"
            "def test_five(): assert f(5) == 25\n"
        )
    }
    exercise = read_exercise(write_exercise(tmp_path / "exercise", {**tests, **wrong}))
    proofs = []
    for many in (1_000, 2):
        monkeypatch.setattr(judges_module, "MANY", many)
        proofs.append(prove(exercise, own_toolchain(tmp_path / f"cache-{many}")))
    assert proofs[0] == proofs[1]
    assert len(proofs[0].planted) == len(wrong)
