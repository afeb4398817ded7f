"""Whether code may remember something from one call to the next, by how it is written.

It is on the safe side: what only might be changed counts. Then a call is written with those before
it, for alone it may come to something else.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from .reading import nodes_of, tree_of

_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
# What reaches names or numbers of which a function says nothing.
_CHANCE = {"random", "secrets", "default_rng"}
# What writes a file, which a later call may read.
_FILES = {"open", "write_text", "write_bytes", "save", "savez", "savetxt", "tofile"}
_REACHING = {"globals", "vars", "setattr", "delattr", "exec", *_FILES, *_CHANCE}
# Decorators of the library's that keep what a function has returned, which may be changed later.
_KEEPING = {"cache", "lru_cache", "cached_property"}
_OF_CLASS = "cls"


def remembers(source: str, entry_points: Iterable[str]) -> bool:
    """Whether a submission may remember something of earlier calls."""
    try:
        tree = tree_of(source)
        outside = list(_outside(tree.body))
        changing = {*_changing(tree.body), *_imported(nodes_of(source), _CHANCE)}
        functions = [node for node in outside if isinstance(node, _FUNCTIONS)]
        own = {f.name for f in functions if not isinstance(f, ast.Lambda)}
        staying = {*own, *_KEEPING, *_imported(nodes_of(source), _KEEPING)}
        return any(
            (
                not changing.isdisjoint(entry_points),
                any(_has_changing_names(node) for node in outside),
                any(_is_decorated(node, staying) for node in functions),
                any(_reaches_out(node, changing) for node in functions),
            )
        )
    except Exception:  # too deep for this, and yet not for the compiler
        return False


def _outside(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yield what is not inside of a function, the functions of module and classes too."""
    for node in body:
        yield node
        if not isinstance(node, _FUNCTIONS):
            yield from _outside(ast.iter_child_nodes(node))


def _changing(body: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the names outside of functions whose values might be changed, or be used up."""
    for node in _outside(body):
        if not isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) or node.value is None:
            continue
        if not _is_fixed(node.value):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name))


def _imported(nodes: Iterable[ast.AST], wanted: set[str]) -> Iterator[str]:
    """Yield other names under which something is imported that is called so, or is in it."""
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            of = getattr(node, "module", None) or ""
            for name in node.names:
                if not wanted.isdisjoint(f"{of}.{name.name}".split(".")):
                    yield name.asname or name.name


def _is_fixed(value: ast.expr) -> bool:
    """Whether a value is a number or text, a function, or another name for something."""
    if isinstance(value, ast.Constant | ast.Name | ast.Attribute | ast.Lambda | ast.JoinedStr):
        return True
    if isinstance(value, ast.Call):
        plain = {"float", "int", "str", "bool", "complex", "frozenset", "range"}
        return isinstance(value.func, ast.Name) and value.func.id in plain
    if isinstance(value, ast.Tuple | ast.BinOp | ast.UnaryOp | ast.Compare | ast.BoolOp):
        parts = (part for part in ast.iter_child_nodes(value) if isinstance(part, ast.expr))
        return all(map(_is_fixed, parts))
    return False


def _has_changing_names(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and any(_changing(node.body))


def _is_decorated(node: ast.AST, staying: set[str]) -> bool:
    """Whether a function of the submission's own, or one that keeps, stays around another."""
    decorators = getattr(node, "decorator_list", [])
    parts = [part for decorator in decorators for part in ast.walk(decorator)]
    return any(
        (isinstance(part, ast.Name) and part.id in staying)
        or (isinstance(part, ast.Attribute) and part.attr in _KEEPING)
        for part in parts
    )


def _reaches_out(function: _Function, changing: set[str]) -> bool:
    """Whether a function uses what outlives a call of it."""
    nodes = list(ast.walk(function))
    own = {node.arg for node in nodes if isinstance(node, ast.arg)}
    own |= {n.id for n in nodes if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}
    own |= {n.name for n in nodes if isinstance(n, ast.FunctionDef) and n is not function}
    return any(_is_reach(node, own - {_OF_CLASS}, changing) for node in nodes)


def _is_reach(node: ast.AST, own: set[str], changing: set[str]) -> bool:
    match node:
        case ast.Global():
            return True
        case ast.arguments(defaults=defaults, kw_defaults=named):
            return not all(_is_fixed(default) for default in (*defaults, *named) if default)
        case ast.Name(id=name, ctx=ast.Load()):
            return name not in own and (name in changing or name in _REACHING)
        case ast.Attribute(attr=name, ctx=ast.Load()):
            return name in _REACHING
        case (
            ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del())
        ):
            root = _root(node)
            return isinstance(root, ast.Name) and root.id not in own
    return False


def _root(node: ast.expr) -> ast.expr:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node
