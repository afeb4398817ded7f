"""In which order and in how many processes the tests run: none is to be waited for alone."""

from __future__ import annotations

import pytest

# Tests wait for browsers more than they compute: of 54 minutes of processor time they took 14.
_EACH_PROCESSOR = 2
# Each may have three browsers open.
_MOST = 8

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
    "page_editor",
    "fallback",
)
_RANK = {f"test_{name}.py": place for place, name in enumerate(_LONG)}


def processes(processors: int) -> int:
    """Return how many processes to use on so many processors."""
    return min(_EACH_PROCESSOR * processors, _MOST)


def longest_first(items: list[pytest.Item]) -> None:
    """Bring the tests of files that take long to the front; a file's own order stays."""
    items.sort(key=lambda item: _RANK.get(item.path.name, len(_RANK)))
