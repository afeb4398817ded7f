"""Answers that are right but for little: whose fault an error upon them is, and what is shown."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

import pytest

from builder.grade import Judge
from grading.judge.answers import parse_answer
from grading.judge.known import follows_reference
from grading.judge.mistakes import Answers
from grading.judge.standin import Exchange
from grading.shared import wire

from .squares import HEAD, Files, proved_judge

TESTS = """
import math
import re

def test_word():
    with pytest.raises(ValueError) as info: f(-3)
    assert int(str(info.value).split()[2]) == 3

def test_pattern():
    with pytest.raises(ValueError) as info: f(-3)
    assert re.search(r"at (\\d+)", str(info.value)).group(1) == "3"

def test_lines(capsys):
    f(1), f(2)
    lines = capsys.readouterr().out.splitlines()
    assert {0: "ok"}[len(lines)] == "ok"

def test_rounding(): assert math.acos(f(10)) == 0.0

def test_skipped(capsys):
    f(4)
    if capsys.readouterr().out: pytest.skip("loud")

def test_in_place():
    given = [1]
    f(given)
    assert {1: "ok"}[len(given)] == "ok"

def test_exact(): assert [f(1), f(3), f(6)] == [0.1, 0.3, 0.6]

def test_rising():
    ys = [f(x) for x in range(5)]
    assert all(a < b for a, b in zip(ys, ys[1:]))
    assert f(7) == 0.7
    assert f(8)

def test_quiet(capsys):
    f(1), f(2), f(5)
    assert capsys.readouterr().out == ""

def test_until_it_is_right():
    x = 3
    while f(x) != 0.3: x = 3
"""
SOLUTION = """
def f(x):
    if isinstance(x, list): return None
    if x < 0: raise ValueError(f"bad at {-x}")
    return x / 10
"""
FILES: Files = {"solution.py": SOLUTION, "hidden_tests/test_f.py": HEAD + TESTS}


@pytest.fixture(scope="module")
def tenths(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """A judge of tests that fail or raise errors upon answers that are right but for little."""
    with proved_judge(tmp_path_factory.mktemp("tenths"), FILES) as judge:
        yield judge


# What takes the place of a line of the reference, and how the tests begin that fail upon it.
WORK = "The test cannot work with what your function"
LITTLE = {
    "other words": (
        'ValueError(f"bad at {-x}")',
        'ValueError("bad")',
        {
            "test_word": f"{WORK} raised (IndexError: list index out of range).",
            "test_pattern": f"{WORK} raised (AttributeError: 'NoneType' object has no",
        },
    ),
    "a line for oneself": (
        "return x / 10",
        "print(x); return x / 10",
        {
            "test_lines": f"{WORK} printed (KeyError: 2).",
            "test_skipped": "The test does not go on with what your function printed (loud).",
        },
    ),
    "a last bit": (
        "return x / 10",
        "return x / 10 * (1 + 3e-16)",
        {
            "test_rounding": f"{WORK} returned (ValueError: ",
            "test_until_it_is_right": "This test was still calling your code after 100 calls",
        },
    ),
    "an argument": (
        "list): return None",
        "list): return x.append(2)",
        {"test_in_place": f"{WORK} did to its arguments (KeyError: 2)."},
    ),
}


@pytest.mark.parametrize("name", LITTLE)
def test_an_error_upon_answers_that_are_right_but_for_little_is_not_the_exercises_fault(
    tenths: Judge, name: str
) -> None:
    line, instead, begins = LITTLE[name]
    report = tenths.grade(SOLUTION.replace(line, instead)).report
    failed = {t["id"]: t["message"] for t in report["tests"] if t["outcome"] == "failed"}
    assert (report["outcome"], report["fault"]) == ("failed", "learner")
    for test, begin in begins.items():
        assert failed[test].startswith(begin)


# What takes the place of the right line, a test that fails upon it, its case, and what is right.
LEAST = {
    "the first of three": ("x / 10 + (1e-16 if x == 1 else 0)", "test_exact", "f(1)", None, "0.1"),
    "the second": ("x * 0.1", "test_exact", "f(3)", "0.30000000000000004", "0.3"),
    "one after others that pass": ("x * 0.1", "test_rising", "f(7)", None, "0.7"),
    "one that prints": (
        "print(x) if x == 1 else None; return x / 10",
        "test_quiet",
        "f(1)",
        "0.1, printed '1\\n'",
        "0.1, printed nothing",
    ),
}


@pytest.mark.parametrize("name", LEAST)
def test_a_case_is_a_call_that_differs_in_the_least_rather_than_one_that_is_right(
    tenths: Judge, name: str
) -> None:
    instead, failing, shown, got, expected = LEAST[name]
    line = instead if "return" in instead else f"return {instead}"
    report = tenths.grade(SOLUTION.replace("return x / 10", line)).report
    case = next(test["case"] for test in report["tests"] if test["id"] == failing)
    assert (case["shown"], case["expected"]) == (shown, expected)
    assert case["got"] == got or (got is None and case["got"] != expected)


RIGHT: dict[str, Any] = {"kind": "returned", "value": 0.3, "changed": [], "stdout": ""}
# What the candidate says in place of that which the reference says, if it is anything else.
SAID: list[tuple[dict[str, Any], dict[str, Any], bool]] = [
    ({}, {}, True),
    ({}, {"value": 0.1 + 0.2}, False),
    ({"value": math.nan}, {"value": math.nan}, True),
    ({"value": [math.nan]}, {"value": [math.nan]}, True),
    ({"value": 0.0}, {"value": -0.0}, False),
    ({"value": 1}, {"value": True}, False),
    ({"value": 1}, {"value": 1.0}, False),
    ({"value": [0.3]}, {"value": [0.1 + 0.2]}, False),
    ({}, {"stdout": "3\n"}, False),
    ({"stdout": "3\n"}, {"stdout": "3\n"}, True),
    ({"stdout": "3\n"}, {"stdout": "3\n", "stderr": [[0, 2]]}, False),
    ({"changed": [[0, [1]]]}, {"changed": [[0, [1]]]}, True),
    ({}, {"changed": [[0, [1]]]}, False),
]


@pytest.mark.parametrize(("reference", "learner", "follows"), SAID)
def test_answers_are_the_references_to_the_letter_or_they_are_other_ones(
    reference: dict[str, Any], learner: dict[str, Any], follows: bool
) -> None:
    recorded = json.loads(parse_answer(json.dumps({**RIGHT, **reference})).as_text())
    answers = Answers({"test": [{"t": wire.RECORD, **recorded}]}, [], [])
    said = parse_answer(json.dumps({**RIGHT, **learner}))
    assert follows_reference(answers, "test", [Exchange("", said)]) is follows
