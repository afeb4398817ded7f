"""Expressions that stand alone, whose value nothing uses.

What may be there for what it does is believed to: calls, what is tried, operators of one's own.
"""

from __future__ import annotations

import ast
import builtins
import types
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from grading.shared.names import names_in

from .errors import Span, begin
from .reading import span_of

_COMPARED = "Nothing uses this comparison{where}. To give a name a value, write one `=`."
_UNCALLED = "`{name}` is named{where}, but not called. Write `{name}()` to call it."
_PART = "Nothing is done with `{name}`{where}. If it is a function, write `{name}()` to call it."
_NEVER_RUN = "This generator never runs{where}: nothing takes its values. Write a `for` loop."
_NEVER_CALLED = "`{name}` calls nothing{where}: nothing takes its values. Write a `for` loop."
_UNUSED = "Nothing uses this value{where}. Give it a name with `=`, or {remedy}."

# Methods that make no operator do what its author alone knows.
_PLAIN = {"init", "new", "post_init", "repr", "str", "call", "len", "hash", "iter", "next"}
_PLAIN = {f"__{name}__" for name in (*_PLAIN, "enter", "exit", "main")}
# Dicts that give a key a value when they are asked for it.
_FILLING = {"defaultdict", "Counter", "ChainMap"}
_COMPUTED = {"property", "cached_property"}

# Python's own functions that do nothing but make a value; these of them not before it is asked for.
_LAZY = {"filter", "map"}
_MAKING = {*_LAZY, "abs", "bool", "enumerate", "float", "int", "len", "range", "reversed"}
_MAKING |= {"round", "sorted", "str", "zip"}

# What holds the name that a node of a tree gives something.
_BINDING = ("name", "asname", "rest")

_OPERATORS = (ast.BinOp, ast.UnaryOp, ast.Compare, ast.Subscript, ast.Attribute)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp)
_LONGEST_NAME = 60


@dataclass(frozen=True)
class _Block:
    """Where statements stand."""

    body: list[ast.stmt]
    is_in_function: bool = False
    # What is tried there may be there for the exception.
    is_tried: bool = False


def thrown_away(tree: ast.Module, nodes: list[ast.AST]) -> Iterator[tuple[str, Span]]:
    """Yield what is to be said of each expression whose value is thrown away, and where it is.

    They come in the order of the text, each made when it is asked for: there may be thousands.

    Args:
        tree: the text's.
        nodes: all of it.
    """
    file = _File.of(nodes)
    found = [
        (statement.value, block)
        for block in _blocks(tree)
        for statement in block.body
        # "Try it" shows the value of a file's last line
        if isinstance(statement, ast.Expr) and statement is not tree.body[-1]
        if not (block.is_tried or _is_placeholder(statement.value, block))
    ]
    for value, block in sorted(found, key=lambda each: begin(span_of(each[0]))):
        if not file.acts(value):
            yield file.said(value, block), span_of(value)


def _blocks(tree: ast.Module) -> Iterator[_Block]:
    blocks = [_Block(tree.body)]
    for block in blocks:
        yield block
        outer = replace(block, body=[])
        for statement in block.body:
            blocks += _inner(statement, outer)


def _inner(statement: ast.stmt, outer: _Block) -> Iterator[_Block]:
    match statement:
        case ast.FunctionDef(body=body) | ast.AsyncFunctionDef(body=body):
            yield _Block(body, is_in_function=True)
        case ast.ClassDef(body=body, bases=bases, keywords=keywords):
            # A class of one's own may do something with each name that its body asks for.
            yield _Block(body, is_tried=bool(bases or keywords))
        case ast.With(body=body) | ast.AsyncWith(body=body):
            yield replace(outer, body=body, is_tried=True)
        case ast.Try(body=body) | ast.TryStar(body=body):
            yield replace(outer, body=body, is_tried=True)
            inner = [*(h.body for h in statement.handlers), statement.orelse, statement.finalbody]
            yield from (replace(outer, body=body) for body in inner)
        case ast.If() | ast.For() | ast.AsyncFor() | ast.While():
            yield from (replace(outer, body=body) for body in (statement.body, statement.orelse))
        case ast.Match(cases=cases):
            yield from (replace(outer, body=case.body) for case in cases)


def _is_placeholder(value: ast.expr, block: _Block) -> bool:
    """Whether a literal says something, or holds a place."""
    match value:
        case ast.Constant(value=str() | bytes() | types.EllipsisType()):
            return True
        case ast.Constant():
            return len(block.body) == 1
    return False


def _numpy_in(nodes: list[ast.AST]) -> set[str]:
    """Return what NumPy is called."""
    imported = [each for node in nodes if isinstance(node, ast.Import) for each in node.names]
    return {each.asname or each.name for each in imported if each.name == "numpy"}


def _always_acts(node: ast.AST) -> bool:
    """Whether something does what it does wherever in an expression it stands."""
    is_async = isinstance(node, ast.comprehension) and bool(node.is_async)
    return is_async or isinstance(node, ast.Await | ast.Yield | ast.YieldFrom | ast.NamedExpr)


@dataclass(frozen=True)
class _File:
    """What the whole of a file tells of its parts."""

    functions: frozenset[str]
    making: frozenset[str]
    numpy: frozenset[str]
    has_own_operators: bool
    has_computed: bool
    has_filling: bool

    @classmethod
    def of(cls, nodes: list[ast.AST]) -> _File:
        defined = {n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)}
        special = {name for name in defined if name.startswith("__") and name.endswith("__")}
        used = names_in(nodes)
        callable_ = {name for name, value in vars(builtins).items() if callable(value)}
        given = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        given |= {n.arg for n in nodes if isinstance(n, ast.arg)}
        bound = {getattr(n, field, None) for n in nodes for field in _BINDING}
        return cls(
            functions=frozenset((defined | callable_) - given),
            making=frozenset(set() if "*" in bound else _MAKING - bound - given),
            # Where NumPy's errors are wanted a call may be there for one.
            numpy=frozenset(set() if "seterr" in used else _numpy_in(nodes) - given - defined),
            has_own_operators=not special <= _PLAIN,
            has_computed=not used.isdisjoint(_COMPUTED),
            has_filling=not used.isdisjoint(_FILLING),
        )

    def acts(self, node: ast.expr) -> bool:
        """Whether an expression may be there for what it does."""
        if isinstance(node, ast.GeneratorExp | ast.Lambda):
            return False
        if isinstance(node, _OPERATORS) and self.has_own_operators:
            return True
        return any(map(_always_acts, ast.walk(node))) or self._calls(node)

    def _calls(self, node: ast.expr) -> bool:
        match node:
            case ast.Call():
                return not self._only_makes(node)
            case ast.BoolOp(values=parts) | ast.Tuple(elts=parts) | ast.List(elts=parts):
                return any(map(self._calls, parts))
            case ast.Set(elts=parts) | ast.Dict(values=parts):
                return any(map(self._calls, parts))
            case ast.IfExp(body=body, orelse=orelse):
                return self._calls(body) or self._calls(orelse)
            case ast.UnaryOp(operand=part) | ast.Starred(value=part):
                return self._calls(part)
            case ast.Subscript(value=part):
                return self.has_filling or self._calls(part)
            case ast.Attribute(value=part):
                return self.has_computed or self._calls(part)
            case ast.BinOp(op=ast.LShift() | ast.RShift()):
                return True  # who writes into a stream
            case ast.BinOp(op=ast.Div() | ast.FloorDiv() | ast.Mod(), right=ast.Constant(value=0)):
                return True  # who wants the exception
        return isinstance(node, _COMPREHENSIONS) and any(
            isinstance(n, ast.Call) for n in ast.walk(node)
        )

    def _only_makes(self, call: ast.Call) -> bool:
        """Whether a call does nothing but make a value, for which nothing else is called."""
        named = {each.arg for each in call.keywords}
        match call.func:
            case ast.Name(id=name) if name in self.making:
                makes = named.isdisjoint({None, "key"})
            case ast.Attribute(value=ast.Name(id=module), attr=name) if module in self.numpy:
                function = getattr(np, name, None)
                makes = isinstance(function, np.ufunc) and len(call.args) <= function.nin
                makes = makes and named.isdisjoint({None, "out"})
            case _:
                return False
        return makes and not any(isinstance(n, ast.Call) for n in ast.walk(call) if n is not call)

    def said(self, value: ast.expr, block: _Block) -> str:
        where = f" on line {value.lineno}"
        name = ast.unparse(value) if isinstance(value, ast.Name | ast.Attribute) else ""
        match value:
            case ast.Compare(ops=[ast.Eq()], left=ast.Name() | ast.Attribute() | ast.Subscript()):
                return _COMPARED.format(where=where)
            case ast.GeneratorExp():
                return _NEVER_RUN.format(where=where)
            case ast.Call(func=ast.Name(id=called)) if called in _LAZY:
                return _NEVER_CALLED.format(name=called, where=where)
            case ast.Attribute() if len(name) <= _LONGEST_NAME:
                return _PART.format(name=name, where=where)
            case ast.Name() if name in self.functions and len(name) <= _LONGEST_NAME:
                return _UNCALLED.format(name=name, where=where)
        remedy = "return it" if block.is_in_function else "print it"
        return _UNUSED.format(where=where, remedy=remedy)
