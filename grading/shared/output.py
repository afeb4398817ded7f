"""What is kept of what a submission prints and raises, and how much."""

from __future__ import annotations

import io

MAX_LINES = 200
MAX_OUTPUT = 20_000
MAX_MESSAGE = 2_000
CUT = "… (more output was cut)"
# Beside an exception, so many arrays are named with their shapes.
MAX_ARRAYS = 4


class CappedOutput(io.TextIOBase):
    """A text stream that keeps the first lines of what is printed and counts nothing further.

    Attributes:
        stderr: begin and end, in what was kept, of what was meant for that stream.
    """

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, characters: int = MAX_OUTPUT, lines: int = MAX_LINES) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.characters = characters
        self.lines = lines
        self.full = False
        self.stderr: list[list[int]] = []
        self._kept = 0

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if text and not self.full:
            self._keep(text)
        return len(text)

    def write_error(self, text: str) -> None:
        """Keep what goes to the stream for errors, in its place among the rest."""
        begin = self._kept
        self.write(text)
        if self.stderr and self.stderr[-1][1] == begin:
            begin = self.stderr.pop()[0]
        if self._kept > begin:
            self.stderr.append([begin, self._kept])

    def _keep(self, text: str) -> None:
        kept = text[: self.characters]
        lines = kept.split("\n", self.lines)
        if len(lines) > self.lines:  # what follows the last line that may be kept
            kept = kept[: len(kept) - len(lines[-1])]
        self.characters -= len(kept)
        self.lines -= kept.count("\n")
        self._kept += len(kept)
        self.parts.append(kept)
        if len(kept) < len(text):
            self.full = True
            self.parts.append(f"\n{CUT}\n")

    def flush(self) -> None:
        """Do nothing: nothing is buffered."""

    def isatty(self) -> bool:
        """Return False: nobody types here."""
        return False

    def text(self) -> str:
        """Return what was kept."""
        return "".join(self.parts)
