"""A position in a learner's file: columns are characters counted from 1, the end is exclusive."""

from __future__ import annotations

FIELDS = ("line", "column", "end_line", "end_column")

Position = dict[str, int | None]

NOWHERE: Position = dict.fromkeys(FIELDS)
