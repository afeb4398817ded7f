"""Whether a learner's function takes every call that the starter's takes, and if not, in words."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

# Names that no learner gives to a parameter, for starters that take any.
_ANY = {"any_other_argument_": None, "one_more_argument_": None}
_MORE = 100

_P = inspect.Parameter
Wanted = list[dict[str, Any]]


def unfit(name: str, wanted: Wanted, function: Callable[..., Any]) -> str | None:
    """Return what keeps a function from taking the starter's calls; None if nothing does.

    Args:
        name: what both are called.
        wanted: the starter's parameters, each ``{"name", "kind", "optional"}``; the kind is called
            as in `inspect.Parameter`.
        function: the learner's.
    """
    try:
        signature = inspect.signature(function)
    except Exception:  # no signature to be had: the first call will tell
        return None
    if all(_binds(signature, *call) for call in _calls(wanted)):
        return None
    said = next(_differences(wanted, signature), None)
    return f"{name} must {said or f'take what the starter takes: {_text(name, wanted)}'}."


def _binds(signature: inspect.Signature, args: list[None], kwargs: dict[str, None]) -> bool:
    try:
        signature.bind(*args, **kwargs)
    except TypeError:
        return False
    return True


def _calls(wanted: Wanted) -> Iterator[tuple[list[None], dict[str, None]]]:
    """Yield calls that the starter takes: so many arguments by position and the others by name."""
    placed = [w for w in wanted if w["kind"] in ("POSITIONAL_ONLY", "POSITIONAL_OR_KEYWORD")]
    named = [w for w in wanted if w["kind"] == "KEYWORD_ONLY"]
    kinds = {w["kind"] for w in wanted}
    for count in range(len(placed) + 1):
        by_name = [*placed[count:], *named]
        if any(w["kind"] == "POSITIONAL_ONLY" and not w["optional"] for w in by_name):
            continue
        able = [w for w in by_name if w["kind"] != "POSITIONAL_ONLY"]
        least = {w["name"]: None for w in able if not w["optional"]}
        most = {w["name"]: None for w in able}
        more = _MORE if "VAR_POSITIONAL" in kinds and count == len(placed) else 0
        others = _ANY if "VAR_KEYWORD" in kinds else {}
        for kwargs in [least] if least == most else [least, most]:
            yield [None] * count, kwargs
            if more or others:
                yield [None] * (count + more), {**kwargs, **others}


def _differences(wanted: Wanted, signature: inspect.Signature) -> Iterator[str]:
    own = signature.parameters
    kinds = {p.kind for p in own.values()}
    places = [
        p.name for p in own.values() if p.kind in (_P.POSITIONAL_ONLY, _P.POSITIONAL_OR_KEYWORD)
    ]
    place = 0
    for w in wanted:
        yield from _difference(w, own, kinds, places, place)
        place += w["kind"] in ("POSITIONAL_ONLY", "POSITIONAL_OR_KEYWORD")
    known = {w["name"] for w in wanted if w["kind"] != "POSITIONAL_ONLY"}
    for p in own.values():
        is_odd = p.name not in known and p.name not in places[:place]
        if is_odd and p.default is _P.empty and p.kind not in (_P.VAR_POSITIONAL, _P.VAR_KEYWORD):
            yield (
                f"not need {p.name}, which the starter does not have: leave it out, or give it "
                "a default"
            )


def _difference(
    wanted: dict[str, Any], own: Any, kinds: set[Any], places: list[str], place: int
) -> Iterator[str]:
    """Yield what is amiss with one of the starter's parameters."""
    name, kind = wanted["name"], wanted["kind"]
    if kind == "VAR_POSITIONAL":
        if _P.VAR_POSITIONAL not in kinds:
            yield f"take any number of arguments (*{name}), as the starter does"
        return
    if kind == "VAR_KEYWORD":
        if _P.VAR_KEYWORD not in kinds:
            yield f"take any further arguments by name (**{name}), as the starter does"
        return
    mine = own.get(name)
    if kind == "POSITIONAL_ONLY":
        if place >= len(places) and _P.VAR_POSITIONAL not in kinds:
            yield f"take {place + 1} arguments by position, as the starter does"
        return
    if mine is None or mine.kind in (_P.VAR_POSITIONAL, _P.VAR_KEYWORD):
        yield f"take a parameter named {name}, as the starter does"
    elif mine.kind is _P.POSITIONAL_ONLY:
        yield f"take {name} by name too, as the starter does: leave out the / behind it"
    elif wanted["optional"] and mine.default is _P.empty:
        yield f"give {name} a default, as the starter does"
    elif kind == "POSITIONAL_OR_KEYWORD" and mine.kind is _P.KEYWORD_ONLY:
        yield f"take {name} by position too, as the starter does: leave out the * before it"
    elif kind == "POSITIONAL_OR_KEYWORD" and places[place : place + 1] != [name]:
        yield f"take {name} as its parameter number {place + 1}, as the starter does"


def _text(name: str, wanted: Wanted) -> str:
    parameters = [
        _P(w["name"], getattr(_P, w["kind"]), default=... if w["optional"] else _P.empty)
        for w in wanted
    ]
    return f"{name}{inspect.Signature(parameters)}".replace("Ellipsis", "...")
