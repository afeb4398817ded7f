"""Where a lone call may come to something else, a case's code has those before it, too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from builder.grade import Judge

from .cases import assert_same, first_case, outcome_of
from .squares import proved_judge

TESTS = """
import numpy as np
import pytest
from solution import f

def test_refusal():
    with pytest.raises(ValueError):
        f(-1)

def test_numbers():
    assert f(2) == 4
    assert f(3) == 9
    assert f(2) == 4, "f(2) is 4, also the second time"

def test_arrays():
    table = np.asfortranarray(np.arange(6.0).reshape(2, 3))
    np.testing.assert_array_equal(f(table), table * table)
    np.testing.assert_array_equal(f(table[0]), [0, 1, 4])
"""
CHECKED = "    if np.min(x) < 0:\n        raise ValueError('negative')\n"
REMEMBERING = {
    "what was given first": f"""
import numpy as np
seen = {{}}
def f(x):
{CHECKED}    seen[np.size(x)] = seen.get(np.size(x), x * x)
    return seen[np.size(x)]
""",
    "how often it was called": f"""
import numpy as np
def f(x, calls=[]):
{CHECKED}    calls.append(x)
    return x * x + (len(calls) == 3)
""",
    "an array that a helper's decorator keeps": f"""
import functools
import numpy as np
@functools.lru_cache(maxsize=None)
def zeros(shape):
    return np.zeros(shape)
def f(x):
{CHECKED}    squares = zeros(np.shape(x))
    squares += x * x
    return squares
""",
    "what it was given when it raised": f"""
import numpy as np
def f(x):
    f.calls = getattr(f, "calls", 0) + 1
{CHECKED}    return x * x + (f.calls > 4)
""",
}


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """A judge of tests that make several calls, one of which raises."""
    files: dict[str, str | None] = {"hidden_tests/test_f.py": TESTS}
    with proved_judge(tmp_path_factory.mktemp("earlier"), files) as opened:
        yield opened


@pytest.mark.parametrize("name", REMEMBERING)
def test_code_of_a_case_comes_to_what_came_back(judge: Judge, name: str) -> None:
    source = REMEMBERING[name]
    case = first_case(judge, source)
    assert case["call"].splitlines()[-1] != case["call"]
    assert_same(outcome_of(source, case["call"]), case["got"])
    assert case["shown"].count("f(") == 1


def test_code_that_remembers_nothing_has_the_call_alone(judge: Judge) -> None:
    source = f"import numpy as np\ndef f(x):\n{CHECKED}    return x * x + (np.size(x) < 2)\n"
    assert first_case(judge, source)["call"] == "f(2)"
