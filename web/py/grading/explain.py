"""Sentences for learners: what an exception means, in words before it is in Python's."""

from __future__ import annotations

from typing import Any

_SENTENCES = {
    "SyntaxError": "Python cannot read your code{where}: {message}.",
    "IndentationError": "The indentation is off{where}: {message}.",
    "TabError": "Tabs and spaces are mixed in the indentation{where}. Use four spaces everywhere.",
    "NotImplementedError": "The function is not written yet{where}: it still raises "
    "NotImplementedError. Put your code in its place.",
    "NameError": "A name is used that does not exist{where}: {message}.",
    "ModuleNotFoundError": "A module is imported that is not here{where}: {message}. "
    "Python's own library and NumPy are available.",
    "RecursionError": "The code calls itself too deeply{where}. Is there a case that stops it?",
    "SystemExit": "The code ends Python{where} (sys.exit or the like). Return the result instead.",
    "EOFError": "The code waits for typed input{where}, and nobody types here. "
    "Use the function's arguments instead.",
}
_ELSE = "Your code raised {type}{where}: {message}."
_BARE = "Your code raised {type}{where}."


def explain(error: dict[str, Any]) -> str:
    """Return one sentence for a beginner: what happened, where, what to try."""
    line = error["line"]
    message = error["message"].strip().rstrip(".")
    sentence = _SENTENCES.get(error["type"], _ELSE if message else _BARE)
    where = "" if line is None else f" on line {line}"
    return sentence.format(type=error["type"], where=where, message=message)
