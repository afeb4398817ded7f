"""Two judges share what a proof has to run: in order, one thing at a time each, to one end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
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


class FakeJudge:
    """A judge that notes what it is told, and whose work ends when it is killed."""

    def __init__(self, facts: Any) -> None:
        self.facts = [facts]
        self.ended = threading.Event()
        self.is_busy = False

    def adopt(self, facts: Any) -> None:
        self.facts.append(facts)

    def kill(self) -> None:
        self.ended.set()

    def work(self, item: int) -> int:
        assert not self.is_busy
        self.is_busy = True
        threading.Event().wait(0.001)
        self.is_busy = False
        return item * item


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[FakeJudge]:
    """Those that are opened, as they come."""
    made: list[FakeJudge] = []

    @contextmanager
    def open_judge(exercise: Any, toolchain: Any, facts: Any) -> Iterator[FakeJudge]:
        made.append(FakeJudge(facts))
        yield made[-1]
        made.remove(next(iter(made)))

    monkeypatch.setattr(judges_module, "open_judge", open_judge)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    return made


def judges() -> Judges:
    return Judges(cast(Exercise, None), cast(Toolchain, None))


def work(judge: Judge, item: int) -> int:
    return cast(FakeJudge, judge).work(item)


@pytest.mark.parametrize("count", [0, 1, judges_module.MANY - 1, 5 * judges_module.MANY])
def test_what_is_made_comes_in_order_and_a_second_judge_where_there_is_much_of_it(
    count: int, opened: list[FakeJudge]
) -> None:
    with judges() as both:
        both.adopt({"known": 1})
        assert list(both.map(work, range(count))) == [n * n for n in range(count)]
        assert len(opened) == min(count, 1) + (count >= judges_module.MANY)
        assert all(judge.facts == [{"known": 1}] for judge in opened)
        assert not any(judge.ended.is_set() for judge in opened)
    assert opened == []


def test_an_error_ends_what_the_other_judge_is_still_doing(opened: list[FakeJudge]) -> None:
    """Where nobody ended it, it would wait until its patience is over, and say so."""
    waits = threading.Barrier(2)

    def act(judge: Judge, item: int) -> None:
        if item in (0, 1):
            waits.wait(PATIENT.call)
        if item == 0:
            raise ValueError("the first")
        assert cast(FakeJudge, judge).ended.wait(PATIENT.call), "nobody has ended it"
        ended.append(item)

    ended: list[int] = []
    with judges() as both, pytest.raises(ValueError, match="the first"):
        list(both.map(act, range(judges_module.MANY)))
    assert 1 in ended


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
