"""A test that calls until it is done: an answer that keeps it going is its learner's mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from builder.exercise import read_exercise
from builder.grade import Judge, open_judge
from builder.prove import prove
from builder.serve import Server

from .bundles import build_bundle
from .pages import ready_page
from .squares import Files, outcomes, write_exercise
from .submissions import timeless
from .toolchains import shared_toolchain

RIGHT = "def f(n):\n    return n // 2 if n % 2 == 0 else 3 * n + 1\n"
FILES: Files = {
    "starter.py": "def f(n):\n    raise NotImplementedError\n",
    "solution.py": RIGHT,
    "hidden_tests/test_f.py": '''
from solution import f

def test_all_the_way():
    """steps until it is 1"""
    n, count = 6, 0
    while n != 1:
        n = f(n)
        count += 1
    assert count == 8

def test_even():
    assert f(4) == 2
''',
}
MOST = "This test was still calling your code after 100 calls: your answers keep it going."
# What takes the place of the reference, the last call of the first test, and its case.
WRONG = {
    "a wrong summand": (
        RIGHT.replace("3 * n + 1", "n + 3"),
        "f(3) returned 6.",
        ("f(3)", "6", "10"),
    ),
    "that among floats": (
        RIGHT.replace("3 * n + 1", "n + 3").replace("//", "/"),
        "f(3.0) returned 6.0.",
        ("f(3.0)", "6.0", "10"),
    ),
    "the branches exchanged": (
        RIGHT.replace("==", "!=").replace("% 2 != 0", "% 2"),
        "f(13) returned 6.",
        ("f(6)", "19", "3"),
    ),
    "nothing": ("def f(n): pass\n", "f(None) returned None.", ("f(6)", "None", "3")),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the exercise."""
    return write_exercise(tmp_path_factory.mktemp("steps") / "exercise", FILES)


@pytest.fixture(scope="module")
def steps(folder: Path) -> Iterator[Judge]:
    """A judge of the exercise, as proved."""
    exercise = read_exercise(folder)
    facts = prove(exercise, shared_toolchain()).facts()
    with open_judge(exercise, shared_toolchain(), facts) as judge:
        yield judge


@pytest.mark.parametrize("name", WRONG)
def test_answers_that_keep_a_test_going_fail_it_and_the_others_are_run(
    steps: Judge, name: str
) -> None:
    source, last, shown = WRONG[name]
    report = steps.grade(source).report
    first, second = report["tests"]
    assert (report["outcome"], report["fault"], first["outcome"]) == ("failed", "learner", "failed")
    assert first["message"] == f"{MOST} The last: {last}"
    assert tuple(first["case"][key] for key in ("shown", "got", "expected")) == shown
    assert second["outcome"] in ("passed", "failed")


SLOW = "import time\n" + RIGHT.replace("    return", "    time.sleep({})\n    return")


def test_a_run_that_ends_in_such_a_test_says_what_kept_it_going(steps: Judge) -> None:
    source = SLOW.format(0.1).replace("3 * n + 1", "n + 3")
    report = steps.grade(source, {"runSeconds": 3}).report
    (first, _), limit = report["tests"], "The run took longer than 3 seconds, so it was stopped."
    assert (report["outcome"], report["fault"]) == ("timeout", "learner")
    assert outcomes(report) == "timeout not-run"
    assert first["message"].startswith(limit)
    assert " This test was still calling your code after " in first["message"]
    assert "your answers keep it going. The last: f(" in first["message"]
    assert (first["case"]["shown"], first["case"]["got"]) == ("f(3)", "6")


BUSY = "import time\n" + RIGHT.replace(
    "    return",
    "    ends = time.perf_counter() + 0.7\n    while time.perf_counter() < ends: pass\n    return",
)


@pytest.mark.parametrize("source", [SLOW.format(0.7), BUSY], ids=["asleep", "in a loop"])
def test_right_answers_that_take_too_long_together_are_not_said_to_hang(
    steps: Judge, source: str
) -> None:
    report = steps.grade(source, {"runSeconds": 2.4}).report
    assert outcomes(report) == "timeout not-run"
    first = report["tests"][0]
    assert report["message"] == first["message"]
    place = "( It was on line \\d then.)?" if source == BUSY else ""
    assert re.fullmatch(
        f"The run took longer than 2.4 seconds, so it was stopped.{place} "
        "Each call before that came back, but together they take too long.",
        report["message"],
    )
    shown, right = first["case"]["shown"], first["case"]["expected"]
    assert (first["detail"], first["error"]) == (
        f"{shown} had its turn when the time ran out",
        None,
    )
    assert right is not None and "did not return" not in str(report)


def test_a_call_that_took_most_of_the_run_is_said_to_run_still(steps: Judge) -> None:
    source = RIGHT.replace("    return", "    while n == 3: pass\n    return")
    report = steps.grade(source, {"callSeconds": 9, "runSeconds": 2}).report
    assert "still running after 2 seconds, so it was stopped. It was on line 2" in report["message"]
    assert report["tests"][0]["detail"] == "f(3) did not return"


def test_right_answers_that_never_end_a_test_are_the_exercises_fault(tmp_path: Path) -> None:
    tests = "from solution import f\n\ndef test_on():\n    for n in range(200): f(n)\n"
    exercise = read_exercise(write_exercise(tmp_path, {**FILES, "hidden_tests/test_f.py": tests}))
    facts = prove(exercise, shared_toolchain()).facts()
    answers = facts["answers"]["reference"]
    answers["test_on"] = answers["test_on"][:5]
    with open_judge(exercise, shared_toolchain(), facts) as judge:
        report = judge.grade(RIGHT).report
    assert (report["outcome"], report["fault"]) == ("error", "exercise")
    assert "more than 100 calls" in report["message"]


def test_the_page_says_the_same_of_such_a_test_from_its_first_run_on(
    folder: Path, steps: Judge, chromium: Browser, tmp_path: Path
) -> None:
    build_bundle(folder, tmp_path / "dist")
    with Server(tmp_path / "dist") as server, ready_page(chromium, server) as page:
        for source in (WRONG["that among floats"][0], RIGHT):
            assert timeless(page.grade(source)) == timeless(steps.grade(source).report)
