"""Values and mutants that nobody wrote down: one verdict natively and in Chromium, no false pass.

Hypothesis chooses them, the same ones every time.
"""

from __future__ import annotations

import json
import re
from math import inf, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from browsers import ExercisePage
from builder.grade import NativeJudge
from builder.native_realm import NativeRealm
from grading.shared import wire

from .fuzz_values import ALLOWED, SPECIAL, VALUES, returning
from .mutants import BARE, misprints, mutants
from .submissions import ROOT, comparable
from .test_wire import crossed, fingerprint

pytestmark = pytest.mark.hostile

FIXED = settings(
    derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
# A page takes a second for what takes a tenth of one natively: it is given what fails as it is.
IN_THE_PAGE = settings(FIXED, max_examples=12, phases=[Phase.explicit, Phase.generate])

GOLDEN: list[dict[str, Any]] = json.loads(
    (ROOT / "tests/golden/label_smoothing_loss.json").read_text("utf-8")
)
SECONDS = 5.0

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


def survives(value: Any, arrived: Any) -> bool:
    """Whether a value arrived exactly, or, only if it must, as a stand-in of its type's name."""
    if isinstance(arrived, wire.Opaque):
        name, _, reason = type(arrived).__name__.partition(" (")
        return name == wire.type_name(value) and (reason != "" or not can_cross(value))
    if type(value) in (list, tuple, dict) and type(arrived) is type(value):
        pairs = zip(flat(value), flat(arrived), strict=True)
        return all(survives(*pair) for pair in pairs)
    if isinstance(value, np.generic) and isinstance(arrived, np.generic):
        # By its dtype: a longlong is an int64 of another name.
        return (arrived.dtype, arrived.tobytes()) == (value.dtype, value.tobytes())
    return fingerprint(arrived) == fingerprint(value)


def flat(parts: Any) -> list[Any]:
    """Return the parts of a list or tuple, or the keys and values of a dictionary."""
    return [part for pair in parts.items() for part in pair] if type(parts) is dict else [*parts]


def can_cross(value: Any) -> bool:
    """Whether a value is of a type that the wire carries."""
    if isinstance(value, (np.ndarray, np.generic)):
        is_base = type(value) in (np.ndarray, value.dtype.type)
        return is_base and value.dtype.str in ALLOWED
    return type(value) in (type(None), bool, int, float, complex, str, list, tuple, dict)


@given(VALUES)
@settings(FIXED, max_examples=300)
def test_any_value_survives_the_wire_or_becomes_a_stand_in(source: str) -> None:
    value = eval(source, {"np": np, "inf": inf, "nan": nan})
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


def alike(report: dict[str, Any]) -> dict[str, Any]:
    """Return what has to be equal in both realms, without the interpreters' own texts."""
    kept = comparable(report)
    if report["outcome"] == "error":
        del kept["message"]
    return kept


_DEFAULT_INTEGER = re.compile(r",\s+dtype=int(?:32|64)\b")


def results(report: dict[str, Any]) -> list[str]:
    """Return each test's last call and its result, as far as both realms write them alike."""
    texts = [_DEFAULT_INTEGER.sub("", test["detail"]) for test in report["tests"]]
    return [" ".join(text.split()) for text in texts]


@given(FIVE_VALUES)
@settings(FIXED, max_examples=60)
def test_natively_no_value_is_taken_for_a_right_answer(
    judge: NativeJudge, values: list[str]
) -> None:
    check_no_pass(judge.grade(returning(values)).report)


Reports = tuple[dict[str, Any], dict[str, Any]]


def equal_reports(page: ExercisePage, judge: NativeJudge, source: str) -> Reports:
    """Return the native report of a submission and the page's, which have to be equal."""
    native = judge.grade(source).report
    in_page = page.grade(source)
    assert alike(in_page) == alike(native)
    return native, in_page


def check_values(page: ExercisePage, judge: NativeJudge, values: list[str]) -> None:
    """Hold the page to what a submission that returns values gets natively."""
    native, in_page = equal_reports(page, judge, returning(values))
    check_no_pass(in_page)
    assert results(in_page) == results(native)


@pytest.mark.parametrize("values", SPECIAL_FIVES, ids=" | ".join)
def test_in_the_page_special_values_get_the_native_report(
    shared_page: ExercisePage, judge: NativeJudge, values: list[str]
) -> None:
    check_values(shared_page, judge, values)


@given(FIVE_VALUES)
@IN_THE_PAGE
def test_in_the_page_any_values_get_the_native_report(
    shared_page: ExercisePage, judge: NativeJudge, values: list[str]
) -> None:
    check_values(shared_page, judge, values)


def golden_call(case: dict[str, Any]) -> str:
    """Return the call of a golden case."""
    logits = np.array(case["logits64"], dtype=np.float64) / 64
    args = [wire.encode(value) for value in (logits, case["target"], case["alpha"])]
    return json.dumps({"function": "label_smoothing_loss", "args": args, "kwargs": {}})


GOLDEN_CALLS = [(golden_call(case), case["loss"]) for case in GOLDEN]


def disagreement(source: str) -> str | None:
    """Return what of a submission's answers is not PyTorch's; a call in a child has to end."""
    entry_points = [{"name": "label_smoothing_loss", "parameters": 3}]
    request = json.dumps({"source": source, "entry_points": entry_points})
    with NativeRealm("candidate") as child:
        assert json.loads(child.request("load", request, 60.0))["kind"] == "loaded"
        for call, loss in GOLDEN_CALLS:
            answer = json.loads(child.request("call", call, SECONDS))
            got = wire.decode(answer.get("value"))
            right = isinstance(got, float) and abs(got - loss) <= 1e-9 + 1e-9 * abs(loss)
            if not right or answer["changed"]:
                return f"{call} {answer}, not {loss}"
    return None


def check_verdict(source: str, report: dict[str, Any]) -> None:
    """Hold a mutant's verdict to PyTorch's answers."""
    assert report["fault"] != "exercise", report
    if report["outcome"] == "passed":
        assert disagreement(source) is None
    else:
        assert report["outcome"] in ("failed", "error", "invalid"), report


def test_the_reference_without_words_passes_and_agrees_with_pytorch(judge: NativeJudge) -> None:
    assert judge.grade(BARE).report["outcome"] == "passed"
    assert disagreement(BARE) is None
    assert disagreement(BARE.replace("alpha *", "alpha * 1.000001 *")) is not None


@pytest.mark.parametrize("strategy", [mutants(), misprints()], ids=["mutants", "misprints"])
@given(st.data())
@settings(FIXED, max_examples=70)
def test_natively_a_mutant_passes_only_if_it_agrees_with_pytorch(
    judge: NativeJudge, strategy: st.SearchStrategy[str], data: st.DataObject
) -> None:
    source = data.draw(strategy)
    check_verdict(source, judge.grade(source).report)


@given(mutants() | misprints())
@IN_THE_PAGE
def test_in_the_page_a_mutant_gets_the_native_report(
    shared_page: ExercisePage, judge: NativeJudge, source: str
) -> None:
    check_verdict(source, equal_reports(shared_page, judge, source)[1])
