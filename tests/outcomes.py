"""What every row came to in every engine: one table, printed when all tests are done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from browsers import ENGINES

# Above it a person notices that the page does not react.
GOAL_MS = 250
_WIDEST = 80


@dataclass
class Cell:
    """One row in one engine: its verdicts, and the longest time that the page did not react."""

    outcomes: list[str] = field(default_factory=list)
    gap: float = 0.0

    def add(self, outcome: str, gap: float) -> None:
        """Keep one run's result; tests that differ in what they ask run some rows twice."""
        if outcome not in self.outcomes:
            self.outcomes.append(outcome)
        self.gap = max(self.gap, gap)

    def __str__(self) -> str:
        mark = "*" if self.gap > GOAL_MS else ""
        return f"{'/'.join(self.outcomes)} {self.gap:.0f} ms{mark}"


class Outcomes:
    """The table."""

    def __init__(self) -> None:
        self._cells: dict[str, dict[str, Cell]] = {}
        self._missing: dict[str, str] = {}

    def note(self, row: object, engine: str, outcome: str, gap: float) -> None:
        """Keep one result."""
        self._cells.setdefault(str(row), {}).setdefault(engine, Cell()).add(outcome, gap)

    def miss(self, engine: str, why: str) -> None:
        """Keep that an engine is not there."""
        self._missing[engine] = why

    def as_data(self) -> dict[str, Any]:
        """Return all of it as it crosses from a process that ran a part of the tests."""
        cells = [
            (row, engine, cell.outcomes, cell.gap)
            for row, engines in self._cells.items()
            for engine, cell in engines.items()
        ]
        return {"cells": cells, "missing": self._missing}

    def merge(self, data: dict[str, Any]) -> None:
        """Take in what another process has kept."""
        for row, engine, outcomes, gap in data["cells"]:
            for outcome in outcomes:
                self.note(row, engine, outcome, gap)
        self._missing |= data["missing"]

    def lines(self) -> list[str]:
        """Return the table as text: nothing where no row was run and no engine missed."""
        if not (self._cells or self._missing):
            return []
        head = ["", *ENGINES]
        rows = [
            [_cut(row), *(self._text(row, engine) for engine in ENGINES)] for row in self._cells
        ]
        widths = [max(len(line[n]) for line in (head, *rows)) for n in range(len(head))]
        return [
            *("  ".join(map(str.ljust, line, widths)).rstrip() for line in (head, *rows)),
            *(f"longest gap in {engine}: {gap:.0f} ms" for engine, gap in self._longest().items()),
            f"-: not asked of this engine; *: more than {GOAL_MS} ms",
            *self._missing.values(),
        ]

    def _text(self, row: str, engine: str) -> str:
        if engine in self._missing:
            return "NOT RUN"
        return str(self._cells[row].get(engine, "-"))

    def _longest(self) -> dict[str, float]:
        found: dict[str, float] = {}
        for cells in self._cells.values():
            for engine, cell in cells.items():
                found[engine] = max(found.get(engine, 0.0), cell.gap)
        return found


def _cut(name: str) -> str:
    return name if len(name) <= _WIDEST else f"{name[: _WIDEST - 1]}…"
