"""Names that a beginning may become, found without running any code of a learner's.

Attributes are looked up in the dicts of objects and their types; a property is not asked for its
value, nor is an object for what it says of itself.
"""

from __future__ import annotations

import builtins
import keyword
import re
import types
from collections.abc import Iterator
from typing import Any

from .kinds import bases_of

MAX_NAMES = 200

_DOTTED = re.compile(r"((?:[^\W\d]\w*\s*\.\s*)*)([^\W\d]\w*)?$")
_GIVEN_BY_C = (types.GetSetDescriptorType, types.MemberDescriptorType)
_NOTHING = object()

_CLASS_DICT: Any = type.__dict__["__dict__"]


def completions(before: str, names: dict[str, Any]) -> dict[str, Any]:
    """Return what the name at the end of a line may become.

    Args:
        before: the line up to the cursor.
        names: what is defined.

    Returns:
        ``{"from": int, "names": [str]}``: where the name begins, and what there may stand.
    """
    found = _DOTTED.search(before)
    path, begun = (found[1], found[2] or "") if found else ("", "")
    at = len(before) - len(begun)
    if not found or not (path or begun) or _follows_a_value(before[: found.start()], path):
        return {"from": at, "names": []}
    known = _attributes(path, names) if path else _names(names)
    fitting = {name for name in known if name.startswith(begun) and _is_wanted(name, begun)}
    return {"from": at, "names": sorted(fitting, key=_order)[:MAX_NAMES]}


def _follows_a_value(before: str, path: str) -> bool:
    """Whether the path goes on from what is no name: its value is not known without running it."""
    return bool(before.rstrip().endswith(".") or (before[-1:].isalnum() and not path))


def _is_wanted(name: str, begun: str) -> bool:
    return name.isidentifier() and (not name.startswith("_") or begun.startswith("_"))


def _order(name: str) -> tuple[bool, str]:
    return name.startswith("_"), name


def _names(names: dict[str, Any]) -> Iterator[str]:
    yield from (name for name in list(names) if type(name) is str)
    yield from vars(builtins)
    yield from keyword.kwlist


def _attributes(path: str, names: dict[str, Any]) -> Iterator[str]:
    first, *rest = (part.strip() for part in path.split(".")[:-1])
    value = names.get(first, vars(builtins).get(first, _NOTHING))
    for name in rest:
        value = _attribute(value, name)
    if value is not _NOTHING:
        for held in _dicts(value):
            yield from (name for name in list(held) if type(name) is str)


def _attribute(value: Any, name: str) -> Any:
    """Return an attribute if no code of a learner's has to run for it."""
    for held in _dicts(value):
        found = held.get(name, _NOTHING)
        if found is _NOTHING:
            continue
        if type(found) in _GIVEN_BY_C:
            return found.__get__(value) if not _is_class(value) else _NOTHING
        is_plain = type(found) not in (property, classmethod, staticmethod)
        return found if is_plain else _NOTHING
    return _NOTHING


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the dicts in which an object's attributes are: its own, and those of its types."""
    if value is _NOTHING:
        return
    if _is_class(value):
        yield from (_CLASS_DICT.__get__(base) for base in bases_of(value))
    own = _own_dict(value)
    if own is not None:
        yield own
    yield from (_CLASS_DICT.__get__(base) for base in bases_of(type(value)))


def _own_dict(value: Any) -> dict[str, Any] | None:
    if _is_class(value):
        return None
    for base in bases_of(type(value)):
        descriptor = _CLASS_DICT.__get__(base).get("__dict__")
        if type(descriptor) in _GIVEN_BY_C:
            held = descriptor.__get__(value)
            return held if type(held) is dict else None
    return None


def _is_class(value: Any) -> bool:
    """Whether a value is a class; its own `__class__` may say anything."""
    return any(base is type for base in bases_of(type(value)))
