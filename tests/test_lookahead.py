"""Calls that are asked ahead of their test: the report is the same as without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from builder.exercise import read_exercise
from builder.grade import Grading, Judge, open_judge
from builder.prove import Proof, prove

from .squares import SQUARE, proved_judge
from .submissions import REFERENCE, ROOT, WRONG_SOLUTIONS, timeless
from .toolchains import shared_toolchain


@pytest.fixture(scope="module")
def looking_ahead(judge: Judge) -> Judge:
    """A judge that has seen the reference pass, and so knows its calls."""
    assert judge.grade(REFERENCE).report["outcome"] == "passed"
    return judge


@pytest.fixture(scope="module")
def plain(judge: Judge) -> Iterator[Judge]:
    """A judge that knows of no answers of the reference's, and so asks for one call at a time."""
    exercise = read_exercise(ROOT)
    proof = prove(exercise, shared_toolchain())
    facts = Proof(proof.tests, {}, proof.planted, proof.mistakes).facts()
    with open_judge(exercise, shared_toolchain(), facts) as opened:
        yield opened


def plainly(report: dict[str, Any]) -> dict[str, Any]:
    """Return a report without what leans on the reference's answers."""
    left = {"case": None, "detail": "", "mistake": None}
    return {**report, "tests": [{**test, **left} for test in timeless(report)["tests"]]}


def exchanged(grading: Grading) -> dict[str, Any]:
    """Return where each test ended, and what was said in it."""
    return {test: (r.file, r.line, r.exchanges) for test, r in grading.records.items()}


@pytest.mark.parametrize("wrong", WRONG_SOLUTIONS, ids=lambda path: path.stem)
def test_a_lookahead_changes_no_report(looking_ahead: Judge, plain: Judge, wrong: Path) -> None:
    source = wrong.read_text("utf-8")
    ahead, one_by_one = looking_ahead.grade(source), plain.grade(source)
    assert plainly(ahead.report) == plainly(one_by_one.report)
    assert exchanged(ahead) == exchanged(one_by_one)


STATEFUL = REFERENCE.replace(
    "    scores =", "    kept.append(0)\n    alpha += (len(kept) == 9)\n    scores =", 1
).replace("\ndef ", "\nkept = []\n\ndef ", 1)


def test_a_submission_that_goes_wrong_in_mid_test_fails_where_it_does(
    looking_ahead: Judge, plain: Judge
) -> None:
    ahead = looking_ahead.grade(STATEFUL).report
    assert ahead["outcome"] == "failed"
    assert plainly(ahead) == plainly(plain.grade(STATEFUL).report)


CHAIN = '''
import pytest
from solution import f

def test_chain():
    """squares its own square"""
    once = f(1.1)
    assert f(once) == pytest.approx(once * once)
'''


def test_a_call_that_was_expected_wrongly_is_dropped_and_the_right_one_made(
    tmp_path: Path,
) -> None:
    with proved_judge(tmp_path, {"hidden_tests/test_f.py": CHAIN}) as judge:
        for _ in range(2):  # the second time the calls are known
            assert judge.grade(SQUARE).report["outcome"] == "passed"
        # Off in the last digit, the first answer makes the test's second call another one.
        near = judge.grade("def f(x): return x * x * (1 + 3e-16)\n")
        assert near.report["passed"] == 1
        assert len(near.records["test_chain"].exchanges) == 2
