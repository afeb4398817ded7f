"""Calls in writing: code that runs as it stands, or a comment where that would be too long."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from grading.judge.written import MAX_CODE, call_code, call_shown
from grading.shared import wire


def written(*args: Any) -> str:
    """Return a call as it crosses."""
    trees, _ = wire.encode_call(args, {})
    return json.dumps({"function": "f", **trees})


@pytest.mark.parametrize(
    "value",
    [3, "a # b", [1, 2.5], np.arange(12.0).reshape(3, 4), np.array([np.nan, np.inf])],
    ids=str,
)
def test_a_call_that_is_written_out_runs_as_it_stands(value: Any) -> None:
    code = call_code(written(value))
    came: list[Any] = []
    exec(code, {"f": came.append})
    np.testing.assert_array_equal(came, [value])


@pytest.mark.parametrize("value", [np.arange(100_000.0), list(range(MAX_CODE)), "x" * MAX_CODE])
def test_a_call_too_long_to_write_out_is_a_comment_on_one_line(value: Any) -> None:
    call = written(value)
    code = call_code(call)
    assert code == f"# Too long to write out: {call_shown(call)}"
    assert len(code.splitlines()) == 1
    exec(code, {})
