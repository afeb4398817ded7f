"""Submissions that many tests share, and what must be equal in their reports in both realms."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = (ROOT / "solution.py").read_text("utf-8")
STARTER = (ROOT / "starter.py").read_text("utf-8")
WRONG_CONVENTION = (ROOT / "hidden_tests/wrong_solutions/mass_on_wrong_classes_only.py").read_text(
    "utf-8"
)

WRONG_SOLUTIONS = sorted((ROOT / "hidden_tests/wrong_solutions").glob("*.py"))

# Imports what no snapshot holds.
LAZY = """
import colorsys, decimal, email.mime.text, sched
import numpy as np
import numpy.polynomial
drawn = np.random.default_rng(0).random(3)
assert np.fft.fft(drawn).shape == (3,) and np.ma.array(drawn).sum() > 0
np.testing.assert_allclose(drawn, drawn)
"""

_NUMBER = re.compile(r"-?\d+\.?\d*(?:e[+-]?\d+)?")


def comparable(report: dict[str, Any]) -> dict[str, Any]:
    """Return what of a report must be equal natively and in the page."""
    return {
        **{key: report[key] for key in ("exercise", "outcome", "fault", "passed", "total")},
        "message": _six_digits(report["message"]),
        "tests": [_comparable_test(test) for test in report["tests"]],
    }


def _comparable_test(test: dict[str, Any]) -> dict[str, Any]:
    kept = {key: test[key] for key in ("id", "title", "outcome")}
    if test["outcome"] == "failed":
        kept["message"] = _six_digits(test["message"])
    return kept


def _six_digits(text: str) -> str:
    return _NUMBER.sub(lambda number: f"{float(number[0]):.6g}", text)
