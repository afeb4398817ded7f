"""Read an author's files, and say what keeps them from being read."""

from __future__ import annotations

from pathlib import Path

from .errors import BuildError


def read_bytes(path: Path) -> bytes:
    """Read a file.

    Raises:
        BuildError: if it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as problem:
        cause = f"cannot be read: {problem.strerror}"
        raise BuildError(cause, "It has to be a file that you may read.", path) from None


def decoded(path: Path, data: bytes, encoding: str = "utf-8-sig") -> str:
    """Return a file's text.

    Raises:
        BuildError: if it is none, with the line where that shows.
    """
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as problem:
        cause = f"the file is not UTF-8 text (byte {problem.start})"
        line = data[: problem.start].count(b"\n") + 1
        raise BuildError(cause, "Save it as UTF-8.", path, line) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise BuildError("the file holds a null byte", "Save it as UTF-8.", path, line)
    return text
