"""Tests that are written in vain: passed over in silence, named as another, or unable to fail."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

from grading.shared.names import names_in

# What calls a function that is to raise, or to warn.
_AWAITING = (
    *("raises", "warns", "deprecated_call", "assert_raises", "assert_warns"),
    *("assertRaises", "assertRaisesRegex", "assertWarns", "assertWarnsRegex"),
)
# What blocks are entered by that await nothing: whatever else is, may.
_PLAIN = ("subTest", "errstate", "catch_warnings")
# What returns whether values are equal.
_COMPARING = ("allclose", "isclose", "array_equal", "array_equiv")

Missed = dict[str, Any]
Modules = dict[str, ast.Module]


def left_out(modules: Modules, collected: list[str]) -> list[Missed]:
    """Return file, line and name of what is named as a test is and was not collected, with why.

    Args:
        modules: the tests' files, as read.
        collected: the ids of the tests that pytest has found.
    """
    found = {test.partition("[")[0] for test in collected}
    return [
        {"file": file, "line": test.lineno, "name": test.name, "why": "skipped", "of": ""}
        for file, module in modules.items()
        for scope in _scopes(module)
        for test in _written_tests(scope)
        if test.name not in found
    ]


def redefined(modules: Modules) -> list[Missed]:
    """Return the tests that take the place of an earlier one of their name, with its place."""
    missed = []
    for file, module in modules.items():
        for scope in _scopes(module):
            first: dict[str, int] = {}
            for node in [*_written_tests(scope), *(_classes(scope) if scope is module else ())]:
                if node.name in first:
                    after = f"{file}:{first[node.name]}"
                    missed.append(
                        {"file": file, "line": node.lineno, "name": node.name, "after": after}
                    )
                first.setdefault(node.name, node.lineno)
    return missed


def in_vain(modules: Modules) -> list[Missed]:
    """Return what cannot fail: ``assert (a == b, "text")``, and a comparison without ``assert``."""
    return [
        {"file": file, "line": node.lineno, "why": why}
        for file, module in modules.items()
        for why, found in (("held", _held(module)), ("unused", _unused(module)))
        for node in found
    ]


def _held(module: ast.Module) -> list[ast.Assert]:
    """Return the assertions of a tuple."""
    asserts = [node for node in ast.walk(module) if isinstance(node, ast.Assert)]
    return [node for node in asserts if isinstance(node.test, ast.Tuple) and node.test.elts]


def _unused(module: ast.Module) -> list[ast.Expr]:
    """Return the comparisons that are statements, where they are not there for an exception."""
    nodes = list(ast.walk(module))
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    found = [node for node in nodes if _may_await(node)]
    spared: set[ast.AST] = set()
    while found:
        spared |= {inner for node in found for inner in ast.walk(node)}
        names = names_in(spared)
        found = [f for f in functions if f not in spared and f.name in names]
    alone = [node for node in nodes if isinstance(node, ast.Expr) and node not in spared]
    return [node for node in alone if _compares(node.value)]


def _may_await(node: ast.AST) -> bool:
    """Whether what is inside, or named there, may be there for the exception that it raises."""
    match node:
        case ast.With(items=items) | ast.AsyncWith(items=items):
            return not all(_called(item.context_expr) in _PLAIN for item in items)
        case ast.Try() | ast.TryStar():
            return True
        case ast.Call():
            return _called(node) in _AWAITING
    return False


def _called(value: ast.expr) -> str:
    """Return the name of what an expression calls; empty where it calls nothing that has one."""
    match value:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name
    return ""


def _compares(value: ast.expr) -> bool:
    return isinstance(value, ast.Compare) or _called(value) in _COMPARING


def read_modules(folder: Path) -> Modules:
    """Read the tests' files, by their paths below a folder."""
    return {
        path.relative_to(folder).as_posix(): ast.parse(path.read_bytes())
        for path in sorted({*folder.rglob("test_*.py"), *folder.rglob("*_test.py")})
        if folder / "data" not in path.parents
    }


def _scopes(module: ast.Module) -> list[ast.Module | ast.ClassDef]:
    return [module, *_classes(module)]


def _classes(scope: ast.Module | ast.ClassDef) -> list[ast.ClassDef]:
    """Return the classes of tests."""
    classes = [node for node in scope.body if isinstance(node, ast.ClassDef)]
    return [c for c in classes if c.name.startswith("Test") or "TestCase" in _text(c.bases)]


def _written_tests(scope: ast.Module | ast.ClassDef) -> list[ast.FunctionDef]:
    """Return the functions that look like tests."""
    functions = [f for f in scope.body if isinstance(f, ast.FunctionDef)]
    tests = [f for f in functions if f.name.startswith("test")]
    return [f for f in tests if "fixture" not in _text(f.decorator_list)]


def _text(expressions: list[ast.expr]) -> str:
    return " ".join(map(ast.unparse, expressions))
