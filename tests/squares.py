"""A made-up exercise, small enough to bend: it squares a number, or each element of an array."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from builder.exercise import Exercise, read_exercise
from builder.grade import Judge, open_judge
from builder.prove import Proof, prove

from .toolchains import own_toolchain, shared_toolchain

Files = dict[str, str | None]

FRONT = "title: Squares\nslug: squares\ndifficulty: Easy\nentry_points: [f]\n"
SQUARE = """
import numpy as np

def f(x):
    if np.min(x) < 0:
        raise ValueError("x is negative")
    return x * x
"""
SQUARE_TESTS = '''
import numpy as np
import pytest
from solution import f

def test_number():
    """squares a number"""
    assert f(3) == 9, "3 squared is 9"

def test_refusal():
    """refuses what is negative"""
    with pytest.raises(ValueError, match="negative"):
        f(-1)

def test_array():
    """squares each element"""
    given = np.array([1.0, 2.0])
    np.testing.assert_array_equal(f(given), [1.0, 4.0])
    assert given.tolist() == [1.0, 2.0], "the array was changed"
'''
DEFAULTS: Files = {
    "problem.md": f"---\n{FRONT}---\nSquare it.\n",
    "starter.py": "def f(x):\n    raise NotImplementedError\n",
    "solution.py": SQUARE,
    "hidden_tests/test_f.py": SQUARE_TESTS,
}
HEAD = "import random\nimport numpy as np\nimport pytest\nfrom solution import f\n"


def write_exercise(folder: Path, files: Files) -> Path:
    """Write the squares exercise, with some files exchanged, added or (None) left out."""
    for name, text in {**DEFAULTS, **files}.items():
        if text is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    return folder


def prove_quietly(exercise: Exercise, cache: Path) -> Proof:
    """Prove an exercise and say nothing of it; proofs are kept in a cache of its own."""
    return prove(exercise, own_toolchain(cache))


@contextmanager
def proved_judge(folder: Path, files: Files) -> Iterator[Judge]:
    """Open a judge of the squares exercise, changed by some files, as proved."""
    exercise = read_exercise(write_exercise(folder, files))
    proof = prove(exercise, shared_toolchain())
    with open_judge(exercise, shared_toolchain(), proof.facts()) as judge:
        yield judge


@contextmanager
def judging(folder: Path, tests: str, parameters: str = "x") -> Iterator[Judge]:
    """Open a judge of some tests that nothing has been recorded of."""
    starter = f"def f({parameters}):\n    raise NotImplementedError\n"
    files: Files = {"starter.py": starter, "hidden_tests/test_f.py": HEAD + tests}
    exercise = read_exercise(write_exercise(folder, files))
    with open_judge(exercise, shared_toolchain()) as judge:
        assert judge.problems == []
        yield judge


def outcomes(report: dict[str, Any]) -> str:
    """Return the outcomes of a report's tests, in order."""
    return " ".join(test["outcome"] for test in report["tests"])


PROBLEM = DEFAULTS["problem.md"] or ""


def front(line: str, instead: str = "") -> Files:
    """Return a problem.md whose front matter has a line exchanged or added."""
    text = PROBLEM.replace(instead, line) if instead else PROBLEM.replace(FRONT, FRONT + line)
    return {"problem.md": text}


def planted(docstring: str, code: str = "def f(x): return 0\n") -> Files:
    return {"hidden_tests/wrong_solutions/wrong.py": f'"""{docstring}"""\n{code}'}


def authored(text: str) -> Files:
    return {"hidden_tests/test_f.py": HEAD + text}


# A wrong solution, and a docstring by which a test catches it.
WRONG = "hidden_tests/wrong_solutions/wrong.py"
CAUGHT = "It is zero.\n\nCaught by: test_number"
