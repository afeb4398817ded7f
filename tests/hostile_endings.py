"""Submissions that raise, never end, or take their interpreter down."""

from __future__ import annotations

from .hostile import BROKEN, CRASH, ERROR, LOOP, NO_PASS, TIMEOUT, Row, function
from .submissions import REFERENCE, STARTER

_KINDS = [
    "KeyboardInterrupt",
    "GeneratorExit",
    "BaseException",
    "AssertionError",
    "StopIteration",
    "UnicodeDecodeError",
    "ExceptionGroup",
    "OSError",
    "MemoryError",
    "Mine",
    "StopAsyncIteration",
    "BaseExceptionGroup",
    "SyntaxError",
    "NotImplementedError",
    "SystemExit",
]

_CALLS = """
class Mine(BaseException): pass
made = {"UnicodeDecodeError": ("utf-8", b"a", 0, 1, "no"),
        "ExceptionGroup": ("many", [ValueError("one")]),
        "BaseExceptionGroup": ("many", [KeyboardInterrupt()])}
import builtins
calls = []
"""


def _raising(kinds: list[str]) -> Row:
    """Return a row of which each test meets another kind of exception."""
    body = (
        f"name = {kinds!r}[len(calls) % 5]\ncalls.append(name)\n"
        "raise getattr(builtins, name, Mine)(*made.get(name, ('no',)))"
    )
    return Row(f"raises {', '.join(kinds)}", ERROR, function(body, _CALLS), "error", "on line 12")


def _with_str(body: str) -> str:
    return f"class Odd(Exception):\n    def __str__(self):\n        {body}\n"


# Name, code, words of the message, and line.
_ERRORS: list[tuple[str, str, str, int | None]] = [
    ("the starter", STARTER, "not written yet", STARTER.count("\n")),
    ("raises", function("raise ValueError('no')"), "raised ValueError on line 5: no", 5),
    ("a syntax error", "import numpy\n\ndef label_smoothing_loss(\n", "cannot read", 3),
    ("mixed tabs", "def f(x):\n\tif x:\n        return 1\n", "four spaces", 3),
    ("indentation", "def f(x):\nreturn 1\n", "indentation is off", 2),
    ("smart quotes", "x = 1\ny = “a”\n", "curly quote (“)", 2),
    ("a zero-width space", "x = 1\ny =\u200b 2\n", "invisible character (U+200B)", 2),
    ("a no-break space", "x = 1\ny =\u00a0 2\n", "invisible character (U+00A0)", 2),
    ("an en dash", "x = 1\ny = 3 – 2\n", "cannot read (–)", 2),
    ("import torch", "x = 1\nimport torch\n", "no module torch here on line 2", 2),
    ("import of what NumPy lacks", "from numpy import nothing\n", "ImportError", 1),
    ("typed input", function("return float(input('loss? '))"), "typed input", 5),
    ("a name from nowhere", function("return los"), "does not exist on line 5", 5),
    ("a name from nowhere at top level", "x = los\n", "does not exist on line 1", 1),
    ("no such file", function("return open('data.csv')"), "opens a file that is not here", 5),
    ("too large an array", function("return np.zeros(10 ** 13)"), "More memory", 5),
    ("an index", function("return [][1]"), "Positions count from 0", 5),
    ("a division by zero", function("return 1 / 0"), "divided by zero", 5),
    (
        "recursion",
        function("return label_smoothing_loss(logits, target, alpha)"),
        "calls itself too deeply",
        5,
    ),
    (
        "exit at top level",
        "import sys\nsys.exit(0)\n",
        "ends Python on line 2 while it is loaded",
        2,
    ),
    ("exit in the function", function("raise SystemExit(0)"), "ends Python on line 5", 5),
    ("quit()", function("quit()"), "", 5),
    ("its own assert", function("assert alpha > 2, 'mine'"), "line 5: mine", 5),
    ("its own assert, bare", function("assert alpha > 2"), "AssertionError on line 5", 5),
    ("a message that raises", function("raise Odd", _with_str("1 / 0")), "could not", 7),
    ("a message that is none", function("raise Odd", _with_str("return 7")), "could not", 7),
    (
        "a message of many lines",
        function("raise ValueError('no\\n' * 9999)"),
        "ValueError on line 5",
        5,
    ),
    (
        "a class that lies about itself",
        function(
            "raise Odd('no')",
            "class Meta(type):\n    __name__ = __mro__ = __module__ = property(lambda c: 1 / 0)\n"
            "class Odd(Exception, metaclass=Meta): pass",
        ),
        "raised Odd",
        7,
    ),
    (
        "a thread",
        function(
            "t = threading.Thread(target=print)\nt.start()\nt.join()\nreturn 0.0",
            "import threading",
        ),
        "No thread can be started",
        6,
    ),
    (
        "another program",
        function("return subprocess.run(['ls'])", "import subprocess"),
        "Nothing outside of Python",
        5,
    ),
]

_LIMIT = "{seconds} seconds, so it was stopped"

_TIMEOUTS = {
    "a loop in the function": LOOP,
    "a loop at top level": "while True: pass\n",
    "a loop that swallows all": function(
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass"
    ),
    "a sleep": function("time.sleep(100)", "import time"),
    "a power": function("return 10 ** 10 ** 10"),
    "a regex bomb": function("return re.match('(a+)+$', 'a' * 50 + 'b')", "import re"),
    "prints without end": function("while True: print('line')"),
    "prints without end of line": function("while True: print('x' * 9999, end='')"),
    "warnings without end": function(
        "while True: warnings.warn('no')",
        "import warnings\nwarnings.simplefilter('always')",
    ),
    "a message without end": function("raise Odd", _with_str("while True: pass")),
}

# The lines of loops that are on one.
_LOOPING = {"a loop in the function": 5, "a loop at top level": 1}

_SLOW = function(
    "time.sleep(0.7)\nreturn loss(logits, target, alpha)",
    "import time\n" + REFERENCE + "\nloss = label_smoothing_loss\n",
)

_GROWTH = {
    "a list without end": function("kept = []\nwhile True: kept += [0.5] * 10 ** 6"),
    "arrays without end": function("kept = []\nwhile True: kept.append(np.ones(10 ** 7))"),
}

# An interpreter that is brought down says nothing more; one that is not raises.
_DOWN = "error|crashed"

_CRASHES = {
    "recursion without a limit": (
        function(
            "return label_smoothing_loss(logits, target, alpha)",
            "import sys\nsys.setrecursionlimit(10 ** 9)",
        ),
        BROKEN,
    ),
    "a __repr__ of itself": (
        function("return repr(Odd())", "class Odd:\n    def __repr__(self): return repr([self])"),
        _DOWN,
    ),
    "parentheses": ("x = eval('(' * 100_000 + ')' * 100_000)\n", _DOWN),
    "parentheses in the source": ("x = " + "(" * 49_000 + ")" * 49_000 + "\n", _DOWN),
    "a sum of 200 000 terms": (
        "x = eval('+'.join(['1'] * 200_000))\n" + function("return 0.0"),
        _DOWN,
    ),
    "os._exit": (function("os._exit(0)", "import os"), _DOWN),
    "abort": (function("os.abort()", "import os"), _DOWN),
    # In WebAssembly there is memory at 0, and none near the end.
    "a null pointer": (function("return ctypes.string_at(0, 9)", "import ctypes"), NO_PASS),
    "a pointer to nowhere": (
        function("return ctypes.string_at(-9, 1)", "import ctypes"),
        _DOWN,
    ),
    "a wild pointer": (
        function("ctypes.memset(64, 255, 10 ** 6)\nreturn 0.0", "import ctypes"),
        NO_PASS,
    ),
}

_HEAP_BOMB = function(
    "kept = js.Array.new()\nwhile True: kept.push(js.Array.new(10 ** 6).fill(0.5))", "import js"
)

ROWS = [
    *(Row(name, ERROR, source, "error", says, line) for name, source, says, line in _ERRORS),
    *(_raising(_KINDS[start : start + 5]) for start in range(0, len(_KINDS), 5)),
    # Without threads and stack switching nothing waits for the coroutine.
    Row(
        "asyncio.run",
        ERROR,
        function("return asyncio.run(later())", "import asyncio\nasync def later(): return 0.0"),
        "error|failed",
    ),
    *(
        Row(name, TIMEOUT, source, "timeout", _LIMIT, _LOOPING.get(name))
        for name, source in _TIMEOUTS.items()
    ),
    Row("slow answers", TIMEOUT, _SLOW, "timeout", "seconds, so it was stopped"),
    *(Row(name, TIMEOUT, source, BROKEN) for name, source in _GROWTH.items()),
    *(Row(name, CRASH, source, outcomes) for name, (source, outcomes) in _CRASHES.items()),
    Row("a bomb of JavaScript objects", CRASH, _HEAP_BOMB, BROKEN),
]
