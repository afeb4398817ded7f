"""What code counts on that never happens in WebAssembly: NumPy's floating-point errors."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator

_NUMPY = {"errstate", "seterr"}
_MODES = {"raise", "call", "warn", "print", "log"}
_FILTERS = {"simplefilter", "filterwarnings"}


def counts_on_warnings(source: str) -> bool:
    """Whether code has NumPy tell of floating-point errors, or turns warnings into errors.

    What a call is given by a variable is not known, and counts for nothing.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python has told of them when it compiled the code
            tree = ast.parse(source)
        nodes = list(ast.walk(tree))
        names = dict(_renamed(nodes))
        return any(isinstance(node, ast.Call) and _counts(node, names) for node in nodes)
    except Exception:  # too deep for this, and yet not for the compiler
        return False


def _renamed(nodes: list[ast.AST]) -> Iterator[tuple[str, str]]:
    """Return what names that were imported under another are there."""
    for node in nodes:
        for alias in node.names if isinstance(node, ast.ImportFrom) else ():
            if alias.asname is not None:
                yield alias.asname, alias.name


def _counts(call: ast.Call, names: dict[str, str]) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else None
    if isinstance(call.func, ast.Name):
        name = names.get(call.func.id, call.func.id)
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    if name in _NUMPY:
        return any(_text(value) in _MODES for value in (*call.args, *keywords.values()))
    if name in _FILTERS:
        given = call.args[0] if call.args else keywords.get("action")
        return _text(given) == "error"
    return False


def _text(node: ast.AST | None) -> str | None:
    """Return the text that an argument is, if it is one."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None
