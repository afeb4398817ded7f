"""In which order the tests run in several processes: none is to be waited for alone."""

from __future__ import annotations

import pytest

from browsers import ENGINES

# Files that take minutes, the longest first (`pytest --durations=0` tells them).
_LONG = (
    "engines",
    "axe",
    "hostile",
    "hosting",
    "refusals",
    "layout",
    "explore",
    "packs",
    "fuzz",
    "page_hostile",
    "page",
    "fallback",
    "answer",
    "coming_search",
    "grade_cli",
    "mistakes",
    "hosts_agree",
    "drafts",
    "steps",
    "culprits",
    "cases",
    "isolation",
    "console",
    "exercise",
    "offline",
)
_RANK = {f"test_{name}.py": place for place, name in enumerate(_LONG)}


def longest_first(items: list[pytest.Item]) -> None:
    """Bring the tests of files that take long to the front; a file's own order stays.

    But its tests of one browser come together, so that they may share one.
    """
    items.sort(key=lambda item: (_RANK.get(item.path.name, len(_RANK)), _browser(item)))


def _browser(item: pytest.Item) -> int:
    given = getattr(item, "callspec", None)
    asked = {given.params.get(name) for name in ("engine", "engine_page")} if given else set()
    return next((place for place, name in enumerate(ENGINES) if name in asked), 0)
