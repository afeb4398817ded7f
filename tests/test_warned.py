"""Warnings of a submission's name its own places, and none of the page's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from builder.grade import Judge

from .squares import judging

_TESTS = "def test_f():\n    assert f(3) == 9\n"
_RIGHT = "def f(x): return x * x"
_LATER = "import asyncio\nasync def later(): return 9"

# Code, and what of its warnings is shown.
WARNED = {
    "a line of its own": (
        f"import warnings\nwarnings.warn('old')\n{_RIGHT}",
        "solution.py:2: UserWarning: old\n  warnings.warn('old')\n",
    ),
    "a line of the page's": (
        f"import warnings\nwarnings.warn('old', stacklevel=2)\n{_RIGHT}",
        "UserWarning: old\n",
    ),
    "one of the page's in a call": (
        "import warnings\ndef f(x):\n    warnings.warn('old', stacklevel=2)\n    return x * x",
        "UserWarning: old\n",
    ),
    "no line at all": (
        f"import warnings\nwarnings.warn('old', stacklevel=99)\n{_RIGHT}",
        "UserWarning: old\n",
    ),
    "a coroutine that is forgotten": (
        f"{_LATER}\nlater()\n{_RIGHT}",
        "solution.py:3: RuntimeWarning: coroutine 'later' was never awaited\n  later()\n",
    ),
    "a coroutine that could not be awaited": (f"{_LATER}\nasyncio.run(later())\n{_RIGHT}", ""),
    "one in a call": (f"{_LATER}\ndef f(x): return asyncio.run(later())", ""),
    "one that is returned": ("async def f(x): return x * x", ""),
    "a form of its own": (
        "import warnings\nwarnings.formatwarning = lambda *given: 'mine\\n'\n"
        "def f(x):\n    warnings.warn('old')\n    return x * x",
        "mine\n",
    ),
}


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    with judging(tmp_path_factory.mktemp("warned"), _TESTS) as judge:
        yield judge


@pytest.mark.parametrize("name", WARNED)
def test_a_warning_names_the_learners_line_or_none(asking: Judge, name: str) -> None:
    source, shown = WARNED[name]
    report = asking.grade(source).report
    assert report["stdout"] + "".join(test["stdout"] for test in report["tests"]) == shown
