"""The candidate's side: import a submission as module ``solution`` and call its functions.

Each public function takes one text and returns one text (JSON), so that the page and the native
driver carry the same messages. Nothing here is a boundary: a submission can rewrite all of it and
gains only the power to send other values.
"""

from __future__ import annotations

import builtins
import contextlib
import inspect
import io
import json
import linecache
import sys
import traceback
import types
from collections.abc import Callable, Iterator
from typing import Any, TextIO, cast

import numpy as np

from . import wire

FILE = "solution.py"
MAX_SOURCE = 100_000
MAX_LINES = 200
MAX_OUTPUT = 20_000
MAX_MESSAGE = 2_000
MAX_TRACEBACK_FRAMES = 20

_functions: dict[str, Callable[..., Any]] = {}
_BUILTIN_ERRORS = {
    kind
    for kind in vars(builtins).values()
    if isinstance(kind, type) and issubclass(kind, BaseException)
}
# Of the values that can arrive, those that a call can leave otherwise than it found them.
_CHANGEABLE = (list, tuple, dict, np.ndarray)
_BASES: Any = type.__dict__["__mro__"]


class CappedOutput(io.TextIOBase):
    """A text stream that keeps the first lines of what is printed and counts nothing further."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, characters: int = MAX_OUTPUT, lines: int = MAX_LINES) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.characters = characters
        self.lines = lines
        self.full = False

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if not self.full:
            self._keep(text)
        return len(text)

    def _keep(self, text: str) -> None:
        kept = text[: self.characters]
        lines = kept.split("\n", self.lines)
        if len(lines) > self.lines:  # what follows the last line that may be kept
            kept = kept[: len(kept) - len(lines[-1])]
        self.characters -= len(kept)
        self.lines -= kept.count("\n")
        self.parts.append(kept)
        if len(kept) < len(text):
            self.full = True
            self.parts.append("\n… (more output was cut)\n")

    def flush(self) -> None:
        """Do nothing: nothing is buffered."""

    def isatty(self) -> bool:
        """Return False: nobody types here."""
        return False

    def text(self) -> str:
        """Return what was kept."""
        return "".join(self.parts)


def load(request: str) -> str:
    """Import a submission.

    Args:
        request: ``{"source": str, "entry_points": [{"name": str, "parameters": int}]}``.

    Returns:
        ``{"kind": "loaded" | "invalid" | "raised", "stdout": str, ...}``; ``invalid`` carries a
        ``message``, ``raised`` an ``error``.
    """
    wanted = json.loads(request)
    source = wanted["source"]
    problem = _unreadable(source)
    if problem:
        return json.dumps({"kind": "invalid", "message": problem, "stdout": ""})
    with captured() as output:
        answer = _import(source.removeprefix("\ufeff"), wanted["entry_points"])
    return json.dumps({**answer, "stdout": output.text()})


def call(request: str) -> str:
    """Call a function of the submission.

    Args:
        request: ``{"function": str, "args": [tree], "kwargs": {name: tree}}``.

    Returns:
        ``{"kind": "returned", "value": tree, ...}`` or ``{"kind": "raised", "error": {...}, ...}``,
        both with ``stdout`` and ``changed``: new trees of the positional arguments (by index) and
        keyword arguments (by name) that were changed in place.
    """
    wanted = json.loads(request)
    args = [wire.decode(tree) for tree in wanted["args"]]
    kwargs = {name: wire.decode(tree) for name, tree in wanted["kwargs"].items()}
    given: dict[str, Any] = {**{str(i): value for i, value in enumerate(args)}, **kwargs}
    given = {key: value for key, value in given.items() if type(value) in _CHANGEABLE}
    before = {key: _content(value) for key, value in given.items()}
    with captured() as output:
        answer = _outcome(wanted["function"], args, kwargs)
    changed = {k: wire.encode(value) for k, value in given.items() if _content(value) != before[k]}
    return json.dumps({**answer, "changed": changed, "stdout": output.text()})


def _content(value: Any) -> object:
    """Return what tells one content of an argument from another."""
    if type(value) is np.ndarray and value.nbytes <= wire.MAX_BYTES and not value.dtype.hasobject:
        return value.dtype.str, value.shape, value.flags.writeable, value.tobytes()
    return json.dumps(wire.encode(value))


def rehearse(text: str) -> str:
    """Load and call a function of our own, so that a submission does not wait for first uses."""
    source = "import numpy as np\n\ndef f(x):\n    return float(np.exp(x - x.max()).sum())\n"
    request = {"source": source, "entry_points": [{"name": "f", "parameters": 1}]}
    array = wire.encode(np.array([0.5, 1.5]))
    for _ in range(2):
        load(json.dumps(request))
        call(json.dumps({"function": "f", "args": [array], "kwargs": {}}))
    del sys.modules["solution"]
    return text


def _unreadable(source: str) -> str | None:
    if len(source) > MAX_SOURCE:
        return f"Your code is too long: {len(source)} characters, at most {MAX_SOURCE} are taken."
    if "\0" in source:
        return "Your code holds a NUL character, which Python cannot read. Delete it."
    if any("\ud800" <= c <= "\udfff" for c in source):
        return "Your code holds half a character (a lone surrogate). Delete it and type it anew."
    return None


def _import(source: str, entry_points: list[dict[str, Any]]) -> dict[str, Any]:
    module = types.ModuleType("solution")
    module.__file__ = FILE
    sys.modules["solution"] = module
    linecache.cache[FILE] = (len(source), None, source.splitlines(keepends=True), FILE)
    _functions.clear()
    try:
        exec(compile(source, FILE, "exec", dont_inherit=True), module.__dict__)
    except BaseException as problem:  # whatever a submission raises is an answer, not our failure
        return {"kind": "raised", "error": describe(problem)}
    for entry in entry_points:
        unfit = _unfit(module, entry["name"], entry["parameters"])
        if unfit:
            return {"kind": "invalid", "message": unfit}
        _functions[entry["name"]] = getattr(module, entry["name"])
    return {"kind": "loaded"}


def _unfit(module: types.ModuleType, name: str, parameters: int) -> str | None:
    function = module.__dict__.get(name)
    if function is None:
        return f"There is no function {name} in your code. Define it with `def {name}(...):`."
    if not callable(function):
        kind = wire.clean_name(type(function).__name__)
        return f"{name} is not a function but a value of type {kind}."
    try:
        signature = inspect.signature(function)
        signature.bind(*[None] * parameters)
    except TypeError:
        some = "1 argument" if parameters == 1 else f"{parameters} arguments"
        return f"{name} must take {some}, as in the starter code."
    except Exception:  # no signature to be had: the first call will tell
        return None
    return None


def _outcome(name: str, args: list[Any], kwargs: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"kind": "returned", "value": wire.encode(_functions[name](*args, **kwargs))}
    except BaseException as problem:  # whatever a submission raises is an answer
        return {"kind": "raised", "error": describe(problem)}


def describe(problem: BaseException) -> dict[str, Any]:
    """Return an exception as ``{type, builtin, message, line, traceback}`` of the learner's part.

    ``builtin`` names the nearest built-in class, so that the judge can raise one like it.
    """
    try:
        return _described(problem)
    except BaseException:  # a submission's own class may break whatever it is asked for
        name = wire.type_name(problem)
        return {"type": name, "builtin": "Exception", "message": "", "line": None, "traceback": ""}


def _described(problem: BaseException) -> dict[str, Any]:
    bases = _BASES.__get__(type(problem))
    builtin = next(base.__name__ for base in bases if base in _BUILTIN_ERRORS)
    message = _message(problem)
    name = wire.type_name(problem)
    frames = [
        f for f in traceback.walk_tb(problem.__traceback__) if f[0].f_code.co_filename == FILE
    ]
    line = frames[-1][1] if frames else None
    if isinstance(problem, SyntaxError) and problem.filename == FILE:
        line = problem.lineno
    text = _traceback(problem, name, message, frames)
    return {"type": name, "builtin": builtin, "message": message, "line": line, "traceback": text}


def _message(problem: BaseException) -> str:
    try:
        text = problem.msg if isinstance(problem, SyntaxError) else str(problem)
    except BaseException:  # a learner's own __str__ may raise anything
        return "(its message could not be read)"
    return text[:MAX_MESSAGE] if type(text) is str else ""


def _traceback(problem: BaseException, name: str, message: str, frames: list[Any]) -> str:
    if isinstance(problem, SyntaxError) and problem.filename == FILE:
        return "".join(traceback.format_exception_only(problem))
    shown = frames[-MAX_TRACEBACK_FRAMES:]
    summary = traceback.StackSummary.extract(iter(shown), lookup_lines=True)
    head = "Traceback (most recent call last):\n"
    if len(shown) < len(frames):
        head += f"  … {len(frames) - len(shown)} earlier frames\n"
    return head + "".join(summary.format()) + (f"{name}: {message}" if message else name) + "\n"


@contextlib.contextmanager
def captured() -> Iterator[CappedOutput]:
    """Keep what is printed meanwhile."""
    output = CappedOutput()
    before = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = cast(TextIO, output)
    try:
        yield output
    finally:
        sys.stdout, sys.stderr = before
