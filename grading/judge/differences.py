"""In what a value differs from the expected one, in a learner's words."""

from __future__ import annotations

import json
import math
from collections import defaultdict, deque
from collections.abc import Iterable
from itertools import zip_longest
from typing import Any

import numpy as np

from grading.shared import wire
from grading.shared.containers import SEQUENCES, besides, is_keys, is_mapping, is_set, is_tuple
from grading.shared.named_tuples import fields_of

from .nans import with_one_nan
from .written import factory_shown, ordered, shown

_MAX_NOTE = 1_000
_MAX_DIFF_PAIRS, _MAX_DIFF_LINE = 4, 120


def _is_set_like(kind: type) -> bool:
    return is_set(kind) or is_keys(kind)


def _is_text(kind: type) -> bool:
    """Whether a type is the text, or NumPy's, which is derived from it."""
    return issubclass(kind, str)


# To Python, one of these may equal another whatever their types.
_FAMILIES = (is_mapping, _is_set_like, is_tuple, _is_text)
_SEQUENCES = (*SEQUENCES, bytes)
# NumPy's own types of what a number of Python's becomes: of others the precision may matter.
_USUAL: dict[type, tuple[type, ...]] = {
    float: (np.float64,),
    int: (np.int_, np.int64),
    bool: (np.bool_,),
}
_BESIDES: dict[type, str] = {defaultdict: "default_factory", deque: "maxlen"}


def differences(got: Any, expected: Any, is_left_alike: bool = True) -> list[str]:
    """Return short sentences about how a value differs from the expected one, most telling first.

    Each is data, not advice: types, dtypes and shapes where they differ, the error of a number,
    the first element that differs and how many do.

    Args:
        got: the value.
        expected: the expected one.
        is_left_alike: whether the call that returned it did to its arguments what is right.
    """
    notes = _contents(got, expected)
    if _are_usual(got, expected):
        is_told_otherwise = not (is_left_alike and _are_same(got, expected))
    else:
        is_told_otherwise = bool(notes) and _hold_unlike(got, expected)
    if not is_told_otherwise:
        notes = [*_kinds(got, expected), *notes]
    return [cut(note) for note in notes]


def cut(note: str) -> str:
    """Return no more of a note than may be shown."""
    return note if len(note) <= _MAX_NOTE else f"{note[:_MAX_NOTE]} …"


def remarks(value: Any) -> list[str]:
    """Return what there is to say of a value without knowing the right one."""
    if not _is_numeric(value) or np.size(value) == 0:
        return []
    array = np.asarray(value)
    if not np.issubdtype(array.dtype, np.inexact):
        return []
    found = [("NaN (not a number)", np.isnan(array)), ("infinite", np.isinf(array))]
    if array.ndim == 0:
        return [f"is {name}" for name, where in found if where]
    return [
        f"{int(where.sum())} of {array.size} elements {'is' if where.sum() == 1 else 'are'} {name}"
        for name, where in found
        if where.any()
    ]


def _kinds(got: Any, expected: Any) -> list[str]:
    if isinstance(got, np.ndarray) and isinstance(expected, np.ndarray):
        pairs = [("dtype", got.dtype, expected.dtype), ("shape", got.shape, expected.shape)]
        return [f"{name} {mine}, not {right}" for name, mine, right in pairs if mine != right]
    mine, right = _kind(got), _kind(expected)
    if mine == right and type(got) is not type(expected):  # NumPy's bool is another one
        mine, right = _full_name(got), _full_name(expected)
    return [f"type {mine}, not {right}"] if mine != right else []


def _hold_unlike(got: Any, expected: Any) -> bool:
    """Whether values are unequal, and not by their types: those of a family may be equal."""
    families = [[is_family(type(value)) for is_family in _FAMILIES] for value in (got, expected)]
    try:
        return families[0] == families[1] and any(families[0]) and bool(got != expected)
    except (TypeError, ValueError):  # there are arrays in them
        return False


def _are_usual(got: Any, expected: Any) -> bool:
    """Whether one of two scalars is Python's, and the other what NumPy makes of such."""
    kinds = type(got), type(expected)
    return any(
        (own in kinds and kind in kinds) for own, numpys in _USUAL.items() for kind in numpys
    )


def _are_same(got: Any, expected: Any) -> bool:
    """Whether two scalars are one number; NaN is NaN."""
    return bool(got == expected or (got != got and expected != expected))


def _full_name(value: Any) -> str:
    kind = type(value)
    fields = fields_of(kind)
    if fields is not None:
        return f"{kind.__name__} ({', '.join(fields)})"
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"


def _kind(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"{value.dtype} array of shape {value.shape}"
    return type(value).__name__


def _contents(got: Any, expected: Any) -> list[str]:
    if _is_numeric(got) and _is_numeric(expected) and np.shape(got) == np.shape(expected):
        return _numbers(np.asarray(got), np.asarray(expected))
    kinds = type(got), type(expected)
    if all(map(_is_text, kinds)):
        return _texts(got, expected)
    if all(map(_is_set_like, kinds)):
        return _sets(got, expected)
    if all(map(is_mapping, kinds)):
        return _mappings(got, expected)
    return _sequences(got, expected) if _are_sequences(kinds) else []


def _are_sequences(kinds: tuple[type, type]) -> bool:
    """Whether two types are of one kind of sequences."""
    return (kinds[0] is kinds[1] and kinds[0] in _SEQUENCES) or all(map(is_tuple, kinds))


def _is_scalar(value: Any) -> bool:
    """Whether a value is one number."""
    return _is_numeric(value) and not isinstance(value, np.ndarray)


def _is_numeric(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "biufc"
    return isinstance(value, (int, float, complex, np.number, np.bool_))


def _numbers(got: np.ndarray[Any, Any], expected: np.ndarray[Any, Any]) -> list[str]:
    differs = _unequal(got, expected)
    if not differs.any():
        return _zeros(got, expected)
    if got.ndim == 0:
        if bool in (got.dtype, expected.dtype):
            return []
        return _error(got[()], expected[()])
    return [f"{_counted(differs)} differ, {_first_element(differs, got, expected)}"]


def _unequal(got: np.ndarray[Any, Any], expected: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return where the numbers of two arrays of one shape differ; NaN is NaN."""
    both_nan = (got != got) & (expected != expected)
    return np.asarray((got != expected) & ~both_nan)


def _zeros(got: np.ndarray[Any, Any], expected: np.ndarray[Any, Any]) -> list[str]:
    """Return where equal arrays differ in the sign of zeros."""
    if got.ndim == 0 or not all(array.dtype.kind == "f" for array in (got, expected)):
        return []
    differs = (got == 0) & (np.signbit(got) != np.signbit(expected))
    if not differs.any():
        return []
    first = _first_element(differs, got, expected)
    return [f"{_counted(differs)} differ in the sign of zero, {first}"]


def _counted(which: np.ndarray[Any, Any]) -> str:
    return f"{int(which.sum())} of {which.size} elements"


def _first_element(
    which: np.ndarray[Any, Any], got: np.ndarray[Any, Any], expected: np.ndarray[Any, Any]
) -> str:
    place = tuple(int(n) for n in np.argwhere(which)[0])
    where = ", ".join(map(str, place))
    return f"first at [{where}]: {shown(got[place].item())}, not {shown(expected[place].item())}"


def _error(got: Any, expected: Any) -> list[str]:
    """Return how far a number is from the right one, absolutely and in proportion."""
    try:
        off = abs(complex(got) - complex(expected))
        share = off / abs(complex(expected)) if expected else math.inf
    except OverflowError:
        return []
    if not math.isfinite(off) or off == 0:
        return []
    return [f"off by {off:.3g} ({_share(share)})" if math.isfinite(share) else f"off by {off:.3g}"]


def _share(share: float) -> str:
    """Return a proportion as people read it: 0.87 %, 21 %, 430 %, or 1.9e-08 of the right one."""
    if share < 1e-4:
        return f"{share:.1e} of it"
    return f"{100 * share:.2g} %" if share < 0.1 else f"{100 * share:,.0f} %"


def _texts(got: str, expected: str) -> list[str]:
    if got == expected:
        return []
    mine, right = got.splitlines(), expected.splitlines()
    if max(len(mine), len(right)) > 1 and mine != right:
        pairs = [pair for pair in zip_longest(right, mine) if pair[0] != pair[1]]
        lines = [
            f"{sign} {line[:_MAX_DIFF_LINE]}"
            for pair in pairs[:_MAX_DIFF_PAIRS]
            for sign, line in zip("-+", pair, strict=True)
            if line is not None
        ]
        cut = ["…"] if len(pairs) > _MAX_DIFF_PAIRS else []
        return ["\n".join(["lines that differ (- expected, + got):", *lines, *cut])]
    place = next(n for n, (a, b) in enumerate(zip_longest(got, expected)) if a != b)
    return [
        f"first at character {place}: {shown(got[place : place + 20])}, "
        f"not {shown(expected[place : place + 20])}"
    ]


def _sequences(got: Any, expected: Any) -> list[str]:
    notes = [] if len(got) == len(expected) else [f"length {len(got)}, not {len(expected)}"]
    notes += _first(got, expected)
    return notes or _besides(got, expected)


def _besides(got: Any, expected: Any) -> list[str]:
    """Return in what containers differ that hold the same: a default, or a greatest length."""
    name = _BESIDES.get(type(got)) if type(got) is type(expected) else None
    mine, right = (factory_shown(besides(value)) for value in (got, expected))
    return [f"{name} {mine}, not {right}"] if name and mine != right else []


def _sets(got: Any, expected: Any) -> list[str]:
    sides = (("without", expected - got), ("with", got - expected))
    notes = [f"{word} {_first_of(parts)}" for word, parts in sides if parts]
    return notes or _alike(got, expected)


def _alike(got: Any, expected: Any) -> list[str]:
    """Return in what sets differ that are equal: as 1, 1.0 and True are."""
    right = {part: part for part in expected}
    pairs = [(part, right[part]) for part in ordered(got) if not _are_equal(part, right[part])]
    return [f"with {shown(mine)}, not {shown(other)}" for mine, other in pairs[:1]]


def _first_of(parts: Any) -> str:
    first, *others = ordered(parts)
    return f"{shown(first)} and {len(others)} more" if others else shown(first)


def _mappings(got: dict[Any, Any], expected: dict[Any, Any]) -> list[str]:
    missing = [shown(key) for key in expected if key not in got]
    strange = [shown(key) for key in got if key not in expected]
    notes = [f"without the key {missing[0]}"] if missing else []
    notes += [f"with the key {strange[0]}"] if strange else []
    notes += _first(got, expected)
    return notes or [*_order(got, expected), *_besides(got, expected)]


def _order(got: dict[Any, Any], expected: dict[Any, Any]) -> list[str]:
    pairs = zip(got, expected, strict=True)
    moved = next(((mine, right) for mine, right in pairs if mine != right), None)
    return [f"keys in another order: {' before '.join(map(shown, moved))}"] if moved else []


def _first(got: Any, expected: Any) -> list[str]:
    """Return where two containers differ first, as deep inside as they have the same kinds.

    Nothing where both are written alike.
    """
    place = ""
    while key := _differing_key(got, expected):
        got, expected = got[key[0]], expected[key[0]]
        place += f"[{shown(key[0])}]"
    inside = _contents(got, expected) if place and _is_large(got) and _is_large(expected) else []
    if inside:
        return [f"at {place}: {note}" for note in inside]
    mine, right = shown(got), shown(expected)
    return [f"first at {place}: {mine}, not {right}"] if place and mine != right else []


def _is_large(value: Any) -> bool:
    """Whether a value is one whose writing does not show at a glance where it differs."""
    return type(value) in (str, np.ndarray, set, frozenset) and len(shown(value)) > _MAX_DIFF_LINE


def _differing_key(got: Any, expected: Any) -> tuple[Any] | None:
    """Return the first key or index that both have and whose values differ, in a tuple."""
    kinds = type(got), type(expected)
    common: Iterable[Any]
    if all(map(is_mapping, kinds)):
        common = [key for key in expected if key in got]
    elif _are_sequences(kinds):
        common = range(min(len(got), len(expected)))
    else:
        return None
    first: tuple[Any] | None = None  # what differs in value comes before what does in type only
    for key in common:
        if not _are_equal(got[key], expected[key]):
            if not _are_alike(got[key], expected[key]):
                return (key,)
            first = first or (key,)
    return first


def _are_alike(mine: Any, right: Any) -> bool:
    """Whether values are equal but for the types of numbers, and signs of zeros."""
    if _is_scalar(mine) and _is_scalar(right):
        return _are_same(mine, right)
    kinds = type(mine), type(right)
    if all(map(is_mapping, kinds)):
        pairs = [(mine[key], right[key]) for key in right if key in mine]
    elif _are_sequences(kinds):
        pairs = list(zip(mine, right, strict=False))
    else:
        return _are_equal(mine, right) or _are_same_arrays(mine, right)
    is_whole = kinds[0] is kinds[1] and len(pairs) == len(mine) == len(right)
    return is_whole and all(_are_alike(*pair) for pair in pairs)


def _are_same_arrays(mine: Any, right: Any) -> bool:
    """Whether values are arrays of one shape whose numbers Python holds equal."""
    if not all(isinstance(each, np.ndarray) and _is_numeric(each) for each in (mine, right)):
        return False
    return mine.shape == right.shape and not _unequal(mine, right).any()


class _ByValue(wire.Encoder):
    """One encoding of a value, whichever of its parts are one, and however arrays lie."""

    def _numbered(self, value: Any, depth: int) -> wire.Tree:
        if type(value) is np.ndarray:
            tree = self._array_content(value)
            return {key: tree[key] for key in ("dtype", "shape", "data")}
        return self._parts(value, depth)


def _are_equal(mine: Any, right: Any) -> bool:
    one, other = (json.dumps(with_one_nan(_ByValue().part(value))) for value in (mine, right))
    return one == other
