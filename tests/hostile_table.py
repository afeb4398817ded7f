"""The whole table of hostile submissions, and its core: the rows that every engine runs."""

from __future__ import annotations

from dataclasses import replace

from . import hostile_answers, hostile_attacks, hostile_endings
from .hostile import SAME

# By name, with the verdicts that are right in Firefox and WebKit. Their stacks are not Chromium's:
# they raise, or go on until time is up, where its interpreter is brought down.
CORE = {
    "the reference": SAME,
    "CRLF, tabs and a BOM": SAME,
    "classes, lambdas, a decorator, defaults, a star import, a main block": SAME,
    "prints at every call": SAME,
    "the other convention": SAME,
    "prints instead of returning": SAME,
    "NaN": SAME,
    "shape (1,)": SAME,
    "equal to everything": SAME,
    "a float that lies": SAME,
    "nothing": SAME,
    "not a function": SAME,
    "two parameters": SAME,
    "a syntax error": SAME,
    "smart quotes": SAME,
    "raises": SAME,
    "exit in the function": SAME,
    "import torch": SAME,
    "recursion": "error|crashed",
    "a loop in the function": SAME,
    "a loop at top level": SAME,
    "a loop that swallows all": SAME,
    "prints without end": SAME,
    "a power": SAME,
    "recursion without a limit": SAME,
    "parentheses in the source": SAME,
    "os._exit": SAME,
    "abort": SAME,
    "a pointer to nowhere": SAME,
    "np.testing and comparisons": SAME,
    "no built-ins": SAME,
    "no modules": SAME,
    "a hunt through all objects": SAME,
    "a hunt through all files": SAME,
    "a forged message": SAME,
    "hooks on every message": SAME,
    "close": SAME,
    "fetch and XMLHttpRequest": SAME,
    "WebSocket and its like": SAME,
    "open_url and urllib": SAME,
    "sockets": SAME,
    "scripts and fonts": SAME,
    "a script by ctypes": SAME,
    "packages": SAME,
    "the host's page, cookies and storage": SAME,
    "service workers, files and locks of the host": SAME,
    "markup that is printed": SAME,
    "markup in an exception's text": SAME,
    "markup in a class's name": SAME,
    "controls that are printed": SAME,
}

ROWS = [
    replace(row, elsewhere=CORE.get(row.name))
    for row in (*hostile_answers.ROWS, *hostile_endings.ROWS, *hostile_attacks.ROWS)
]
CORE_ROWS = [row for row in ROWS if row.elsewhere is not None]
