"""The whole table of hostile submissions, and its core: the rows that every engine runs."""

from __future__ import annotations

from dataclasses import replace

from . import hostile_answers, hostile_attacks, hostile_endings
from .hostile import SAME

# What an engine's own machine code, stack, threads, policy or rendering decides, and a row or two
# of each other category. By name, with the verdicts that are right in Firefox and WebKit. Their
# stacks are not Chromium's: they raise, or go on until time is up, where its interpreter is brought
# down.
CORE = {
    "the reference": SAME,
    "CRLF, tabs and a BOM": SAME,
    "prints at every call": SAME,
    "the other convention": SAME,
    "not a function": SAME,
    "dicts as deep as may cross": SAME,
    "raises": SAME,
    "recursion": "error|crashed",
    "a loop in the function": SAME,
    "a loop at top level": SAME,
    "prints without end": SAME,
    "a power": SAME,
    "recursion without a limit": SAME,
    "parentheses in the source": SAME,
    "os._exit": SAME,
    "abort": SAME,
    "a pointer to nowhere": SAME,
    "a forged message": SAME,
    "hooks on every message": SAME,
    "close": SAME,
    "fetch and XMLHttpRequest": SAME,
    "WebSocket and its like": SAME,
    "sockets": SAME,
    "scripts and fonts": SAME,
    "a script by ctypes": SAME,
    "the host's page, cookies and storage": SAME,
    "service workers, files and locks of the host": SAME,
    "canvas, graphics, codecs and calls": SAME,
    "markup that is printed": SAME,
    "markup in an exception's text": SAME,
    "controls that are printed": SAME,
}

ROWS = [
    replace(row, elsewhere=CORE.get(row.name))
    for row in (*hostile_answers.ROWS, *hostile_endings.ROWS, *hostile_attacks.ROWS)
]
CORE_ROWS = [row for row in ROWS if row.elsewhere is not None]
