"""Naming a mistake from what it answers.

The build runs every planted wrong solution and keeps, per test and call, what each one answers
where its test fails: the number, or a digest of any other outcome. A learner's answer that matches
exactly one mistake names it.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass

from grading.shared import wire

from .answers import Answer
from .standin import Exchange

RTOL = 1e-9
ATOL = 1e-12


@dataclass(frozen=True)
class Answers:
    """What the build recorded.

    Attributes:
        reference: per test id, the reference's answers (wire trees) in the order of the calls.
        planted: per test id and call index (as text), pairs of what tells a mistake (see
            `telling`) and its index.
        mistakes: the sentences that name the mistakes.
    """

    reference: dict[str, list[wire.Tree]]
    planted: dict[str, dict[str, list[tuple[float | str, int]]]]
    mistakes: list[str]

    @staticmethod
    def none() -> Answers:
        """Return the answers of a build that has recorded nothing yet."""
        return Answers({}, {}, [])


def likely_mistake(answers: Answers, test: str, exchanges: list[Exchange]) -> str | None:
    """Return the one mistake that answers what a test failed on, if there is just one."""
    told = telling(answers, test, exchanges)
    if told is None:
        return None
    planted = answers.planted.get(test, {}).get(str(len(exchanges) - 1), [])
    names = {answers.mistakes[mistake] for known, mistake in planted if _matches(known, told)}
    return names.pop() if len(names) == 1 else None


def telling(answers: Answers, test: str, exchanges: list[Exchange]) -> float | str | None:
    """Return what tells a mistake in the last answer of a failed test.

    A finite number or NaN stands for itself, anything else is a digest of it, with what it changed
    and the words of an exception. An infinite number tells nothing: too many mistakes lead there.
    """
    if not exchanges:
        return None
    answer, place = exchanges[-1].answer, len(exchanges) - 1
    if any(agrees(answer, tree) for tree in answers.reference.get(test, [])[place : place + 1]):
        return None
    number = wire.number(answer.value)
    if answer.kind == "returned" and not answer.changed and number is not None:
        return None if math.isinf(number) else number
    return hashlib.sha256(answer.as_text().encode()).hexdigest()[:16]


def _matches(known: float | str, told: float | str) -> bool:
    if isinstance(known, str) or isinstance(told, str):
        return known == told
    return same(known, told)


def follows_reference(answers: Answers, test: str, exchanges: list[Exchange]) -> bool:
    """Whether the candidate said in this test just what the reference says, so far as it went."""
    recorded = answers.reference.get(test, [])
    return len(exchanges) <= len(recorded) and all(
        agrees(exchange.answer, tree) for exchange, tree in zip(exchanges, recorded, strict=False)
    )


def same(a: float, b: float) -> bool:
    """Whether two numbers are one as far as rounding goes; NaN is NaN."""
    return math.isclose(a, b, rel_tol=RTOL, abs_tol=ATOL) or (math.isnan(a) and math.isnan(b))


def agrees(answer: Answer, tree: wire.Tree) -> bool:
    """Whether an answer is a recorded one, but for rounding and the words of an exception."""
    if wire.is_record(tree):
        raised = answer.error and answer.error["type"]
        same_end = (tree["error"] and tree["error"]["type"]) == raised
        return bool(
            same_end and answer.changed == tree["changed"] and answer.value == tree["value"]
        )
    if answer.kind != "returned" or answer.changed:
        return False
    got, expected = wire.number(answer.value), wire.number(tree)
    if got is not None and expected is not None and type(answer.value) is type(tree):
        return same(got, expected)
    return bool(answer.value == tree)
