"""The one error of a build, printed plainly: what, where, what to do."""

from __future__ import annotations

from pathlib import Path


class BuildError(Exception):
    """Something that the instructor can put right.

    Args:
        cause: what is wrong.
        remedy: what to do about it.
        file: where, if it is in a file.
        line: its line, counted from 1.
    """

    def __init__(
        self, cause: str, remedy: str, file: Path | None = None, line: int | None = None
    ) -> None:
        place = "" if file is None else str(file) if line is None else f"{file}:{line}"
        super().__init__(f"{place}: {cause}" if place else cause)
        self.cause, self.remedy, self.file, self.line = cause, remedy, file, line

    def __str__(self) -> str:
        return f"{self.args[0]}\n  → {self.remedy}"
