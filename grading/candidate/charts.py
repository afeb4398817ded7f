"""What `explore.py` returns, made into charts of plain numbers and texts, within bounds."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from grading.shared import wire

_NUMPY_NUMBERS = {
    kind for kind in np.sctypeDict.values() if issubclass(kind, (np.floating, np.integer))
}
# By exact type: what a learner derives from them may say anything.
_NUMBERS = frozenset({int, float, *_NUMPY_NUMBERS})
_KEYS = ("title", "about", "x", "x_label", "y_label", "curves", "bars")
_FORMS = ("curves", "bars")
# So many kinds of what is no number are named of a series.
_MAX_KINDS = 3


class MisshapenError(Exception):
    """What was returned is no chart; the text says why."""


@dataclass(frozen=True)
class Bounds:
    """What charts are held to.

    Attributes:
        series: most series, in all charts together.
        points: most points of a series.
        name: most characters of a title, a label or a series' name.
        about: most characters of what is said about a chart.
        magnitude: the largest number that is drawn.
    """

    series: int
    points: int
    name: int
    about: int
    magnitude: float


class Reader:
    """Reads the charts of one drawing, one after the other."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._charts = 0
        self._series = 0

    def chart(self, drawn: Any) -> dict[str, Any]:
        """Return a chart as plain data.

        Raises:
            MisshapenError: if it is none, or not within the bounds.
        """
        self._charts += 1
        where = f"chart {self._charts}"
        if type(drawn) is not dict:
            raise MisshapenError(f"{where} is no dict but a value of type {_kind(drawn)}")
        unknown = [key for key in drawn if key not in _KEYS]
        if unknown:
            raise MisshapenError(f"{where} has the unknown key {_shown(unknown[0])}")
        title = self._name(drawn.get("title"), f"the title of {where}")
        where += f" (“{title}”)"
        forms = [form for form in _FORMS if form in drawn]
        if len(forms) != 1:
            raise MisshapenError(f"{where} has to have either “curves” or “bars”")
        x = self._x(drawn.get("x"), forms[0], where)
        return {
            "kind": forms[0],
            "title": title,
            "about": self._about(drawn.get("about", ""), where),
            "x_label": self._name(drawn.get("x_label"), f"“x_label” of {where}"),
            "y_label": self._name(drawn.get("y_label"), f"“y_label” of {where}"),
            "x": x,
            "series": self._series_of(drawn[forms[0]], forms[0], len(x), where),
        }

    def finish(self) -> None:
        """Raise MisshapenError if there was no chart at all."""
        if self._charts == 0:
            raise MisshapenError("explore returns no chart")

    def _name(self, name: Any, what: str) -> str:
        if type(name) is np.str_:  # what arrays of texts hold
            name = str(name)
        if name is not None and type(name) is not str:
            raise MisshapenError(f"{what} is a value of type {_kind(name)}, not a text")
        if name is None or not name.strip():
            raise MisshapenError(f"{what} is missing: it has to be a text")
        if len(name) > self._bounds.name:
            said = f"it has {len(name)} characters, at most {self._bounds.name} are drawn"
            raise MisshapenError(f"{what} is too long: {said}")
        return name

    def _about(self, about: Any, where: str) -> str:
        if type(about) is not str or len(about) > self._bounds.about:
            most = self._bounds.about
            raise MisshapenError(
                f"“about” of {where} has to be a text of at most {most} characters"
            )
        return about

    def _values(self, given: Any, what: str) -> list[Any]:
        """Return the parts of a list, a tuple or an array with one axis."""
        if type(given) is np.ndarray and given.ndim != 1:
            raise MisshapenError(f"{what} is an array of shape {given.shape}, not of one axis")
        if type(given) not in (list, tuple, np.ndarray):
            said = "not a list, a tuple or an array"
            raise MisshapenError(f"{what} is a value of type {_kind(given)}, {said}")
        if len(given) > self._bounds.points:
            most = self._bounds.points
            raise MisshapenError(f"{what} has {len(given)} points, at most {most} are drawn")
        return list(given)

    def _x(self, given: Any, form: str, where: str) -> list[Any]:
        what = f"“x” of {where}"
        if given is None:
            raise MisshapenError(f"{what} is missing")
        values = self._values(given, what)
        if not values:
            raise MisshapenError(f"{what} is empty")
        if form == "bars":
            return [self._name(_label(x), f"a value of {what}") for x in values]
        numbers = [number for x in values if type(number := self._number(x)) is float]
        if len(numbers) < len(values):
            raise MisshapenError(f"{what} holds what is no finite number")
        if any(left >= right for left, right in pairwise(numbers)):
            raise MisshapenError(f"{what} does not grow from value to value")
        return numbers

    def _series_of(self, given: Any, form: str, count: int, where: str) -> list[dict[str, Any]]:
        if type(given) is not dict or not given:
            raise MisshapenError(f"“{form}” of {where} has to be a dict of names and values")
        self._series += len(given)
        if self._series > self._bounds.series:
            most = self._bounds.series
            raise MisshapenError(
                f"there are {self._series} series or more, at most {most} are drawn"
            )
        return [self._one(name, values, count, where) for name, values in given.items()]

    def _one(self, name: Any, given: Any, count: int, where: str) -> dict[str, Any]:
        name = self._name(name, f"the name of a series of {where}")
        what = f"“{name}” of {where}"
        values = self._values(given, what)
        if len(values) != count:
            raise MisshapenError(f"{what} has {len(values)} points, and “x” has {count}")
        read = [self._number(value) for value in values]
        odd = Counter(value for value in read if type(value) is str).most_common(_MAX_KINDS)
        return {"name": name, "y": [y if type(y) is float else None for y in read], "odd": odd}

    def _number(self, value: Any) -> float | str:
        """Return a number that can be drawn, or what stands there in its place: a gap."""
        if value is None:
            return "None"
        if type(value) not in _NUMBERS:
            return _kind(value)
        try:
            number = float(value)
        except OverflowError:
            return "too large"
        if math.isnan(number):
            return "NaN"
        if math.isinf(number):
            return "inf" if number > 0 else "-inf"
        return number if abs(number) <= self._bounds.magnitude else "too large"


def _label(x: Any) -> Any:
    """Return what a bar is called: numbers that were computed without their last digits."""
    if type(x) in _NUMBERS:
        return str(int(x)) if isinstance(x, int | np.integer) else f"{float(x):.10g}"
    return x


def _kind(value: Any) -> str:
    """Return what kind of value something is."""
    if type(value) is np.ndarray:
        return f"array of shape {value.shape}"
    return wire.type_name(value)


def _shown(key: Any) -> str:
    return f"“{key[:40]}”" if type(key) is str else f"of type {_kind(key)}"
