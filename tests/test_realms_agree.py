"""Natively and in the page, a planted wrong solution gets the same report.

What else learners send is compared where the table of hostile submissions is run.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import build
from builder.check import prove
from builder.exercise import read_exercise
from builder.grade import NativeJudge, open_judge

from .exercise_page import ExercisePage
from .submissions import ROOT, comparable

WRONG_SOLUTIONS = sorted((ROOT / "hidden_tests/wrong_solutions").glob("*.py"))


@pytest.fixture(scope="module")
def judge() -> Iterator[NativeJudge]:
    exercise = read_exercise(ROOT)
    proof = prove(exercise, build.CACHE, lambda text: None)
    with open_judge(exercise, proof.facts(exercise)) as opened:
        yield opened


@pytest.mark.parametrize("path", WRONG_SOLUTIONS, ids=lambda path: path.stem)
def test_the_page_and_the_native_judge_give_one_report(
    shared_page: ExercisePage, judge: NativeJudge, path: Path
) -> None:
    source = path.read_text("utf-8")
    native = judge.grade(source).report
    assert native["outcome"] in ("failed", "error")
    in_page = shared_page.grade(source)
    assert comparable(in_page) == comparable(native)
    assert set(in_page) == set(native)
    assert [set(test) for test in in_page["tests"]] == [set(test) for test in native["tests"]]
