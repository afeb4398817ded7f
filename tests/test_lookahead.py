"""Calls that are asked ahead of their test: the report is the same as without."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from builder.exercise import read_exercise
from builder.grade import Grading, Judge, open_judge
from builder.prove import Proof, prove
from grading.shared import wire
from grading.shared.brief import brief

from .squares import HEAD, SQUARE, Files, proved_judge
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


# Counts, in each run, how often each test is executed.
COUNTED = """
import math
from collections import Counter
from grading.judge.judge import Judge

executed, begin, is_known = Counter(), Judge.begin, []

def counted(judge, told):
    executed.clear()
    is_known[:] = judge.facts.answers.reference
    return begin(judge, told)

Judge.begin = counted
"""
# Of each kind of answer, what the reference returns for a number, and may change in its argument.
KINDS = {
    "list": "[x, x + 0.5]",
    "tuple": "(x, [True])",
    "text": "'ä\\n' * x",
    "flag": "x % 2 == 0",
    "int": "x ** 50",
    "nothing": "None",
    "nan": "math.nan",
    "dict": "{x: {'a', 'b'}}",
    "array": "np.arange(x)",
    "changed": "held.append(x)",
    "printed": "print(x) or x / 2",
}
# Calls of each test, and fewer executions: a proof repeats each a few times, for chance's sake.
CALLS, MOST = 40, 10
ANY_KIND = {
    "starter.py": "def f(kind, x, held):\n    raise NotImplementedError\n",
    "solution.py": "import math\nimport numpy as np\n\ndef f(kind, x, held):\n"
    + "".join(f"    if kind == {kind!r}: return {value}\n" for kind, value in KINDS.items()),
    "hidden_tests/test_f.py": HEAD
    + COUNTED
    + "".join(
        f"""
def test_{kind}():
    executed[{kind!r}] += 1
    for x in range({CALLS}):
        held = []
        np.testing.assert_equal(f({kind!r}, x, held), {value})
        assert held == [{"x" if kind == "changed" else ""}]
"""
        for kind, value in (
            (kind, value.replace("held.append(x)", "None")) for kind, value in KINDS.items()
        )
    )
    + f"""
def test_executions():
    f("flag", 0, [])
    assert not is_known or max(executed.values()) < {MOST}, executed
""",
}
RIGHT = str(ANY_KIND["solution.py"])
OTHERWISE = {
    "as the reference": RIGHT,
    "otherwise in one answer": RIGHT.replace("[x, x + 0.5]", "[x, x + 0.5 + (x == 20)]"),
    "of another type": RIGHT.replace("(x, [True])", "[x, [True]]").replace(
        "x % 2 == 0", "1 - x % 2"
    ),
    "raising in the middle": RIGHT.replace("'ä\\n' * x", "'ä\\n' * x if x < 20 else [][x]"),
    "changing too much": RIGHT.replace("held.append(x)", "held.extend([x] * (1 + x // 20))"),
}


@pytest.fixture(scope="module")
def of_any_kind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Judge, Judge]]:
    """Judges of tests that make many calls: one knows the reference's answers, the other none."""
    folder = tmp_path_factory.mktemp("kinds")
    files: Files = {**ANY_KIND}
    with (
        proved_judge(folder, files) as knowing,
        open_judge(read_exercise(folder), shared_toolchain()) as plain,
    ):
        yield knowing, plain


@pytest.mark.parametrize("name", OTHERWISE)
def test_a_lookahead_upon_answers_of_any_kind_changes_no_report(
    name: str, of_any_kind: tuple[Judge, Judge]
) -> None:
    ahead, one_by_one = (judge.grade(OTHERWISE[name]) for judge in of_any_kind)
    reports = [plainly(grading.report)["tests"][:-1] for grading in (ahead, one_by_one)]
    assert reports[0] == reports[1]
    exchanges = [exchanged(grading) for grading in (ahead, one_by_one)]
    assert all(each.pop("test_executions") for each in exchanges)
    assert exchanges[0] == exchanges[1]


@pytest.mark.parametrize("name", ["as the reference", "of another type"])
def test_what_answers_as_the_reference_has_no_test_run_once_for_each_call(
    name: str, of_any_kind: tuple[Judge, Judge]
) -> None:
    for judge in of_any_kind:
        report = judge.grade(OTHERWISE[name]).report
        assert report["outcome"] == "passed", report


# Pairs of answers, and whether a call that follows upon the one follows upon the other.
PAIRS: list[tuple[Any, Any, bool]] = [
    ([1, 2.5], (1.0, 2.5), True),
    (True, 1, True),
    (np.int64(3), 3, True),
    (np.bool_(False), 0.0, True),
    ([np.float32(0.5)], [0.5], True),
    ([0.1 + 0.2], [0.3], True),
    ([0.3 + 1e-9], [0.3], False),
    ({"a": [1]}, {"a": (1,)}, True),
    ({"a": 1}, {"b": 1}, False),
    ("1", 1, False),
    ([[1], 2], [[1, 2]], False),
    ([], None, False),
    (math.nan, math.nan, True),
    (math.inf, -math.inf, False),
    (2**70, 2**70 + 1, False),
    (1.5 + 2j, 1.5 + 3j, False),
    ("x" * 10_000, "x" * 10_000, False),
    ([0] * 700, [0] * 700, False),
    (10**12 + 1, 10**12, False),
    (1e300, 1e300, True),
    ([1e300], [1.5e300], False),
]


@pytest.mark.parametrize(("one", "other", "is_same"), PAIRS, ids=lambda given: repr(given)[:20])
def test_a_call_follows_upon_what_python_finds_equal(one: Any, other: Any, is_same: bool) -> None:
    briefs = [brief(wire.encode(value), []) for value in (one, other)]
    assert (briefs[0] is not None and briefs[0] == briefs[1]) == is_same


def test_what_a_call_has_changed_tells_answers_apart() -> None:
    assert brief(None, [[0, {"t": "list", "v": [1]}]]) != brief(
        None, [[0, {"t": "list", "v": [2]}]]
    )
    assert brief(0.5, [[0, {"t": "list", "v": [1]}]]) != brief(0.5, []) == 0.5
