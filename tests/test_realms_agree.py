"""Natively and in the page, a submission gets the same report."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import build
from builder.check import prove
from builder.exercise import read_exercise
from builder.grade import NativeJudge, open_judge

from .exercise_page import ExercisePage
from .submissions import PLAIN, ROOT, Submission, comparable, wrong_solutions


@pytest.fixture(scope="module")
def judge() -> Iterator[NativeJudge]:
    exercise = read_exercise(ROOT)
    proof = prove(exercise, build.CACHE, lambda text: None)
    with open_judge(exercise, proof.facts(exercise)) as opened:
        yield opened


@pytest.mark.parametrize("submission", [*PLAIN, *wrong_solutions()], ids=str)
def test_the_page_and_the_native_judge_give_one_report(
    shared_page: ExercisePage, judge: NativeJudge, submission: Submission
) -> None:
    native = judge.grade(submission.source).report
    assert native["outcome"] in submission.outcome.split("|")
    said = " ".join([native["message"], *(test["message"] for test in native["tests"])])
    assert submission.message in said
    in_page = shared_page.grade(submission.source)
    assert comparable(in_page) == comparable(native)
    assert set(in_page) == set(native)
    assert [set(test) for test in in_page["tests"]] == [set(test) for test in native["tests"]]
