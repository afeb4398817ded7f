"""What comes with code that was copied out of a notebook, a console or a chat, and is no Python."""

from __future__ import annotations

import re

# What a line begins with, and what is said of it. `...` alone is Python's own.
_MARKS = {
    r">>>(?!\S)|\.\.\.(?=[ \t]+[^\s#]|\Z)": "There is a prompt of Python's console ({mark}){where}"
    ", which is no part of the code. Delete the prompts, and what was printed below them.",
    r"```": "There is a mark of a text ({mark}){where}, which encloses the code there and is "
    "no part of it. Delete the line.",
    r"%%?[a-z]\w{,30}": "There is a command for a notebook ({mark}){where}, and here is none. "
    "Delete the line.",
    r"![a-z][\w-]{,30}": "There is a command for a notebook's system ({mark}){where}, and here is "
    "none. Delete the line. Python's own library and NumPy are available.",
    r"(?:In|Out) ?\[[\d ]{,9}\]:": "There is the number of a notebook's cell ({mark}){where}, "
    "which is no part of the code. Delete it.",
}


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
