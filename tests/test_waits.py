"""Every wait of a run has an end: the learner's code is on the clock wherever it runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from builder.grade import Judge

from .squares import FRONT, SQUARE, proved_judge

CALL_SECONDS, RUN_SECONDS = 2, 4


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """A judge of the squares exercise with little patience."""
    limits = f"call_seconds: {CALL_SECONDS}\nrun_seconds: {RUN_SECONDS}\n"
    problem = f"---\n{FRONT}{limits}---\nSquare it.\n"
    with proved_judge(tmp_path_factory.mktemp("squares"), {"problem.md": problem}) as opened:
        yield opened


FINDER = """
import sys
class Finder:
    def find_spec(self, name, path=None, target=None): {search}
    def invalidate_caches(self): {forget}
sys.meta_path.insert(0, Finder())
"""
LOOP = "\n        while True: pass"

AT_LOADING = "import statistics\n" + SQUARE
IN_A_CALL = SQUARE.replace("    if", "    import statistics\n    if", 1)

CALL = f"after {CALL_SECONDS} seconds, so it was stopped"
RUN = f"after {RUN_SECONDS} seconds, so it was stopped"

# What loops, and which limit the message has to name.
ENDLESS = {
    "a finder that never has its caches cleared, at loading": (
        FINDER.format(search="return None", forget=LOOP) + AT_LOADING,
        f"still being loaded {RUN}",
    ),
    "a finder that never has its caches cleared, in a call": (
        FINDER.format(search="return None", forget=LOOP) + IN_A_CALL,
        f"still running {RUN}",
    ),
    "a finder that searches for ever": (
        FINDER.format(search=LOOP, forget="return None") + IN_A_CALL,
        f"still running {CALL}",
    ),
    "a path of modules that is an endless list": (
        "import sys\nclass Endless(list):\n    def __contains__(self, entry):"
        + LOOP
        + "\nsys.path = Endless(sys.path)\n"
        + IN_A_CALL,
        f"still running {RUN}",
    ),
    # Three calls of a second are within the run's time; with two of them done again they are not.
    "calls that are done again for the library": (
        "import time\ncalls = []\n"
        + SQUARE.replace(
            "    if",
            "    calls.append(x)\n    if len(calls) == 3: import statistics\n"
            "    time.sleep(1)\n    if",
            1,
        ),
        "took longer than 4 seconds, so it was stopped. Each call before that came back",
    ),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_a_wait_for_the_library_has_an_end_that_a_limit_explains(judge: Judge, name: str) -> None:
    source, says = ENDLESS[name]
    report = judge.grade(source).report
    assert (report["outcome"], report["fault"]) == ("timeout", "learner"), report
    texts = [report["message"], *(test["message"] for test in report["tests"])]
    assert says in "\n".join(texts)


WITHIN = "def f(x):\n"
SWALLOWING = (
    "while True:\n        try:\n            while True: pass\n        except BaseException: pass"
)

# Loops, and the line that each is on.
LINES = {
    "a loop": (WITHIN + "    x = 0\n    while True:\n        x = 1\n", (3, 4)),
    "a loop at loading": ("x = 1\nwhile True:\n    x = 2\n", (2, 3)),
    "a loop in a function of its own": (
        WITHIN + "    return g(x)\n\ndef g(x):\n    while True: x = 1\n",
        (5,),
    ),
    "a loop that prints": (WITHIN + "    while True: print(x)\n", (2,)),
    "a loop of a generator in a module": (
        "import itertools\n" + WITHIN + "    return max(y for y in itertools.count())\n",
        (3,),
    ),
    "a loop after a long operation": (
        "import time\n" + WITHIN + "    time.sleep(1.5)\n    while True: pass\n",
        (4,),
    ),
}


@pytest.mark.parametrize("name", LINES)
def test_a_timeout_names_the_line_that_a_loop_is_on(judge: Judge, name: str) -> None:
    source, lines = LINES[name]
    report = judge.grade(source, {"callSeconds": 1}).report
    assert report["outcome"] == "timeout"
    (error,) = [e for e in (report["error"], *(t["error"] for t in report["tests"])) if e]
    assert error["line"] in lines
    assert f"It was on line {error['line']} then." in report["message"]
    assert "KeyboardInterrupt" not in str(report)


# What is interrupted nowhere, or says nothing of it.
SILENT = {
    "a sleep": WITHIN + "    import time; time.sleep(100)\n",
    "a sleep that ends a little too late": "import time\n"
    + WITHIN
    + "    time.sleep(1.5)\n    y = [str(n) for n in range(999)]\n    return x * x\n",
    "a loop that swallows all": f"{WITHIN}    {SWALLOWING}\n",
    "a loop that ends by returning": WITHIN
    + "    try:\n        while True: pass\n    finally: return 9\n",
}


@pytest.mark.parametrize("name", SILENT)
def test_a_timeout_without_a_line_names_the_call(judge: Judge, name: str) -> None:
    report = judge.grade(SILENT[name], {"callSeconds": 1}).report
    assert (report["outcome"], report["fault"]) == ("timeout", "learner")
    assert "It was in f(3); " in report["message"]
    assert "after 1 seconds, so it was stopped" in report["message"]


def test_a_finder_that_raises_when_its_caches_are_cleared_is_left_alone(judge: Judge) -> None:
    source = FINDER.format(search="return None", forget="raise OSError('no')") + IN_A_CALL
    assert judge.grade(source).report["outcome"] == "passed"


STAYING = """
import js
from pyodide.ffi import create_proxy
def loop():
    while True: pass
js.setTimeout(create_proxy(loop), 0)
"""


def test_what_goes_on_after_a_run_does_not_keep_the_next_one_waiting(judge: Judge) -> None:
    assert judge.grade(STAYING + SQUARE).report["outcome"] in ("passed", "timeout")
    assert judge.grade(SQUARE).report["outcome"] == "passed"
