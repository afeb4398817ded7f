"""`Caught by:` of a wrong solution names tests and cases as its author reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder import caught_by
from builder.exercise import read_exercise

from .squares import authored, planted, prove_quietly, write_exercise

LISTS = {
    "test_a, test_b": ["test_a", "test_b"],
    "test_a,": ["test_a"],
    "test_a,\n  test_b[1]": ["test_a", "test_b[1]"],
    "test_a[x, y], test_b": ["test_a[x, y]", "test_b"],
    "test_a[x,\n  y],test_b": ["test_a[x, y]", "test_b"],
    "test_a[[1, 2], [3]], test_b": ["test_a[[1, 2], [3]]", "test_b"],
    "test_a[x], y], test_b": ["test_a[x]", "y]", "test_b"],
    "test_a[], test_b": ["test_a[]", "test_b"],
    "test_a[x, test_b": ["test_a[x, test_b"],
}


@pytest.mark.parametrize("text", LISTS)
def test_a_comma_in_brackets_belongs_to_the_name_of_a_case(text: str) -> None:
    assert list(caught_by.listed(text)) == LISTS[text]


# As pytest writes them.
TESTS = [
    "test_w[\\xfc]",
    "test_w[a, b]",
    "test_w[a\\nb]",
    "test_w[C:\\\\x]",
    "test_wide",
    "test_w[x  y]",
]
MEANT = {
    "test_w[ü]": TESTS[:1],
    "test_w[\\xfc]": TESTS[:1],
    "test_w[a, b]": TESTS[1:2],
    "test_w[a b]": TESTS[2:3],
    "test_w[a\\nb]": TESTS[2:3],
    "test_w[C:\\x]": TESTS[3:4],
    "test_w[x y]": TESTS[5:],
    "test_wide": ["test_wide"],
    "test_w": [test for test in TESTS if test != "test_wide"],
    "test_": [],
    "test_w[": [],
}


@pytest.mark.parametrize("name", MEANT)
def test_a_case_is_meant_by_what_its_author_called_it_and_all_of_them_by_their_function(
    name: str,
) -> None:
    assert caught_by.named(name, TESTS) == MEANT[name]


def test_a_wrong_solution_is_caught_by_a_case_that_it_names_or_by_one_of_all(
    tmp_path: Path,
) -> None:
    cases = "@pytest.mark.parametrize('x', ['ü, b', 'c'])\ndef test_w(x): assert f(x) == x + x\n"
    first = {"solution.py": "def f(x): return x * 2\n", **authored(cases)}
    lost = "def f(x): return x.encode('ascii', 'ignore').decode() * 2\n"
    for name in ("test_w[ü, b]", "test_w"):
        plant = planted(f"Letters are lost.\n\nCaught by: {name}", lost)
        folder = write_exercise(tmp_path, {**first, **plant})
        proof = prove_quietly(read_exercise(folder), tmp_path / "cache")
        (caught,) = proof.planted
        assert list(caught["fails"]) == ["test_w[\\xfc, b]"]
