"""What `input()` and `sys.stdin` read: lines that were given before the code runs."""

from __future__ import annotations

import builtins
import contextlib
import io
import sys
from collections.abc import Callable, Iterator

from .monitoring import each_line_raises
from .tracebacks import FILE

NOBODY_ASKS = "input() has read every line of the Input box, and nobody can be asked here"


class InputWanted(BaseException):
    """Code waits for a line, and there is none left: it is run again when there is."""


class TypedLines(io.TextIOBase):
    """The lines of the Input box, as a stream."""

    def __init__(self, text: str, ends: bool, on_wanted: Callable[[], None] | None) -> None:
        """Take the lines.

        Args:
            text: the lines.
            ends: whether the last line is the end of all input.
            on_wanted: hears that one more line is wanted; None where nobody can be asked.
        """
        super().__init__()
        self._lines = list(io.StringIO(text))
        self._ends = ends
        self._on_wanted = on_wanted
        self.prompt = ""
        self.taken = 0
        self._is_wanted = False
        self._ending = contextlib.ExitStack()

    def readable(self) -> bool:
        return True

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        """Return the next line; an empty text where the lines are over."""
        if self.taken == 0 and not self._lines and not self._ends:
            self._want("")
        return self._next()

    def read(self, size: int | None = -1, /) -> str:
        """Return all lines that are left."""
        rest = "".join(self._lines[self.taken :])
        self.taken = len(self._lines)
        return rest

    def ask(self, prompt: str) -> str:
        """Return the next line without its end, as `input` does."""
        line = self._next()
        if not line:
            if self._ends:
                raise EOFError("EOF when reading a line")
            self._want(prompt)
        return line.rstrip("\n")

    def _next(self) -> str:
        if self.taken >= len(self._lines):
            return ""
        self.taken += 1
        return self._lines[self.taken - 1]

    def _want(self, prompt: str) -> None:
        if self._on_wanted is None:
            raise EOFError(NOBODY_ASKS)
        if not self._is_wanted:
            self._is_wanted = True
            self.prompt = prompt
            self._on_wanted()
            # A bare `except` around this, in a loop, would ask for ever.
            self._ending.enter_context(each_line_raises(InputWanted, FILE))
        raise InputWanted

    def end(self) -> None:
        """Let code go on in which nothing is read from these any more."""
        self._ending.close()


_lines = TypedLines("", True, None)


def _input(prompt: object = "", /) -> str:
    """Read a line of what was typed into the Input box."""
    said = str(prompt)
    sys.stdout.write(said)
    line = _lines.ask(said)
    sys.stdout.write(f"{line}\n")
    return line


@contextlib.contextmanager
def reading(lines: TypedLines) -> Iterator[None]:
    """Have code read these lines meanwhile."""
    global _lines
    before = sys.stdin, builtins.input, _lines
    sys.stdin, builtins.input, _lines = lines, _input, lines
    try:
        yield
    finally:
        lines.end()
        sys.stdin, builtins.input, _lines = before
