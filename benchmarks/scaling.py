"""Whether a run's time grows with its tests and calls, and not faster."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Playwright

import build
from builder.progress import Say

from .boot import READY
from .runs import run_once
from .samples import Row, Samples, alternating
from .tabs import settled_page

# Tests, and the calls of all of them together.
SMALL, LARGE = (5, 7), (500, 7_000)
WARM_UPS, RUNS_EACH = 1, 2

ROWS = [
    Row(
        "5 to 500 tests, 7 to 7000 calls: time per test",
        "time per test",
        ("time per test", "small"),
        1.2,
        1.0,
        note="at 5 tests and 7 calls",
    ),
    Row(
        "the same: time per call",
        "time per call",
        ("time per call", "small"),
        None,
        None,
        note="at 5 tests and 7 calls",
    ),
    Row(
        "500 tests of a reference that returns np.float64: time per test",
        "time per test",
        ("time per test", "ours"),
        1.2,
        1.0,
        site="float64",
        note="of one that returns float",
    ),
    Row(
        "500 tests of a reference that returns a list: time per test",
        "time per test",
        ("time per test", "ours"),
        1.5,
        1.2,
        site="list",
        note="of one that returns float",
    ),
]

_PROBLEM = """---
title: Doubling
slug: doubling
difficulty: Easy
entry_points: [twice]
run_seconds: 300
---
Double a number.
"""
_SOLUTION = "import numpy as np\n\ndef twice(x):\n    return {}\n"
# What is returned for `x`, and what the tests compare it with, of a number.
_RETURNED = {
    "small": ("2.0 * x", "2 * x"),
    "ours": ("2.0 * x", "2 * x"),
    "float64": ("np.float64(2.0 * x)", "2 * x"),
    "list": ("[x, x]", "[x, x]"),
}
_TESTS = '''
import pytest
from solution import twice

@pytest.mark.parametrize("case", range({tests}))
def test_doubles(case):
    """doubles a number"""
    for call in range(case * {calls} // {tests}, (case + 1) * {calls} // {tests}):
        x = call + 0.5
        assert twice(x) == {right}, "twice the number"
'''


def measure(folder: Path, rounds: int, playwright: Playwright, samples: Samples, say: Say) -> None:
    """Take the times of a small and of a large set of tests."""
    sizes = {site: SMALL if site == "small" else LARGE for site in _RETURNED}
    solutions = {site: _SOLUTION.format(returned) for site, (returned, _) in _RETURNED.items()}
    sites = {
        site: _build(folder / f"doubling-{site}", solutions[site], _tests(site, *size))
        for site, size in sizes.items()
    }
    for number, site in alternating(rounds, tuple(sizes)):
        tests, calls = sizes[site]
        say(f"scaling: round {number + 1} of {rounds}, {tests} tests and {calls} calls")
        for time in _times(sites[site], solutions[site], playwright):
            samples.add("time per test", site, time / tests)
            samples.add("time per call", site, time / calls)


def _tests(site: str, tests: int, calls: int) -> str:
    return _TESTS.format(tests=tests, calls=calls, right=_RETURNED[site][1])


def _build(folder: Path, solution: str, tests: str) -> Path:
    (folder / "hidden_tests").mkdir(parents=True)
    (folder / "problem.md").write_text(_PROBLEM, "utf-8")
    (folder / "solution.py").write_text(solution, "utf-8")
    (folder / "starter.py").write_text("def twice(x):\n    raise NotImplementedError\n", "utf-8")
    (folder / "hidden_tests" / "test_twice.py").write_text(tests, "utf-8")
    out = folder / "dist"
    if build.main([str(folder), "--out", str(out)]) != 0:
        raise SystemExit("the exercise of the scaling row was not built")
    return out


def _times(site: Path, solution: str, playwright: Playwright) -> list[float]:
    with settled_page(site, READY, playwright) as tab:
        tab.write(solution)
        return [run_once(tab) for _ in range(WARM_UPS + RUNS_EACH)][WARM_UPS:]
