"""Call a function of the submission and tell what came of it."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np

from grading.shared import wire

from .errors import describe
from .loading import functions
from .printing import captured

# Of the values that can arrive, those that a call can leave otherwise than it found them.
_CHANGEABLE = (list, tuple, dict, np.ndarray)


def call(request: str) -> str:
    """Call a function of the submission.

    Args:
        request: ``{"function": str, "args": [tree], "kwargs": {name: tree}}``.

    Returns:
        A line with the number that was returned, or an empty one; then
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
    number = "" if changed else _number(answer.get("value"))
    return f"{number}\n" + json.dumps({**answer, "changed": changed, "stdout": output.text()})


def _number(tree: wire.Tree) -> str:
    """Return a float of either kind as JavaScript reads it: upon it the next call may follow."""
    number = wire.number(tree)
    return "" if number is None or not math.isfinite(number) else repr(number)


def _content(value: Any) -> object:
    """Return what tells one content of an argument from another."""
    if type(value) is np.ndarray and value.nbytes <= wire.MAX_BYTES and not value.dtype.hasobject:
        return value.dtype.str, value.shape, value.flags.writeable, value.tobytes()
    return json.dumps(wire.encode(value))


def _outcome(name: str, args: list[Any], kwargs: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"kind": "returned", "value": wire.encode(functions[name](*args, **kwargs))}
    except BaseException as problem:  # whatever a submission raises is an answer
        return {"kind": "raised", "error": describe(problem)}
