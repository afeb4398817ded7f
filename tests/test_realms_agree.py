"""Natively and in the page, a planted wrong solution gets the same report.

What else learners send is compared where the table of hostile submissions is run.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from browsers import ExercisePage
from builder.grade import NativeJudge

from .submissions import WRONG_SOLUTIONS, comparable


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
