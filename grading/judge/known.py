"""What is known of the reference in one test: its calls, and its answers to them."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from grading.shared import wire

from .answers import Answer
from .described import recorded_error
from .mistakes import Answers, agrees, prints_something
from .nans import with_one_nan
from .nearness import is_near, is_near_call
from .replay import ChangeLost, changed_arguments, returned
from .standin import Exchange

PRINTED = {"stdout", "stderr"}


@dataclass(frozen=True)
class Known:
    """The reference's calls and answers of one test; both empty where they are not known.

    Attributes:
        by_chance: places of calls to which it may have answered otherwise.
    """

    calls: list[str]
    answers: list[wire.Tree]
    by_chance: Collection[int] = ()

    def has(self, place: int, call: str) -> bool:
        """Whether the reference was asked this at this place, but for rounding and number types."""
        return place < len(self.calls) and is_near_call(call, self.calls[place])

    def prints(self, place: int, call: str) -> bool:
        """Whether the reference prints something when it is asked this."""
        return self.has(place, call) and prints_something(self.answers[place])

    def differs_by_print(self, place: int, exchange: Exchange) -> bool:
        """Whether it is only what was printed in which an answer is not the reference's."""
        if not self.has(place, exchange.call):
            return False
        parts = unlike(exchange.answer, self.answers[place])
        return bool(parts) and parts <= PRINTED

    def is_given(self, place: int, answer: Answer) -> bool:
        """Whether an answer is the reference's, by the words of an exception, too."""
        tree = self.answers[place]
        error = answer.error
        return agrees(answer, tree) and (
            error is None or bool(error["message"] == tree["error"]["message"])
        )

    def is_exact(self, place: int, answer: Answer) -> bool:
        """Whether an answer is the reference's to the letter."""
        return not unlike(answer, self.answers[place])

    def is_nearly_given(self, place: int, answer: Answer) -> bool:
        """Whether an answer is the reference's but for its form, which is of no account mostly."""
        call, right = self.calls[place], recorded_answer(self.answers[place])
        if (answer.error or {}).get("type") != (right.error or {}).get("type"):
            return False
        if right.stdout and answer.stdout != right.stdout:
            return False
        try:
            sides = [(returned(call, a), changed_arguments(call, a)) for a in (answer, right)]
        except (ChangeLost, ValueError, LookupError):  # the call is another one by its types
            return False
        return is_near(*sides)


def follows_reference(answers: Answers, test: str, exchanges: list[Exchange]) -> bool:
    """Whether the candidate said in this test just what the reference says, so far as it went.

    To the letter: whatever differs may be why a test comes to something else.
    """
    recorded = answers.of(test)
    pairs = zip(exchanges, recorded, strict=False)
    return len(exchanges) <= len(recorded) and not any(unlike(e.answer, t) for e, t in pairs)


def unlike(answer: Answer, tree: wire.Tree) -> set[str]:
    """Return the parts in which an answer is not a recorded one to the letter."""
    mine, right = (with_one_nan(each.parts()) for each in (answer, recorded_answer(tree)))
    # As text: NaN is NaN then, -0.0 is not 0.0, and 1 is not True.
    return {
        key for key in {**mine, **right} if json.dumps(mine.get(key)) != json.dumps(right.get(key))
    }


def recorded_answer(tree: wire.Tree) -> Answer:
    """Return an answer of the reference's as a candidate would have given it."""
    if wire.is_record(tree):
        error = tree["error"] and recorded_error(tree["error"])
        printed = tree.get("stdout", ""), tree.get("stderr", [])
        return Answer(tree["kind"], tree["value"], error, tree["changed"], *printed)
    return Answer("returned", tree, None, [])
