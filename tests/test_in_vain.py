"""Which comparisons of a test nothing uses."""

from __future__ import annotations

import ast

import pytest

from grading.judge.left_out import in_vain

UNUSED = {
    "in a test": "def test():\n    f(1) == 2",
    "in a helper": "def check(x):\n    np.allclose(x, 2)\ndef test(): check(f(1))",
    "in a block that awaits nothing": "def test():\n    with np.errstate(all='ignore'):\n"
    "        f(1) == 2",
    "in a test of several": "def test(self):\n    for x in (1, 2):\n"
    "        with self.subTest(x=x):\n            f(x) == 2",
}
AWAITED = {
    "by pytest.raises": "def test():\n    with pytest.raises(TypeError):\n        f(1) < f('a')",
    "by a context of a table": "def test(expectation):\n    with expectation:\n        f(1) == 1",
    "by one of several contexts": "def test(self):\n"
    "    with self.subTest(1), pytest.raises(E):\n        1 < 2",
    "in a function that is handed over": "def compare(): f(1) < f('a')\n"
    "def test(): pytest.raises(TypeError, compare)",
    "in a function that is called there": "def compare(): f(1) < f('a')\n"
    "def test():\n    with raised:\n        compare()",
    "in a method": "def go(self): f(1) < f('a')\n"
    "def test(self): self.assertRaises(TypeError, self.go)",
    "two functions deep": "def a(): f(1) < f('a')\ndef b(): a()\n"
    "def test(): np.testing.assert_raises(TypeError, b)",
    "by try": "def test():\n    try:\n        1 < f(1)\n    except TypeError:\n        pass",
    "by try for a group": "def test():\n    try:\n        1 < f(1)\n    except* TypeError:\n"
    "        pass",
}


@pytest.mark.parametrize("name", UNUSED)
def test_a_comparison_that_nothing_uses_is_found(name: str) -> None:
    assert [vain["why"] for vain in in_vain({"test_f.py": ast.parse(UNUSED[name])})] == ["unused"]


@pytest.mark.parametrize("name", AWAITED)
def test_a_comparison_that_may_raise_what_is_awaited_is_left_alone(name: str) -> None:
    assert in_vain({"test_f.py": ast.parse(AWAITED[name])}) == []
