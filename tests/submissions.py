"""Submissions that many tests share, and what of a report differs from run to run."""

from __future__ import annotations

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


def timeless(report: dict[str, Any]) -> dict[str, Any]:
    """Return a report without the times that its tests took, which differ from run to run."""
    return {**report, "tests": [{**test, "ms": 0} for test in report["tests"]]}
