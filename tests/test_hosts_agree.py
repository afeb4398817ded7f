"""In Node and in the page a submission gets the same report, to the letter but for the times.

What else learners send is compared where the table of hostile submissions is run.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from browsers import ExercisePage
from builder.grade import Judge

from .submissions import WRONG_SOLUTIONS, timeless


@pytest.mark.parametrize("path", WRONG_SOLUTIONS, ids=lambda path: path.stem)
def test_a_planted_wrong_solution_gets_one_report_in_node_and_in_the_page(
    shared_page: ExercisePage, judge: Judge, path: Path
) -> None:
    source = path.read_text("utf-8")
    in_node = judge.grade(source).report
    assert in_node["outcome"] in ("failed", "error")
    assert timeless(shared_page.grade(source)) == timeless(in_node)
