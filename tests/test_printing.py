"""What a learner's function prints reaches the tests that look for it, as in one process."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from builder.exercise import read_exercise
from builder.grade import Judge
from builder.prove import prove

from .forged import said
from .squares import Files, authored, front, outcomes, planted, proved_judge, write_exercise
from .toolchains import own_toolchain

REFERENCE = """
import sys

def f(name):
    if not name:
        print("no name", file=sys.stderr)
        raise ValueError("no name")
    print(f"Hello, {name}!")
"""
TESTS = """
import contextlib, io, unittest
from unittest import mock
import pytest
from solution import f

def test_capsys(capsys):
    f("Ann")
    f("Bo")
    assert capsys.readouterr() == ("Hello, Ann!\\nHello, Bo!\\n", "")

def test_redirected():
    before, out = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(before):
        f("Ann")
    with contextlib.redirect_stdout(out):
        f("Bo")
    assert out.getvalue() == "Hello, Bo!\\n"

def test_parsed(capsys):
    f("3")
    assert int(capsys.readouterr().out.split()[1][:-1]) == 3

def test_errors(capsys):
    with pytest.raises(ValueError):
        f("")
    assert capsys.readouterr() == ("", "no name\\n")

class TestPatched(unittest.TestCase):
    @mock.patch("sys.stdout", new_callable=io.StringIO)
    def test_patched(self, out):
        f("Ann")
        self.assertEqual(out.getvalue(), "Hello, Ann!\\n")
"""
SHOUTS = 'def f(name):\n    print(f"HELLO, {name}!")\n'
EXERCISE: Files = {
    "starter.py": "def f(name):\n    pass\n",
    "solution.py": REFERENCE,
    "hidden_tests/test_f.py": TESTS,
    **planted("It shouts.\n\nCaught by: test_capsys", SHOUTS),
}
# What a submission does in place of the reference, and what its tests come to.
WRONG = {
    "another text": (SHOUTS, "failed failed passed failed failed"),
    "a text that is returned": (
        'def f(name): return f"Hello, {name}!"',
        "failed failed failed failed failed",
    ),
    "the stream for errors": (
        REFERENCE.replace('!")', '!", file=sys.stderr)'),
        "failed failed failed passed failed",
    ),
    "the stream for what is no error": (
        REFERENCE.replace(", file=sys.stderr", ""),
        "passed passed passed failed passed",
    ),
    "both streams in turn": (
        REFERENCE.replace(
            'print(f"Hello, ',
            'print("a", file=sys.stderr)\n    sys.stdout.write("Hello, ")\n'
            '    print("b", file=sys.stderr)\n    print(f"',
        ),
        "failed passed passed passed passed",
    ),
}


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """A judge of an exercise whose function prints what is asked for."""
    with proved_judge(tmp_path_factory.mktemp("prints"), EXERCISE) as opened:
        yield opened


@pytest.mark.parametrize("name", WRONG)
def test_what_is_printed_decides(judge: Judge, name: str) -> None:
    source, expected = WRONG[name]
    report = judge.grade(source).report
    assert (report["fault"], outcomes(report)) == ("learner", expected)


def test_the_case_tells_what_was_printed_and_what_is_right(judge: Judge) -> None:
    def case(source: str, test: int) -> dict[str, Any]:
        found: dict[str, Any] = judge.grade(source).report["tests"][test]["case"]
        return {key: found[key] for key in ("shown", "got", "expected")}

    right = {"shown": "f('Ann')", "expected": "None, printed 'Hello, Ann!\\n'"}
    assert case(SHOUTS, 0) == {**right, "got": "None, printed 'HELLO, Ann!\\n'"}
    assert case("def f(name): pass", 0) == {**right, "got": "None, printed nothing"}
    elsewhere = "None, printed to sys.stderr 'Hello, Ann!\\n'"
    assert case(WRONG["the stream for errors"][0], 0) == {**right, "got": elsewhere}


def test_a_mistake_is_known_by_what_it_prints(judge: Judge) -> None:
    assert judge.grade(f"# Mine.\n{SHOUTS}").report["tests"][0]["mistake"] == "It shouts."
    other = judge.grade(SHOUTS.replace("HELLO", "Halo")).report
    assert [test["mistake"] for test in other["tests"]] == [None] * 5


def test_what_nobody_asks_for_fails_nothing(judge: Judge) -> None:
    with_a_note = REFERENCE.replace(
        "    print(f", '    print("at it", file=sys.__stderr__)\n    print(f'
    )
    assert outcomes(judge.grade(with_a_note).report) == "failed passed passed passed passed"


def test_a_message_that_tells_what_to_print_is_warned_of(tmp_path: Path) -> None:
    telling = "\ndef test_f(capsys):\n    f('Ann')\n    out = capsys.readouterr().out\n"
    telling += "    assert out == 'Hello, Ann!\\n', 'print “Hello, Ann!”'\n"
    shouts = planted("It shouts.\n\nCaught by: test_f", SHOUTS)
    files = {**EXERCISE, **front("show_expected: false\n"), **authored(telling), **shouts}
    exercise = read_exercise(write_exercise(tmp_path, files))
    said: list[str] = []
    prove(exercise, own_toolchain(tmp_path / "cache", said.append))
    assert any("a message of test_f holds an expected value" in text for text in said), said


def test_forged_output_is_text_and_ends_where_it_ends(judge: Judge) -> None:
    forged = json.dumps(said(value=None, stdout="Hello, \ud800", stderr=[[7, 10**9]]))
    source = f"import json\ndef f(name):\n    json.dumps = lambda *a, **k: {forged}\n"
    test = judge.grade(source).report["tests"][0]
    assert (test["outcome"], test["case"]["got"].split(",")[0]) == ("failed", "None")
    assert "Hello, " in test["message"] and "\\ud800" in test["message"]
