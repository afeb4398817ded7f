"""The fixtures of a test that plain pytest would share with other tests: here none are shared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

# How pytest begins the names of the fixtures that it makes of such functions.
_OF_FUNCTIONS = {
    "_xunit_setup_module_fixture_": "setup_module",
    "_xunit_setup_class_fixture_": "setup_class",
    "_unittest_setUpClass_fixture_": "setUpClass",
}


def wider_fixtures(item: pytest.Item, used: Iterable[pytest.FixtureDef[Any]]) -> list[str]:
    """Return the names of the tests' own fixtures, of those used, of wider scope than one test."""
    return list(dict.fromkeys(_names(item, used)))


def _names(item: pytest.Item, used: Iterable[pytest.FixtureDef[Any]]) -> Iterator[str]:
    for fixture in used:
        if fixture.scope == "function":
            continue
        made_of = [of for begin, of in _OF_FUNCTIONS.items() if fixture.argname.startswith(begin)]
        if made_of == ["setUpClass"] and not _sets_up(item):
            continue
        if made_of or not fixture.func.__module__.startswith("_pytest."):
            yield made_of[0] if made_of else fixture.argname


def _sets_up(item: pytest.Item) -> bool:
    """Whether a test case has a `setUpClass` of its own: all have that of unittest."""
    method = getattr(item.cls, "setUpClass", None)  # type: ignore[attr-defined]
    return getattr(method, "__module__", None) != "unittest.case"
