"""A candidate that is laid back shows the next submission nothing of the last one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.engine import open_engine, open_request
from builder.exercise import read_exercise
from builder.explore import explore_facts
from builder.grade import Judge

from .exploring import EXPLORE
from .squares import SQUARE, proved_judge, write_exercise
from .submissions import timeless
from .toolchains import shared_toolchain

# What a submission leaves behind, and what the next one would see of it.
DIRTY = {
    "a module's attribute": ("import math; math.left = 1", "import math; math.left"),
    "a built-in": ("import builtins; builtins.left = 1", "left"),
    "a module": ("import sys; sys.modules['left'] = sys", "import left"),
    "a broken function": ("import numpy; numpy.square = None", "1 / (0 if numpy.square else 1)"),
    "the environment": ("import os; os.environ['LEFT'] = '1'", "os.environ['LEFT']"),
    "random state": ("import random; random.left = random.seed(1)", "random.left"),
    "a file": ("open('/tmp/left', 'w').write('1')", "open('/tmp/left').read()"),
    "an open file": ("import os; left = os.open('/tmp', 0); os.dup2(left, 9)", "os.fstat(9)"),
    "a folder": ("import os; os.mkdir('/left')", "os.listdir('/left')"),
    "the working folder": (
        "import os; os.chdir('/tmp')",
        "1 / (0 if os.getcwd() != '/tmp' else 1)",
    ),
    "a global of JavaScript": ("import js; js.left = 1", "1 / (0 if js.left != 1 else 1)"),
    "a prototype": (
        "from pyodide.code import run_js; run_js('Array.prototype.left = 1')",
        "1 / (0 if run_js('[].left') != 1 else 1)",
    ),
    "a function of JavaScript": (
        "from pyodide.code import run_js; run_js('Math.left = () => 1')",
        "run_js('Math.left()')",
    ),
    "a timer": (
        "from pyodide.code import run_js; run_js('setInterval(() => { globalThis.late = 1 }, 1)')",
        "1 / (0 if run_js('globalThis.late') != 1 else 1)",
    ),
    "memory that has grown": ("left = bytearray(200_000_000)", "left"),
    "an attached library": ("import csv, email", "1 / (0 if 'csv' not in sys.modules else 1)"),
    "an error that was raised": ("raise ValueError('left')", "left"),
    "deep recursion": ("def g(n): return n and g(n - 1)\ng(400)", "g"),
}
IMPORTS = "import js, math, numpy, os, random, sys\nfrom pyodide.code import run_js\n"


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """A judge whose candidates are laid back."""
    with proved_judge(tmp_path_factory.mktemp("squares"), {}) as opened:
        yield opened


LOOK = """try:
    {look}
    seen = True
except BaseException:
    seen = False
if seen: raise LookupError('the submission before')
"""


@pytest.mark.parametrize("name", DIRTY)
def test_nothing_is_seen_of_the_submission_before(judge: Judge, name: str) -> None:
    dirty, look = DIRTY[name]
    judge.grade(f"{dirty}\n{SQUARE}")
    report = judge.grade(IMPORTS + LOOK.format(look=look) + SQUARE).report
    assert report["outcome"] == "passed", report["error"] or report


# A drawing takes the candidate that the next grading would have had.
@pytest.mark.parametrize("name", ["a module's attribute", "a file", "a global of JavaScript"])
def test_nothing_is_seen_of_the_submission_before_in_a_drawing(judge: Judge, name: str) -> None:
    dirty, look = DIRTY[name]
    facts = explore_facts(EXPLORE)
    looking = IMPORTS + LOOK.format(look=look) + SQUARE
    judge.grade(f"{dirty}\n{SQUARE}")
    assert judge.explore(looking, facts)["kind"] == "drawn"
    assert judge.explore(f"{dirty}\n{SQUARE}", facts)["kind"] == "drawn"
    assert judge.grade(looking).report["outcome"] == "passed"


# An engine that another exercise is opened in keeps the candidate.
@pytest.mark.parametrize("name", ["a module's attribute", "a file", "a global of JavaScript"])
def test_nothing_is_seen_of_a_submission_to_the_exercise_before(tmp_path: Path, name: str) -> None:
    dirty, look = DIRTY[name]
    tools, exercise = shared_toolchain(), read_exercise(write_exercise(tmp_path, {}))
    request = open_request(exercise, tools, False, None)
    with open_engine(tools) as engine:
        for source in (f"{dirty}\n{SQUARE}", IMPORTS + LOOK.format(look=look) + SQUARE):
            report = Judge(engine, exercise, request).grade(source).report
    assert report["outcome"] == "passed", report["error"] or report


# A timer has not come yet, and what was raised ends the loading.
SEEN_AT_ONCE = [name for name in DIRTY if name not in ("a timer", "an error that was raised")]


@pytest.mark.parametrize("name", SEEN_AT_ONCE)
def test_what_is_looked_for_is_seen_by_the_submission_itself(judge: Judge, name: str) -> None:
    dirty, look = DIRTY[name]
    source = f"{IMPORTS}{dirty}\n{look}\n{SQUARE}"
    assert judge.grade(source).report["outcome"] == "passed", "the row can fail"


SOURCES = [
    SQUARE,
    "1 / 0",
    "def f(x): return 8",
    "def f(x): return f(x)",
    "def f(x): raise KeyError",
]


def test_many_gradings_in_a_row_give_the_same_reports(judge: Judge) -> None:
    first = [timeless(judge.grade(source).report) for source in SOURCES]
    for _ in range(5):
        assert [timeless(judge.grade(source).report) for source in SOURCES] == first


DRAWS = {
    "random": "import random\ndef f(x): return random.random()",
    "numpy.random": "import numpy as np\ndef f(x): return float(np.random.random())",
}


@pytest.mark.parametrize("module", DRAWS)
def test_chance_is_not_laid_back(judge: Judge, module: str) -> None:
    reports = [judge.grade(DRAWS[module]).report for _ in range(4)]
    drawn = {report["tests"][0]["case"]["got"] for report in reports}
    assert len(drawn) == len(reports), "a reference that leans on chance would show itself"
