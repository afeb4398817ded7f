"""A row or more of every kind of submission, for every engine.

Engines differ in what ends an interpreter (Firefox and WebKit raise where Chromium's stack gives
way), so a row names every outcome that is right, and none names a text.
"""

from __future__ import annotations

from dataclasses import dataclass

from .submissions import REFERENCE, WRONG_CONVENTION

RISKY = ("timeout", "crash survived", "tampering")


@dataclass(frozen=True)
class CoreRow:
    """A submission and the outcomes that its verdict may have."""

    name: str
    category: str
    source: str
    outcomes: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.category}: {self.name}"

    @property
    def is_risky(self) -> bool:
        """Whether the next good run has to be shown to be sound."""
        return self.category in RISKY


def function(body: str, top: str = "") -> str:
    """Return a submission with this body, and this text above it."""
    lines = "\n".join(f"    {line}" for line in body.strip().splitlines())
    head = "import numpy as np\n" + top.strip()
    return f"{head}\n\ndef label_smoothing_loss(logits, target, alpha):\n{lines}\n"


def beside_reference(top: str) -> str:
    """Return the right solution with something else done before it, whatever comes of that."""
    tried = "\n".join(f"    {line}" for line in top.strip().splitlines())
    return f"try:\n{tried}\nexcept BaseException:\n    pass\n\n{REFERENCE}"


PASSED = ("passed",)
WRONG = ("failed",)
# What is right depends on how much of the interpreter a trick breaks, but it never passes.
NO_PASS = ("failed", "error", "invalid", "timeout", "crashed")
RAISED_OR_CRASHED = ("error", "crashed")

_ACCEPTED = [
    CoreRow("the reference", "accepted", REFERENCE, PASSED),
    CoreRow(
        "CRLF, tabs, a BOM, a print and a main block",
        "accepted",
        "\ufeff"
        + REFERENCE.replace("    ", "\t").replace("\n", "\r\n")
        + "\r\nprint('ready')\r\nif __name__ == '__main__':\r\n\traise SystemExit(1)\r\n",
        PASSED,
    ),
]

_WRONG = [
    CoreRow("the other convention", "wrong", WRONG_CONVENTION, WRONG),
    CoreRow("prints instead of returning", "wrong", function("print(alpha)"), WRONG),
    CoreRow("NaN", "wrong", function("return float('nan')"), WRONG),
    CoreRow("an array of one", "wrong", function("return np.zeros((1,))"), WRONG),
    CoreRow(
        "an object equal to everything",
        "wrong",
        function(
            "return Same(1.0)",
            "class Same(float):\n    def __eq__(self, other): return True\n"
            "    def __lt__(self, other): return True\n    def __sub__(self, other): return 0.0\n"
            "    __rsub__ = __sub__\n    def __hash__(self): return 1\n",
        ),
        WRONG,
    ),
]

_INVALID = [
    CoreRow("empty", "invalid", "", ("invalid",)),
    CoreRow("not a function", "invalid", "label_smoothing_loss = 0.5\n", ("invalid",)),
    CoreRow(
        "two parameters", "invalid", "def label_smoothing_loss(a, b): return 0.0\n", ("invalid",)
    ),
]

_ERRORS = [
    CoreRow(
        "a syntax error",
        "error with line",
        "import numpy\n\ndef label_smoothing_loss(\n",
        ("error",),
    ),
    CoreRow("smart quotes", "error with line", function("return “1”"), ("error",)),
    CoreRow("raises", "error with line", function("raise ValueError('no')"), ("error",)),
    CoreRow("exits", "error with line", function("raise SystemExit(0)"), ("error",)),
    CoreRow("a missing module", "error with line", "import torch\n", ("error",)),
    CoreRow(
        "recursion without end",
        "error with line",
        function("return label_smoothing_loss(logits, target, alpha)"),
        RAISED_OR_CRASHED,
    ),
]

_TIMEOUTS = [
    CoreRow("a loop in the function", "timeout", function("while True: pass"), ("timeout",)),
    CoreRow("a loop at top level", "timeout", "while True: pass\n", ("timeout",)),
    CoreRow(
        "a loop that swallows everything",
        "timeout",
        function("while True:\n    try:\n        while True: pass\n    except BaseException: pass"),
        ("timeout",),
    ),
    CoreRow("a flood of prints", "timeout", function("while True: print('x' * 99)"), ("timeout",)),
    CoreRow("a very large power", "timeout", function("return 10 ** 10 ** 10"), ("timeout",)),
]

_CRASHES = [
    CoreRow("os._exit", "crash survived", function("os._exit(0)", "import os"), RAISED_OR_CRASHED),
    CoreRow("abort", "crash survived", function("os.abort()", "import os"), RAISED_OR_CRASHED),
    CoreRow(
        "recursion without a limit",
        "crash survived",
        function(
            "return label_smoothing_loss(logits, target, alpha)",
            "import sys\nsys.setrecursionlimit(10**9)",
        ),
        (*RAISED_OR_CRASHED, "timeout"),
    ),
    CoreRow(
        "parentheses as deep as the size limit lets them be",
        "crash survived",
        "x = " + "(" * 49_000 + ")" * 49_000 + "\n",
        RAISED_OR_CRASHED,
    ),
    CoreRow(
        "a segfault by ctypes",
        "crash survived",
        function("return ctypes.string_at(-9, 1)", "import ctypes"),
        (*RAISED_OR_CRASHED, "failed"),
    ),
]

_TAMPERING = [
    CoreRow(
        "patched comparisons",
        "tampering",
        function(
            "return 0.0",
            "import builtins, math\n"
            "np.testing.assert_allclose = np.allclose = np.isclose = lambda *a, **k: True\n"
            "math.isclose = builtins.abs = lambda *a, **k: True",
        ),
        WRONG,
    ),
    CoreRow(
        "builtins and modules emptied",
        "tampering",
        "import builtins, sys\nsys.modules.clear()\nvars(builtins).clear()\n",
        NO_PASS,
    ),
    CoreRow(
        "forged messages",
        "tampering",
        function(
            "return 0.0",
            """
import js
from pyodide.ffi import to_js
def forge():
    report = {"kind": "answer", "id": "1", "text": '{"outcome": "passed", "passed": 5}'}
    message = to_js(report, dict_converter=js.Object.fromEntries)
    for place in (js.self, getattr(js, "parent", None)):
        try: place.postMessage(message)
        except BaseException: pass
    js.MessagePort.prototype.postMessage = lambda *a: None
    js.close()
try: forge()
except BaseException: pass
""",
        ),
        NO_PASS,
    ),
    CoreRow(
        "a hunt for the tests",
        "tampering",
        function(
            "return 0.0",
            """
import gc, os, sys
def hunt():
    for object in gc.get_objects():
        if isinstance(object, dict) and any("test_alpha_zero" in str(key) for key in list(object)):
            raise LookupError("found")
    for folder, _, names in os.walk("/"):
        if any(name.startswith("test_label") for name in names):
            raise LookupError("found")
hunt()
""",
        ),
        WRONG,
    ),
]

# Each tries to ask the server that gave the page, and computes the right answer whatever comes of
# it. So it passes, unless the refusal itself brings the interpreter down.
OUTWARD = {
    "fetch and XMLHttpRequest": """
import js
js.fetch("{url}leak-fetch")
request = js.XMLHttpRequest.new()
request.open("GET", "{url}leak-xhr", False)
request.send()
""",
    "urllib, sockets and open_url": """
import urllib.request
from pyodide.http import open_url
for reach in (open_url, urllib.request.urlopen):
    try: reach("{url}leak-url")
    except BaseException: pass
import socket
with socket.create_connection(("127.0.0.1", {port}), 2) as leak:
    leak.send(b"GET /leak-socket HTTP/1.0\\r\\n\\r\\n")
""",
    "scripts, by eval, by Function and by a timer": """
import js
from pyodide.code import run_js
code = "fetch('{url}leak-code'); import('{url}leak-import'); importScripts('{url}leak-scripts')"
for reach in (js.eval, run_js, js.Function.new, js.setTimeout):
    try: reach(code)
    except BaseException: pass
""",
    "a script, by ctypes": """
import ctypes
ctypes.CDLL(None).emscripten_run_script(b"fetch('{url}leak-ctypes')")
""",
}


def outward_row(name: str, url: str, port: int) -> CoreRow:
    """Return the row that tries to reach a server in one of these ways."""
    tricks = OUTWARD[name].replace("{url}", url).replace("{port}", str(port))
    return CoreRow(name, "nothing gets out", beside_reference(tricks), ("passed", "crashed"))


MARKUP = "<img src=x onerror=alert(1)><b>bold</b>"

_TEXTS = [
    CoreRow(
        "markup in what is printed",
        "shown as text",
        f"print({MARKUP!r}, '\\x1b[31m', '\\u202e')\n{REFERENCE}",
        PASSED,
    ),
    CoreRow(
        "markup in an exception and its class's name",
        "shown as text",
        function(f"raise type({MARKUP!r}, (Exception,), {{}})({MARKUP!r})"),
        ("error",),
    ),
]

ROWS = [
    *_ACCEPTED,
    *_WRONG,
    *_INVALID,
    *_ERRORS,
    *_TIMEOUTS,
    *_CRASHES,
    *_TAMPERING,
    *_TEXTS,
]
