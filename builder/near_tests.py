"""Files that hold tests, and whose names are nearly, but not quite, those that pytest looks for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path

from .errors import BuildError
from .reading import read_bytes

# Editors that hide a file's ending write a second one behind it.
_SOURCE = re.compile(r"(.+)\.py(?:w|\.txt)?", re.IGNORECASE)
_HOLDS_TESTS = re.compile(
    rb"^(?:async[ \t]+)?def[ \t]+test\w*[ \t]*\(|^class[ \t]+(?:Test|\w+\(.*TestCase\b)",
    re.MULTILINE,
)
# Where a word begins within another, as in testMore.
_HUMP = re.compile(r"(?<=[a-z\d])(?=[A-Z])")
_BETWEEN = re.compile(r"[\W_]+")
_REMEDY = "Rename it to {}: pytest's names are test_….py and …_test.py, in just these letters."
# One letter of `test` in another place, another one, or one more or less.
_NEAR = 0.75


def refuse_near_tests(paths: Iterable[Path]) -> None:
    """Refuse a file of tests that pytest passes over for its name alone.

    Args:
        paths: the files that neither are tests nor are used by any.

    Raises:
        BuildError: if one of them is such a file, with a name for it.
    """
    for path in paths:
        name = _name_for(path.name)
        if name and path.is_file() and _HOLDS_TESTS.search(read_bytes(path)):
            if (path.parent / name).exists():
                name = "test_….py"
            cause = "it holds tests, and pytest does not look into it, for its name"
            raise BuildError(cause, _REMEDY.format(name), path)


def _name_for(name: str) -> str | None:
    """Return what a file would be called if it were one of tests; None if its name is not near."""
    found = _SOURCE.fullmatch(name)
    if found is None:
        return None
    words = list(filter(None, _BETWEEN.split(_HUMP.sub("_", found[1]).lower())))
    for at in (0, -1):
        if words and _is_near(words[at]):
            del words[at]
            return f"test_{'_'.join(words) or 'all'}.py"
    return None


def _is_near(word: str) -> bool:
    return word.startswith("test") or SequenceMatcher(None, "test", word).ratio() >= _NEAR
