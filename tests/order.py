"""In which order the tests run in several processes: none is to be waited for alone."""

from __future__ import annotations

import pytest

# Files that take minutes, the longest first (`pytest --durations=0` tells them).
_LONG = (
    "engines",
    "hosting",
    "hostile",
    "fuzz",
    "axe",
    "answer",
    "explore",
    "layout",
    "page_hostile",
    "packs",
    "page",
    "grade_cli",
    "prove",
    "offline",
    "steps",
    "refusals",
    "waits",
    "isolation",
    "cases",
    "drafts",
    "mistakes",
    "build",
    "fallback",
)
_RANK = {f"test_{name}.py": place for place, name in enumerate(_LONG)}


def longest_first(items: list[pytest.Item]) -> None:
    """Bring the tests of files that take long to the front; a file's own order stays."""
    items.sort(key=lambda item: _RANK.get(item.path.name, len(_RANK)))
