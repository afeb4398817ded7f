"""What is known of the reference in one test: its calls, and its answers to them."""

from __future__ import annotations

from dataclasses import dataclass

from grading.shared import wire

from .answers import Answer
from .described import recorded_error
from .mistakes import agrees, prints_something
from .nearness import is_near, is_near_call
from .replay import ChangeLost, changed_arguments, returned


@dataclass(frozen=True)
class Known:
    """The reference's calls and answers of one test; both empty where they are not known."""

    calls: list[str]
    answers: list[wire.Tree]

    def has(self, place: int, call: str) -> bool:
        """Whether the reference was asked this at this place, but for rounding and number types."""
        return place < len(self.calls) and is_near_call(call, self.calls[place])

    def prints(self, place: int, call: str) -> bool:
        """Whether the reference prints something when it is asked this."""
        return self.has(place, call) and prints_something(self.answers[place])

    def is_given(self, place: int, answer: Answer) -> bool:
        """Whether an answer is the reference's, by the words of an exception, too."""
        tree = self.answers[place]
        if answer.error is None or not agrees(answer, tree):
            return agrees(answer, tree)
        return bool(answer.error["message"] == tree["error"]["message"])

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


def recorded_answer(tree: wire.Tree) -> Answer:
    """Return an answer of the reference's as a candidate would have given it."""
    if wire.is_record(tree):
        error = tree["error"] and recorded_error(tree["error"])
        printed = tree.get("stdout", ""), tree.get("stderr", [])
        return Answer(tree["kind"], tree["value"], error, tree["changed"], *printed)
    return Answer("returned", tree, None, [])
