"""Types as Python laid them out itself: no class of a submission's is asked for anything."""

from __future__ import annotations

from typing import Any

_MRO: Any = type.__dict__["__mro__"]


def bases_of(kind: type) -> tuple[type, ...]:
    """Return a type and those that it derives from, whatever its own attributes say."""
    bases: tuple[type, ...] = _MRO.__get__(kind)
    return bases
