"""A case where calls come after the first problem, or where what came back is equal and wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from builder.grade import Judge, open_judge

from .cases import first_case
from .squares import HEAD, proved_judge
from .toolchains import shared_toolchain

# The reference refuses what is negative; a list it sorts, and gives it back; a dict it copies.
SOLUTION = """
def f(x):
    if isinstance(x, list):
        x.sort()
        return x
    if isinstance(x, dict):
        return dict(x)
    if x < 0:
        raise ValueError("x is negative")
    return x * x
"""
TESTS = """
import unittest

@pytest.fixture
def tidy():
    yield
    f(100)

def test_cleanup(tidy):
    assert f(f(2)) == 16

@pytest.mark.parametrize("n", range(2))
def test_part(n, subtests):
    for x in range(3 * n, 3 * n + 3):
        with subtests.test():
            assert f(f(x)) in (0, 1, 16, 81, 256, 625)

class Case(unittest.TestCase):
    def test_unittest(self):
        self.addCleanup(f, 200)
        self.assertEqual(f(f(6)), 1296)

def test_words():
    with pytest.raises(ValueError, match="is negative"):
        f(-1)
    f(300)

def test_words_first():
    with pytest.raises(ValueError) as caught:
        f(-1)
    assert f(300) and "negative" in str(caught.value)

def test_same():
    given = [2, 1]
    assert f(given) is given

def test_other():
    given = {}
    assert f(given) is not given
"""


@pytest.fixture(scope="module")
def judge_of_ends(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """A judge whose tests make calls after they have failed, and look at what is what."""
    files: dict[str, str | None] = {"solution.py": SOLUTION, "hidden_tests/test_f.py": HEAD + TESTS}
    with proved_judge(tmp_path_factory.mktemp("ends"), files) as judge:
        yield judge


# What a submission answers to one argument, and the call of its case, what came back, and notes.
# Of the first three the next call is not the reference's, so that it is not known what is right.
SORTED = "x.sort() or list(x)"
ANSWERS = [
    ("2", "10", "f(2)", "10", ["off by 6 (150 %)"]),
    ("3", "10", "f(3)", "10", ["off by 1 (11 %)"]),
    ("6", "10", "f(6)", "10", ["off by 26 (72 %)"]),
    ("-1", "[][x]", "f(-1)", "raised IndexError: list index out of range", []),
    ("-1", "int('')", "f(-1)", "raised ValueError: invalid literal", []),
    ("[2, 1]", SORTED, "f([2, 1])", "[1, 2]", ["not argument 1 itself"]),
    ("{}", "x", "f({})", "{}", ["argument 1 itself"]),
]


@pytest.mark.parametrize(("given", "answer", "call", "got", "notes"), ANSWERS)
def test_a_case_is_the_call_before_the_first_problem_and_tells_what_is_the_argument_itself(
    judge_of_ends: Judge, given: str, answer: str, call: str, got: str, notes: list[str]
) -> None:
    mine = f"\nright = f\ndef f(x): return {answer} if x == {given} else right(x)\n"
    case = first_case(judge_of_ends, SOLUTION + mine)
    assert (case["shown"], case["notes"]) == (call, notes)
    assert case["got"].startswith(got)


@pytest.mark.parametrize("given", ["2", "3", "6"])
def test_where_nothing_is_known_a_case_is_the_call_before_the_first_problem(
    judge_of_ends: Judge, given: str
) -> None:
    with open_judge(judge_of_ends.exercise, shared_toolchain()) as plain:
        source = f"\nright = f\ndef f(x): return 10 if x == {given} else right(x)\n"
        case = first_case(plain, SOLUTION + source)
    assert (case["shown"], case["got"], case["notes"]) == ("f(10)", "100", [])


def test_words_of_an_exception_that_a_test_looks_at_later_are_the_case(
    judge_of_ends: Judge,
) -> None:
    source = SOLUTION.replace("x is negative", "no")
    tests = judge_of_ends.grade(source).report["tests"]
    failed = [test for test in tests if test["outcome"] != "passed"]
    assert [test["id"] for test in failed] == ["test_words", "test_words_first"]
    assert [test["case"]["shown"] for test in failed] == ["f(-1)", "f(-1)"]
    assert failed[1]["case"]["expected"] == "raised ValueError: x is negative"
