"""What a piece of code names."""

from __future__ import annotations

import ast
from collections.abc import Iterable


def names_in(nodes: Iterable[ast.AST]) -> set[str]:
    """Return the names and the parts behind dots in some code."""
    names = set()
    for node in nodes:
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                names.add(name)
    return names
