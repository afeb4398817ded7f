"""Tests that are written and that pytest passes over in silence."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any


def left_out(folder: Path, collected: list[str]) -> list[dict[str, Any]]:
    """Return file, line and name of what looks like a test and was not collected.

    Args:
        folder: where the tests are.
        collected: the ids of the tests that pytest has found.
    """
    found = {test.partition("[")[0] for test in collected}
    return [
        {"file": path.name, "line": test.lineno, "name": test.name}
        for path in sorted(folder.glob("test_*.py"))
        for test in _written_tests(ast.parse(path.read_bytes()))
        if test.name not in found
    ]


def _written_tests(module: ast.Module) -> list[ast.FunctionDef]:
    """Return the functions that look like tests, of the module and of its classes of tests."""
    classes = [node for node in module.body if isinstance(node, ast.ClassDef)]
    chosen = [c for c in classes if c.name.startswith("Test") or "TestCase" in _text(c.bases)]
    inside = [node for c in chosen for node in c.body]
    functions = [f for f in module.body + inside if isinstance(f, ast.FunctionDef)]
    tests = [f for f in functions if f.name.startswith("test")]
    return [f for f in tests if "fixture" not in _text(f.decorator_list)]


def _text(expressions: list[ast.expr]) -> str:
    return " ".join(map(ast.unparse, expressions))
