"""What a learner's function handed back and did not cross: what Python says of it is not so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grading.shared import wire

from .answers import Answer
from .standin import Exchange


def unsent(exchanges: list[Exchange], recorded: list[wire.Tree], said: str) -> str | None:
    """Return what to say where a test has met what stands for a value, if that is why it broke.

    Args:
        exchanges: the test's calls and their answers.
        recorded: the reference's answers to them, as far as they are known.
        said: what was raised. It speaks of the type that the value had, and of what the stand-in
            cannot do: the type itself mostly can.
    """
    last = exchanges[-1].answer.value if exchanges else None
    for place, exchange in reversed(list(enumerate(exchanges))):
        right = set(_names(recorded[place : place + 1]))
        for name in dict.fromkeys(_names([exchange.answer.value, exchange.answer.changed])):
            is_alone = last == {"t": "opaque", "name": name}
            if name not in right and (is_alone or _is_named(name, said)):
                return f"{_handed(exchange.answer, name)}, which cannot be handed to the tests."
    return None


def _names(tree: wire.Tree) -> Iterator[str]:
    """Yield the names of types in a tree, of any form, of which no value crossed."""
    if type(tree) is dict and tree.get("t") == "opaque":
        yield wire.clean_name(tree.get("name"))
    elif type(tree) is dict:
        says_itself = {"factory"} if tree.get("t") == "defaultdict" else set()
        yield from _names([part for key, part in tree.items() if key not in says_itself])
    elif type(tree) is list:
        for part in tree:
            yield from _names(part)


def _is_named(name: str, said: str) -> bool:
    """Whether a message speaks of a type: its name may be a word of Python's messages, too."""
    n = re.escape(name)
    spoken = rf"['\"<]{n}['\">]|\b(?:not|type|non-iterable) {n}(?!\w)|\b{n} found\b|\bto {n}\._"
    return re.search(spoken, said) is not None


def _handed(answer: Answer, name: str) -> str:
    value = f"a value of type {name}"
    if name not in _names(answer.value):
        return f"Your function left an argument with {value} in it"
    is_whole = type(answer.value) is dict and answer.value.get("t") == "opaque"
    return f"Your function returned {value if is_whole else f'something with {value} in it'}"
