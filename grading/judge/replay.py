"""What a call did, done to the test's own objects."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np
from _pytest.outcomes import OutcomeException

from grading.shared import wire
from grading.shared.containers import besides, is_changeable, refill
from grading.shared.scale import Scale

from .answers import Answer, AnswerError, rebuild
from .array_form import take_form
from .originals import Originals

_FORM = (
    "Your code gave an argument another form in place (its shape, size or dtype), which its "
    "memory does not allow"
)


class ChangeLost(OutcomeException):
    """A call changed an argument in a way that the caller's own object cannot be given."""


def check(call: str, answer: Answer) -> None:
    """Hold the values of an answer to a call to the wire's form, on objects of no test.

    Raises:
        AnswerError: if they are not of it.
    """
    try:
        returned(call, answer)
    except ChangeLost:
        pass
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError) as problem:
        raise AnswerError("the candidate sent values that cannot be read") from problem


def returned(call: str, answer: Answer) -> Any:
    """Return what a call returned, with arguments that belong to no test."""
    if answer.changed or _refers(answer.value):
        return taken(answer, wire.decode_call(json.loads(call)).objects)
    return taken(answer, [])


def _refers(tree: wire.Tree) -> bool:
    """Whether a tree, of any form, may speak of what has come before it, such as an argument."""
    if type(tree) is dict:
        return tree.get("t") in ("same", "view") or _refers(tree.get("v"))
    return type(tree) is list and any(map(_refers, tree))


def changed_arguments(call: str, answer: Answer) -> dict[str, Any]:
    """Return the arguments that a call left otherwise, by position or name, as it left them."""
    if not answer.changed:
        return {}
    before, after = (wire.decode_call(json.loads(call)) for _ in range(2))
    taken(answer, after.objects)
    return {
        key: value
        for (key, value), (_, was) in zip(named(after), named(before), strict=True)
        if json.dumps(wire.encode(value)) != json.dumps(wire.encode(was))
    }


def named(given: wire.Given) -> list[tuple[str, Any]]:
    """Return the arguments of a call, each with its position or name."""
    return [*((str(n), value) for n, value in enumerate(given.args)), *given.kwargs.items()]


def replay(answer: Answer, given: wire.Given, originals: Originals) -> Any:
    """Do to the caller's arguments what a call did, and return or raise what it did.

    Args:
        answer: what the call did.
        given: the caller's own arguments.
        originals: remembers what these held.
    """
    value = taken(answer, given.objects, originals.keep)
    if answer.error is not None:
        raise rebuild(answer.error)
    return value


def taken(
    answer: Answer, objects: list[Any], before: Callable[[Any], None] = lambda _: None
) -> Any:
    """Return what a call returned, and do to what it was given, by number, what it did.

    Args:
        answer: what the call did.
        objects: what its arguments hold.
        before: is told of each object that is about to change.
    """
    decoder = wire.Decoder(objects)
    for number, tree in answer.changed:
        _write_back(objects[number], decoder.content(tree), before)
    value = decoder.part(answer.value)
    if answer.changed:
        Scale().weigh([*objects, value])
    return value


def _write_back(target: Any, content: Any, before: Callable[[Any], None]) -> None:
    """Put new content into the caller's own object, as a real call would have."""
    if isinstance(content, wire.Opaque):
        name = type(content).__name__
        raise ChangeLost(
            f"Your code changed an argument, and what it is now cannot be sent: {name}"
        )
    kind = type(target)
    if kind is not type(content) or not (kind is np.ndarray or is_changeable(kind)):
        raise wire.WireError("content of another type")
    if kind is deque and besides(target) != besides(content):
        raise wire.WireError("content of another greatest length")
    before(target)
    if kind is np.ndarray:
        _write_array(target, content)
    else:
        refill(target, content)


def _write_array(target: np.ndarray[Any, Any], content: np.ndarray[Any, Any]) -> None:
    try:
        take_form(target, content)
        if target.strides != content.strides and content.size > 1:
            target.strides = content.strides
        if target.tobytes() != content.tobytes():
            target.setflags(write=True)
            target[...] = content
        target.setflags(write=content.flags.writeable)
    except (ValueError, TypeError, AttributeError):
        # A view of what nobody may write to, or of what cannot have another form.
        raise ChangeLost(_FORM) from None
