"""Submissions that are graded natively and in the page: one table, two realms, equal reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = (ROOT / "solution.py").read_text("utf-8")
STARTER = (ROOT / "starter.py").read_text("utf-8")
WRONG_CONVENTION = (ROOT / "hidden_tests/wrong_solutions/mass_on_wrong_classes_only.py").read_text(
    "utf-8"
)

_NUMBER = re.compile(r"-?\d+\.?\d*(?:e[+-]?\d+)?")


@dataclass(frozen=True)
class Submission:
    """A source and the verdict that it must get."""

    name: str
    source: str
    outcome: str
    message: str = ""

    def __str__(self) -> str:
        return self.name


def _function(body: str) -> str:
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    return f"import numpy as np\n\ndef label_smoothing_loss(logits, target, alpha):\n{lines}\n"


PLAIN = [
    Submission("reference", REFERENCE, "passed"),
    Submission("starter", STARTER, "error", "not written yet"),
    Submission("syntax error", "def label_smoothing_loss(logits:\n", "error", "line 1"),
    Submission("import of a missing module", "import torch\n", "error", "torch"),
    Submission("name error at top level", "answer = undefined\n", "error", "undefined"),
    Submission("exit at top level", "import sys\nsys.exit(0)\n", "error", "ends Python"),
    Submission("no code", "", "invalid", "no function label_smoothing_loss"),
    Submission("another name", "def loss(a, b, c): return 0.0\n", "invalid", "no function"),
    Submission(
        "two parameters", "def label_smoothing_loss(a, b): pass\n", "invalid", "3 arguments"
    ),
    Submission("prints instead of returning", _function("print(alpha)"), "failed"),
    Submission("raises in the function", _function("raise ValueError('no')"), "error", "line 4"),
    Submission("own assertion", _function("assert alpha > 2"), "error", "AssertionError"),
    Submission("exits in the function", _function("raise SystemExit(0)"), "error", "ends Python"),
    Submission("loop in the function", _function("while True: pass"), "timeout", "5 seconds"),
    Submission("loop at top level", "while True: pass\n", "timeout", "5 seconds"),
]


def wrong_solutions() -> list[Submission]:
    """Return the planted wrong answers as submissions."""
    folder = ROOT / "hidden_tests" / "wrong_solutions"
    return [
        Submission(path.stem, path.read_text("utf-8"), "failed|error")
        for path in sorted(folder.glob("*.py"))
    ]


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
