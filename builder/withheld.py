"""What must never ship to learners, under whatever name it lies among the hidden tests."""

from __future__ import annotations

from pathlib import Path

from .reading import read_bytes

WRONG = "wrong_solutions"
# The learner's module: a file of this name is one's own, there so that plain pytest runs.
_STAND_IN = "solution"
# A copy may have other line ends and wider indentation.
_SLACK = 3


class Withheld:
    """The reference and the wrong solutions: by their names, by links to them, and as copies."""

    def __init__(self, exercise: Path, tests: Path) -> None:
        named = (exercise / f"{_STAND_IN}.py", *sorted((tests / WRONG).glob("*.py")))
        own = [path for path in named if path.is_file()]
        self._tests = tests
        self._wrong = (tests / WRONG).resolve()
        self._files = {path.resolve() for path in own}
        self._texts = {_text(path) for path in own} - {b""}
        self._largest = max((path.stat().st_size for path in own), default=0) * _SLACK

    def holds(self, path: Path) -> bool:
        """Whether a file among the tests is one of them."""
        named = path.relative_to(self._tests)
        if named.parts[0] == WRONG or named.name == f"{_STAND_IN}.py":
            return True
        if named.name == "__init__.py" and named.parent.name == _STAND_IN:
            return True
        if not path.is_file():
            return False
        target = path.resolve()
        if target in self._files or self._wrong in target.parents:
            return True
        return path.stat().st_size <= self._largest and _text(path) in self._texts


def _text(path: Path) -> bytes:
    """Return a file's words, which editors and systems leave as they are."""
    return b" ".join(read_bytes(path).removeprefix(b"\xef\xbb\xbf").split())
