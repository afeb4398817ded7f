"""What code does with names, as its instructions tell: `dis` tells more, and takes far longer."""

from __future__ import annotations

import dis
import inspect
import types
from collections.abc import Iterator
from typing import NamedTuple

from .errors import Span

_OF_NAMES = (
    "LOAD_GLOBAL",
    "STORE_GLOBAL",
    "DELETE_GLOBAL",
    "LOAD_NAME",
    "STORE_NAME",
    "DELETE_NAME",
)
# Two in one, with one place: what the second one is about has a value by then.
_PAIRS = ("STORE_FAST_LOAD_FAST", "STORE_FAST_STORE_FAST")
_OPERATIONS = {
    dis.opmap[name]: name for name in (*_OF_NAMES, *_PAIRS, "STORE_FAST") if name in dis.opmap
}
_EXTENDED = dis.opmap["EXTENDED_ARG"]


class Use(NamedTuple):
    """What an instruction does with a name, and where."""

    operation: str
    name: str
    span: Span


def uses(code: types.CodeType) -> Iterator[Use]:
    """Yield what is done with names of the module or a class, and which of its own get values."""
    before = 0
    units = zip(code.co_code[::2], code.co_code[1::2], code.co_positions(), strict=True)
    for number, low, (line, end_line, column, end_column) in units:
        argument = before | low
        before = argument << 8 if number == _EXTENDED else 0
        operation = _OPERATIONS.get(number)
        if operation is not None and line is not None:
            span = line, column, end_line, end_column
            for name in _names(code, operation, argument):
                yield Use("STORE_FAST" if operation in _PAIRS else operation, name, span)


def arguments(code: types.CodeType) -> tuple[str, ...]:
    """Return the names that a function's call gives values to."""
    flags = (inspect.CO_VARARGS, inspect.CO_VARKEYWORDS)
    collecting = sum(bool(code.co_flags & flag) for flag in flags)
    return code.co_varnames[: code.co_argcount + code.co_kwonlyargcount + collecting]


def _names(code: types.CodeType, operation: str, argument: int) -> Iterator[str]:
    if operation in _OF_NAMES:
        yield code.co_names[argument >> 1 if operation == "LOAD_GLOBAL" else argument]
        return
    numbers = (argument >> 4, argument & 15) if operation in _PAIRS else (argument,)
    # Beyond them is what inner functions use.
    yield from (code.co_varnames[n] for n in numbers if n < len(code.co_varnames))
