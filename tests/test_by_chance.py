"""What leans on chance has no one right answer: none of the reference's is told as expected."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from builder.grade import Judge

from .cases import first_case
from .squares import HEAD, WRONG, Files, proved_judge

DRAW = "import random\n\ndef f(x):\n    return {}\n"
DIE = DRAW.format("random.randrange(x) if x > 1 else 7")
FILES: Files = {
    "solution.py": DIE,
    "hidden_tests/test_f.py": f"""{HEAD}
def test_all():
    assert {{f(6) for _ in range(100)}} == set(range(6))

def test_coin():
    assert f(2) in (0, 1)

def test_next():
    assert f(f(3) + 2) >= 0

def test_one():
    assert f(1) == 7
""",
    WRONG: f'"""It never gives the last.\n\nCaught by: test_all"""\n{DRAW.format("0")}',
}


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """A judge of a die."""
    with proved_judge(tmp_path_factory.mktemp("die"), FILES) as judge:
        yield judge


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("random.randrange(x - 1) if x > 3 else random.randrange(x) if x > 1 else 7", "f(6)"),
        ("random.randrange(x) if x > 2 else 7", "f(2)"),
    ],
    ids=["one outcome is missing", "another outcome"],
)
def test_of_a_call_with_many_right_answers_none_is_expected(
    judge: Judge, answer: str, shown: str
) -> None:
    case = first_case(judge, DRAW.format(answer))
    assert (case["shown"], case["expected"], case["notes"]) == (shown, None, [])


def test_a_call_with_one_right_answer_beside_such_has_it(judge: Judge) -> None:
    case = first_case(judge, DIE.replace("7", "8"))
    assert (case["got"], case["expected"]) == ("8", "7")


def test_all_that_is_right_passes(judge: Judge) -> None:
    other = DRAW.format("random.choice(range(x)) if x > 1 else 7")
    assert judge.grade(other).report["outcome"] == "passed"
