"""Values and mutants that nobody wrote down: one report in Node and in Chromium, no false pass.

Hypothesis chooses them, the same ones every time.
"""

from __future__ import annotations

import collections
import shutil
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Iterator
from math import inf, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from browsers import ChromiumPage, ExercisePage
from builder.exercise import read_exercise
from builder.grade import Judge, open_judge
from builder.serve import Server
from grading.shared import wire

from .fuzz_values import ALLOWED, SPECIAL, VALUES, returning
from .limits import PATIENT, Limits
from .mutants import BARE, misprints, mutants
from .pages import ready_page
from .submissions import ROOT, timeless
from .test_wire import crossed, fingerprint
from .toolchains import shared_toolchain

pytestmark = pytest.mark.hostile

FIXED = settings(
    derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
# A page takes a second for what takes a tenth of one in Node: it is given what fails as it is.
IN_THE_PAGE = settings(FIXED, max_examples=8, phases=[Phase.explicit, Phase.generate])

# Where a test takes long by itself, a judge looks for no case of it: so often may a busy machine.
SLOWEST = 3

GOLDEN = ROOT / "tests/golden/label_smoothing_loss.json"

# Each of the five tests ends at its first wrong answer.
FIVE_VALUES = st.lists(VALUES, min_size=5, max_size=5)
SPECIAL_FIVES = [SPECIAL[n : n + 5] for n in range(0, len(SPECIAL), 5)]

EVERY_DTYPE: list[np.dtype[Any]] = [
    *(np.dtype(code) for code in np.typecodes["All"]),
    *(np.dtype(code).newbyteorder() for code in np.typecodes["All"]),
    *(np.dtype(code) for code in ("i4,f8", "(2,)f4", "S0", "U3", "V9", "M8[25us]", "m8[D]")),
    np.dtype([("a", "O"), ("b", "f8")], align=True),
    np.dtype("f8", metadata={"a": 1}),
    np.dtypes.StringDType(),
]


PLAIN = (type(None), bool, int, float, complex, str, bytes)
PARTED = (list, tuple, deque, dict, OrderedDict, defaultdict, Counter)
NAMES = {"collections": collections, "np": np, "inf": inf, "nan": nan}


@pytest.fixture(scope="module")
def patient(chromium: Browser, limited_bundles: dict[Limits, Any]) -> Iterator[ChromiumPage]:
    """One page for all values: the largest take a busy machine longer than learners may take."""
    with Server(limited_bundles[PATIENT]) as server, ready_page(chromium, server) as opened:
        yield opened


def survives(value: Any, arrived: Any) -> bool:
    """Whether a value arrived exactly, or, only if it must, as a stand-in of its type's name."""
    if isinstance(arrived, wire.Opaque):
        name, _, reason = type(arrived).__name__.partition(" (")
        return name == wire.type_name(value) and (reason != "" or not can_cross(value))
    if type(value) in PARTED and type(arrived) is type(value):
        pairs = zip(flat(value), flat(arrived), strict=True)
        return all(survives(*pair) for pair in pairs)
    if isinstance(value, np.generic) and isinstance(arrived, np.generic):
        # By its dtype: a longlong is an int64 of another name.
        return (arrived.dtype, arrived.tobytes()) == (value.dtype, value.tobytes())
    return fingerprint(arrived) == fingerprint(value)


def flat(parts: Any) -> list[Any]:
    """Return the parts of a list, tuple or deque, or the keys and values of a mapping."""
    return (
        [part for pair in parts.items() for part in pair] if hasattr(parts, "items") else [*parts]
    )


def can_cross(value: Any) -> bool:
    """Whether a value is of a type that the wire carries."""
    if isinstance(value, (np.ndarray, np.generic)):
        is_base = type(value) in (np.ndarray, value.dtype.type)
        return is_base and value.dtype.str in ALLOWED
    return type(value) in (*PLAIN, *PARTED, set, frozenset)


@given(VALUES)
@settings(FIXED, max_examples=300)
def test_any_value_survives_the_wire_or_becomes_a_stand_in(source: str) -> None:
    value = eval(source, dict(NAMES))
    assert survives(value, crossed(value))
    held = [value, {"a": (value,)}]
    assert survives(held, crossed(held))


@pytest.mark.parametrize("dtype", EVERY_DTYPE, ids=str)
def test_an_array_of_any_dtype_crosses_exactly_or_as_a_stand_in(dtype: np.dtype[Any]) -> None:
    whole = np.zeros((2, 3, 4), dtype)
    fixed = np.zeros(3, dtype)
    fixed.flags.writeable = False
    for array in (whole, whole[:, ::2, ::-1].T, whole[0, 0, 0, ...], whole[:0], fixed):
        arrived = crossed(array)
        assert isinstance(arrived, wire.Opaque) != (array.dtype.str in ALLOWED)
        assert survives(array, arrived)
    element = whole[0, 0, 0]
    assert survives(element, crossed(element))


def check_no_pass(report: dict[str, Any]) -> None:
    """Hold a report to finding a fault with the learner, in words."""
    assert report["outcome"] in ("failed", "error"), report
    assert report["fault"] == "learner"
    assert report["passed"] < report["total"] == 5
    assert all(test["message"] for test in report["tests"] if test["outcome"] != "passed")


@given(FIVE_VALUES)
@settings(FIXED, max_examples=60)
def test_no_value_is_taken_for_a_right_answer(judge: Judge, values: list[str]) -> None:
    check_no_pass(judge.grade(returning(values)).report)


def equal_reports(page: ExercisePage, judge: Judge, source: str) -> dict[str, Any]:
    """Return the page's report of a submission, which is the engine's but for the times."""
    for _ in range(SLOWEST):
        in_page = page.grade(source)
        in_node = judge.grade(source, PATIENT.told).report
        if timeless(in_page) == timeless(in_node):
            break
    assert timeless(in_page) == timeless(in_node)
    return in_page


@pytest.mark.parametrize("values", SPECIAL_FIVES, ids=" | ".join)
def test_in_the_page_special_values_get_the_report_of_the_engine(
    patient: ExercisePage, judge: Judge, values: list[str]
) -> None:
    check_no_pass(equal_reports(patient, judge, returning(values)))


@given(FIVE_VALUES)
@IN_THE_PAGE
def test_in_the_page_any_values_get_the_report_of_the_engine(
    patient: ExercisePage, judge: Judge, values: list[str]
) -> None:
    check_no_pass(equal_reports(patient, judge, returning(values)))


GOLDEN_TEST = """
import json
from pathlib import Path

import numpy as np
import pytest
from solution import label_smoothing_loss

CASES = json.loads((Path(__file__).parent / "data/golden.json").read_text("utf-8"))
# Each call of a test of which nothing is recorded runs it again from its start.
FEW = 8

@pytest.mark.parametrize("first", range(0, len(CASES), FEW))
def test_golden(first):
    for case in CASES[first : first + FEW]:
        logits = np.array(case["logits64"], dtype=np.float64) / 64
        before = logits.tobytes()
        loss = label_smoothing_loss(logits, case["target"], case["alpha"])
        assert isinstance(loss, float) and logits.tobytes() == before
        assert loss == pytest.approx(case["loss"], rel=1e-9, abs=1e-9)
"""


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """A judge that holds a submission to PyTorch's values alone."""
    folder = tmp_path_factory.mktemp("golden")
    (folder / "hidden_tests/data").mkdir(parents=True)
    for name in ("problem.md", "starter.py", "solution.py"):
        shutil.copy(ROOT / name, folder)
    shutil.copy(GOLDEN, folder / "hidden_tests/data/golden.json")
    (folder / "hidden_tests/test_golden.py").write_text(GOLDEN_TEST, "utf-8")
    with open_judge(read_exercise(folder), shared_toolchain()) as opened:
        assert opened.problems == []
        yield opened


def check_verdict(golden: Judge, source: str, report: dict[str, Any]) -> None:
    """Hold a mutant's verdict to PyTorch's answers."""
    assert report["fault"] != "exercise", report
    if report["outcome"] == "passed":
        agreement = golden.grade(source, PATIENT.told).report
        assert agreement["outcome"] == "passed", agreement
    else:
        assert report["outcome"] in ("failed", "error", "invalid"), report


def test_the_reference_without_words_passes_and_agrees_with_pytorch(
    judge: Judge, golden: Judge
) -> None:
    assert judge.grade(BARE).report["outcome"] == "passed"
    assert golden.grade(BARE, PATIENT.told).report["outcome"] == "passed"
    wrong = BARE.replace("alpha *", "alpha * 1.000001 *")
    assert golden.grade(wrong, PATIENT.told).report["outcome"] == "failed"


@pytest.mark.parametrize("strategy", [mutants(), misprints()], ids=["mutants", "misprints"])
@given(st.data())
@settings(FIXED, max_examples=50)
def test_a_mutant_passes_only_if_it_agrees_with_pytorch(
    judge: Judge, golden: Judge, strategy: st.SearchStrategy[str], data: st.DataObject
) -> None:
    source = data.draw(strategy)
    check_verdict(golden, source, judge.grade(source, PATIENT.told).report)


@given(mutants() | misprints())
@IN_THE_PAGE
def test_in_the_page_a_mutant_gets_the_report_of_the_engine(
    patient: ExercisePage, judge: Judge, golden: Judge, source: str
) -> None:
    check_verdict(golden, source, equal_reports(patient, judge, source))
