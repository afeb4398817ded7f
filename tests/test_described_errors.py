"""A learner's exception as data, whatever a learner has put into it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from grading.candidate import loading


def described(source: str) -> dict[str, Any]:
    """Return what a submission that raises while it loads is described as."""
    raised = json.loads(loading.load(json.dumps({"source": source, "entry_points": []})))
    assert raised["kind"] == "raised"
    error: dict[str, Any] = raised["error"]
    return error


def test_a_real_syntax_error_has_its_line_and_its_caret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # Python looks for the line in a file of this name
    error = described("x = 1\ny = = 2\n")
    assert (error["type"], error["builtin"], error["line"]) == ("SyntaxError", "SyntaxError", 2)
    assert "    y = = 2\n" in error["traceback"] and "^" in error["traceback"]


@pytest.mark.parametrize(
    "arguments",
    [
        '"x", ("solution.py", object(), 0, "")',
        '"x", ("solution.py", 1, object(), "abc")',
        '"x", ("solution.py", 10**50, 10**50, "abc")',
        '"x", ("solution.py", 1, 1, "abc", 1, 10**9)',
        '"x", ("solution.py", -1, -1, "abc", -1, -1)',
        '"x", ("solution.py", 1.5, None, object())',
        '"x", ("solution.py", 1, 1, "a" * 10**7)',
        'object(), ("solution.py", 1, 1, "abc")',
        '"x", (object(), 1, 1, "abc")',
        '"x" * 10**7',
        "",
    ],
)
def test_a_syntax_error_that_is_raised_is_an_ordinary_error(arguments: str) -> None:
    error = described(f"\nraise SyntaxError({arguments})\n")
    assert (error["type"], error["builtin"]) == ("SyntaxError", "SyntaxError")
    assert error["line"] in (1, 2)
    assert all(type(error[key]) is str for key in ("message", "traceback"))
    assert sum(map(len, map(str, error.values()))) < 500_000


BASES = {
    "fields that raise": "class E(SyntaxError):\n"
    "  filename = property(lambda s: 1 / 0)\nraise E('x')",
    "a text of its own": "class E(Exception):\n  def __str__(s): return 1\nraise E",
    "a message that ends Python": "class E(Exception):\n"
    "  def __str__(s): raise SystemExit\nraise E",
    "a file that equals every other": "class E(SyntaxError):\n  class F(str):\n"
    "    def __eq__(s, o): return True\n  filename = F()\n  lineno = []\nraise E('x')",
}


@pytest.mark.parametrize("name", BASES)
def test_a_class_of_ones_own_cannot_break_its_description(name: str) -> None:
    error = described(BASES[name])
    assert error["type"] == "E"
    assert error["line"] is None or type(error["line"]) is int
    json.dumps(error)
