"""Names of the learner's file that a console lacks: the file was not run, or not to its end."""

from __future__ import annotations

import re
import types
from typing import Any, NamedTuple

from grading.shared.imports import UNDEFINED

from .name_uses import uses

_WORD = re.compile(r"[^\W\d]\w*")

_UNREAD = (
    "`{name}` is not there: your code could not be loaded. Correct the error in it, then press "
    "“Run code”."
)
_UNFINISHED = (
    "`{name}` is not there: your code did not run to the line that makes it. Correct what stopped "
    "it, then press “Run code”."
)
_UNLOADED = (
    "`{name}` is not there: since the console restarted, your code is not loaded. Press “Run code” "
    "to load it."
)


class Absent(NamedTuple):
    """Names that a file may have been meant to make, and what to say of one that is missing."""

    told: str
    names: frozenset[str]
    is_read: bool = True

    def told_of(self, error: dict[str, Any]) -> str | None:
        """Return what to say of an error that comes of such a name; None for any other."""
        found = UNDEFINED.fullmatch(error["message"]) if error["type"] == "NameError" else None
        if found is None or found[1] not in self.names:
            return None
        return self.told.format(name=found[1])

    def missing(self, there: dict[str, Any]) -> list[str] | None:
        """Return what a namespace lacks of the names; None where it has none of them."""
        missing = sorted(name for name in self.names if name not in there)
        is_none = bool(missing) and len(missing) == len(self.names)
        return None if is_none or not self.is_read else missing


NOTHING = Absent("", frozenset())


def unread(source: str) -> Absent:
    """Return what is absent while Python has not read a source: any of its words may be a name."""
    return Absent(_UNREAD, frozenset(_WORD.findall(source)), is_read=False)


def unloaded(source: str) -> Absent:
    """Return what is absent while a source has not been run at all."""
    return Absent(_UNLOADED, frozenset(_WORD.findall(source)))


def unfinished(code: types.CodeType) -> Absent:
    """Return what may be absent while the code of a module has not run to its end."""
    made = (use.name for use in uses(code) if use.operation == "STORE_NAME")
    return Absent(_UNFINISHED, frozenset(made))
