"""Naming a mistake from the value that it gives.

The build runs every planted wrong solution and keeps, per test and call, the number that each one
answers where its test fails. A learner's number that matches exactly one mistake names it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from grading.shared import wire

from .answers import Answer
from .standin import Exchange

RTOL = 1e-9
ATOL = 1e-12


@dataclass(frozen=True)
class Answers:
    """What the build recorded, as numbers.

    Attributes:
        reference: per test id, the reference's answers (wire trees) in the order of the calls.
        planted: per test id and call index (as text), pairs of a number and the index of the
            mistake that gives it.
        mistakes: the sentences that name the mistakes.
    """

    reference: dict[str, list[wire.Tree]]
    planted: dict[str, dict[str, list[tuple[float, int]]]]
    mistakes: list[str]

    @staticmethod
    def none() -> Answers:
        """Return the answers of a build that has recorded nothing yet."""
        return Answers({}, {}, [])


def likely_mistake(answers: Answers, test: str, exchanges: list[Exchange]) -> str | None:
    """Return the one mistake that gives the number on which a test failed, if there is just one."""
    number = wire.number(exchanges[-1].answer.value) if exchanges else None
    if number is None:
        return None
    planted = answers.planted.get(test, {}).get(str(len(exchanges) - 1), [])
    names = {answers.mistakes[mistake] for value, mistake in planted if same(value, number)}
    return names.pop() if len(names) == 1 else None


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
