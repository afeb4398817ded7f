"""Named tuples: their class crosses as its name and those of its fields."""

from __future__ import annotations

import functools
import keyword
import types
from collections import namedtuple
from collections.abc import Mapping
from typing import Any

from .opaque import MAX_NAME, name_of

MAX_FIELDS = 64
# So many classes are kept.
_MAX_CLASSES = 256

_MRO: Any = type.__dict__["__mro__"]
_MEMBERS: Any = type.__dict__["__dict__"]
_SAMPLE: Any = namedtuple("_SAMPLE", "field")
_GETTER = type(_MEMBERS.__get__(_SAMPLE)["field"])
# What a class statement adds by itself.
_USUAL = {
    *("__module__", "__qualname__", "__doc__", "__slots__", "__dict__", "__weakref__"),
    *("__annotations__", "__annotate__", "__annotate_func__", "__annotations_cache__"),
    *("__orig_bases__", "__firstlineno__", "__static_attributes__", "__classdictcell__"),
}
_OWN = {name for name in _MEMBERS.__get__(_SAMPLE) if name.startswith("_")} - _USUAL


def fields_of(kind: type) -> tuple[str, ...] | None:
    """Return the fields of a class of named tuples that does nothing of its own; else None.

    It may have methods beside those that all have; these do not cross. Nothing of it is run.
    """
    if not issubclass(kind, tuple) or kind is tuple:
        return None
    *classes, base, _ = _MRO.__get__(kind)
    if not classes or base is not tuple or any(type(each) is not type for each in classes):
        return None
    *derived, made = map(_MEMBERS.__get__, classes)
    fields = made.get("_fields")
    if not _are_fields(fields) or not _is_name(name_of(kind)):
        return None
    is_plain = _is_as_made(made, fields) and not any(
        _is_special(name, _USUAL) or name in {*fields, *_OWN}
        for members in derived
        for name in members
    )
    return fields if is_plain else None


def named_class(name: Any, fields: Any) -> type:
    """Return the class of named tuples of a name and fields.

    Raises:
        ValueError: if these name none.
    """
    if not _is_name(name) or not _are_fields(fields):
        raise ValueError("no named tuple")
    try:
        return _made(name, fields)
    except SyntaxError as problem:  # names that Python takes for one and the same
        raise ValueError("no named tuple") from problem


def cost_of(fields: tuple[str, ...]) -> int:
    """Return as many parts as making a class of some fields costs."""
    return 200 + 16 * len(fields)


@functools.lru_cache(_MAX_CLASSES)
def _made(name: str, fields: tuple[str, ...]) -> type:
    return namedtuple(name, fields, module="solution")


def _is_as_made(members: Mapping[str, Any], fields: tuple[str, ...]) -> bool:
    """Whether a class has its fields, and writes its tuples, as `namedtuple` has made them."""
    written = members.get("__repr__")
    return (
        all(type(members.get(field)) is _GETTER for field in fields)
        and not any(_is_special(name, _USUAL | _OWN) for name in members)
        and type(written) is types.FunctionType
        and written.__code__ is _SAMPLE.__repr__.__code__
    )


def _is_special(name: Any, usual: set[str]) -> bool:
    """Whether a member changes what Python does with a value."""
    return type(name) is not str or (name.startswith("__") and name not in usual)


def _are_fields(fields: Any) -> bool:
    return (
        type(fields) is tuple
        and len(fields) <= MAX_FIELDS
        and all(_is_name(field) and not field.startswith("_") for field in fields)
        and len({*fields}) == len(fields)
    )


def _is_name(name: Any) -> bool:
    is_short = type(name) is str and len(name) <= MAX_NAME
    return is_short and name.isidentifier() and not keyword.iskeyword(name)
