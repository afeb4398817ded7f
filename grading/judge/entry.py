"""What a judge can be asked."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from grading.shared.functions import functions
from grading.shared.paths import EXERCISE

from .judge import Facts, Judge
from .left_out import in_vain, left_out, read_modules, redefined
from .misnamed import misnamed
from .pytest_session import CollectionError, repeated
from .rehearsal import rehearse

TESTS = Path(EXERCISE, "hidden_tests")


def open_judge() -> dict[str, Callable[[str], str]]:
    """Offer what a judge can be asked before it has any tests."""
    functions.update(collect=collect, modules=modules)
    return functions


def modules(text: str) -> str:
    """Return the names of all modules that have been imported."""
    return json.dumps(sorted(sys.modules))


def collect(text: str) -> str:
    """Collect the hidden tests, and offer all that their judge can be asked.

    Returns:
        ``{"tests": [{"id", "title"}], "left_out": [{"file", "line", "name", "why", "of"}],
        "repeated": [{"file", "line", "name", "after"}], "in_vain": [{"file", "line", "why"}]}``; or
        only ``{"tests": [], "problems": [{"file", "line", "message"}]}``.
    """
    about = json.loads(Path(EXERCISE, "exercise.json").read_text("utf-8"))
    try:
        judge = Judge(TESTS, about["slug"], about["entry_points"], about["show_expected"])
    except CollectionError as error:
        return json.dumps({"tests": [], "problems": error.problems})

    def adopt(text: str) -> str:
        judge.facts = Facts.from_json(json.loads(text))
        return text

    def rehearsed(text: str) -> str:
        rehearse(judge)
        return text

    functions.update(begin=judge.begin, advance=judge.advance, adopt=adopt, rehearse=rehearsed)
    found = _found(judge)
    functions.update(collect=lambda text: found)  # a snapshot is asked what was found in it
    return found


def _found(judge: Judge) -> str:
    modules, items = read_modules(TESTS), judge.session.items
    missed = left_out(modules, [test["id"] for test in judge.tests]) + misnamed(modules, items)
    twice = [*redefined(modules), *repeated(items)]
    found = {"left_out": missed, "repeated": twice, "in_vain": in_vain(modules)}
    return json.dumps({"tests": judge.tests, **found})
