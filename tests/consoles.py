"""A console's Python without a page: questions, and all that comes of one."""

from __future__ import annotations

import builtins
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from grading.candidate import console


class Said(NamedTuple):
    """All that came of one question."""

    pieces: list[dict[str, Any]]
    answer: dict[str, Any]

    @property
    def out(self) -> str:
        return "".join(piece.get("out", "") for piece in self.pieces)

    @property
    def values(self) -> list[str]:
        return [piece["value"]["text"] for piece in self.pieces if "value" in piece]

    @property
    def abouts(self) -> list[str]:
        return [piece["value"]["about"] for piece in self.pieces if "value" in piece]


@contextmanager
def as_before() -> Iterator[None]:
    """Leave Python as it was: a console runs code in it."""
    before = {name: sys.modules.get(name) for name in ("__main__", "solution")}
    kept = vars(builtins).get("_")
    yield
    for name, module in before.items():
        sys.modules.pop(name, None)
        if module is not None:
            sys.modules[name] = module
    vars(builtins).pop("_", None)
    if kept is not None:
        vars(builtins)["_"] = kept


def run(source: str, typed: str = "", ends: bool = False) -> Said:
    pieces: list[str] = []
    request = json.dumps({"source": source, "input": typed, "ends": ends})
    answer = json.loads(console.program(request, pieces.append))
    return Said([json.loads(piece) for piece in pieces], answer)


def type_in(code: str, typed: str = "", **more: str) -> Said:
    pieces: list[str] = []
    request = json.dumps({"code": code, "input": typed, **more})
    answer = json.loads(console.evaluate(request, pieces.append))
    return Said([json.loads(piece) for piece in pieces], answer)


def names(before: str) -> list[str]:
    found: list[str] = json.loads(console.complete(json.dumps({"before": before})))["names"]
    return found
