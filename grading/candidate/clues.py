"""What Python's own messages leave out: tabs that meet spaces, shapes, what came with a paste."""

from __future__ import annotations

import contextlib
import linecache
import re
import tokenize
import types

import numpy as np

from grading.shared.output import MAX_ARRAYS
from grading.shared.pasted import fences, pasted_mark

_WORD = re.compile(r"(?<![\w.])[^\W\d]\w*")

# What several names get their values from, if that is an array, or its shape.
_UNPACKED = re.compile(
    r"(?:=|\bin)\s*(?:np\.shape\(\s*)?(?P<name>[^\W\d]\w*)(?:\.shape|\.T)?\s*(?:$|[]):;#])"
)

# Tokens that begin no statement.
_BLANK = {tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT}

Clues = dict[str, str | list[int] | list[tuple[str, tuple[int, ...]]]]


def of_syntax(file: str, line: int) -> Clues:
    """Return what was copied along with code and is none: around it, or in front of a line."""
    if lines := fences("".join(linecache.getlines(file))):
        return {"fences": lines}
    mark = pasted_mark(linecache.getline(file, line))
    return {"pasted": mark} if mark else {}


def of_indentation(file: str, line: int) -> Clues:
    """Return a line that is indented by tabs, and one nearby that is indented by spaces."""
    here = indentation(file, line)
    if here is None or not here:
        return {}
    begins = _begins(file) | {line}
    for above in range(line, 0, -1):
        there = indentation(file, above) if above in begins else None
        if there is not None and {*here, *there} >= {" ", "\t"}:
            return {"tabs": [above, line] if "\t" in there else [line, above]}
        if there == "":
            break
    return {}


def _begins(file: str) -> set[int]:
    """Return the lines on which statements begin, up to the one that Python cannot read.

    What comments and texts of several lines are indented by is nothing to Python.
    """
    begins, is_new = set[int](), True
    lines = iter(linecache.getlines(file))
    with contextlib.suppress(SyntaxError, tokenize.TokenError):
        for token in tokenize.generate_tokens(lambda: next(lines, "")):
            if is_new and token.type not in _BLANK:
                begins.add(token.start[0])
            if token.type not in _BLANK:
                is_new = token.type == tokenize.NEWLINE
    return begins


def indentation(file: str, line: int) -> str | None:
    """Return what a line begins with; None for an empty one."""
    text = linecache.getline(file, line)
    words = text.lstrip(" \t")
    return text[: len(text) - len(words)] if words.strip() else None


def unpacked(line: str) -> str:
    """Return the names of what a line takes apart; Python points at what takes the parts."""
    return " ".join(found["name"] for found in _UNPACKED.finditer(line))


def of_arrays(frame: types.FrameType, code: str) -> Clues:
    """Return the arrays that some code of a frame names, with their shapes."""
    found: list[tuple[str, tuple[int, ...]]] = []
    scopes = dict(frame.f_globals), dict(frame.f_locals)
    for name in dict.fromkeys(_WORD.findall(code)):
        value = scopes[1].get(name, scopes[0].get(name))
        if type(value) is np.ndarray:
            found.append((name, value.shape))
    return {"arrays": found[:MAX_ARRAYS]}
