"""Names that stand for nothing wherever the code runs: as the compiler has resolved them.

Whatever could give a name a value after all is believed to: nothing is said that is not so.
"""

from __future__ import annotations

import ast
import builtins
import re
import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from grading.shared.names import names_in

from .errors import Span, begin, between, describe
from .name_uses import Use, arguments, uses
from .reading import span_of
from .tracebacks import FILE

# What every module has; what translations are called, which put it among Python's own names; and
# one that Python has on another system.
_OF_MODULES = {*vars(types.ModuleType("solution")), "__file__", "__builtins__", "__annotations__"}
_OF_MODULES |= {"_", "WindowsError"}

# Nobody means a name that is longer.
_LONGEST_NAME = 100

# By these code can reach the names of a module, or Python's own, in a way that no reader sees.
_OPEN = {
    "FunctionType",
    "__builtins__",
    "__dict__",
    "__globals__",
    "__import__",
    "__main__",
    "_getframe",
}
_OPEN |= {"_convert_", "builtins", "compile", "dir", "eval", "exec", "f_back", "f_globals"}
_OPEN |= {"global_enum", "globals", "import_module", "js", "locals", "modules", "pyodide"}
_OPEN |= {"setattr", "solution", "vars"}
# And whoever names these may be trying, from afar too, whether there is such a name.
_OPEN |= {"NameError", "UnboundLocalError"}

# Whoever asks for these asks which Python it is, and has names for another one.
_VERSIONS = {"version_info", "hexversion", "implementation", "platform", "python_version"}
_VERSIONS |= {"python_version_tuple", "TYPE_CHECKING"}
_VERSION = re.compile(r"_*(is_?)?py(thon)?_?[23]\w*", re.IGNORECASE)

# Whoever catches one of these may be trying that as well.
_CATCHING = {"Exception", "BaseException"}
_HARMLESS = {
    name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException) and name not in _CATCHING
}

_LOADS = {"LOAD_GLOBAL", "LOAD_NAME"}
_GIVEN_GLOBAL = {"STORE_GLOBAL", "DELETE_GLOBAL"}
_GIVEN = {*_GIVEN_GLOBAL, "STORE_NAME", "DELETE_NAME"}
_UNBOUND = "cannot access local variable '{name}' where it is not associated with a value"


@dataclass(frozen=True)
class _Scope:
    """The code of a module, a class or a function, and what it does with names."""

    code: types.CodeType
    uses: list[Use]
    # Whether nothing but its own text gives names values in it.
    is_plain: bool

    def own(self, operations: set[str]) -> Iterator[Use]:
        return (use for use in self.uses if use.operation in operations)


def undefined(code: types.CodeType, nodes: list[ast.AST]) -> Iterator[dict[str, Any]]:
    """Yield, for each use of a name that never gets a value, the NameError that it would be.

    They come in the order of the text, each made when it is asked for: there may be thousands.

    Args:
        code: what the text is compiled to.
        nodes: all of its tree.
    """
    if _is_open(nodes):
        return
    scopes = list(_scopes(code, nodes))
    changed = {span_of(node.target) for node in nodes if isinstance(node, ast.AugAssign)}
    known = _OF_MODULES | vars(builtins).keys() | _given(scopes, changed)
    tried = {*_tried_lines(nodes), *_other_lines(nodes)}
    found = [
        (use, scope.code)
        for scope in scopes
        for use in dict.fromkeys((*_loaded(scope, changed), *_only_changed(scope, changed)))
        if not (use.operation in _LOADS and use.name in known)
        if len(use.name) <= _LONGEST_NAME and use.span[0] not in tried
    ]
    for use, of in sorted(found, key=lambda each: begin(each[0].span)):
        yield {**_error(use, of, known), **between(FILE, use.span)}


def _is_open(nodes: list[ast.AST]) -> bool:
    """Whether a name may get a value where no store is to be seen."""
    for node in nodes:
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in _OPEN:
                return True
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                parts = {part for alias in names for part in alias.name.split(".")}
                parts.update((getattr(node, "module", None) or "").split("."))
                if "*" in parts or not parts.isdisjoint(_OPEN):
                    return True
    return False


def _scopes(code: types.CodeType, nodes: list[ast.AST]) -> Iterator[_Scope]:
    """Yield the module's own scope first."""
    plain = {
        (node.name, min([node.lineno, *(each.lineno for each in node.decorator_list)]))
        for node in nodes
        # By others a class may have another kind of dict for its names.
        if isinstance(node, ast.ClassDef) and not (node.bases or node.keywords)
    }
    codes = [code]
    for each in codes:
        codes += [inner for inner in each.co_consts if isinstance(inner, types.CodeType)]
        is_plain = each is code or (each.co_name, each.co_firstlineno) in plain
        yield _Scope(each, list(uses(each)), is_plain)


def _given(scopes: list[_Scope], changed: set[Span]) -> set[str]:
    """Return the names of the module that get a value anywhere; to change it gives them none."""
    return {
        use.name
        for scope in scopes
        for use in scope.own(_GIVEN_GLOBAL if scope is not scopes[0] else _GIVEN)
        if use.span not in changed
    }


def _loaded(scope: _Scope, changed: set[Span]) -> Iterator[Use]:
    """Yield names that are looked up in the module, and where."""
    own = {use.name for use in scope.own({"STORE_NAME", "DELETE_NAME"}) if use.span not in changed}
    for use in scope.own(_LOADS):
        is_own = use.name in own or not scope.is_plain
        if use.operation == "LOAD_GLOBAL" or not is_own:
            yield use


def _only_changed(scope: _Scope, changed: set[Span]) -> Iterator[Use]:
    """Yield where a function's own names that never get a value are changed, by `+=` and such."""
    stores = list(scope.own({"STORE_FAST"}))
    given = {use.name for use in stores if use.span not in changed} | {*arguments(scope.code)}
    return (use for use in stores if use.name not in given)


def _tried_lines(nodes: list[ast.AST]) -> Iterator[int]:
    """Yield the lines on which a name that is missing would be caught."""
    for node in nodes:
        if isinstance(node, ast.Try | ast.TryStar):
            is_caught = any(_catches(handler) for handler in node.handlers)
        elif isinstance(node, ast.With | ast.AsyncWith):
            is_caught = any(
                not _CATCHING.isdisjoint(names_in(ast.walk(item))) for item in node.items
            )
        else:
            continue
        if is_caught:
            yield from range(node.body[0].lineno, (node.body[-1].end_lineno or 0) + 1)


def _other_lines(nodes: list[ast.AST]) -> Iterator[int]:
    """Yield the lines that may be another Python's."""
    for node in nodes:
        if isinstance(node, ast.If | ast.IfExp) and _is_of_version(names_in(ast.walk(node.test))):
            yield from range(node.lineno, (node.end_lineno or 0) + 1)


def _is_of_version(names: set[str]) -> bool:
    is_of_system = names >= {"os", "name"} or names >= {"sys", "version"}
    return is_of_system or not _VERSIONS.isdisjoint(names) or any(map(_VERSION.fullmatch, names))


def _catches(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or not names_in(ast.walk(handler.type)) <= _HARMLESS


def _error(use: Use, code: types.CodeType, known: set[str]) -> dict[str, Any]:
    """Return what Python says where a name is looked up among others, its suggestion with it."""
    if use.operation == "STORE_FAST":
        return describe(UnboundLocalError(_UNBOUND.format(name=use.name)))
    names = known.union(code.co_varnames, code.co_cellvars, code.co_freevars)
    # A comprehension's own name may be the same.
    names -= {*vars(builtins), *_OF_MODULES, use.name}
    try:
        eval(use.name, dict.fromkeys(names))
    except NameError as problem:
        return describe(problem)
    raise AssertionError("the name is there")
