"""What an author's own words give away where `show_expected: false` asks to keep it back."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from .grade import Exchange, Grading

# Shorter ones (a digit, a small number) stand in many a sentence by chance.
_MIN_LENGTH = 3
_DIGITS = (17, 6, 4, 3)
_MOST_PARTS = 1000
_WORD = re.compile(r"[\w.+-]+")

# Wire trees by test, as the reference answers its calls.
Reference = dict[str, list[Any]]


def revealing_tests(grading: Grading, reference: Reference) -> list[str]:
    """Return the tests whose messages about a submission hold what the reference returns.

    What the test gave to the function, or got from it, gives nothing away.
    """
    failed = [test for test in grading.report["tests"] if test["outcome"] == "failed"]
    return [
        test["id"]
        for test in failed
        if holds(
            test["message"],
            reference.get(test["id"], []),
            grading.records[test["id"]].exchanges if test["id"] in grading.records else [],
        )
    ]


def revealing_titles(tests: list[dict[str, str]], reference: Reference) -> Iterator[str]:
    """Yield the tests of which a case is named after what the reference returns there.

    pytest names cases after their parameters, with hyphens between them.
    """
    for test in tests:
        name, _, case = test["title"].rpartition(" [")
        words = f"{case[:-1].replace('-', ' ')} {case[:-1].replace('--', ' -')}"
        if name and holds(words, reference.get(test["id"], [])):
            yield test["id"].partition("[")[0]


def holds(text: str, right: list[Any], exchanges: Iterable[Exchange] = ()) -> bool:
    """Whether a text holds one of some values (wire trees) as people write them."""
    words = {word.strip(".") for word in _WORD.findall(text)}
    known = {form for exchange in exchanges for form in _known(exchange)}
    return any(
        written.isdisjoint(known) and (not words.isdisjoint(written) or _is_quoted(value, text))
        for value in _leaves_of(right)
        if (written := {form for form in _forms(value) if len(form) >= _MIN_LENGTH})
    )


def _is_quoted(value: Any, text: str) -> bool:
    return isinstance(value, str) and value in text


def _known(exchange: Exchange) -> Iterator[str]:
    from grading.shared import wire  # NumPy comes with it, and takes its time

    given = wire.decode_call(json.loads(exchange.call))
    answer = json.loads(exchange.answer)
    for value in (*_leaves([given.args, given.kwargs]), *_leaves_of([answer.get("value")])):
        yield from _forms(value)


def _forms(value: Any) -> set[str]:
    """Return the ways in which a value may be written."""
    if isinstance(value, float):
        return {f"{value:.{digits}g}" for digits in _DIGITS} | {repr(value)}
    return {str(value)} if isinstance(value, (int, str)) and type(value) is not bool else set()


def _leaves_of(trees: list[Any]) -> Iterator[Any]:
    from grading.shared import wire  # NumPy comes with it, and takes its time

    records = [tree for tree in trees if wire.is_record(tree)]
    for record in records:
        yield from record.get("stdout", "").splitlines()
    values = [tree["value"] if wire.is_record(tree) else tree for tree in trees]
    for tree in values:
        try:
            yield from _leaves(wire.decode(tree))
        except wire.WireError:  # it speaks of its call's arguments, which are known
            continue


def _leaves(value: Any) -> Iterator[Any]:
    """Yield the numbers and texts in a value."""
    if hasattr(value, "dtype"):
        value = value.ravel()[:_MOST_PARTS].tolist()
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, Collection) and not isinstance(value, (str, bytes)):
        for part in value:
            yield from _leaves(part)
    else:
        yield repr(value) if isinstance(value, bytes) else value
