"""Where NaN or an infinity comes from that no operand had, in words."""

from __future__ import annotations

import ast
import builtins
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from .instrument import Instrumented, Site
from .summaries import Summaries, Summary, array_of, element, is_number, text_of

UNKNOWN = object()

# Of an array that is larger, only what it held is remembered.
_MAX_COPIED = 4_096
_MAX_WORDS = 60

_SYMBOLS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.MatMult: "@",
}
_FIND: dict[str, Callable[..., Any]] = {"nan": np.isnan, "inf": np.isinf}
_argmax, _unravel, _broadcast = np.argmax, np.unravel_index, np.broadcast_to
_MODULE_DICT: Any = vars(types.ModuleType)["__dict__"]

_NAMES = {"nan": "NaN", "inf": "inf"}

Lookup = Callable[[str], Any]


@dataclass(frozen=True)
class Held:
    """What was found of an operand, which itself may have changed by now or be gone."""

    value: Any
    kinds: frozenset[str] = frozenset()


class Past(Protocol):
    """What is known of a frame from before."""

    held: dict[int, Held]
    before: dict[str, Summary]

    def told(self, name: str) -> Summary:
        """Return what was last told of a variable."""


class Origins:
    """Finds the first NaN and the first infinity of a call."""

    def __init__(self, summaries: Summaries, found: Instrumented) -> None:
        self._summaries = summaries
        self._found = found
        self._sought = {"nan", "inf"}

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to be found."""
        return not self._sought

    def hold(self, value: Any, summary: Summary) -> Held | None:
        """Return what is to be known of a value when the expression around it has its own."""
        array = array_of(value)
        if array is not None:
            value = array.copy() if array.size <= _MAX_COPIED else text_of(value)
        elif not is_number(value):
            return None
        return Held(value, frozenset(_FIND.keys() & summary.keys()))

    def of_value(
        self, site: Site, value: Any, summary: Summary, own: Past, lookup: Lookup
    ) -> str | None:
        """Return what has made the NaN or infinity in a value, if nothing before it has."""
        kinds = self._sought & summary.keys()
        if not kinds or not isinstance(site.node, (ast.BinOp, ast.Call)):
            return None
        nodes = _operands(site.node, lookup)
        operands = [
            self._former(node, own)
            if _is_result(node, value, lookup)
            else self._operand(node, own.held, lookup)
            for node in nodes
        ]
        kinds = kinds.difference(*(operand.kinds for operand in operands))
        if not kinds or not self._computes(site.node, operands, lookup):
            return None
        self._sought -= kinds
        kind = max(kinds)
        where = _where(kind, value)
        pairs = zip(nodes, operands, strict=True)
        read = [operand for node, operand in pairs if not _is_out(site.node, node)]
        said = _words(site.node, [_at(operand.value, value, where) for operand in read])
        place = f", at {list(where)}" if where else ""
        return f"line {site.span[0]} made {_name(kind, value, where)}: {said}{place}"

    def of_changes(self, line: int, changed: Mapping[str, Summary | None], own: Past) -> str | None:
        """Return what has made the NaN or infinity that a line such as ``x /= y`` has left."""
        held = frozenset[str]().union(*(operand.kinds for operand in own.held.values()))
        for name, told in changed.items():
            kinds = (self._sought & (told or {}).keys()) - own.before[name].keys() - held
            if kinds and own.before[name]:
                self._sought -= kinds
                code = self._found.text[line - 1].strip()[:_MAX_WORDS]
                return f"line {line} made {_NAMES[max(kinds)]}: {code}"
        return None

    def _former(self, node: ast.expr, own: Past) -> Held:
        """Return what was in an array before the result was put into it."""
        told = own.told(node.id) if isinstance(node, ast.Name) else {}
        return Held(UNKNOWN, frozenset(_FIND.keys() & told.keys()))

    def _operand(self, node: ast.expr, held: Mapping[int, Held], lookup: Lookup) -> Held:
        number = self._found.numbers.get(node)
        if number is not None:
            return held.get(number) or Held(UNKNOWN)
        value: Any = UNKNOWN
        match node:
            case ast.Constant(value=constant):
                value = constant
            case ast.Name(id=name):
                value = lookup(name)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as size)):
                value = -size
            case ast.List(elts=parts) | ast.Tuple(elts=parts):
                every = [self._operand(part, held, lookup) for part in parts]
                kinds = frozenset[str]().union(*(each.kinds for each in every))
                return Held([each.value for each in every], kinds)
        return Held(value, self._kinds(value))

    def _kinds(self, value: Any) -> frozenset[str]:
        counts = zip(("nan", "inf"), self._summaries.blemishes(value), strict=True)
        return frozenset(kind for kind, count in counts if count)

    def _computes(self, node: ast.BinOp | ast.Call, operands: list[Held], lookup: Lookup) -> bool:
        """Whether it is here that a number came about: not in a learner's function, not written."""
        if isinstance(node, ast.BinOp):
            return True
        if operands and all(type(operand.value) is str for operand in operands):
            return False  # float("inf")
        callee = _named(node.func, lookup)
        if type(callee) is types.FunctionType:
            return not self._found.owns(callee.__code__)
        if callee is not UNKNOWN:
            return True
        receiver = operands[0].value if operands else UNKNOWN
        return array_of(receiver) is not None or is_number(receiver)


def _operands(node: ast.BinOp | ast.Call, lookup: Lookup) -> list[ast.expr]:
    if isinstance(node, ast.BinOp):
        return [node.left, node.right]
    given = [*node.args, *(keyword.value for keyword in node.keywords)]
    if isinstance(node.func, ast.Attribute) and _named(node.func, lookup) is UNKNOWN:
        return [node.func.value, *given]
    return given


def _is_result(node: ast.expr, value: Any, lookup: Lookup) -> bool:
    """Whether an operand is the very array that came back, as with ``out=``."""
    is_array = array_of(value) is not None
    return is_array and isinstance(node, ast.Name) and lookup(node.id) is value


def _is_out(call: ast.expr, operand: ast.expr) -> bool:
    """Whether an operand is only where the result goes."""
    keywords = call.keywords if isinstance(call, ast.Call) else []
    return any(keyword.arg == "out" and keyword.value is operand for keyword in keywords)


def _named(node: ast.expr, lookup: Lookup) -> Any:
    """Return what a name stands for, or a name in a module."""
    if isinstance(node, ast.Name):
        value = lookup(node.id)
        return vars(builtins).get(node.id, UNKNOWN) if value is UNKNOWN else value
    if isinstance(node, ast.Call) and len(node.args) == 2:  # a probe stands around it
        node = node.args[1]
    if isinstance(node, ast.Attribute):
        module = _named(node.value, lookup)
        if type(module) is types.ModuleType:
            return _MODULE_DICT.__get__(module).get(node.attr, UNKNOWN)
    return UNKNOWN


def _where(kind: str, value: Any) -> tuple[int, ...]:
    """Return the place of the first NaN or infinity in an array."""
    array = array_of(value)
    if array is None or array.ndim == 0:
        return ()
    return tuple(int(n) for n in _unravel(int(_argmax(_FIND[kind](array))), array.shape))


def _name(kind: str, value: Any, where: tuple[int, ...]) -> str:
    array = array_of(value)
    found = value if array is None else array[where]
    return "NaN" if kind == "nan" else "-inf" if found.real < 0 else "inf"


def _at(operand: Any, value: Any, where: tuple[int, ...]) -> str:
    """Return what an operand has at a place of the result, or all of it in short."""
    array, result = array_of(operand), array_of(value)
    if array is not None and result is not None and where:
        try:
            return element(_broadcast(array, result.shape)[where].item())
        except ValueError:  # it is not element by element that the result came about
            pass
    if operand is UNKNOWN:
        return "…"
    text = element(operand) if is_number(operand) else text_of(operand)
    return text if len(text) <= _MAX_WORDS else f"{text[: _MAX_WORDS - 1]}…"


def _words(node: ast.BinOp | ast.Call, operands: list[str]) -> str:
    if isinstance(node, ast.BinOp):
        return f"{operands[0]} {_SYMBOLS.get(type(node.op), '?')} {operands[1]}"
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return f"{name} of {', '.join(operands)}" if operands else f"{name}()"
    return "a call"
