"""Whether a statement can be rendered, for who only proves: looked at once for the same text."""

from __future__ import annotations

from pathlib import Path

from .cache import key_of
from .exercise import Exercise
from .toolchain import Toolchain

_KIND = "statements"


def check_statement(exercise: Exercise, toolchain: Toolchain) -> None:
    """Refuse a statement that no bundle can be made of.

    Raises:
        BuildError: as `render_statement` does.
    """
    key = _key(exercise, toolchain)
    if toolchain.cache.recorded(_KIND, key):
        return
    # What renders takes longer to import than a proof that is known takes to read.
    from .statement import render_statement

    render_statement(exercise, toolchain)
    toolchain.cache.record(_KIND, key, True)


def _key(exercise: Exercise, toolchain: Toolchain) -> str:
    """Return the key of the text, of what renders it and of the libraries that do."""
    here = Path(__file__).parent
    pins = (toolchain.web / "package-lock.json", here.parent / "requirements.txt")
    sources = [*sorted(here.glob("*.py")), *pins, exercise.problem_path]
    return key_of(*(path.read_bytes() for path in sources))
