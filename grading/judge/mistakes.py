"""Naming a mistake from what it answers.

The build runs every planted wrong solution and keeps, for each test that it fails, at which call
and with which answer: the number, or a digest of any other outcome. A submission that passes and
fails just as one mistake does, with the same answers, has made that mistake. One answer alone would
not do: several mistakes come to the same number now and then, and quite other code does, too.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, TypedDict

from grading.shared import wire

from .answers import Answer
from .nans import with_one_nan
from .printed import may_be_result
from .standin import Exchange

RTOL = 1e-9
ATOL = 1e-12
# So many digits of a number count where it is part of a digest.
DIGITS = 9

# So much is shown of a line that was printed.
MAX_PRINTED = 40


# What tells a failure: the index of its call, and the answer if that tells anything.
Tell = tuple[int, float | str | None]


class Planted(TypedDict):
    """What is known of a planted wrong solution.

    Attributes:
        mistake: the index of its mistake's sentence.
        fails: what tells its failures, by the tests' ids.
    """

    mistake: int
    fails: dict[str, Tell]


@dataclass(frozen=True)
class Answers:
    """What the build recorded.

    Attributes:
        reference: per test id, the reference's answers (wire trees) in the order of the calls.
        planted: the wrong solutions.
        mistakes: the sentences that name the mistakes.
        by_chance: per test id, the places of calls that have no one right answer.
    """

    reference: dict[str, list[wire.Tree]]
    planted: list[Planted]
    mistakes: list[str]
    by_chance: dict[str, list[int]] = field(default_factory=dict)

    def of(self, test: str) -> list[wire.Tree]:
        """Return the reference's answers in a test; none where they are not known."""
        return self.reference.get(test, [])

    @staticmethod
    def none() -> Answers:
        """Return the answers of a build that has recorded nothing yet."""
        return Answers({}, [], [])


class Failures:
    """The tests of a run that have ended, and what tells the mistake in those that failed."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._seen: dict[str, Tell | None] = {}
        self._slips: dict[str, str] = {}

    def passed(self, test: str) -> None:
        """Note a test that nothing failed."""
        self._seen[test] = None

    def failed(self, test: str, exchanges: list[Exchange]) -> None:
        """Note a test that failed after some exchanges; the verdict needs nothing of this."""
        told, slip = None, None
        with suppress(Exception):
            told = telling(self._answers, test, exchanges)
            slip = nothing_returned(self._answers, test, exchanges)
        self._seen[test] = (len(exchanges) - 1, told)
        if slip is not None:
            self._slips[test] = slip

    def told(self, test: str) -> float | str | None:
        """Return what tells the mistake in a test."""
        tell = self._seen.get(test)
        return tell and tell[1]

    def mistakes(self) -> dict[str, str | None]:
        """Return the mistake that each test that failed is likely to have met, if any is."""
        planted = likely_mistake(self._answers, self._seen)
        failed = [test for test, tell in self._seen.items() if tell is not None]
        return {test: self._slips.get(test, planted) for test in failed}


def likely_mistake(answers: Answers, seen: Mapping[str, Tell | None]) -> str | None:
    """Return the one mistake that fails as a submission does, if there is just one.

    Args:
        answers: what the build recorded.
        seen: what told the failure of each test that has ended; None for one that passed.
    """
    names = {answers.mistakes[each["mistake"]] for each in answers.planted if _is_like(each, seen)}
    return names.pop() if len(names) == 1 else None


def nothing_returned(answers: Answers, test: str, exchanges: list[Exchange]) -> str | None:
    """Return what to say of a function that printed its result in place of returning it."""
    last = exchanges[-1].answer if exchanges else None
    right = answers.of(test)[len(exchanges) - 1 :][:1]
    if last is None or last.kind != "returned" or last.value is not None or right in ([], [None]):
        return None
    if wire.is_record(right[0]):  # it changes its arguments, prints, or raises
        return None
    printed = last.stdout.strip().splitlines()
    given = wire.decode_call(json.loads(exchanges[-1].call))
    arguments = (*given.args, *given.kwargs.values())
    if not printed or not may_be_result(printed[-1], wire.decode(right[0]), arguments):
        return None
    said = printed[-1] if len(printed[-1]) <= MAX_PRINTED else f"{printed[-1][:MAX_PRINTED]}…"
    return (
        f"You printed {said} but returned nothing: `return` hands a result back, `print` does not."
    )


def _is_like(planted: Planted, seen: Mapping[str, Tell | None]) -> bool:
    fails = planted["fails"]
    if any((tell is None) != (test not in fails) for test, tell in seen.items()):
        return False
    pairs = [(fails[test], tell) for test, tell in seen.items() if tell is not None]
    telling = [pair for pair in pairs if pair[0][1] is not None]
    return bool(telling) and all(_matches(*pair) for pair in telling)


def _matches(known: Tell, tell: Tell) -> bool:
    if known[0] != tell[0] or isinstance(known[1], str) or not isinstance(tell[1], float | int):
        return tuple(known) == tell
    return known[1] is not None and same(known[1], tell[1])


def telling(answers: Answers, test: str, exchanges: list[Exchange]) -> float | str | None:
    """Return what tells a mistake in the last answer of a failed test.

    A finite number or NaN stands for itself, an infinite one for its sign; anything else is a
    digest of it, with what it changed, the words of an exception and, where the reference prints
    something, what was printed.
    """
    if not exchanges:
        return None
    answer, place = exchanges[-1].answer, len(exchanges) - 1
    if place in answers.by_chance.get(test, ()):
        return None
    right = answers.of(test)[place : place + 1]
    if any(agrees(answer, tree) and _is_of_types(answer, tree) for tree in right):
        return None
    number = wire.number(answer.value)
    prints = any(map(prints_something, right))
    if answer.kind == "returned" and not answer.changed and number is not None and not prints:
        return str(number) if math.isinf(number) else number
    value, changed = (_coarse(with_one_nan(tree)) for tree in (answer.value, answer.changed))
    alike = replace(answer, value=value, changed=changed)
    return hashlib.sha256(alike.as_text(with_printed=prints).encode()).hexdigest()[:16]


def _is_of_types(answer: Answer, tree: wire.Tree) -> bool:
    """Whether an answer that agrees with a recorded one has its types of numbers: 2 is not 2.0."""
    recorded = tree if wire.is_record(tree) else {"value": tree, "changed": []}
    pairs = ((answer.value, recorded["value"]), (answer.changed, recorded["changed"]))
    return all(
        len({json.dumps(_coarse(with_one_nan(each))) for each in pair}) == 1 for pair in pairs
    )


def _coarse(tree: wire.Tree) -> Any:
    """Return a tree whose numbers are rounded, and floats whether NumPy's or Python's."""
    is_array = type(tree) is dict and tree.get("t") == "ndarray"
    number = None if is_array else wire.number(tree)
    if number is not None:
        return float(f"{number:.{DIGITS}g}") + 0.0  # no minus before 0
    if type(tree) is dict:
        return {key: _coarse(part) for key, part in tree.items()}
    return [_coarse(part) for part in tree] if type(tree) is list else tree


def prints_something(tree: wire.Tree) -> bool:
    """Whether a recorded answer was printed, at least in part."""
    return wire.is_record(tree) and "stdout" in tree


def same(a: float, b: float) -> bool:
    """Whether two numbers are one as far as rounding goes; NaN is NaN."""
    return math.isclose(a, b, rel_tol=RTOL, abs_tol=ATOL) or (math.isnan(a) and math.isnan(b))


def agrees(answer: Answer, tree: wire.Tree) -> bool:
    """Whether an answer is a recorded one, but for rounding, types of numbers and words of errors.

    What is printed counts where the recorded one prints something: else it is in nobody's way.
    """
    if not wire.is_record(tree):
        return answer.kind == "returned" and not answer.changed and _is_same(answer.value, tree)
    raised = answer.error and answer.error["type"]
    same_end = (tree["error"] and tree["error"]["type"]) == raised
    same_effect = _is_same(answer.changed, tree["changed"]) and _prints_alike(answer, tree)
    return same_end and same_effect and _is_same(answer.value, tree["value"])


def _prints_alike(answer: Answer, tree: dict[str, Any]) -> bool:
    printed = answer.stdout, answer.stderr
    return not prints_something(tree) or printed == (tree["stdout"], tree["stderr"])


def _is_same(value: wire.Tree, right: wire.Tree) -> bool:
    got, expected = wire.number(value), wire.number(right)
    if got is not None and expected is not None and type(value) is type(right):
        return same(got, expected)
    return bool(value == right or with_one_nan(value) == with_one_nan(right))
