"""Say what is wrong with code that is being written, without running any of it.

Loaded with the library: no run of the tests needs any of it. A text for which Python runs out of
memory or depth breaks the realm, and the page asks it of that text no more.
"""

from __future__ import annotations

import ast
import contextlib
import itertools
import json
import re
import warnings
from collections.abc import Iterator
from typing import Any, TypeVar

from grading.shared.explain import explain
from grading.shared.inner_paths import without_paths
from grading.shared.position import NOWHERE, Position

from . import loading
from .errors import between, describe
from .reading import tree_of
from .thrown_away import thrown_away
from .tracebacks import FILE
from .undefined import undefined

MAX_FINDINGS = 30

_STRANGE = re.compile("[\0\ud800-\udfff]")


def check(request: str) -> str:
    """Read a submission as a run would.

    Args:
        request: ``{"source": str}``.

    Returns:
        ``[{"kind": "error" | "note", "message": str, ...}]``, with a position's fields, see
        `grading.shared.position`, the first of them first: one error, where Python cannot read the
        text, in the words of the run; else notes.
    """
    source = json.loads(request)["source"]
    problem = loading.unreadable(source)
    if problem is not None:
        return json.dumps([{"kind": "error", "message": problem, **_strange(source)}])
    findings = _findings(source.removeprefix("\ufeff"))
    findings.sort(key=lambda found: (found["line"] or 0, found["column"] or 0))
    return json.dumps(findings[:MAX_FINDINGS])


def _findings(source: str) -> list[dict[str, Any]]:
    """Return at least the first of what is found."""
    loading.remember(FILE, source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            code = loading.compiled(source)
    except SyntaxError as problem:
        return [_found("error", describe(problem))]
    with contextlib.suppress(RecursionError):  # too deep for this, and yet not for the compiler
        tree = tree_of(source)
        nodes = list(ast.walk(tree))
        names = [_found("note", error) for error in _first(undefined(code, nodes))]
        values = [
            {"kind": "note", "message": message, **between(FILE, span)}
            for message, span in _first(thrown_away(tree, nodes))
        ]
        places = [_place(found) for found in names]
        return [*names, *(each for each in values if _place(each) not in places)]
    return []


_Each = TypeVar("_Each")


def _first(found: Iterator[_Each]) -> Iterator[_Each]:
    return itertools.islice(found, MAX_FINDINGS)


def _strange(source: str) -> Position:
    """Return the position of the first character that no Python can have, if there is one."""
    found = _STRANGE.search(source)
    if found is None:
        return NOWHERE
    line = source.count("\n", 0, found.start()) + 1
    column = found.start() - source.rfind("\n", 0, found.start())
    return {"line": line, "column": column, "end_line": line, "end_column": column + 1}


def _found(kind: str, error: dict[str, Any]) -> dict[str, Any]:
    """Return an exception, as described, as what is found."""
    error["message"] = without_paths(error["message"])
    return {"kind": kind, "message": explain(error), **_place(error)}


def _place(found: dict[str, Any]) -> dict[str, Any]:
    return {key: found[key] for key in NOWHERE}
