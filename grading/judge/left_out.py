"""Tests that are written in vain: passed over in silence, named as another, or always held."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

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


def always_held(modules: Modules) -> list[Missed]:
    """Return the assertions of a tuple, such as ``assert (a == b, "text")``: they cannot fail."""
    return [
        {"file": file, "line": node.lineno}
        for file, module in modules.items()
        for node in ast.walk(module)
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Tuple) and node.test.elts
    ]


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
