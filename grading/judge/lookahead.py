"""Calls that follow one another as long as the reference's answers are given."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from grading.shared import wire
from grading.shared.brief import brief

from .known import recorded_answer

# So many calls are looked ahead at once; the next ones when these are made.
_MOST = 64

# A test, a call that it makes, and the reference's answer.
Planned = tuple[str, str, wire.Tree]


def lookahead(planned: Iterator[Planned]) -> list[dict[str, Any]]:
    """Return the calls that follow upon the first one, each with the answer upon which it does."""
    ahead = []
    for (_, _, tree), (test, following, _) in itertools.pairwise(
        itertools.islice(planned, _MOST + 1)
    ):
        expected = _brief(tree)
        if expected is None:
            break
        ahead.append({"expected": expected, "call": following, "test": test})
    return ahead


def _brief(tree: wire.Tree) -> float | str | None:
    """Return an answer of the reference's in brief, where it returned."""
    answer = recorded_answer(tree)
    return brief(answer.value, answer.changed) if answer.kind == "returned" else None
