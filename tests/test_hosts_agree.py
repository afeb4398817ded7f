"""In Node and in the page a submission gets the same report, to the letter but for the times.

What else learners send is compared where the table of hostile submissions is run.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from browsers import ExercisePage
from builder.grade import Judge

from .hostile import function
from .submissions import WRONG_SOLUTIONS, timeless


@pytest.mark.parametrize("path", WRONG_SOLUTIONS, ids=lambda path: path.stem)
def test_a_planted_wrong_solution_gets_one_report_in_node_and_in_the_page(
    shared_page: ExercisePage, judge: Judge, path: Path
) -> None:
    source = path.read_text("utf-8")
    in_node = judge.grade(source).report
    assert in_node["outcome"] in ("failed", "error")
    assert timeless(shared_page.grade(source)) == timeless(in_node)


# What is told of an exception depends on the interpreter's own files, lines and suggestions.
CULPRITS = {
    "a chain with notes": function(
        "try: {}['a']\nexcept KeyError as e:\n    e.add_note('mind')\n    raise OSError from e"
    ),
    "a group": function("raise ExceptionGroup('many', [ValueError('a'), KeyError('b')])"),
    "a misspelled name behind an emoji": function("return '😀é', logitss"),
    "an axis too many": function("return logits.sum(axis=1)"),
    "a line below ends that are none": function("x = '\f\v\u2028'\nreturn x + 1"),
    "tabs among spaces": "def f(x):\n\ty = x\n    return y\n",
    "a missing import": "def label_smoothing_loss(logits, target, alpha): return np.exp(logits)\n",
    "a module that is not here": "import sqlite3\n",
    "a breakpoint": function("breakpoint()"),
}


@pytest.mark.parametrize("name", CULPRITS)
def test_what_goes_wrong_is_told_in_the_same_words_in_node_and_in_the_page(
    shared_page: ExercisePage, judge: Judge, name: str
) -> None:
    in_node = judge.grade(CULPRITS[name]).report
    assert in_node["outcome"] in ("failed", "error")
    assert timeless(shared_page.grade(CULPRITS[name])) == timeless(in_node)
