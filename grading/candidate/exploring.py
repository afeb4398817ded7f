"""Draw the learner's functions: the exercise's `explore.py` calls them and returns charts.

Loaded with the library, when a drawing is first asked for: no run of the tests needs any of it.
"""

from __future__ import annotations

import json
import sys
import traceback
import types
from collections.abc import Iterator
from typing import Any

from grading.shared.explain import explain
from grading.shared.inner_paths import without_paths

from . import loading
from .charts import Bounds, MisshapenError, Reader
from .errors import describe
from .printing import captured
from .tracebacks import FILE

EXPLORE = "explore.py"


def explore(request: str) -> str:
    """Load a submission, and have the exercise's `explore` draw it.

    Args:
        request: as `loading.load` takes it, and ``{"explore": str, "bounds": {...}}``: the text of
            `explore.py`, and what its charts are held to, see `charts.Bounds`.

    Returns:
        ``{"kind": "drawn" | "invalid" | "misshapen" | "raised", "charts": [chart], ...}``: the
        charts that came before whatever went wrong; all but ``drawn`` carry a ``message``,
        ``raised`` an ``error``, and ``at``, the line of `explore.py`, or null.
    """
    wanted = json.loads(request)
    loaded = json.loads(loading.load(request))
    if loaded["kind"] == "raised":
        return json.dumps({**_told(loaded["error"], is_loading=True), "at": None, "charts": []})
    if loaded["kind"] == "invalid":
        return json.dumps({"kind": "invalid", "message": loaded["message"], "charts": []})
    charts: list[dict[str, Any]] = []
    with captured():
        answer = _drawn(wanted, charts)
    return json.dumps({**answer, "charts": charts})


def _drawn(wanted: dict[str, Any], charts: list[dict[str, Any]]) -> dict[str, Any]:
    """Add the charts to a list; return what became of it."""
    reader = Reader(Bounds(**wanted["bounds"]))
    try:
        for drawn in _charts(wanted["explore"]):
            charts.append(reader.chart(drawn))
        reader.finish()
    except MisshapenError as problem:
        return {"kind": "misshapen", "message": str(problem)}
    except BaseException as problem:  # whatever a submission raises is an answer
        cause = problem.__cause__
        if isinstance(problem, RuntimeError) and isinstance(cause, StopIteration):
            problem = cause  # which Python lets out of no generator as it is
        return {**_told(describe(problem)), "at": _line_of_explore(problem)}
    return {"kind": "drawn"}


def _charts(source: str) -> Iterator[Any]:
    """Yield what `explore` returns or yields, one by one."""
    module = types.ModuleType("explore")
    module.__file__ = EXPLORE
    sys.modules["explore"] = module
    loading.remember(EXPLORE, source)
    exec(compile(source, EXPLORE, "exec", dont_inherit=True), module.__dict__)
    function = module.__dict__.get("explore")
    if type(function) is not types.FunctionType:
        raise MisshapenError("there is no function explore")
    code = function.__code__
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    unknown = [name for name in names if name not in loading.functions]
    if unknown:
        raise MisshapenError(f"explore takes {unknown[0]}, which no learner writes")
    drawn = function(**{name: loading.functions[name] for name in names})
    if type(drawn) not in (list, tuple, types.GeneratorType):
        kind = type(drawn).__name__
        raise MisshapenError(f"explore returns no list of charts but a value of type {kind}")
    yield from drawn


def _told(error: dict[str, Any], is_loading: bool = False) -> dict[str, Any]:
    """Return an exception in words: the learner's own, or one over what their code returned."""
    for key in ("message", "traceback"):
        error[key] = without_paths(error[key])
    if error["file"] == FILE or error["builtin"] == "KeyboardInterrupt":
        return {"kind": "raised", "message": explain(error, is_loading=is_loading), "error": error}
    said = f"{error['type']}: {error['message']}".removesuffix(": ")
    message = f"What your code returned cannot be drawn ({said})."
    return {"kind": "raised", "message": message, "error": error}


def _line_of_explore(problem: BaseException) -> int | None:
    if isinstance(problem, SyntaxError) and problem.filename == EXPLORE:
        return problem.lineno
    frames = traceback.walk_tb(problem.__traceback__)
    lines = [line for frame, line in frames if frame.f_code.co_filename == EXPLORE]
    return lines[-1] if lines else None
