"""Why code that was run has no function of a name: by where in it that name stands.

Each statement is looked at once, one after another, and no expression: how deep a source is does
not matter.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .errors import describe
from .reading import tree_of

# Nobody means a name that is longer.
_LONGEST_NAME = 100
_BLOCKS = {
    ast.If: "if",
    ast.For: "for",
    ast.While: "while",
    ast.With: "with",
    ast.Try: "try",
    ast.TryStar: "try",
    ast.Match: "match",
}
Decorated = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
_SCOPES = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_BESIDES = {"staticmethod", "classmethod"}
_FIRST = {"self", "cls"}

_NONE = "There is no function {name} in your code. Define it with `def {name}(...):`."
_NEAR = (
    "There is no function {name} in your code. Is it {near} on line {line}? Then correct its name."
)
_FOUND = "{name} is not found: on line {line} it stands {place}. Move it to the left margin{how}."
_GONE = "{name} is not found: it is defined on line {line}, and deleted {where}. Leave that out."
_UNRETURNED = "{name} is None: does its decorator on line {line} return a function?"
_IS_NONE = "{name} is not a function but None. Define it with `def {name}(...):`."


class _Definition(NamedTuple):
    """A function or class of a name, on its line, and what it stands in: None for the module."""

    name: str
    node: ast.stmt
    outer: ast.stmt | None


def why_missing(source: str, name: str) -> str:
    """Return, in words, why a module has no function of a name, and what to do about it."""
    try:
        statements = list(_statements(tree_of(source)))
        definitions = [each for each in _definitions(statements) if len(each.name) < _LONGEST_NAME]
        for found in definitions:
            if found.name == name:
                return _placed(found, (node for node, _ in statements))
        near = _nearest(name, definitions)
    except Exception:  # too deep for this, and yet not for the compiler
        near = None
    if near is None:
        return _NONE.format(name=name)
    return _NEAR.format(name=name, near=near.name, line=near.node.lineno)


def why_none(source: str, name: str) -> str:
    """Return, in words, why None may stand where a module has to have a function."""
    try:
        found = decorated(source, name)
    except Exception:  # as above
        found = []
    if found:
        return _UNRETURNED.format(name=name, line=found[-1].decorator_list[0].lineno)
    return _IS_NONE.format(name=name)


def decorated(source: str, name: str) -> list[Decorated]:
    """Return the module's functions and classes of a name that have decorators."""
    return [
        found.node
        for found in _definitions(_statements(tree_of(source)))
        if found.name == name and not isinstance(found.outer, _SCOPES)
        if isinstance(found.node, _SCOPES) and found.node.decorator_list
    ]


def _statements(tree: ast.Module) -> Iterator[tuple[ast.stmt, ast.stmt | None]]:
    """Yield each statement, outer ones first, with the one of those around it that counts."""
    found: list[tuple[ast.stmt, ast.stmt | None]] = [(node, None) for node in tree.body]
    for node, outer in found:
        yield node, outer
        counts = outer if isinstance(outer, _SCOPES) or _is_main(outer) else node
        within = node if isinstance(node, _SCOPES) else counts
        found += [(inner, within) for inner in _inner(node)]


def _inner(node: ast.AST) -> Iterator[ast.stmt]:
    """Yield the statements of which a statement is made."""
    for field in ("body", "orelse", "finalbody"):
        yield from getattr(node, field, ())
    for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        yield from part.body


def _definitions(
    statements: Iterable[tuple[ast.stmt, ast.stmt | None]],
) -> Iterator[_Definition]:
    for node, outer in statements:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield _Definition(name, node, outer)
            case ast.ClassDef(name=name):
                yield _Definition(name, node, outer)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Lambda()):
                yield _Definition(name, node, outer)


def _is_main(node: ast.stmt | None) -> bool:
    """Whether a statement is the one around what only a program does."""
    match node:
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"), ops=[ast.Eq()])):
            return True
    return False


def _placed(found: _Definition, statements: Iterable[ast.stmt]) -> str:
    """Return what keeps a definition from being the module's."""
    outer, line, how = found.outer, found.node.lineno, ""
    deleted = None if isinstance(outer, _SCOPES) else _deleted(found.name, statements)
    if outer is None or deleted:
        return _GONE.format(name=found.name, line=line, where=deleted or "later")
    match outer:
        case ast.ClassDef():
            place, how = f"inside of class {short(outer.name)}", _without(found.node)
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            place = f"inside of the function {short(outer.name)}"
        case _ if _is_main(outer):
            place = 'under `if __name__ == "__main__":`, which does not hold here'
        case _:
            block = _BLOCKS[type(outer)]
            place = f"under the `{block}` of line {outer.lineno}, and Python does not get there"
    return _FOUND.format(name=found.name, line=line, place=place, how=how)


def _deleted(name: str, statements: Iterable[ast.stmt]) -> str | None:
    """Return where a name is deleted, in words, if it is by a statement for that."""
    for node in statements:
        if isinstance(node, ast.Delete) and any(
            isinstance(part, ast.Name) and part.id == name for part in ast.walk(node)
        ):
            return f"on line {node.lineno}"
    return None


def _without(node: ast.stmt) -> str:
    """Return what has to go from a method that is to be a function."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return ""
    marks = [f"@{mark.id}" for mark in node.decorator_list if isinstance(mark, ast.Name)]
    marks = [mark for mark in marks if mark[1:] in _BESIDES]
    first = [each.arg for each in (*node.args.posonlyargs, *node.args.args)[:1]]
    gone = [*marks, *(each for each in first if each in _FIRST)]
    return f", without {' and '.join(gone)}" if gone else ""


def short(name: str) -> str:
    """Return a name, or the begin of a long one."""
    return name if len(name) < _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


def _nearest(name: str, definitions: list[_Definition]) -> _Definition | None:
    """Return the function whose name is so near that Python would suggest it, if there is one."""
    names = {each.name: None for each in definitions if not isinstance(each.node, ast.ClassDef)}
    try:
        eval(name, {**names, "__builtins__": {}})
    except NameError as problem:
        said = describe(problem)["suggestion"]
        return next((each for each in definitions if f"'{each.name}'" in said), None)
    return None
