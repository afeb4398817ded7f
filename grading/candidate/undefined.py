"""Names that stand for nothing wherever the code runs: as the compiler has resolved them.

Whatever could give a name a value after all is believed to: nothing is said that is not so.
"""

from __future__ import annotations

import ast
import builtins
import dis
import re
import types
from collections.abc import Iterator
from typing import Any

from .errors import Span, begin, between, describe
from .reading import names_in
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

# Whoever asks for these asks which Python it is, and has names for another one.
_VERSIONS = {"version_info", "hexversion", "implementation", "platform", "python_version"}
_VERSIONS |= {"python_version_tuple", "TYPE_CHECKING"}
_VERSION = re.compile(r"_*(is_?)?py(thon)?_?[23]\w*", re.IGNORECASE)

# Whoever catches one of these may be trying whether there is such a name.
_CATCHING = {"NameError", "Exception", "BaseException"}
_HARMLESS = {
    name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException) and name not in _CATCHING
}


def undefined(code: types.CodeType, tree: ast.Module) -> Iterator[dict[str, Any]]:
    """Yield, for each use of a name that never gets a value, the NameError that it would be.

    They come in the order of the text, each made when it is asked for: there may be thousands.
    """
    if _is_open(tree):
        return
    codes = list(_all_of(code))
    known = _OF_MODULES | vars(builtins).keys() | _given(codes)
    tried = {*_tried_lines(tree), *_other_lines(tree)}
    uses = [
        (name, span, each)
        for each in codes
        for name, span in dict.fromkeys(_loaded(each, is_module=each is code))
        if name not in known and len(name) <= _LONGEST_NAME and span[0] not in tried
    ]
    for name, span, each in sorted(uses, key=lambda use: begin(use[1])):
        own = {*each.co_varnames, *each.co_cellvars, *each.co_freevars}
        yield {**_error(name, known | own), **between(FILE, span)}


def _is_open(tree: ast.Module) -> bool:
    """Whether a name may get a value where no store is to be seen."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in _OPEN:
                return True
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                parts = {part for alias in names for part in alias.name.split(".")}
                parts.update((getattr(node, "module", None) or "").split("."))
                if "*" in parts or not parts.isdisjoint(_OPEN):
                    return True
    return False


def _all_of(code: types.CodeType) -> Iterator[types.CodeType]:
    codes = [code]
    for each in codes:
        codes += [inner for inner in each.co_consts if isinstance(inner, types.CodeType)]
        yield each


def _given(codes: list[types.CodeType]) -> set[str]:
    """Return the names of the module that get a value anywhere."""
    stores = {"STORE_GLOBAL", "DELETE_GLOBAL"}
    of_module = {"STORE_NAME", "DELETE_NAME"}
    return {
        instruction.argval
        for code in codes
        for instruction in dis.get_instructions(code)
        if instruction.opname in stores or (code is codes[0] and instruction.opname in of_module)
    }


def _loaded(code: types.CodeType, *, is_module: bool) -> Iterator[tuple[str, Span]]:
    """Yield names that are looked up in the module, and where; in a class they may be its own."""
    loads = {"LOAD_GLOBAL", "LOAD_NAME"} if is_module else {"LOAD_GLOBAL"}
    for instruction in dis.get_instructions(code):
        places = instruction.positions
        if instruction.opname in loads and places is not None and places.lineno is not None:
            span = places.lineno, places.col_offset, places.end_lineno, places.end_col_offset
            yield instruction.argval, span


def _tried_lines(tree: ast.Module) -> Iterator[int]:
    """Yield the lines on which a name that is missing would be caught."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Try | ast.TryStar):
            is_caught = any(_catches(handler) for handler in node.handlers)
        elif isinstance(node, ast.With | ast.AsyncWith):
            is_caught = any(not _CATCHING.isdisjoint(names_in(item)) for item in node.items)
        else:
            continue
        if is_caught:
            yield from range(node.body[0].lineno, (node.body[-1].end_lineno or 0) + 1)


def _other_lines(tree: ast.Module) -> Iterator[int]:
    """Yield the lines that may be another Python's."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If | ast.IfExp) and _is_of_version(names_in(node.test)):
            yield from range(node.lineno, (node.end_lineno or 0) + 1)


def _is_of_version(names: set[str]) -> bool:
    is_of_system = names >= {"os", "name"} or names >= {"sys", "version"}
    return is_of_system or not _VERSIONS.isdisjoint(names) or any(map(_VERSION.fullmatch, names))


def _catches(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or not names_in(handler.type) <= _HARMLESS


def _error(name: str, known: set[str]) -> dict[str, Any]:
    """Return what Python says where a name is looked up among others, its suggestion with it."""
    # A comprehension's own name may be the same.
    names = dict.fromkeys(known - vars(builtins).keys() - _OF_MODULES - {name})
    try:
        eval(name, names)
    except NameError as problem:
        return describe(problem)
    raise AssertionError("the name is there")
