"""Tests that are written in vain: passed over in silence, named as another, or always held."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Missed = dict[str, Any]


def left_out(folder: Path, collected: list[str]) -> list[Missed]:
    """Return file, line and name of what looks like a test and was not collected.

    Args:
        folder: where the tests are.
        collected: the ids of the tests that pytest has found.
    """
    found = {test.partition("[")[0] for test in collected}
    return [
        {"file": path.relative_to(folder).as_posix(), "line": test.lineno, "name": test.name}
        for path, module in _modules(folder)
        for scope in _scopes(module)
        for test in _written_tests(scope)
        if test.name not in found
    ]


def redefined(folder: Path) -> list[Missed]:
    """Return the tests that take the place of an earlier one of their name, with its place."""
    missed = []
    for path, module in _modules(folder):
        file = path.relative_to(folder).as_posix()
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


def always_held(folder: Path) -> list[Missed]:
    """Return the assertions of a tuple, such as ``assert (a == b, "text")``: they cannot fail."""
    return [
        {"file": path.relative_to(folder).as_posix(), "line": node.lineno}
        for path, module in _modules(folder)
        for node in ast.walk(module)
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Tuple) and node.test.elts
    ]


def _modules(folder: Path) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted({*folder.rglob("test_*.py"), *folder.rglob("*_test.py")}):
        if folder / "data" not in path.parents:
            yield path, ast.parse(path.read_bytes())


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
