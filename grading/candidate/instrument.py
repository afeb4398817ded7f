"""A submission's code with a probe around each of its sub-expressions and at each turn of a loop.

A probe is handed what it stands around and gives it back, so the code does what it did before.
Probes are constants of the code: no name of theirs is to be seen in it.
"""

from __future__ import annotations

import ast
import io
import secrets
import types
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .tracebacks import FILE

Span = tuple[int, int, int, int]


class Probes(NamedTuple):
    """What instrumented code calls: with the number of a site or a loop first."""

    value: Callable[[int, Any], Any]
    enter: Callable[..., Any]
    turn: Callable[[int], bool]


@dataclass(frozen=True)
class Site:
    """A sub-expression, and the loops that it stands in, the outermost first."""

    node: ast.expr
    span: Span
    around: tuple[int, ...]

    @property
    def may_change(self) -> bool:
        """Whether variables are expected to be others after it."""
        return isinstance(self.node, _CHANGING)


@dataclass(frozen=True)
class Loop:
    """A loop, also one of a comprehension.

    Attributes:
        span: of what a turn begins with: its target, or its condition.
        around: the loops that it stands in, the outermost first.
        has_step: whether a turn is a step of its own.
    """

    span: Span
    around: tuple[int, ...]
    has_step: bool


@dataclass(frozen=True)
class Statement:
    """A statement's own lines, without those of its body; of a loop's, its number."""

    first: int
    last: int
    around: tuple[int, ...]
    loop: int | None
    keeps: bool
    """Whether it is the loop itself that comes back to this line."""
    is_augmented: bool


@dataclass
class Instrumented:
    """What the numbers of the probes of some code mean.

    Attributes:
        codes: the code of the module, and of all functions in it.
        sites: the sub-expressions that have probes.
        loops: the loops.
        numbers: which site's a probe in the tree is.
        lines: the statement to which each line belongs.
        text: the lines themselves.
        inlined: the names of the variables of comprehensions.
    """

    codes: list[types.CodeType] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    loops: list[Loop] = field(default_factory=list)
    numbers: dict[ast.AST, int] = field(default_factory=dict)
    lines: dict[int, Statement] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    inlined: set[str] = field(default_factory=set)

    def owns(self, code: types.CodeType) -> bool:
        """Whether some code is of this."""
        return any(code is own for own in self.codes)

    def span(self, line: int, byte: int, end_line: int, end_byte: int) -> Span:
        """Return a place whose columns count bytes as one whose columns count characters."""
        return line, self._column(line, byte), end_line, self._column(end_line, end_byte)

    def _column(self, line: int, byte: int) -> int:
        text = self.text[line - 1] if line <= len(self.text) else ""
        before = text[:byte] if text.isascii() else text.encode()[:byte].decode("utf-8", "replace")
        return len(before) + 1


def instrument(source: str, probes: Probes) -> tuple[types.CodeType, Instrumented]:
    """Return a submission's code with probes, and what their numbers mean.

    Code that is too deep to have probes around its parts has none.

    Raises:
        SyntaxError: if it is no Python.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what is said of the code itself is said at a run
        try:
            code, found = _instrument(source, probes)
        except (RecursionError, MemoryError):
            code, found = compile(source, FILE, "exec", dont_inherit=True), Instrumented()
    found.codes.extend(_codes(code))
    return code, found


def _instrument(source: str, probes: Probes) -> tuple[types.CodeType, Instrumented]:
    marks = {secrets.token_hex(16): probe for probe in probes}
    prober = _Prober(source, list(marks))
    tree = prober.visit(ast.parse(source, FILE))
    return _with_probes(compile(tree, FILE, "exec", dont_inherit=True), marks), prober.found


def _with_probes(code: types.CodeType, marks: dict[str, Callable[..., Any]]) -> types.CodeType:
    return code.replace(co_consts=tuple(_probe(constant, marks) for constant in code.co_consts))


def _probe(constant: Any, marks: dict[str, Callable[..., Any]]) -> Any:
    if isinstance(constant, types.CodeType):
        return _with_probes(constant, marks)
    return marks.get(constant, constant) if type(constant) is str else constant


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _codes(constant)


_VALUED = (
    *(ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.Call, ast.Attribute, ast.Subscript),
    *(ast.IfExp, ast.NamedExpr, ast.JoinedStr, ast.ListComp, ast.SetComp, ast.DictComp),
    *(ast.Await, ast.Yield, ast.YieldFrom),
)
_CHANGING = (ast.Call, ast.NamedExpr, ast.Await, ast.Yield, ast.YieldFrom)
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
# Fields of a tree that are no expressions to be evaluated where they stand, or may be no others.
_LEFT_ALONE = {
    *("annotation", "returns", "type_params", "pattern", "optional_vars", "type", "format_spec"),
    *("ctx", "op", "ops"),
}


class _Prober(ast.NodeTransformer):
    """Puts probes into a tree."""

    def __init__(self, source: str, marks: list[str]) -> None:
        self.found = Instrumented(text=list(io.StringIO(source, newline=None)))
        self._value, self._enter, self._turn = marks
        self._around: tuple[int, ...] = ()
        # Expressions whose truth alone is asked, part by part: with a probe it were asked twice.
        self._bare: set[ast.AST] = set()

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """Put probes into the parts of a node, and around it."""
        if isinstance(node, (ast.stmt, ast.ExceptHandler)):
            self._note(node)
        self._leave_bare(node)
        around = self._around
        if isinstance(node, _SCOPES):
            self._around = ()
        for name, old in ast.iter_fields(node):
            if isinstance(old, list):
                old[:] = self._each(old)
            elif isinstance(old, ast.AST) and name not in _LEFT_ALONE:
                setattr(node, name, self.visit(old))
        self._around = around
        return self._valued(node) if isinstance(node, _VALUED) else node

    def _each(self, nodes: Iterable[Any]) -> list[Any]:
        made: list[Any] = []
        for node in nodes:
            new = self.visit(node) if isinstance(node, ast.AST) else node
            made += new if isinstance(new, list) else [new]
        return made

    def visit_TypeAlias(self, node: ast.stmt) -> ast.stmt:
        """Leave a type alone: it is evaluated when somebody asks for it."""
        return node

    def visit_For(self, node: Any) -> ast.AST:
        """Note a loop's beginning at what it goes over, and each turn at the start of its body."""
        loop = self._loop(node.target, True)
        self._note(node, loop, keeps=True)
        node.target = self.visit(node.target)
        node.iter = self._entered(loop, self.visit(node.iter))
        node.body = self._body(loop, node.target, node.body)
        node.orelse = self._each(node.orelse)
        return node  # type: ignore[no-any-return]

    visit_AsyncFor = visit_For  # noqa: N815

    def visit_While(self, node: ast.While) -> list[ast.AST]:
        """Note a loop's beginning before it; its condition's parts tell of its turns."""
        head = _located(ast.Pass(), node)
        head.end_lineno, head.end_col_offset = node.lineno, node.col_offset + len("while")
        loop = self._loop(node.test, node.body[0].lineno == node.lineno)
        self._note(node, loop)
        self._leave_bare(node)
        node.test = self.visit(node.test)
        node.body = self._body(loop, head, node.body)
        node.orelse = self._each(node.orelse)
        return [_statement(self._call(self._enter, loop, head)), node]

    def visit_ListComp(self, node: Any) -> ast.AST:
        """Note the turns of a comprehension's loops where their conditions are asked."""
        around = self._around
        for n, generator in enumerate(node.generators):
            iterated = self.visit(generator.iter)
            if isinstance(node, ast.GeneratorExp) and n == 0:
                self._around = ()  # from here on it has a frame of its own
            loop = self._loop(generator.target, True)
            generator.iter = self._entered(loop, iterated)
            self._around += (loop,)
            targets = (n for n in ast.walk(generator.target) if isinstance(n, ast.Name))
            self.found.inlined.update(target.id for target in targets)
            for condition in generator.ifs:
                self._leave_tested(condition)
            turn = self._call(self._turn, loop, generator.target)
            generator.ifs = [turn, *self._each(generator.ifs)]
        for name in ("elt", "key", "value"):
            if hasattr(node, name):
                setattr(node, name, self.visit(getattr(node, name)))
        self._around = around
        return self._valued(node) if isinstance(node, _VALUED) else node

    visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_ListComp  # noqa: N815

    def _body(self, loop: int, head: Any, body: list[ast.stmt]) -> list[Any]:
        around = self._around
        self._around += (loop,)
        turn = _statement(self._call(self._turn, loop, head))
        made = [turn, *self._each(body)]
        self._around = around
        return made

    def _leave_bare(self, node: ast.AST) -> None:
        match node:
            case ast.If(test=test) | ast.While(test=test) | ast.Assert(test=test):
                self._leave_tested(test)
            case ast.match_case(guard=ast.expr() as test):
                self._leave_tested(test)
            case ast.UnaryOp(op=ast.Not(), operand=test):
                self._leave_tested(test)
            case ast.BoolOp(values=values):
                for value in values:
                    self._leave_tested(value)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                self._leave_tested(test)
                if node in self._bare:
                    self._leave_tested(body)
                    self._leave_tested(orelse)
            case ast.Call(func=ast.Attribute() as function):
                self._bare.add(function)
            case ast.UnaryOp(operand=ast.Constant()):
                self._bare.add(node)  # a number with its sign

    def _leave_tested(self, test: ast.expr) -> None:
        is_chain = isinstance(test, ast.Compare) and len(test.ops) > 1
        if is_chain or isinstance(test, (ast.BoolOp, ast.IfExp)):
            self._bare.add(test)

    def _valued(self, node: Any) -> ast.expr:
        is_read = isinstance(getattr(node, "ctx", None), (ast.Load, type(None)))
        if node in self._bare or not is_read:
            return node  # type: ignore[no-any-return]
        number = len(self.found.sites)
        self.found.sites.append(Site(node, self._span(node), self._around))
        probe = self._call(self._value, number, node, node)
        self.found.numbers[probe] = number
        return probe

    def _entered(self, loop: int, iterated: ast.expr) -> ast.expr:
        return self._call(self._enter, loop, iterated, iterated)

    def _call(self, mark: str, number: int, place: Any, *given: ast.expr) -> ast.Call:
        parts = [_located(ast.Constant(value), place) for value in (mark, number)]
        probe: ast.Call = _located(ast.Call(parts[0], [parts[1], *given], []), place)
        return probe

    def _loop(self, head: ast.expr, has_step: bool) -> int:
        self.found.loops.append(Loop(self._span(head), self._around, has_step))
        return len(self.found.loops) - 1

    def _note(self, node: Any, loop: int | None = None, keeps: bool = False) -> None:
        first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
        body = getattr(node, "body", None) or getattr(node, "cases", None)
        last = node.end_lineno
        if body:
            inner = body[0].pattern if isinstance(body[0], ast.match_case) else body[0]
            last = max(node.lineno, inner.lineno - 1)
        is_augmented = isinstance(node, ast.AugAssign)
        statement = Statement(first, last, self._around, loop, keeps, is_augmented)
        self.found.lines.update(dict.fromkeys(range(first, last + 1), statement))

    def _span(self, node: Any) -> Span:
        start, end = (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)
        return self.found.span(*start, *end)


def _located(node: Any, place: ast.AST) -> Any:
    return ast.copy_location(node, place)


def _statement(call: ast.Call) -> ast.stmt:
    return _located(ast.Expr(call), call)  # type: ignore[no-any-return]
