"""Paths inside of the interpreter, left out of what learners read."""

from __future__ import annotations

import re

_PATH = re.compile(r"[^\s'\"<>()]+")
_INSIDE = re.compile(r"(?:lib[/\\]python[\d.]+(?:zip)?|site-packages|exercise[/\\]py)[/\\]")
# Where Python has looked for a name, at the end of what it says of that.
_SOUGHT = re.compile(r"(cannot import name '[^'\n]+' from '[^'\n]+') \([^()\n]*\)")
_ROOT = re.compile(r"(?:[A-Za-z]:)?[/\\]")


def without_paths(text: str) -> str:
    """Return a text without the folders of the interpreter: they tell a learner nothing."""
    return _PATH.sub(lambda path: _inside(path[0]), _SOUGHT.sub(r"\1", text))


def _inside(path: str) -> str:
    """Return a path's last part, if the path leads through a folder of the interpreter."""
    end = len(path.rstrip("/\\"))
    root = _ROOT.search(path)
    if root is None or not _INSIDE.search(path, root.end(), end):
        return path
    last = max(path.rfind("/", 0, end), path.rfind("\\", 0, end))
    return path[: root.start()] + path[last + 1 :]
