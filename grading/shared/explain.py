"""Sentences for learners: what an exception means, in words before it is in Python's."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from typing import Any

from .advice import advice
from .imports import UNDEFINED, in_numpy, missing_import, missing_module
from .numpy_words import numpy_word, with_outer_name
from .pasted import explain_fences, explain_mark

# By the exception's type. What happened, where, and what to try.
_SENTENCES = {
    "SyntaxError": "Python cannot read your code{where}: {message}.",
    "IndentationError": "The indentation is off{where}: {message}.",
    "TabError": "Tabs and spaces are mixed in the indentation{where}.",
    "NotImplementedError": "The function is not written yet{where}: it still raises "
    "NotImplementedError. Put your code in its place.",
    "NameError": "A name is used that does not exist{where}: {message}. Check its spelling, and "
    "that it gets its value first.",
    "UnboundLocalError": "A variable is used before it has a value{where}: {message}. Give it one "
    "first, in the same function.",
    "ModuleNotFoundError": "A module is imported that is not here{where}: {message}. "
    "Python's own library and NumPy are available.",
    "BdbQuit": "A debugger is called{where} (breakpoint or pdb), and there is none here. Take the "
    "call out; what is printed is shown with the results.",
    "RecursionError": "The code calls itself too deeply{where}. Is there a case that stops it?",
    "MemoryError": "More memory is asked for than there is{where}. Is something "
    "far larger than it has to be?",
    "SystemExit": "The code ends Python{where} (sys.exit or the like).",
    "KeyboardInterrupt": "The code raises KeyboardInterrupt{where}, as Ctrl-C would.",
    "GeneratorExit": "The code raises GeneratorExit{where}, which ends a generator.",
    "EOFError": "The code waits for typed input{where}, and nobody types here.",
    "ZeroDivisionError": "A number is divided by zero{where} (ZeroDivisionError). Check what "
    "it is divided by.",
    "FileNotFoundError": "The code opens a file that is not here{where} (FileNotFoundError: "
    "{message}).",
}
_RETURN = "Return the result instead."
_ARGUMENTS = "Use the function's arguments instead."
# What to do about these in a function; while code is loaded, it has neither.
_INSTEAD = {
    **dict.fromkeys(("SystemExit", "KeyboardInterrupt", "GeneratorExit"), _RETURN),
    **dict.fromkeys(("EOFError", "FileNotFoundError"), _ARGUMENTS),
}
_LEAVE_OUT = 'Take out what does that, or put it under `if __name__ == "__main__":`.'
_ELSE = "Your code raised {type}{where}: {message}."
_BARE = "Your code raised {type}{where}."

_MISSING = re.compile(r"No module named '([^']+)'")
_STRANGE = re.compile(r"invalid (?:non-printable )?character.*\(?U\+([0-9A-F]{4,6})")
_QUOTES = "‘’‚‛“”„‟«»‹›「」『』′″`´"
# What is taken for signs of Python's; of wide ones, as in Chinese, all are as far from these.
_SIGNS = {"‐‑‒–—―−": "-", "×∗⋅•": "*", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=", "→": "->"}
_SIGNS |= {"²": "**2", "³": "**3", "…": "...", "、": ",", "。": "."}
_WIDE = range(0xFF01, 0xFF5F)
_FROM_WIDE = 0xFF01 - ord("!")
_DIMENSIONS = re.compile(r"^axis -?\d+ is out of bounds for array of dimension (\d+)$")
# A shape is a tuple.
_OF_SHAPES = re.compile(
    r"\b(?:arrays?|axis|axes|dimensions?|dimensional|shapes?|tuple index|values to unpack)\b"
)
_TOO_LARGE = re.compile(
    r"Maximum allowed (?:dimension|size)|array is too big|cannot fit 'int' into an index-sized"
)
_NO_THREADS = re.compile(r"can't start new thread|thread.*not supported", re.IGNORECASE)
_NO_OUTSIDE = re.compile(
    r"does not support processes|Function not implemented|Not supported"
    r"|Host is unreachable|urlopen error"
)
_NO_EVENT_LOOP = re.compile(r"event loop|run_sync|stack switching", re.IGNORECASE)


def explain(error: dict[str, Any], of: str = "", is_loading: bool = False) -> str:
    """Return a sentence or a few for a beginner: what happened, where, what to try.

    Args:
        error: a described exception.
        of: whose line its line is, where there is more than one file.
        is_loading: whether it was raised while the code was loaded, and not in a call of it.
    """
    where = _where(error, of)
    try:
        return _explained(error, where, is_loading)
    except Exception:  # a learner chooses the message, and no message may end the judge
        return _BARE.format(type=error["type"], where=where)


def _where(error: dict[str, Any], of: str) -> str:
    line, column = error["line"], error["column"]
    if line is None:
        return ""
    has_column = error["builtin"] == "SyntaxError" and column is not None
    return f" on line {line}, column {column}{of}" if has_column else f" on line {line}{of}"


def _explained(error: dict[str, Any], where: str, is_loading: bool) -> str:
    message = error["message"].strip().rstrip(".")
    message = with_outer_name(message, error["traceback"])
    special = _pasted(error, where) or _special(error, message, where)
    if special is not None:
        return special
    kind = "MemoryError" if error["builtin"] == "MemoryError" else error["type"]
    plain, instead = _SENTENCES.get(kind, _ELSE if message else _BARE), _INSTEAD.get(kind, "")
    if instead and is_loading:
        where, instead = f"{where} while it is loaded", _LEAVE_OUT
    text = plain.format(type=error["type"], where=where, message=message).replace("?.", "?")
    hint = numpy_word(kind, message) or advice(kind, message)
    parts = (text, instead, hint, *_found_out(error, message))
    return " ".join(filter(None, parts))


def _pasted(error: dict[str, Any], where: str) -> str | None:
    clues = error["clues"]
    return explain_fences(clues.get("fences", ())) or explain_mark(clues.get("pasted", ""), where)


def _special(error: dict[str, Any], message: str, where: str) -> str | None:
    """Return what is said of just such a message, in place of its type's sentence."""
    undefined = UNDEFINED.fullmatch(message)
    if error["type"] == "NameError" and undefined:
        return missing_import(undefined[1], where, error["suggestion"])
    said = (special(message, where) for special in _SPECIAL.get(error["type"], ()))
    return next((sentence for sentence in said if sentence is not None), None)


def _found_out(error: dict[str, Any], message: str) -> list[str]:
    """Return what Python suggests, and what the message leaves out."""
    undefined = UNDEFINED.fullmatch(message)
    suggestion = error["suggestion"]
    suggestion = (in_numpy(undefined[1], suggestion) if undefined else "") or suggestion
    return [suggestion, _mixed_tabs(error), _axes(message), _shapes(error, message)]


def _mixed_tabs(error: dict[str, Any]) -> str:
    if error["builtin"] not in ("IndentationError", "TabError"):
        return ""
    remedy = "Use four spaces everywhere."
    tabs = error["clues"].get("tabs")
    if tabs is None:
        return remedy if error["builtin"] == "TabError" else ""
    if tabs[0] == tabs[1]:
        return f"Line {tabs[0]} begins with tabs and spaces. {remedy}"
    return f"Line {tabs[0]} begins with a tab, line {tabs[1]} with spaces. {remedy}"


def _axes(message: str) -> str:
    found = _DIMENSIONS.search(message)
    if found is None:
        return ""
    count = int(found[1])
    if count < 2:
        return "Its only axis is 0." if count else "It is a single number, which has no axis."
    return f"Its axes are 0 to {count - 1}."


def _shapes(error: dict[str, Any], message: str) -> str:
    if not _OF_SHAPES.search(message):
        return ""
    shapes = [_shape(name, shape) for name, shape in error["clues"].get("arrays", ())]
    return f"There, {' and '.join(shapes)}." if shapes else ""


def _shape(name: str, shape: Sequence[int]) -> str:
    if len(shape) == 1:
        return f"{name} has one axis: its shape is {tuple(shape)}"
    return f"{name} has the shape {tuple(shape)}"


def _strange_character(message: str, where: str) -> str | None:
    found = _STRANGE.search(message)
    if found is None or int(found[1], 16) > sys.maxunicode:
        return None
    code = found[1]
    character = chr(int(code, 16))
    if character in _QUOTES:
        return f"There is a curly quote ({character}){where}. Type a straight one: ' or \"."
    if not character.isprintable():
        return (
            f"There is an invisible character (U+{code}){where}, perhaps from a web page. Delete "
            "the line and type it anew."
        )
    sign = _sign(character)
    remedy = (
        f"Type {sign} in its place."
        if sign
        else "Take it out: names are made of letters, digits and _, and texts stand in quotes."
    )
    return f"There is a character that Python cannot read ({character}){where}. {remedy}"


def _sign(character: str) -> str | None:
    """Return the sign of Python's that a character is taken for."""
    if ord(character) in _WIDE:
        return chr(ord(character) - _FROM_WIDE)
    return next((sign for alike, sign in _SIGNS.items() if character in alike), None)


def _too_nested(message: str, where: str) -> str | None:
    if "nested" not in message and "stack overflow" not in message:
        return None
    return f"Too much is nested in one another{where} for Python to read. Take it apart."


def _missing_module(message: str, where: str) -> str | None:
    found = _MISSING.search(message)
    return missing_module(found[1], where) if found else None


def _too_large(message: str, where: str) -> str | None:
    if not _TOO_LARGE.search(message):
        return None
    return _SENTENCES["MemoryError"].format(where=where)


def _no_threads(message: str, where: str) -> str | None:
    if not _NO_THREADS.search(message):
        return None
    return f"No thread can be started here{where}. Do the work in the function itself."


def _no_event_loop(message: str, where: str) -> str | None:
    if not _NO_EVENT_LOOP.search(message):
        return None
    return f"No event loop can be run here{where}. Write the function without async and await."


def _nothing_outside(message: str, where: str) -> str | None:
    if not _NO_OUTSIDE.search(message):
        return None
    return f"Nothing outside of Python can be used here{where}: no other program, no network."


_SPECIAL: dict[str, tuple[Callable[[str, str], str | None], ...]] = {
    "SyntaxError": (_strange_character, _too_nested),
    "ModuleNotFoundError": (_missing_module,),
    "OverflowError": (_too_large,),
    "ValueError": (_too_large,),
    "RuntimeError": (_no_threads, _no_event_loop),
    "OSError": (_nothing_outside,),
    "URLError": (_nothing_outside,),
}
