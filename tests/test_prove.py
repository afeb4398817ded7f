"""The proof of an exercise: only what has changed is run again, and mistakes are told apart."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from builder.errors import BuildError
from builder.exercise import read_exercise
from builder.grade import Grading, Judge, open_judge
from builder.prove import prove

from .chances import UNMOVED
from .squares import (
    CAUGHT,
    SQUARE,
    WRONG,
    authored,
    front,
    planted,
    prove_quietly,
    write_exercise,
)
from .submissions import ROOT
from .toolchains import own_toolchain, shared_toolchain

TESTS_OF_ALL_KINDS = """
class Base:
    def test_inherited(self): assert f(1) == 1
class TestDerived(Base): pass
@pytest.fixture
def test_number(): return 2
@pytest.fixture(name="three")
def test_three(): return 3
@pytest.mark.parametrize("n", [0, 1])
def test_many(n, test_number, three): assert f(n) == n
class Recorder:
    def test(self): return f(1)
test_made = lambda: f(2) and None
class SquareTests:
    __test__ = False
    def test_never(self): assert False
class Machine:
    def test_and_set(self): assert f(1)
class Mixin:
    def test_mixed(self): assert f(1) == 1
class TestMixed(Mixin):
    def test_machine(self):
        def test_given(value): assert value
        @staticmethod
        def test_registered(value): assert value
        class Given:
            def test_it(self): assert f(1)
        test_given(Machine())
        assert text_of(1) and getattr(self, "tes_it")
    def tes_it(self): assert f(1)
def text_of(x):
    assert f(x)
    return str(x)
def rest(x): return f(x)
def check_all(x): assert f(x)
def setup_module(): assert True
"""


def test_a_test_is_left_out_only_if_it_is_one(tmp_path: Path) -> None:
    exercise = read_exercise(write_exercise(tmp_path, authored(TESTS_OF_ALL_KINDS)))
    tests = [test["id"] for test in prove_quietly(exercise, tmp_path / "cache").tests]
    many = ["test_many[0]", "test_many[1]"]
    assert tests == ["test_inherited", *many, "test_made", "test_mixed", "test_machine"]


def test_tests_may_draw_what_changes_no_call_of_theirs(tmp_path: Path) -> None:
    exercise = read_exercise(write_exercise(tmp_path, authored(UNMOVED)))
    assert len(prove_quietly(exercise, tmp_path / "cache").tests) == 5


def gradings(folder: Path, cache: Path) -> int:
    """Prove an exercise and tell how many submissions that took a run of."""
    count = 0
    grade = Judge.grade

    def counted(*given: Any) -> Grading:
        nonlocal count
        count += 1
        return grade(*given)

    with mock.patch.object(Judge, "grade", counted):
        prove(read_exercise(folder), own_toolchain(cache))
    return count


def append_line(path: Path) -> None:
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")


def test_only_what_has_changed_is_proved_again(tmp_path: Path) -> None:
    extra = "hidden_tests/data/numbers.txt"
    folder = write_exercise(tmp_path / "exercise", {extra: "1", **planted(CAUGHT)})
    cache = tmp_path / "cache"
    everything = 4  # the reference twice, the starter, the wrong solution
    assert gradings(folder, cache) == everything
    assert gradings(folder, cache) == 0
    for name, count in {
        "starter.py": 1,
        WRONG: 1,
        "solution.py": everything,
        "hidden_tests/test_f.py": everything,
        extra: everything,
    }.items():
        append_line(folder / name)
        assert gradings(folder, cache) == count, name
        assert gradings(folder, cache) == 0, name
    (folder / "problem.md").write_text(str(front("call_seconds: 4\n")["problem.md"]), "utf-8")
    assert gradings(folder, cache) == everything, "a limit"
    (folder / "hidden_tests/notes.md").write_text("Not for learners.")
    assert gradings(folder, cache) == 0, "what does not ship"
    (folder / extra).rename(folder / "hidden_tests/data/other.txt")
    assert gradings(folder, cache) == everything, "a file has moved"
    assert gradings(folder, cache) == 0


def test_to_prove_what_is_proved_loads_no_numpy_and_no_network() -> None:
    needs = "import builder.prove, builder.statement_check"
    looks = 'import sys; print({"numpy", "urllib.request"} & sys.modules.keys())'
    command = [sys.executable, "-c", f"{needs}; {looks}"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_a_starter_may_have_the_text_of_a_wrong_solution(tmp_path: Path) -> None:
    files = planted(CAUGHT)
    (text,) = files.values()
    exercise = read_exercise(write_exercise(tmp_path, {**files, "starter.py": text}))
    assert len(prove_quietly(exercise, tmp_path / "cache").tests) == 3


def test_a_refusal_is_not_kept(tmp_path: Path) -> None:
    slow = "import js\ndef f(x):\n    while True: pass\n"
    exercise = read_exercise(write_exercise(tmp_path, planted(CAUGHT, slow)))
    toolchain = own_toolchain(tmp_path / "cache")
    late = {"id": "test_number", "title": "", "outcome": "passed"}
    grade = Judge.grade

    def by_chance(judge: Judge, source: str) -> Grading:
        grading = grade(judge, source)
        if source.startswith('"""It is zero.'):
            grading.report["tests"][0].update(late)
        return grading

    with (
        mock.patch.object(Judge, "grade", by_chance),
        pytest.raises(BuildError, match="not caught"),
    ):
        prove(exercise, toolchain)
    assert len(prove(exercise, toolchain).tests) == 3


def test_a_wrong_solution_that_is_saved_while_it_is_graded_is_proved_anew(tmp_path: Path) -> None:
    exercise = read_exercise(write_exercise(tmp_path / "exercise", planted(CAUGHT)))
    (wrong,) = exercise.wrong_solutions
    right = f"{wrong.path.read_text('utf-8').split('def')[0]}\n{SQUARE}"
    toolchain = own_toolchain(tmp_path / "cache")
    grade = Judge.grade

    def saved(judge: Judge, source: str) -> Grading:
        grading = grade(judge, source)
        if wrong.mistake in source:
            wrong.path.write_text(right, "utf-8")
        return grading

    with mock.patch.object(Judge, "grade", saved):
        prove(exercise, toolchain)
    with pytest.raises(BuildError, match="not caught"):
        prove(exercise, toolchain)


def test_a_proof_is_the_same_from_the_cache(tmp_path: Path) -> None:
    exercise = read_exercise(write_exercise(tmp_path / "exercise", planted(CAUGHT)))
    first = prove_quietly(exercise, tmp_path / "cache").facts()
    again = prove_quietly(exercise, tmp_path / "cache").facts()
    assert json.dumps(again) == json.dumps(first)
    (planted_one,) = first["answers"]["planted"]
    assert set(planted_one["fails"]) == {"test_number", "test_refusal", "test_array"}


def test_a_mistake_is_named_when_just_one_gives_the_number(tmp_path: Path) -> None:
    wrong = {"two": "2.0 * x", "third": "x ** 3", "cube": "x * x * x", "twin": "1.0 * x ** 4"}
    caught = "Caught by: test_number"
    mistakes = {
        f"hidden_tests/wrong_solutions/{name}.py": f'"""It is {name}.\n\n{caught}"""\n'
        f"def f(x): return float({value})\n"
        for name, value in wrong.items()
    }
    tests = "def test_number():\n  assert f(3.0) == 9.0, 'not 9'\n"
    exercise = read_exercise(write_exercise(tmp_path, {**mistakes, **authored(tests)}))
    proof = prove_quietly(exercise, tmp_path / "cache")
    named = "It is {}."
    with open_judge(exercise, shared_toolchain(), proof.facts()) as judge:
        for value, mistake in {
            "x + x": named.format("two"),
            "numpy.float64(x + x + 1e-10)": named.format("two"),
            "x ** 4": named.format("twin"),
            "x ** 3": None,  # two mistakes give it
            "x + x + 1e-6": None,
            "int(x + x)": None,
            "[x + x]": None,
        }.items():
            test = judge.grade(f"import numpy\ndef f(x): return {value}").report["tests"][0]
            assert (test["message"], test["mistake"]) == ("not 9", mistake), value


TELLING_TESTS = """
import pytest
from solution import f

def test_close():
    assert abs(f(1.5) - 2.25) < 1e-9, "f(1.5) has to be 2.25"

def test_quiet():
    got = f(2.5)
    assert abs(got - 6.25) < 1e-9, f"f squares: f(2.5) is not {got}"

def test_word():
    assert f("ab") == "abab", "a text comes twice: abab"

def test_set():
    assert f({"some"}) == frozenset({"somesome"}), "a set of somesome"

def test_bytes():
    assert f({b"ab"}) == {b"abab"}, "b'abab' is missing"

@pytest.mark.parametrize("x, right", [(-4.5, 20.25), (-5.5, 30.25)])
def test_cases(x, right):
    assert f(x) == right

@pytest.mark.parametrize("x, right", [(3.5, 12.25), (4.5, 20.25)], ids=["a half", "more"])
def test_named(x, right):
    assert f(x) == right
"""
TWICE = """
def f(x):
    if isinstance(x, set):
        return frozenset(map(f, x))
    return x * 2 if isinstance(x, (str, bytes)) else x * x
"""


@pytest.mark.parametrize(("flag", "warned"), [("false", True), ("true", False)])
def test_words_that_hold_what_is_kept_back_are_warned_of(
    tmp_path: Path, flag: str, warned: bool
) -> None:
    files = {
        **front(f"show_expected: {flag}\n"),
        "solution.py": TWICE,
        "hidden_tests/test_f.py": TELLING_TESTS,
        **planted(
            "It is 6.25 everywhere.\n\nCaught by: test_close, test_word",
            "def f(x):\n    return 6.25\n",
        ),
    }
    exercise = read_exercise(write_exercise(tmp_path / "exercise", files))
    said: list[str] = []
    for _ in range(2):  # the second time from the cache
        said.clear()
        prove(exercise, own_toolchain(tmp_path / "cache", said.append))
        found = [text.split(", which")[0] for text in said if text.startswith("warning")]
        assert found == (
            [
                "warning: a message of test_close holds an expected value",
                "warning: a message of test_word holds an expected value",
                "warning: a message of test_set holds an expected value",
                "warning: a message of test_bytes holds an expected value",
                "warning: a case of test_cases has an expected value in its name",
                "warning: the mistake “It is 6.25 everywhere.” holds an expected value",
            ]
            if warned
            else []
        )
