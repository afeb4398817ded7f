"""What code counts on that never happens in WebAssembly: NumPy's floating-point errors."""

from __future__ import annotations

import ast

_NAMES = {"errstate", "seterr", "seterrcall"}
_FILTERS = {"simplefilter", "filterwarnings"}


def counts_on_warnings(source: str) -> bool:
    """Whether code names `np.errstate` or `np.seterr`, or turns warnings into errors."""
    try:
        return any(map(_does, ast.walk(ast.parse(source))))
    except Exception:  # too deep for this, and yet not for the compiler
        return False


def _does(node: ast.AST) -> bool:
    if isinstance(node, (ast.Attribute, ast.Name, ast.alias)) and _name(node) in _NAMES:
        return True
    if not isinstance(node, ast.Call) or _name(node.func) not in _FILTERS:
        return False
    given = [*node.args[:1], *(each.value for each in node.keywords if each.arg == "action")]
    return any(isinstance(value, ast.Constant) and value.value == "error" for value in given)


def _name(node: ast.AST) -> str | None:
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Name):
        return node.id
    return node.name if isinstance(node, ast.alias) else None
