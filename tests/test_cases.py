"""The case of a failed test: the call that it hangs on, what came back, and what is right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from builder.grade import Judge

from .cases import assert_same, first_case, outcome_of
from .squares import front, proved_judge
from .submissions import REFERENCE, WRONG_SOLUTIONS, timeless

# The reference answers these calls as the wrong solution does, which changes what it was given.
CHANGING = {"changes_logits_in_place", "logits_reshaped_in_place"}


@pytest.mark.parametrize("path", WRONG_SOLUTIONS, ids=lambda path: path.stem)
def test_the_case_of_a_planted_mistake_runs_as_it_stands_and_holds_both_answers(
    judge: Judge, path: Path
) -> None:
    source = path.read_text("utf-8")
    case = first_case(judge, source)
    assert_same(outcome_of(REFERENCE, case["call"]), case["expected"])
    with np.errstate(all="ignore"):
        assert_same(outcome_of(source, case["call"]), case["got"])
    if path.stem not in CHANGING:
        assert case["got"] != case["expected"]


VALUES = """
import numpy as np

def f(kind):
    values = {
        "number": 2.5, "count": 3, "text": "one\\ntwo", "word": "cross-entropy", "none": None,
        "list": [1, 2.5, "x"], "dict": {"a": 1, "b": [2]}, "flags": True,
        "set": {10, 9, "a"}, "frozen": frozenset({1}), "bytes": b"one",
        "array": np.arange(6.0).reshape(2, 3), "ints": np.array([1, 2], dtype=np.int32),
    }
    if kind == "error":
        raise ValueError("no such kind")
    return values[kind]
"""

TESTS = """
import numpy as np
import pytest
from solution import f

KINDS = ["number", "count", "text", "word", "none", "list", "dict", "flags", "set", "frozen"]
KINDS += ["bytes"]

@pytest.mark.parametrize("kind", KINDS)
def test_value(kind):
    right = {"number": 2.5, "count": 3, "text": "one\\ntwo", "word": "cross-entropy", "none": None,
             "list": [1, 2.5, "x"], "dict": {"a": 1, "b": [2]}, "flags": True,
             "set": {10, 9, "a"}, "frozen": frozenset({1}), "bytes": b"one"}[kind]
    got = f(kind)
    assert type(got) is type(right) and got == right

def test_array():
    np.testing.assert_array_equal(f("array"), np.arange(6.0).reshape(2, 3), strict=True)

def test_ints():
    np.testing.assert_array_equal(f("ints"), np.array([1, 2], dtype=np.int32), strict=True)

def test_error():
    with pytest.raises(ValueError, match="no such kind"):
        f("error")
"""


OF_KINDS: dict[str, str | None] = {
    "starter.py": "def f(kind):\n    raise NotImplementedError\n",
    "solution.py": VALUES,
}


@pytest.fixture(scope="module")
def values(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """A judge of an exercise that answers with values of every kind."""
    files = {**OF_KINDS, "hidden_tests/test_f.py": TESTS}
    with proved_judge(tmp_path_factory.mktemp("values"), files) as judge:
        yield judge


# What a submission returns for a kind, and what its case then says: got, expected, notes.
RETURNED = [
    ("number", "2.75", "2.75", "2.5", ["off by 0.25 (10 %)"]),
    ("number", "2.5000001", "2.5000001", "2.5", ["off by 1e-07 (4.0e-08 of it)"]),
    ("number", "float('nan')", "nan", "2.5", ["is NaN (not a number)"]),
    ("number", "-float('inf')", "-inf", "2.5", ["is infinite"]),
    ("number", "None", "None", "2.5", ["type NoneType, not float"]),
    ("number", "{2, 1}", "{1, 2}", "2.5", ["type set, not float"]),
    (
        "number",
        "{...}",
        "<set (with an element that cannot be sent)>",
        "2.5",
        ["type set (with an element that cannot be sent), not float"],
    ),
    ("number", "set()", "set()", "2.5", ["type set, not float"]),
    (
        "set",
        "{'a', 10, 11, 12}",
        "{'a', 10, 11, 12}",
        "{'a', 10, 9}",
        ["without 9", "with 11 and 1 more"],
    ),
    ("set", "['a', 10, 9]", "['a', 10, 9]", "{'a', 10, 9}", ["type list, not set"]),
    ("frozen", "{1}", "{1}", "frozenset({1})", ["type set, not frozenset"]),
    ("bytes", "b'two'", "b'two'", "b'one'", ["first at [0]: 116, not 111"]),
    ("bytes", "'one'", "'one'", "b'one'", ["type str, not bytes"]),
    ("count", "np.int64(4)", "np.int64(4)", "3", ["off by 1 (33 %)"]),
    ("count", "np.int64(3)", "np.int64(3)", "3", ["type int64, not int"]),
    ("number", "np.float64(2.75)", "np.float64(2.75)", "2.5", ["off by 0.25 (10 %)"]),
    ("number", "np.float64(2.5)", "np.float64(2.5)", "2.5", ["type float64, not float"]),
    ("number", "np.float64('nan')", "np.float64(nan)", "2.5", ["is NaN (not a number)"]),
    ("number", "np.float32(2.5)", "np.float32(2.5)", "2.5", ["type float32, not float"]),
    ("flags", "np.False_", "np.False_", "True", []),
    ("flags", "1", "1", "True", ["type int, not bool"]),
    ("flags", "np.True_", "np.True_", "True", ["type numpy.bool, not bool"]),
    (
        "text",
        "'one\\r\\ntwo'",
        "'one\\r\\ntwo'",
        "'one\\ntwo'",
        ["first at character 3: '\\r\\ntwo', not '\\ntwo'"],
    ),
    (
        "text",
        "'one\\ntwo\\n'",
        "'one\\ntwo\\n'",
        "'one\\ntwo'",
        ["first at character 7: '\\n', not ''"],
    ),
    (
        "text",
        "'one\\nthree'",
        "'one\\nthree'",
        "'one\\ntwo'",
        ["lines that differ (- expected, + got):\n- two\n+ three"],
    ),
    (
        "word",
        "'cross entropy'",
        "'cross entropy'",
        "'cross-entropy'",
        ["first at character 5: ' entropy', not '-entropy'"],
    ),
    ("list", "[1, 2.5]", "[1, 2.5]", "[1, 2.5, 'x']", ["length 2, not 3"]),
    (
        "dict",
        "{'b': [3], 'a': 1}",
        "{'b': [3], 'a': 1}",
        "{'a': 1, 'b': [2]}",
        ["first at ['b'][0]: 3, not 2"],
    ),
    ("list", "[1, 3, 'x']", "[1, 3, 'x']", "[1, 2.5, 'x']", ["first at [1]: 3, not 2.5"]),
    (
        "dict",
        "{'a': 1, 'c': [2]}",
        "{'a': 1, 'c': [2]}",
        "{'a': 1, 'b': [2]}",
        ["without the key 'b'", "with the key 'c'"],
    ),
    (
        "array",
        "np.arange(6.0).reshape(2, 3) + [0, 0, 1]",
        "np.array([[0.0, 1.0, 3.0], [3.0, 4.0, 6.0]])",
        "np.array([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]])",
        ["2 of 6 elements differ, first at [0, 2]: 3.0, not 2.0"],
    ),
    (
        "array",
        "np.arange(6.0)",
        "np.array([0.0, 1.0, 2.0, 3.0, 4.0, 5.0])",
        "np.array([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]])",
        ["shape (6,), not (2, 3)"],
    ),
    (
        "ints",
        "np.array([1.0, np.nan])",
        "np.array([1.0, np.nan])",
        "np.array([1, 2], dtype=np.int32)",
        [
            "1 of 2 elements is NaN (not a number)",
            "dtype float64, not int32",
            "1 of 2 elements differ, first at [1]: nan, not 2",
        ],
    ),
    ("error", "0", "0", "raised ValueError: no such kind", []),
    ("none", "[][1]", "raised IndexError: list index out of range", "None", []),
]


@pytest.mark.parametrize(("kind", "returned", "got", "expected", "notes"), RETURNED)
def test_a_case_says_what_came_back_what_is_right_and_in_what_they_differ(
    values: Judge, kind: str, returned: str, got: str, expected: str, notes: list[str]
) -> None:
    answer = f'\nright = f\ndef f(kind):\n    if kind == "{kind}": return {returned}\n'
    case = first_case(values, f"{VALUES}{answer}    return right(kind)\n")
    assert (case["got"], case["expected"], case["notes"]) == (got, expected, notes)
    assert case["call"] == f"f('{kind}')" == case["shown"]


SERIES = """
import numpy as np
import pytest
from solution import f

def test_series():
    first, second, third = f(1), f(2), f(3)
    assert first == pytest.approx(1, abs=0.5)
    assert second + third == 13

def test_in_place():
    given = np.array([2.0, 1.0])
    given.flags.writeable = True
    f(given)
    assert given.tolist() == [4.0, 1.0]

def test_many_in_place():
    given = np.arange(20.0)
    f(given)
    assert given.sum() == 2470
"""
IN_PLACE = "def f(x):\n    if hasattr(x, 'tolist'):\n        x *= x\n        return None\n"


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """A judge of an exercise whose tests make several calls, and want an array changed."""
    solution = f"{IN_PLACE}    return x * x\n"
    files: dict[str, str | None] = {"solution.py": solution, "hidden_tests/test_f.py": SERIES}
    with proved_judge(tmp_path_factory.mktemp("series"), files) as judge:
        yield judge


@pytest.mark.parametrize(
    ("answers", "index"),
    [
        ({1: 1.25, 2: 5, 3: 9}, 1),  # the first is within the test's tolerance
        ({1: 1, 2: 4, 3: 8}, 2),
        ({1: 2, 2: 5, 3: 8}, 0),
        ({1: 1.25, 2: 4, 3: 8}, 2),
    ],
)
def test_the_case_is_the_earliest_call_upon_which_the_test_cannot_pass(
    series: Judge, answers: dict[int, float], index: int
) -> None:
    case = first_case(series, f"{IN_PLACE}    return {answers}[x]\n")
    assert (case["index"], case["shown"]) == (index, f"f({index + 1})")


def test_a_case_tells_how_an_argument_was_left(series: Judge) -> None:
    case = first_case(series, "def f(x): return None if hasattr(x, 'tolist') else x * x\n")
    right = "argument 1 should be np.array([4.0, 1.0]) afterwards"
    assert case["notes"] == [f"{right}, and was left as it was"]
    other = IN_PLACE.replace("x *= x", "x += 1")
    case = first_case(series, f"{other}    return x * x\n")
    assert case["notes"] == [f"{right}, and is np.array([3.0, 2.0])"]
    other = IN_PLACE.replace("return None", "x[7:8] += 1")
    (note,) = first_case(series, f"{other}        return None\n    return x * x\n")["notes"]
    assert note.startswith("argument 1 should be np.array([0., 1., 4., ..., 289., 324., 361.]")
    assert note.endswith("and is not: 1 of 20 elements differ, first at [7]: 50.0, not 49.0")


def test_a_case_tells_of_an_argument_that_was_to_be_left_alone(judge: Judge) -> None:
    (path,) = (path for path in WRONG_SOLUTIONS if path.stem == "changes_logits_in_place")
    case = first_case(judge, path.read_text("utf-8"))
    assert [note for note in case["notes"] if note.startswith("argument 1 changed in place: ")]


def test_a_call_that_does_not_return_is_the_case(values: Judge) -> None:
    loop = "\nright = f\ndef f(kind):\n    while kind == 'list': pass\n    return right(kind)\n"
    report = values.grade(VALUES + loop, {"callSeconds": 1}).report
    case = next(test["case"] for test in report["tests"] if test["outcome"] == "timeout")
    assert (case["got"], case["expected"]) == ("did not return", "[1, 2.5, 'x']")


HIDDEN = ("4.0", "9.0", "16", "== 4", "26", "ZeroDivision", "RAISE")
HIDDEN_TESTS = """
import numpy as np
import pytest
from solution import f

def test_bare():
    assert f(2) == 4

def test_array():
    np.testing.assert_array_equal(f(np.array([2.0, 3.0])), [4.0, 9.0])

def test_words():
    assert f(3) == 9, "f squares"

def test_fail():
    if f(4) != 16:
        pytest.fail("f squares, also 4")

def test_text():
    assert f(5) + 1 == 26

def test_refusal():
    with pytest.raises(ZeroDivisionError):
        f(0)
"""


def test_with_show_expected_false_nothing_of_the_right_answer_is_in_a_report(
    tmp_path: Path,
) -> None:
    files: dict[str, str | None] = {
        **front("show_expected: false\n"),
        "hidden_tests/test_f.py": HIDDEN_TESTS,
        "solution.py": "def f(x): return x * x / (0 if str(x) == '0' else 1)\n",
    }
    with proved_judge(tmp_path, files) as judge:
        report = judge.grade("def f(x): return 'no' if str(x) == '5' else x + 0.5\n").report
    tests = report["tests"]
    assert [test["message"] for test in tests] == [
        "An assertion of the test did not hold.",
        "An assertion of the test did not hold.",
        "f squares",
        "f squares, also 4",
        "The test cannot work with what your function returned.",
        "An assertion of the test did not hold.",
    ]
    assert all(test["case"]["expected"] is None for test in tests)
    assert all(test["case"]["notes"] == [] for test in tests)
    assert not any(number in str(timeless(report)) for number in HIDDEN)


BOARD = "import numpy as np\n\ndef f(x): return '\\n'.join(str(k) * 40 for k in range(x))\n"
BOARD_TESTS = """
from solution import f

def test_board():
    right = "\\n".join(str(k) * 40 for k in range(3000))
    if f(3000) != right:
        raise AssertionError("no such board")
"""


def test_long_texts_that_differ_in_every_line_are_compared_in_no_time(tmp_path: Path) -> None:
    files: dict[str, str | None] = {"solution.py": BOARD, "hidden_tests/test_f.py": BOARD_TESTS}
    with proved_judge(tmp_path, files) as judge:
        case = first_case(judge, BOARD.replace("* 40", "* 39 + '!'"))
    (note,) = case["notes"]
    assert len(note.splitlines()) == 10 and note.endswith("…")


SLOW = """
import time
from solution import f

def test_slow():
    time.sleep(0.6)
    first, second = f(1), f(2)
    assert first + second == 5
"""


def test_a_test_that_takes_its_time_is_not_run_again_for_its_case(tmp_path: Path) -> None:
    with proved_judge(tmp_path, {"hidden_tests/test_f.py": SLOW}) as judge:
        case = first_case(judge, "def f(x): return x\n")
    assert (case["shown"], case["expected"]) == ("f(2)", None)


LATE = """
from solution import f

def test_late():
    first, second = f(1), f(2)
    if first != 1:
        import colorsys, statistics
        raise AssertionError(f"first is {first}")
    assert second == 4

def test_next():
    assert f(3) == 9
"""


def test_a_replay_that_imports_what_no_run_did_leaves_the_next_test_sound(tmp_path: Path) -> None:
    with proved_judge(tmp_path, {"hidden_tests/test_f.py": LATE}) as judge:
        source = (
            "def f(x):\n    if x == 2: raise ValueError('two')\n    return 5 if x == 1 else 9\n"
        )
        tests = judge.grade(source).report["tests"]
    assert [test["outcome"] for test in tests] == ["error", "passed"]
    assert tests[0]["case"]["shown"] in ("f(1)", "f(2)")
