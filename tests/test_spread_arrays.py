"""Arrays that span far more than they hold arrive, among others of their memory or close."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from grading.shared import wire

from .test_wire import crossed, fingerprint


def columns(rows: int, count: int, taken: int) -> list[np.ndarray[Any, Any]]:
    table = np.arange(float(rows * count)).reshape(rows, count)
    return [table[:, n] for n in range(taken)]


# By what they are: arrays that span far more than they hold.
SPREAD: dict[str, list[np.ndarray[Any, Any]]] = {
    "all columns of a table": columns(200, 100, 100),
    "all columns of a long table": columns(1_000, 40, 40),
    "all columns of a wide table": columns(50, 400, 400),
    "all columns of a large table": columns(3_000, 100, 100),
    "a few columns of a large table": columns(3_000, 100, 6),
    "columns that overlap": [c for each in columns(3_000, 100, 6) for c in (each[1:], each[:-1])],
    "a column and parts of it": [c for each in columns(3_000, 100, 3) for c in (each, each[::2])],
    "blocks": [np.ones((50, 50))[n : n + 3, n : n + 3] for n in range(40)],
    "as much as may be, in another order": [np.ones((100, 1_000, 14)).transpose(2, 0, 1)],
}
FAR = {
    "columns of tables": [columns(300, 100, 1)[0] for _ in range(100)],
    "diagonals": [np.diag(np.ones((300, 300))) for _ in range(60)],
    "columns of a huge table": columns(3_000, 1_000, 2),
}


def relations(arrays: list[np.ndarray[Any, Any]]) -> list[list[bool]]:
    return [[np.may_share_memory(one, other, 10_000) for other in arrays[:12]] for one in arrays]


@pytest.mark.parametrize("name", SPREAD)
def test_arrays_that_span_more_than_they_hold_arrive_as_a_result_and_as_an_argument(
    name: str,
) -> None:
    sent = SPREAD[name]
    trees, _ = wire.encode_call((sent,), {})
    (argument,) = wire.decode_call(json.loads(json.dumps(trees))).args
    for arrived in (crossed(sent), argument):
        assert fingerprint(arrived) == fingerprint(sent)
        assert relations(arrived) == relations(sent)
    assert [array.strides for array in argument] == [array.strides for array in sent]


@pytest.mark.parametrize("name", FAR)
def test_arrays_of_a_result_that_lie_too_far_apart_to_be_sent_so_arrive_close(name: str) -> None:
    arrived = crossed({"all": FAR[name]})
    assert fingerprint(arrived) == fingerprint({"all": FAR[name]})


def test_what_has_arrived_close_is_no_memory_of_what_comes_later() -> None:
    given = [columns(3_000, 100, 1)[0]]
    encoder = wire.Encoder([given])
    ((_, content),) = encoder.contents([0])
    trees = content, *(encoder.part(part) for part in (given[0][::2], given[0][1:], given[0]))
    decoder = wire.Decoder([[]])
    changed = decoder.content(trees[0])
    arrived = [changed[0], *(decoder.part(tree) for tree in trees[1:])]
    sent = [given[0], given[0][::2], given[0][1:], given[0]]
    assert fingerprint(arrived) == fingerprint(sent)
