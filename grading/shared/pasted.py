"""What comes with code that was copied out of a notebook, a console or a chat, and is no Python."""

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_FENCES = 3

# What a line begins with, and what is said of it. `...` alone is Python's own.
_MARKS = {
    r">>>(?!\S)|\.\.\.(?=[ \t]+[^\s#]|\Z)": "There is a prompt of Python's console ({mark}){where}"
    ", which is no part of the code. Delete the prompts, and what was printed below them.",
    r"%%?[a-z]\w{,30}": "There is a command for a notebook ({mark}){where}, and here is none. "
    "Delete the line.",
    r"![a-z][\w-]{,30}": "There is a command for a notebook's system ({mark}){where}, and here is "
    "none. Delete the line. Python's own library and NumPy are available.",
    r"(?:In|Out) ?\[[\d ]{,9}\]:": "There is the number of a notebook's cell ({mark}){where}, "
    "which is no part of the code. Delete it.",
}

# Comments, and texts in quotes, also one of several lines that is never closed.
_WORDS = re.compile(
    r"#.*"
    r"|(\"{3}|'{3})(?s:\\?.)*?(?:\1|(?P<open>\Z))"
    r"|\"(?:(?s:\\.)|[^\"\\\n])*\""
    r"|'(?:(?s:\\.)|[^'\\\n])*'"
)
_FENCE = re.compile(r"^[ \t]*```", re.MULTILINE)

_PASTED = "More than the code was pasted: "
_ONE_FENCE = "delete the mark of a text (```) on line {}, and what is no code above or below it."
_TWO_FENCES = "keep only what is between the marks of a text (```) on line {} and line {}."
_MORE_FENCES = (
    "keep only the code between the marks of a text (```), the first of which is on line {}."
)


def pasted_mark(line: str) -> str:
    """Return what a line begins with that no Python begins with; empty where that is nothing."""
    begin = f"{line.strip()}\n"  # the last line of a file may lack it
    return next((found[0] for mark in _MARKS if (found := re.match(mark, begin))), "")


def explain_mark(mark: str, where: str) -> str | None:
    """Return what is said of such a mark; None where it is none.

    Args:
        mark: as `pasted_mark` found it.
        where: its place, in words.
    """
    said = (text for pattern, text in _MARKS.items() if re.fullmatch(pattern, mark))
    return next((text.format(mark=mark, where=where) for text in said), None)


def fences(source: str) -> list[int]:
    """Return the first lines that enclose code in Markdown, where these stand in no string."""
    found = list(_WORDS.finditer(source))
    if any(text["open"] is not None for text in found):
        # The quotes that lack a partner may be any: what is in them and what is not is unknown.
        source = source[: next(text.start() for text in found if text[1])]
    code = _WORDS.sub(lambda text: "\n" * text[0].count("\n"), source)
    begins = [fence.start() for fence in _FENCE.finditer(code)]
    return [code.count("\n", 0, begin) + 1 for begin in begins[:MAX_FENCES]]


def explain_fences(lines: Sequence[int]) -> str | None:
    """Return what is said of lines that `fences` has found; None where these are none."""
    if not lines:
        return None
    said = (_ONE_FENCE, _TWO_FENCES, _MORE_FENCES)[min(len(lines), MAX_FENCES) - 1]
    return _PASTED + said.format(*lines)
