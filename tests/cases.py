"""The case of a test that did not pass, run as a learner would."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from builder.grade import Judge


def first_case(judge: Judge, source: str) -> dict[str, Any]:
    """Return the case of the first test that does not pass."""
    tests = judge.grade(source).report["tests"]
    case = next(test["case"] for test in tests if test["outcome"] != "passed")
    assert case is not None
    return dict(case)


def outcome_of(source: str, call: str) -> Any:
    """Run a case's code below some source, as a learner would, and return what comes of it."""
    names: dict[str, Any] = {}
    exec(compile(source, "solution.py", "exec"), names)
    *before, last = call.splitlines()
    exec("\n".join(before), names)
    try:
        return eval(last, names)
    except Exception as problem:
        return f"raised {type(problem).__name__}"


def assert_same(outcome: Any, written: str) -> None:
    """Hold what came of a call to what a case says came of it."""
    if isinstance(outcome, str) and outcome.startswith("raised"):
        assert written.startswith(outcome)
        return
    right = eval(written, {"np": np, "inf": math.inf, "nan": math.nan})
    assert type(outcome) is type(right)
    if isinstance(right, (float, np.floating, np.ndarray)):
        np.testing.assert_allclose(outcome, right, rtol=1e-6)
    else:
        assert outcome == right
