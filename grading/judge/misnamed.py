"""Tests that pytest never looks at, since their name, their class's or their place is not a test's.

What anything in the tests' files mentions is a helper, and is not told of.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from difflib import SequenceMatcher

import pytest

from .left_out import Missed, Modules

_Function = ast.FunctionDef | ast.AsyncFunctionDef
# A function, why it is no test, and of what class or function.
_Told = tuple[_Function, str, str]

# A method `test` alone may be one of a stand-in that a test hands over.
_TEST = re.compile(r"test(?:_\w|[A-Z])")
# One letter of `test` in another place, another one, or one more or less.
_NEAR = 0.75


def misnamed(modules: Modules, items: list[pytest.Item]) -> list[Missed]:
    """Return file, line and name of tests that are misnamed or misplaced, with why and of what.

    Args:
        modules: the tests' files, as read.
        items: what pytest has found.
    """
    classes = {kind.__name__ for item in items for kind in _classes_of(item)}
    mentioned = {name for module in modules.values() for name in _mentions(module)}
    return [
        {"file": file, "line": test.lineno, "name": test.name, "why": why, "of": of}
        for file, module in modules.items()
        for test, why, of in _misnamed(module, classes, mentioned)
    ]


def _misnamed(module: ast.Module, collected: set[str], mentioned: set[str]) -> Iterator[_Told]:
    classes = [node for node in module.body if isinstance(node, ast.ClassDef)]
    for scope in classes:
        if _is_passed_over(scope, collected | mentioned):
            tests = (test for test in _functions(scope) if _TEST.match(test.name))
            yield from ((test, "class", scope.name) for test in tests)
    for place in (module, *(scope for scope in classes if scope.name in collected)):
        for function in _functions(place):
            if function.name not in mentioned and _is_near_miss(function):
                yield function, "name", ""
    for outer in ast.walk(module):
        if isinstance(outer, _Function):
            used = set(_mentions(outer))
            inner = (test for test in _inside(outer) if test.name not in used)
            yield from ((test, "inside", outer.name) for test in inner)


def _classes_of(item: pytest.Item) -> tuple[type, ...]:
    kind: type | None = getattr(item, "cls", None)
    return kind.__mro__ if kind else ()


def _is_passed_over(scope: ast.ClassDef, known: set[str]) -> bool:
    """Whether nothing uses a class, and pytest does not look into it for its name alone."""
    said = {target for node in scope.body for target in _targets(node)}
    return not scope.name.startswith("Test") and scope.name not in known and "__test__" not in said


def _targets(node: ast.stmt) -> list[str]:
    return [ast.unparse(target) for target in getattr(node, "targets", ())]


def _functions(scope: ast.AST) -> Iterator[_Function]:
    """Yield the functions of a scope that no decorator gives another purpose."""
    for node in ast.iter_child_nodes(scope):
        if isinstance(node, _Function) and all(map(_is_mark, node.decorator_list)):
            yield node


def _is_mark(decorator: ast.expr) -> bool:
    return re.search(r"\bmark\.|\bpatch\b|\bskip", ast.unparse(decorator)) is not None


def _inside(outer: ast.AST) -> Iterator[_Function]:
    """Yield what looks like a test within a function, and not within one or a class in there."""
    yield from (test for test in _functions(outer) if _TEST.match(test.name))
    for node in ast.iter_child_nodes(outer):
        if not isinstance(node, (_Function, ast.ClassDef, ast.Lambda)):
            yield from _inside(node)


def _is_near_miss(function: _Function) -> bool:
    head = function.name.partition("_")[0].lower()
    if function.name.startswith("test") or not _asserts(function):
        return False
    return head.startswith("test") or SequenceMatcher(None, "test", head).ratio() >= _NEAR


def _asserts(function: _Function) -> bool:
    calls = [ast.unparse(n.func) for n in ast.walk(function) if isinstance(n, ast.Call)]
    called = [call.rpartition(".")[2] for call in calls]
    is_said = any(name.startswith("assert") or name in ("raises", "warns") for name in called)
    return is_said or any(isinstance(node, ast.Assert) for node in ast.walk(function))


def _mentions(tree: ast.AST) -> Iterator[str]:
    """Yield the names that some code speaks of, as texts too: `getattr` and marks take those."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield node.name
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
