"""Small mutations of the reference: what a learner who nearly has it may hand in."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from hypothesis import strategies as st

from .submissions import REFERENCE

# Names that a learner takes for one another.
_ALIKE = [
    ("logits", "scores", "shifted", "surprise", "target", "alpha"),
    ("max", "min", "sum", "mean", "std", "prod", "argmax", "ptp", "copy"),
    ("exp", "expm1", "exp2", "log", "log2", "log10", "log1p", "sqrt", "abs", "sign", "tanh"),
    ("float64", "float32", "float16", "longdouble", "int64", "bool_", "complex128"),
    ("asarray", "array", "atleast_2d", "empty_like", "ravel", "sort", "unique", "abs"),
    ("float", "int", "bool", "abs", "complex", "str", "round", "repr"),
]
_OPERATORS: list[type[ast.operator]] = [
    *(ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.FloorDiv, ast.Mod)
]
_NUMBERS = [0, 1, 2, 0.5, 1e-7]
_STEPS = [1, -1, 1e-6]
_CHARACTERS = "+-*/()[]:,.=019 \n'#%_aé"

Change = tuple[ast.AST, str, object]


def _without_words(source: str) -> str:
    """Return a source without docstrings and annotations, which no test can see."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.FunctionDef)) and ast.get_docstring(node):
            del node.body[0]
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        if isinstance(node, ast.arg):
            node.annotation = None
    return ast.unparse(tree)


BARE = _without_words(REFERENCE)


def changes(tree: ast.AST) -> list[Change]:
    """Return every small change to a tree: a node, one of its fields, what to put there."""
    return [
        (node, field, other)
        for node in ast.walk(tree)
        for field, value in ast.iter_fields(node)
        for other in _others(field, value)
    ]


def changed(tree: ast.AST, change: Change) -> str:
    """Return the source of a tree with one change, and leave the tree as it was."""
    node, field, other = change
    before = getattr(node, field)
    setattr(node, field, other)
    source = ast.unparse(ast.fix_missing_locations(tree))
    setattr(node, field, before)
    return source


def _others(field: str, value: object) -> Iterator[object]:
    if field in ("body", "args", "keywords") and isinstance(value, list):
        yield from _other_lists(value)
    elif field in ("id", "attr") and isinstance(value, str):
        yield from (name for group in _ALIKE if value in group for name in group if name != value)
    elif isinstance(value, ast.operator):
        yield from (kind() for kind in _OPERATORS if not isinstance(value, kind))
    elif isinstance(value, ast.expr) and field != "func":
        yield from _other_expressions(value)


def _other_lists(parts: list[ast.AST]) -> Iterator[list[ast.AST]]:
    """Yield lists with a part dropped, made twice, moved or changed."""
    for n, part in enumerate(parts):
        rest: list[ast.AST] = [*parts[:n], *parts[n + 1 :]]
        yield rest or ([ast.Pass()] if isinstance(part, ast.stmt) else [])
        yield [*parts[: n + 1], *parts[n:]]
        yield from ([*rest[:m], part, *rest[m:]] for m in range(n))
        others = _other_expressions(part) if isinstance(part, ast.expr) else _in_place(part)
        yield from ([*parts[:n], other, *parts[n + 1 :]] for other in others)


def _in_place(part: ast.AST) -> Iterator[ast.AST]:
    """Yield ``b = a - c`` as ``b = (a := a.__isub__(c))``, which changes an array in place."""
    if isinstance(part, ast.Assign) and isinstance(part.value, ast.BinOp):
        left, right = part.value.left, part.value.right
        call = ast.Call(ast.Attribute(left, "__isub__", ast.Load()), [right], [])
        yield ast.Assign(part.targets, call)


def _other_expressions(value: ast.expr) -> Iterator[ast.expr]:
    yield from (ast.Constant(number) for number in _NUMBERS)
    yield from (ast.BinOp(value, ast.Add(), ast.Constant(step)) for step in _STEPS)
    yield ast.UnaryOp(ast.USub(), value)
    yield from (part for part in ast.iter_child_nodes(value) if isinstance(part, ast.expr))
    if isinstance(value, ast.BinOp):
        yield ast.BinOp(value.right, value.op, value.left)
    if isinstance(value, ast.Name):
        yield ast.Subscript(value, ast.Slice(), ast.Load())


def each_mutant(source: str) -> list[str]:
    """Return a source with each small change by itself, as far as Python can read it."""
    tree = ast.parse(source)
    made = dict.fromkeys(changed(tree, change) for change in changes(tree))
    return [mutant for mutant in made if _can_be_read(mutant) and mutant != ast.unparse(tree)]


@st.composite
def mutants(draw: st.DrawFn) -> str:
    """The reference with one or two changes to its syntax tree."""
    source = BARE
    for _ in range(draw(st.integers(1, 2))):
        tree = ast.parse(source)
        found = changes(tree)
        source = changed(tree, found[draw(st.sampled_from(range(len(found))))])
        if not _can_be_read(source):
            break
    return source


def _can_be_read(source: str) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError):
        return False
    return True


@st.composite
def misprints(draw: st.DrawFn) -> str:
    """The reference with a character or a line dropped, added, exchanged or made twice."""
    lines = BARE.splitlines(keepends=True)
    n, m = draw(st.tuples(*[st.integers(0, len(lines) - 1)] * 2))
    if draw(st.integers(0, 3)) == 0:
        fewer, more = lines[:n] + lines[n + 1 :], [*lines[:m], lines[n], *lines[m:]]
        return "".join(fewer if draw(st.booleans()) else more)
    if draw(st.integers(0, 3)) == 0:
        lines[n], lines[m] = lines[m], lines[n]
        return "".join(lines)
    place = draw(st.sampled_from(range(len(BARE))))
    put: str = draw(st.sampled_from(["", *_CHARACTERS]))
    return BARE[:place] + put + BARE[place + draw(st.integers(0, 1)) :]
