"""Call a function of the submission and tell what came of it."""

from __future__ import annotations

import json
import math
import operator
from typing import Any

import numpy as np

from grading.shared import wire
from grading.shared.brief import brief
from grading.shared.containers import besides, is_changeable, is_mapping, items_of

from .errors import describe
from .loading import functions
from .printing import captured


def call(request: str) -> str:
    """Call a function of the submission.

    Args:
        request: ``{"function": str, "args": [tree], "kwargs": {name: tree}}``.

    Returns:
        A line with the answer in brief (see `grading.shared.brief`), or an empty one; then
        ``{"kind": "returned", "value": tree, ...}`` or ``{"kind": "raised", "error": {...}, ...}``,
        both with ``stdout``, ``stderr`` (begin and end of what in it went there) and ``changed``:
        pairs of the number and the new content of whatever was changed in place in the arguments,
        arrays first.
    """
    wanted = json.loads(request)
    given = wire.decode_call(wanted)
    before = [_state(value) for value in given.objects]
    with captured() as output:
        answer = _outcome(wanted["function"], given)
    changed = [n for n, was in enumerate(before) if not _is_in(was, given.objects[n])]
    line = "" if changed else _number(answer.get("value"))
    contents = []
    if line and type(answer["value"]) is np.float64:
        answer["value"] = wire.scalar(answer["value"])
    elif not line:
        contents = _encode(answer, changed, given.objects)
        short = brief(answer["value"], contents) if "value" in answer else None
        line = "" if short is None else str(short)
    printed = {"stdout": output.text(), "stderr": output.stderr}
    return f"{line}\n" + json.dumps({**answer, "changed": contents, **printed})


def _encode(answer: dict[str, Any], changed: list[int], objects: list[Any]) -> list[list[Any]]:
    """Encode what was returned, and return the new contents of what was changed."""
    encoder = wire.Encoder(objects)
    contents = encoder.contents(sorted(changed, key=lambda n: type(objects[n]) is not np.ndarray))
    if "value" in answer:
        answer["value"] = encoder.part(answer["value"])
    return contents


def _number(value: Any) -> str:
    """Return a float of either kind as JavaScript reads it, which is faster than `brief`."""
    kind = type(value)
    is_number = (kind is float or kind is np.float64) and math.isfinite(value)
    return repr(float(value)) if is_number else ""


def _state(value: Any) -> list[Any]:
    """Return what a value holds, part by part, or what tells one content of an array's apart."""
    kind = type(value)
    if kind is np.ndarray:
        small = value.nbytes <= wire.MAX_BYTES and not value.dtype.hasobject
        content = value.tobytes() if small else None
        return [value.dtype.str, value.shape, value.strides, value.flags.writeable, content]
    if is_mapping(kind):
        return [besides(value), *(part for pair in items_of(value) for part in pair)]
    if kind is set:
        return sorted(value, key=id)  # what came and went may leave it in another order
    return list(value) if is_changeable(kind) else []


def _is_in(state: list[Any], value: Any) -> bool:
    """Whether a value is in a state: what holds others, if each part is the very same."""
    now = _state(value)
    if type(value) is np.ndarray:
        return now == state and now[-1] is not None
    return len(now) == len(state) and all(map(operator.is_, now, state))


def _outcome(name: str, given: wire.Given) -> dict[str, Any]:
    try:
        return {"kind": "returned", "value": functions[name](*given.args, **given.kwargs)}
    except BaseException as problem:  # whatever a submission raises is an answer
        return {"kind": "raised", "error": describe(problem)}
