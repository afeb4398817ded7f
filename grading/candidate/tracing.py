"""Watch a call of the submission: it is loaded with probes in it, and one call is recorded."""

from __future__ import annotations

import ast
import contextlib
import json
import sys
import types
from collections.abc import Callable

from . import calling, loading
from .instrument import instrument
from .own_names import OwnNames
from .printing import captured
from .recorder import Recorder
from .tracebacks import TYPED

_recorder = Recorder()


def load_traced(request: str) -> str:
    """Import a submission as `loading.load` does, so that a call can be recorded.

    Args:
        request: as `loading.load` takes it.
    """
    global _recorder
    _recorder = recorder = Recorder()

    def compiled(source: str) -> types.CodeType:
        code, found = instrument(source, recorder.probes())
        recorder.begin(found)
        return code

    return loading.load(request, compiled)


def trace(request: str, send: Callable[[str], object]) -> str:
    """Record a call of the submission that was last loaded for this.

    Args:
        request: ``{"call": str, "answer": str | null}``, a call as `calling.call` takes it and what
            was once answered to it; or ``{"code": str, "before": [str]}``, which a learner has
            written, and what came before it.
        send: takes the steps, each batch as a JSON array.

    Returns:
        ``{"cut": bool, "same": bool | null}``: whether there were more steps than are kept, and
        whether the answer is the same, where that can be said.
    """
    wanted = json.loads(request)
    same = None
    if "code" in wanted:
        names = OwnNames(sys.modules["solution"].__dict__)
        for code in wanted["before"]:
            _run(code, names, contextlib.nullcontext())
        _run(wanted["code"], names, _recorder.recording(send))
    else:
        with _recorder.recording(send):
            said = calling.call(wanted["call"])
        same = None if wanted["answer"] is None else _core(said) == _core(wanted["answer"])
    return json.dumps({"cut": _recorder.is_cut, "same": same})


def _core(said: str) -> str:
    """Return what of an answer is the same whenever a call does the same."""
    answer = json.loads(said[said.index("{") :])
    error = answer.get("error") or {}
    kept = [answer["kind"], answer.get("value"), answer["changed"]]
    return json.dumps([*kept, *(error.get(key) for key in ("type", "message", "line"))])


def _run(code: str, names: OwnNames, meanwhile: contextlib.AbstractContextManager[None]) -> None:
    """Run code where the submission is defined; what it raises is its own affair."""
    with captured(), meanwhile:
        try:
            tree = ast.parse(code, f"{TYPED}0>")
            names.keep_imports(tree)
            exec(compile(tree, f"{TYPED}0>", "exec", dont_inherit=True), names)
        except BaseException:
            return
