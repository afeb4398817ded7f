"""In which order the tests run in several processes: none is to be waited for alone."""

from __future__ import annotations

import pytest

# Files that take minutes, the longest first (`pytest --durations=0` tells them).
_LONG = (
    "hostile",
    "engines",
    "hosting",
    "packs",
    "build",
    "page",
    "page_hostile",
    "answer",
    "refusals",
    "isolation",
    "grade_cli",
    "prove",
    "offline",
    "waits",
    "fuzz",
    "hosts_agree",
    "mistakes",
    "drafts",
    "console",
    "layout",
    "axe",
    "steps",
    "exploring",
    "explore",
    "page_editor",
    "fallback",
)
_RANK = {f"test_{name}.py": place for place, name in enumerate(_LONG)}


def longest_first(items: list[pytest.Item]) -> None:
    """Bring the tests of files that take long to the front; a file's own order stays."""
    items.sort(key=lambda item: _RANK.get(item.path.name, len(_RANK)))
