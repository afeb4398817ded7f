"""What a candidate says is a stranger's text: bounded before anything recursive reads it."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, deque
from unittest.mock import Mock

import numpy as np
import pytest

from grading.judge.answers import AnswerError, parse_answer
from grading.judge.originals import Originals
from grading.judge.replay import check, replay
from grading.shared import wire
from grading.shared.inner_paths import without_paths

from . import forged

# Under what others do on the machine too; what is not bounded takes minutes, or all memory.
SECONDS = 20


def read(text: str) -> None:
    answer = parse_answer(text)
    check(forged.CALL, answer)


@pytest.mark.parametrize("name", [*forged.TOO_MUCH, *forged.OUT_OF_REACH])
def test_a_forged_answer_is_refused_at_once(name: str) -> None:
    text = {**forged.TOO_MUCH, **forged.OUT_OF_REACH}[name]
    if name.startswith("keys of one hash") and f"{sys.hash_info.width} bits" not in name:
        read(text)  # no two of them collide here
        return
    begun = time.process_time()
    with pytest.raises(AnswerError):
        read(text)
    assert time.process_time() - begun < SECONDS


GAPS = np.zeros(1_800_000, "u1")[::2]
ALLOWED = {
    "many texts with brackets in them": ["[{" * 30] * 20_000,
    "a long text of quotes": '"' * 1_000_000,
    "a long text of backslashes": "\\" * 1_000_000,
    "a long text of brackets": "[" * 1_000_000,
    "as many floats as may be": [0.1] * (wire.MAX_NODES - 1),
    "many numbers of NumPy's": [np.float32(0.1)] * 90_000,
    "long integers": [10**4_000] * 100,
    "many small dicts": [{"a": 1.5, "b": [2]} for _ in range(15_000)],
    "many keys": {n * 7919: -n for n in range(40_000)},
    "keys of two hashes": {**dict.fromkeys(range(500)), -1: 0, -2: 0},
    "views of one large array": list(np.arange(20_000.0).reshape(2_000, 10)),
    "many views of an array with gaps": [GAPS, *(GAPS[n : n + 1] for n in range(20_000))],
    "a large array, in columns": list(np.arange(4_000.0).reshape(10, 400).T),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_a_large_honest_answer_is_read(name: str) -> None:
    given = wire.decode_call(json.loads(forged.CALL))
    begun = time.process_time()
    tree = wire.Encoder(given.objects).part(ALLOWED[name])
    answer = parse_answer(forged.said(value=tree))
    check(forged.CALL, answer)
    value = replay(answer, given, Originals())
    assert time.process_time() - begun < SECONDS
    assert repr(value) == repr(ALLOWED[name]) or name == "long integers"


def test_a_view_cannot_reach_what_lies_between_an_arrays_elements() -> None:
    table = np.arange(6.0).reshape(3, 2)
    _, given = wire.encode_call((table[:, 0],), {})
    for offset, shape, strides in ((8, [2], [16]), (0, [4], [8]), (0, [3, 2], [16, 8])):
        tree = forged.viewed(of=0, offset=offset, shape=shape, strides=strides)
        with pytest.raises(wire.WireError, match="beyond"):
            replay(parse_answer(forged.said(value=tree)), given, Originals())
    tree = forged.viewed(of=0, offset=16, strides=[16])
    assert replay(parse_answer(forged.said(value=tree)), given, Originals()).tolist() == [2.0, 4.0]


def test_an_argument_keeps_its_greatest_length_and_its_type() -> None:
    _, given = wire.encode_call((deque([1], 3), Counter("a")), {})
    for number, tree in (
        (0, {"t": "deque", "v": [], "maxlen": 2}),
        (0, forged.listed()),
        (1, {"t": "dict", "v": []}),
    ):
        with pytest.raises(wire.WireError, match="another"):
            replay(parse_answer(forged.said(changed=[[number, tree]])), given, Originals())
    assert given.args == [deque([1]), {"a": 1}]


PLAIN = (1.5, np.float64(1.5), np.ones(2), [np.ones(2), {"a": (1j, 2**70, np.int8(1))}], {1: "t"})
REFERRING = (
    forged.same(0),
    forged.viewed(),
    forged.listed(1, forged.same(0)),
    {"t": "dict", "v": [[1, forged.listed(forged.viewed())]]},
)


def test_the_call_is_read_for_an_answer_that_refers_to_it_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reading = Mock(wraps=wire.decode_call)
    monkeypatch.setattr(wire, "decode_call", reading)
    for value in PLAIN:
        read(forged.said(value=wire.encode(value)))
    assert reading.call_count == 0
    for tree in REFERRING:
        read(forged.said(value=tree))
    assert reading.call_count == len(REFERRING)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('File "/lib/python3.13/json/decoder.py", line 1', 'File "decoder.py", line 1'),
        ("see /lib/python3.13/site-packages/numpy/core/a.py!", "see a.py!"),
        (r"C:\venv\Lib\site-packages\numpy\a.py", "a.py"),
        ("/elsewhere/solution.py", "/elsewhere/solution.py"),
        ("lib/python3/a.py", "lib/python3/a.py"),
        ("a/lib/python3/b/", "a" + "b/"),
        ("(/lib/python313.zip/typing.pyc)", "(typing.pyc)"),
        (
            "cannot import name 'a' from 'numpy' (/lib/python3.13/x.pyc). Did you mean: 'b'?",
            "cannot import name 'a' from 'numpy'. Did you mean: 'b'?",
        ),
        (
            "cannot import name 'a' from 'math' (unknown location)",
            "cannot import name 'a' from 'math'",
        ),
        ("cannot import name '" * 2_000, "cannot import name '" * 2_000),
        ("/" * 20_000, "/" * 20_000),
        ("/lib/python" * 2_000, "/lib/python" * 2_000),
    ],
)
def test_folders_of_the_interpreter_are_left_out(text: str, shown: str) -> None:
    assert without_paths(text) == shown
