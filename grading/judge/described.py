"""An exception that a candidate has described: read without trust, and as the report shows it."""

from __future__ import annotations

from typing import Any

from grading.shared import wire
from grading.shared.inner_paths import without_paths
from grading.shared.output import MAX_ARRAYS, MAX_MESSAGE, MAX_OUTPUT
from grading.shared.pasted import MAX_FENCES
from grading.shared.position import FIELDS, NOWHERE, Position

SHOWN = ("type", "message", *FIELDS, "traceback")

_MAX_COUNT = 1_000_000
_MAX_SUGGESTION = 200
_MAX_DIMENSIONS = 64
_MAX_BASES = 16


def parse_error(raw: dict[str, Any]) -> dict[str, Any]:
    """Return a described exception with exactly its known fields, each of its type.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: if it is none.
    """
    texts = {key: text_of(raw[key]) for key in ("type", "builtin", "message", "traceback")}
    texts["type"] = wire.clean_name(texts["type"])
    texts["message"] = without_paths(texts["message"][:MAX_MESSAGE])
    texts["traceback"] = without_paths(texts["traceback"][:MAX_OUTPUT])
    texts["suggestion"] = text_of(raw["suggestion"])[:_MAX_SUGGESTION]
    bases = _builtins(raw.get("builtins"), texts["builtin"])
    return {**texts, "builtins": bases, **_position(raw), "clues": _clues(raw["clues"])}


def _builtins(raw: Any, nearest: str) -> list[str]:
    """Return the names of built-in classes that a class derives from, the nearest first."""
    names = raw if type(raw) is list and raw[:1] == [nearest] else [nearest]
    is_sound = len(names) <= _MAX_BASES and all(type(name) is str for name in names)
    return names if is_sound else [nearest]


def recorded_error(kept: dict[str, Any]) -> dict[str, Any]:
    """Return a described exception of which only its types and message were recorded."""
    known = {"builtins": [kept["builtin"]], **kept}
    return {**known, **NOWHERE, "traceback": "", "suggestion": "", "clues": {}}


def text_of(part: Any) -> str:
    """Return a part of what a candidate said that has to be a text."""
    if type(part) is not str:
        raise TypeError("no text")
    return part


def shown_error(error: dict[str, Any]) -> dict[str, Any]:
    """Return a described exception as the report holds it."""
    return {key: error[key] for key in SHOWN}


def _position(raw: dict[str, Any]) -> Position:
    """Return a line, and the columns where they make a range."""
    position = {key: raw[key] if _is_count(raw[key]) else None for key in FIELDS}
    line, column, end_line, end_column = (position[key] or 0 for key in FIELDS)
    is_range = line and column and end_column and (line, column) < (end_line, end_column)
    return position if is_range else {**NOWHERE, "line": position["line"]}


def _is_count(number: Any) -> bool:
    return type(number) is int and 0 < number <= _MAX_COUNT


def _clues(raw: dict[str, Any]) -> dict[str, Any]:
    """Return what a candidate has found beside the message; what is malformed says nothing."""
    tabs = raw.get("tabs")
    arrays = raw.get("arrays")
    fences = raw.get("fences")
    pasted = raw.get("pasted")
    is_pair = type(tabs) is list and len(tabs) == 2 and all(map(_is_count, tabs))
    found = arrays[:MAX_ARRAYS] if type(arrays) is list else []
    lines = fences if type(fences) is list else []
    return {
        "tabs": tabs if is_pair else None,
        "arrays": [a for a in map(_array, found) if a],
        "fences": [line for line in lines[:MAX_FENCES] if _is_count(line)],
        "pasted": pasted if type(pasted) is str else "",
    }


def _array(raw: Any) -> tuple[str, tuple[int, ...]] | None:
    """Return an array's name and shape."""
    if type(raw) is not list or len(raw) != 2 or type(raw[1]) is not list:
        return None
    shape = tuple(raw[1][:_MAX_DIMENSIONS])
    return (wire.clean_name(raw[0]), shape) if all(type(n) is int for n in shape) else None
