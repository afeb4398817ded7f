"""What code counts on that never happens in WebAssembly: NumPy's floating-point errors."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from .reading import nodes_of

_NUMPY = {"errstate", "seterr"}
_MODES = {"raise", "call", "warn", "print", "log"}
_FILTERS = {"simplefilter", "filterwarnings", "catch_warnings"}


def counts_on_warnings(source: str) -> bool:
    """Whether code has NumPy tell of floating-point errors, or has Python tell of warnings.

    What is not written where it is called (a variable, ``**options``) counts as loud if the code
    has a text anywhere that would be.
    """
    try:
        nodes = nodes_of(source)
        return any(_counts(nodes, dict(_renamed(nodes))))
    except Exception:  # too deep for this, and yet not for the compiler
        return False


def _renamed(nodes: Sequence[ast.AST]) -> Iterator[tuple[str, str]]:
    """Return what names that were imported under another are there."""
    for node in nodes:
        for alias in node.names if isinstance(node, ast.ImportFrom) else ():
            if alias.asname is not None:
                yield alias.asname, alias.name


def _counts(nodes: Sequence[ast.AST], names: dict[str, str]) -> Iterator[bool]:
    """Yield, for each place where one of the functions is named, whether it is to be loud."""
    texts = {_text(node) for node in nodes}
    quiet = set()
    for node in nodes:
        if isinstance(node, ast.Call):
            given = _given(node)
            name = _named(node.func, names)
            if name in _FILTERS:
                yield _is_error(node, texts)
            elif name in _NUMPY and None not in given:
                quiet.add(node.func)
                yield not given.isdisjoint(_MODES)
    yield from (
        not texts.isdisjoint(_MODES)
        for node in nodes
        if node not in quiet and _named(node, names) in _NUMPY
    )


def _given(call: ast.Call) -> set[str | None]:
    """Return the texts that a call is given; None among them if one is not written there."""
    others = (keyword.value for keyword in call.keywords if not _is_none(keyword.value))
    return {_text(value) for value in (*call.args, *others)}


def _is_error(call: ast.Call, texts: set[str | None]) -> bool:
    """Whether a filter makes errors of warnings, or a block records them."""
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    record = keywords.get("record")
    if isinstance(record, ast.Constant) and record.value:
        return True
    given = call.args[0] if call.args else keywords.get("action", keywords.get(None))
    if given is None or isinstance(given, ast.Constant):
        return _text(given) == "error"
    return "error" in texts


def _named(node: ast.AST, names: dict[str, str]) -> str | None:
    if isinstance(node, ast.Attribute):
        return node.attr
    return names.get(node.id, node.id) if isinstance(node, ast.Name) else None


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _text(node: ast.AST | None) -> str | None:
    """Return the text that an argument is, if it is one."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None
