"""What stands for a value that did not cross: it knows its type's name and equals nothing."""

from __future__ import annotations

import builtins
from typing import Any

MAX_NAME = 80

_NAME: Any = type.__dict__["__name__"]


class Opaque:
    """A value that did not cross: only its type's name did. It equals nothing, itself included."""

    def __eq__(self, other: object) -> bool:
        return False

    def __ne__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


def opaque(type_name: object) -> Opaque:
    """Return a new `Opaque` whose class goes by ``type_name``."""
    value = type(clean_name(type_name), (Opaque,), {"__module__": builtins.__name__})()
    assert isinstance(value, Opaque)
    return value


def clean_name(name: object) -> str:
    """Return a type's name as it may be shown: a short run of printable characters."""
    if type(name) is str and 0 < len(name) <= MAX_NAME and name.isprintable():
        return name
    text = name[: 10 * MAX_NAME] if type(name) is str else "object"
    return "".join(c for c in text if c.isprintable())[:MAX_NAME] or "object"


def type_name(value: object) -> str:
    """Return the name of a value's type, whatever the type itself pretends to be called."""
    return name_of(type(value))


def name_of(kind: type) -> str:
    """Return a type's name, whatever it pretends to be called."""
    return clean_name(_NAME.__get__(kind))
