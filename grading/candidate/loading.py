"""Import a submission as module ``solution``.

Nothing here is a boundary: a submission can rewrite all of it and gains only the power to send
other values.
"""

from __future__ import annotations

import io
import json
import linecache
import re
import sys
import types
from collections.abc import Callable
from typing import Any

from grading.shared import wire

from .errors import describe
from .fitting import Wanted
from .misplaced import why_missing, why_none
from .printing import captured
from .remembering import remembers
from .replaced import unfit_by
from .silence import counts_on_warnings
from .tracebacks import FILE

MAX_SOURCE = 100_000

# What ends a line for `str.splitlines`, by which tracebacks are written, and not for Python: spaces
# of as many bytes in UTF-8, so that columns stay.
_NO_ENDS = {
    **dict.fromkeys(map(ord, "\v\f\x1c\x1d\x1e"), " "),
    ord("\x85"): "\xa0",
    **dict.fromkeys((0x2028, 0x2029), "\u2003"),
}

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")

functions: dict[str, Callable[..., Any]] = {}


def compiled(source: str) -> types.CodeType:
    """Return the code of a submission.

    Raises:
        SyntaxError: if it is no Python.
    """
    return compile(source, FILE, "exec", dont_inherit=True)


def load(request: str, compiled: Callable[[str], types.CodeType] = compiled) -> str:
    """Import a submission.

    Args:
        request: ``{"source": str, "entry_points": [{"name": str, "parameters": [...]}]}``; the
            parameters are the starter's, see `fitting.unfit`.
        compiled: makes code of a source.

    Returns:
        ``{"kind": "loaded" | "invalid" | "raised", "stdout": str, ...}``; ``invalid`` carries a
        ``message``, ``raised`` an ``error``.
    """
    wanted = json.loads(request)
    source = wanted["source"]
    problem = unreadable(source)
    if problem:
        return json.dumps({"kind": "invalid", "message": problem, "stdout": ""})
    with captured() as output:
        answer = _import(source.removeprefix("\ufeff"), wanted["entry_points"], compiled)
    return json.dumps({**answer, "stdout": output.text()})


def unreadable(source: str) -> str | None:
    """Return what keeps Python from reading a source, if anything does."""
    if len(source) > MAX_SOURCE:
        return f"Your code is too long: {len(source)} characters, at most {MAX_SOURCE} are taken."
    if "\0" in source:
        return "Your code holds a NUL character, which Python cannot read. Delete it."
    if _HALF_CHARACTER.search(source):
        return "Your code holds half a character (a lone surrogate). Delete it and type it anew."
    return None


def _import(
    source: str, entry_points: list[dict[str, Any]], compiled: Callable[[str], types.CodeType]
) -> dict[str, Any]:
    module = types.ModuleType("solution")
    module.__file__ = FILE
    sys.modules["solution"] = module
    remember(FILE, source)
    functions.clear()
    try:
        code = compiled(source)
        counts = counts_on_warnings(source)  # before the code can change how warnings are shown
        exec(code, module.__dict__)
    except BaseException as problem:  # whatever a submission raises is an answer, not our failure
        return {"kind": "raised", "error": describe(problem)}
    for entry in entry_points:
        unfit = _unfit(module, entry["name"], entry["parameters"], source)
        if unfit:
            return {"kind": "invalid", "message": unfit}
        functions[entry["name"]] = getattr(module, entry["name"])
    names = [entry["name"] for entry in entry_points]
    return {
        "kind": "loaded",
        "counts_on_warnings": counts,
        "remembers": remembers(source, names),
    }


def remember(file: str, source: str) -> None:
    """Have tracebacks find a source's lines, as Python counts them: no other character ends one."""
    lines = [line.translate(_NO_ENDS) for line in io.StringIO(source, newline=None)]
    linecache.cache[file] = (len(source), None, lines, file)


def _unfit(module: types.ModuleType, name: str, parameters: Wanted, source: str) -> str | None:
    if name not in module.__dict__:
        return why_missing(source, name)
    function = module.__dict__[name]
    if function is None:
        return why_none(source, name)
    if not callable(function):
        kind = wire.clean_name(type(function).__name__)
        return f"{name} is not a function but a value of type {kind}."
    return unfit_by(name, parameters, function, source)
