"""The case of a test whose calls build on one another: upon a wrong answer it makes others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.grade import Judge

from .cases import first_case
from .squares import Files, front, proved_judge

FUNCTIONS = "[caesar, move, step, pack, unpack]"
SOLUTION = """
def caesar(text, shift):
    return "".join(chr((ord(c) - 97 + shift) % 26 + 97) for c in text)

def move(stock, by):
    if stock["tea"] + by < 0:
        raise ValueError("too few")
    stock["tea"] += by

def step(n):
    return 3 * n + 1 if n % 2 else n // 2

def pack(text):
    return [[c, 1] for c in text]

def unpack(parts):
    return "".join(c * n for c, n in parts)
"""
TESTS = """
import pytest
from solution import caesar, move, pack, step, unpack

def test_round_trip():
    assert caesar(caesar("abc", -3), 3) == "abc"

def test_in_place():
    stock = {"tea": 0}
    move(stock, 4)
    move(stock, -3)
    assert stock == {"tea": 1}

def test_steps():
    n = 12
    for _ in range(4):
        n = step(n)
    assert n == 5

def test_one_by_one():
    assert step(step(2)) == 4
    assert step(step(40)) == 10

@pytest.mark.parametrize("text", ["ab", "ccd"])
def test_any_form(text):
    assert unpack(pack(text)) == text

def test_any_form_again():
    for text in ("ab", "eef"):
        assert unpack(pack(text)) == text
"""
FILES: Files = {
    **front(f"entry_points: {FUNCTIONS}\n", "entry_points: [f]\n"),
    "starter.py": "".join(
        line + ": ...\n"
        for line in (
            "def caesar(text, shift)",
            "def move(stock, by)",
            "def step(n)",
            "def pack(text)",
            "def unpack(parts)",
        )
    ),
    "solution.py": SOLUTION,
    "hidden_tests/test_f.py": TESTS,
}


@pytest.fixture(scope="module")
def chains(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """A judge of tests that call with what came back."""
    with proved_judge(tmp_path_factory.mktemp("chains"), FILES) as judge:
        yield judge


PACKED = 'def pack(text): return {"s": text}\n'
UNPACKED = 'def unpack(parts): return parts["s"]'
# What takes the place of functions, and of the case its call, what came back, what is right.
WRONG = {
    "the way there": (
        "there = caesar\ndef caesar(text, shift): return there(text, abs(shift))",
        ("caesar('abc', -3)", "'def'", "'xyz'"),
    ),
    "what is left as it was": (
        "put = move\ndef move(stock, by): put(dict(stock), by)",
        ("move({'tea': 0}, 4)", "None", "None"),
    ),
    "the third of four": (
        "def step(n): return n + 3 if n % 2 else n // 2",
        ("step(3)", "6", "10"),
    ),
    "numbers of another type before it": (
        "def step(n): return n + 3 if n % 2 else n / 2",
        ("step(3.0)", "6.0", "10"),
    ),
    "a part that was right before it": (
        "right = step\ndef step(n): return 21 if n == 40 else right(n)",
        ("step(40)", "21", "20"),
    ),
    "the way back of a form that another test accepts": (
        f"{PACKED}{UNPACKED}.replace('c', '', 1)",
        ("unpack({'s': 'ccd'})", "'cd'", None),
    ),
    "the way back of a form that this test accepts": (
        f"{PACKED}{UNPACKED}.replace('e', '', 1)",
        ("unpack({'s': 'eef'})", "'ef'", None),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_the_case_is_the_answer_upon_which_the_test_goes_on_to_other_calls(
    chains: Judge, name: str
) -> None:
    mine, (shown, got, expected) = WRONG[name]
    case = first_case(chains, f"{SOLUTION}\n{mine}\n")
    assert (case["shown"], case["got"], case["expected"]) == (shown, got, expected)


def test_calls_upon_another_form_are_not_taken_for_the_reference_s_in_later_runs(
    tmp_path: Path,
) -> None:
    with proved_judge(tmp_path, FILES) as judge:
        assert judge.grade(f"{SOLUTION}\n{PACKED}{UNPACKED}").report["outcome"] == "passed"
        wrong = "pack(text): return {'s': text}\ndef unpack(parts): return ''"
        case = first_case(judge, f"{SOLUTION}\ndef {wrong}\n")
    assert (case["shown"], case["expected"]) == ("pack('ab')", "[['a', 1], ['b', 1]]")


CHAIN = "from solution import f\n\ndef test_chain():\n    assert f(f(2)) == 16\n"


def test_where_calls_are_not_the_references_the_case_is_the_last_answer_known_to_be_wrong(
    tmp_path: Path,
) -> None:
    with proved_judge(tmp_path, {"hidden_tests/test_f.py": CHAIN}) as judge:
        wrong = first_case(judge, "def f(x): return x + 1\n")
        near = first_case(judge, "def f(x): return x * x if x == 2 else x + 1\n")
        rounded = first_case(judge, "def f(x): return 4 + 4e-15 if x == 2 else x + 1\n")
    # What the reference would answer to f(3) is not known.
    assert (wrong["index"], wrong["shown"], wrong["got"], wrong["expected"]) == (
        0,
        "f(2)",
        "3",
        "4",
    )
    assert (near["index"], near["shown"], near["expected"]) == (1, "f(4)", "16")
    assert (rounded["index"], rounded["expected"]) == (1, "16")


CODE: Files = {
    **front("entry_points: [read, write]\n", "entry_points: [f]\n"),
    "starter.py": "def read(code): ...\n\ndef write(text): ...\n",
    "solution.py": "def read(code): return code[::-1]\n\ndef write(text): return text[::-1]\n",
    "hidden_tests/test_f.py": """
from solution import read, write

def test_one_is_as_long_as_the_other():
    assert len(write("ab")) == 2

def test_round_trip():
    assert read(write("ab")) == "ab"

def test_other_round_trip():
    assert read(write("cd")) == "cd"
""",
}


def test_an_answer_that_a_test_has_accepted_is_not_blamed_for_the_calls_upon_it(
    tmp_path: Path,
) -> None:
    wrong = "def read(code): return code\n\ndef write(text): return text.upper()\n"
    with proved_judge(tmp_path, CODE) as judge:
        _, second, third = judge.grade(wrong).report["tests"]
    assert (second["case"]["shown"], second["case"]["expected"]) == ("read('AB')", None)
    assert third["case"]["shown"] == "write('cd')"  # nothing is known of this one
