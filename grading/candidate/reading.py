"""A submission's syntax tree, for all who look at how it is written: parsed once, never changed."""

from __future__ import annotations

import ast
import functools
import warnings

from .errors import Span


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


@functools.lru_cache(maxsize=1)
def nodes_of(source: str) -> tuple[ast.AST, ...]:
    """Return all nodes of a source's tree, outer ones first.

    Raises:
        SyntaxError, RecursionError: as `tree_of`.
    """
    return tuple(ast.walk(tree_of(source)))


def span_of(node: ast.expr) -> Span:
    """Return where an expression is."""
    return node.lineno, node.col_offset, node.end_lineno, node.end_col_offset
