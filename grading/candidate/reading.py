"""A submission's syntax tree, for all who look at how it is written: parsed once, never changed."""

from __future__ import annotations

import ast
import functools
import warnings


@functools.lru_cache(maxsize=1)
def tree_of(source: str) -> ast.Module:
    """Return the tree of a source that Python can compile.

    Raises:
        SyntaxError: if it cannot.
        RecursionError: if it is too deep for this, and yet not for the compiler.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Python has told of them when it compiled the code
        return ast.parse(source)


def names_in(node: ast.AST) -> set[str]:
    """Return the names and the parts behind dots in some code."""
    inner = list(ast.walk(node))
    parts = {each.attr for each in inner if isinstance(each, ast.Attribute)}
    return parts | {each.id for each in inner if isinstance(each, ast.Name)}
