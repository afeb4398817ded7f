"""What stands in place of a function that a learner wrote, and takes other calls than that."""

from __future__ import annotations

import ast
import copy
import functools
import inspect
from collections.abc import Callable
from typing import Any

from .fitting import Wanted, unfit
from .misplaced import Decorated, decorated, short

_REMEDY = ": leave out "
_PARTIAL = (
    " functools.partial makes it so: write a def in its place, which calls the other function."
)
_REPLACED = (
    " Its decorator {decorator} on line {line} puts another function in its place: let that one "
    "take *args and **kwargs, and pass them on."
)


def unfit_by(name: str, wanted: Wanted, function: Callable[..., Any], source: str) -> str | None:
    """Return what `unfit` does, and what is to blame where the learner's own `def` is not.

    Args:
        name: what the function is called.
        wanted: the starter's parameters.
        function: the learner's.
        source: all of the learner's code.
    """
    said = unfit(name, wanted, function)
    if said is None:
        return None
    if isinstance(function, functools.partial):
        return f"{said.partition(_REMEDY)[0].rstrip('.')}.{_PARTIAL}"
    try:
        return _said_of_decorator(name, wanted, function, source) or said
    except Exception:  # an object of a learner's may break whatever it is asked for
        return said


def _said_of_decorator(
    name: str, wanted: Wanted, function: Callable[..., Any], source: str
) -> str | None:
    found = decorated(source, name)[-1:]
    inner = inspect.unwrap(function)
    if not found or isinstance(found[0], ast.ClassDef) or _is_made_by(found[0], inner):
        return None
    own = unfit(name, wanted, _without_body(found[0].args))
    if own is not None:
        return own
    said = (unfit(name, wanted, function) or "").partition(_REMEDY)[0].rstrip(".")
    marks = {_name_of(mark): mark.lineno for mark in found[0].decorator_list}
    maker = getattr(inner, "__qualname__", "").partition(".<locals>.")[0]
    decorator = maker if maker in marks else next(iter(marks))
    return f"{said}.{_REPLACED.format(decorator=short(decorator), line=marks[decorator])}"


def _is_made_by(node: Decorated, function: object) -> bool:
    code = getattr(function, "__code__", None)
    place = getattr(code, "co_name", None), getattr(code, "co_firstlineno", None)
    return place == (node.name, node.decorator_list[0].lineno)


def _without_body(arguments: ast.arguments) -> Callable[..., Any]:
    """Return a function of these parameters that computes nothing, nor do its defaults."""
    bare = copy.deepcopy(arguments)
    bare.defaults = [ast.Constant(None) for _ in bare.defaults]
    bare.kw_defaults = [each and ast.Constant(None) for each in bare.kw_defaults]
    tree = ast.Expression(ast.Lambda(bare, ast.Constant(None)))
    for part in ast.walk(tree):
        if isinstance(part, ast.arg):
            part.annotation = None
    made: Callable[..., Any] = eval(compile(ast.fix_missing_locations(tree), "", "eval"))
    return made


def _name_of(mark: ast.expr) -> str:
    return ast.unparse(mark.func if isinstance(mark, ast.Call) else mark)
