"""Suites of unittest, and subtests of either kind: what their parts raise counts for the test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from builder.grade import Judge

from .squares import HEAD, SQUARE, Files, front, judging, proved_judge

SUITE = '''
import unittest

class Base(unittest.TestCase):
    __test__ = False

class SquaresCase(Base):
    __test__ = True
    asked = 0

    @classmethod
    def setUpClass(cls):
        cls.nine = f(3)

    def setUp(self):
        self.asked += f(1)

    def tearDown(self):
        assert f(2) == 4, "after all"

    def test_number(self):
        """squares a number

        and more."""
        self.assertEqual(f(3), self.nine)
        self.assertEqual(self.asked, 1)

    def test_refusal(self):
        with self.assertRaisesRegex(ValueError, "negative"):
            f(-1)

    def test_anything_is_refused(self):
        with self.assertRaises(BaseException):
            f(-2)
        self.assertAlmostEqual(f(0.5), 0.25)

    def test_parts(self):
        for number in (1, 2, 3, 4):
            with self.subTest("of a number", number=number):
                self.assertEqual(f(number), number ** 2, "a square")

    def test_array(self):
        given = np.array([1.0, 2.0])
        np.testing.assert_array_equal(f(given), [1.0, 4.0])
        self.assertEqual(given.tolist(), [1.0, 2.0], "the array was changed")

def test_plain_parts(subtests):
    for number in (1, 2, 3, 4):
        with subtests.test("of a number", number=number):
            assert f(number) == number ** 2, "a square"
    assert f(5) == 25

def test_raising_part(subtests):
    with subtests.test():
        with pytest.raises(ValueError):
            f(-3)

@pytest.fixture
def looked_at(subtests):
    yield f(7)
    with subtests.test("after all"):
        assert f(8) == 64

def test_fixture(looked_at):
    assert looked_at == 49
'''
IDS = [
    *("test_anything_is_refused", "test_array", "test_number", "test_parts", "test_refusal"),
    *("test_plain_parts", "test_raising_part", "test_fixture"),
]


def except_for(number: int, instead: str) -> str:
    """Return a submission that is right but for one number."""
    wrong = f"def f(x):\n    if np.ndim(x) == 0 and x == {number}:\n        {instead}\n"
    return SQUARE.replace("def f(x):\n", wrong)


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """A judge of a suite of both kinds."""
    with judging(tmp_path_factory.mktemp("suite"), SUITE) as judge:
        yield judge


def failing(report: dict[str, Any]) -> dict[str, str]:
    """Return the tests that did not pass, with their outcomes."""
    return {t["id"]: t["outcome"] for t in report["tests"] if t["outcome"] != "passed"}


def test_a_suite_of_unittest_and_its_subtests_run_as_they_are(suite: Judge) -> None:
    assert [test["id"] for test in suite.tests] == IDS
    assert suite.tests[2]["title"] == "squares a number"
    report = suite.grade(SQUARE).report
    assert report["outcome"] == "passed", failing(report)


# A submission, and the outcomes of what does not pass then.
WRONG = {
    "in a subtest": (except_for(4, "return 15"), dict.fromkeys(IDS[3:6:2], "failed")),
    "in the first of subtests, and raising": (
        except_for(2, "raise KeyError(x)"),
        {**dict.fromkeys(IDS[:5], "error"), IDS[5]: "error"},
    ),
    "after subtests": (except_for(5, "return 1"), {IDS[5]: "failed"}),
    "what a subtest expects": (except_for(-3, "return 9"), {IDS[6]: "failed"}),
    "in what a test of unittest expects": (
        except_for(-1, "raise TypeError('no')"),
        {IDS[4]: "error"},
    ),
    "in a subtest, after a look at it in setUp": (
        except_for(1, "return 2"),
        dict.fromkeys([IDS[2], IDS[3], IDS[5]], "failed"),
    ),
    "in a fixture's teardown": (except_for(8, "return 8"), {IDS[7]: "failed"}),
    "in tearDown": (except_for(2, "return x + x + 1"), dict.fromkeys(IDS[:6], "failed")),
    "in setUpClass": (except_for(3, "1 / 0"), {**dict.fromkeys(IDS[:5], "error"), IDS[5]: "error"}),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_goes_wrong_anywhere_in_a_suite_is_told(suite: Judge, name: str) -> None:
    source, expected = WRONG[name]
    assert failing(suite.grade(source).report) == expected


SKIPPING = """
import unittest

class PartsCase(unittest.TestCase):
    def test_parts(self):
        for number in (1, 2, 3):
            with self.subTest(number=number):
                if number == 2:
                    self.skipTest("even")
                self.assertEqual(f(number), number ** 2)

def test_plain_parts(subtests):
    for number in (1, 2, 3):
        with subtests.test(number=number):
            if number == 1:
                pytest.skip("too easy")
            assert f(number) == number ** 2

def test_after_a_part(subtests):
    with subtests.test():
        pytest.xfail("known")
    assert f(3) == 9
"""


def test_a_part_that_is_skipped_hides_nothing_of_what_other_parts_raise(tmp_path: Path) -> None:
    with judging(tmp_path, SKIPPING) as judge:
        names = [test["id"] for test in judge.tests]
        assert failing(judge.grade(SQUARE).report) == dict.fromkeys(names, "not-run")
        wrong = judge.grade(except_for(3, "return 10")).report
        assert failing(wrong) == dict.fromkeys(names, "failed")
        raising = judge.grade(except_for(3, "raise KeyError(x)")).report
        assert failing(raising) == dict.fromkeys(names, "error")


SKIPS = (
    HEAD
    + """
def test_itself():
    if f(3) != 9: pytest.skip('not squared')
    f(4)

def test_expected():
    if f(3) != 9: pytest.xfail('not squared')
"""
)


def test_a_test_that_skips_itself_over_a_wrong_answer_has_failed(tmp_path: Path) -> None:
    with proved_judge(tmp_path, {"hidden_tests/test_f.py": SKIPS}) as judge:
        report = judge.grade("def f(x): return 8\n").report
        assert judge.grade(SQUARE).report["outcome"] == "passed"
    assert (report["outcome"], report["fault"]) == ("failed", "learner")
    assert failing(report) == {"test_itself": "failed", "test_expected": "failed"}
    for test in report["tests"]:
        assert "does not go on with what your function returned (not squared)" in test["message"]


def test_the_first_subtest_that_fails_is_the_one_that_is_told(tmp_path: Path) -> None:
    wrong = except_for(3, "return 10").replace("x == 3", "x >= 3")
    with proved_judge(tmp_path, {"hidden_tests/test_f.py": HEAD + SUITE}) as judge:
        tests = {test["id"]: test for test in judge.grade(wrong).report["tests"]}
    for name in ("test_parts", "test_plain_parts"):
        assert tests[name]["case"]["call"].endswith("f(3)")
        assert tests[name]["message"].endswith("a square [of a number] (number=3)")


def test_what_a_subtest_is_given_is_not_told_where_right_answers_are_not(tmp_path: Path) -> None:
    files: Files = {**front("show_expected: false\n"), "hidden_tests/test_f.py": HEAD + SUITE}
    with proved_judge(tmp_path, files) as judge:
        report = judge.grade(except_for(4, "return 15")).report
    assert [t["message"] for t in report["tests"] if t["outcome"] == "failed"] == [
        "An assertion of the test did not hold. [of a number]",
        "a square [of a number]",
    ]
