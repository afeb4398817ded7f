"""What the standard library's collections come to in a verdict: just what plain pytest says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from builder.grade import Judge

from .squares import HEAD, Files, judging, outcomes, proved_judge

SUBMISSION = """
import numpy as np
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from typing import NamedTuple

Point = namedtuple("Point", "x y")

class Card(NamedTuple):
    rank: int
    suit: str = "spades"

    def is_high(self): return self.rank > 10

class Same(NamedTuple):
    value: int
    def __eq__(self, other): return False

def f(what, x=None):
    if what == "count words":
        return Counter(x.split())
    if what == "group":
        groups = defaultdict(list)
        for word in x:
            groups[word[0]].append(word)
        return groups
    if what == "group, by code":
        return defaultdict(lambda: 0, x)
    if what == "recent last":
        cache = OrderedDict(x)
        cache.move_to_end(next(iter(cache)))
        return cache
    if what == "last three":
        return deque(x, 3)
    if what == "point":
        return Point(*x)
    if what == "cards":
        return {Card(rank): [Card(rank, "hearts")] for rank in x}
    if what == "unlike all":
        return Same(x)
    if what == "right of":
        return x._replace(x=x.x + 1)
    if what == "range":
        return range(x)
    if what == "first word":
        return np.unique(x)[0]
    if what in ("keys", "values", "items"):
        return getattr(Counter(x), what)()
    if what == "turn":
        x.rotate(1)
    if what == "tally":
        x[0].update("ab")
        x[1]["seen"] += 1
        x[2].move_to_end("a")
    return x
"""
TESTS = """
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple

Place = namedtuple("Place", "x y")

def test_counts_are_a_dict():
    assert f("count words", "a b a") == {"a": 2, "b": 1}

def test_wrong_counts():
    assert f("count words", "a b a") == {"a": 2, "b": 2}

def test_counts_answer_as_a_counter():
    counts = f("count words", "a b a")
    assert counts["z"] == 0 and counts.most_common(1) == [("a", 2)] and counts.total() == 3
    assert isinstance(counts, dict) and type(counts) is Counter and counts == Counter("aab")
    assert repr(counts) == "Counter({'a': 2, 'b': 1})"

def test_counts_are_no_plain_dict():
    assert type(f("count words", "a")) is dict

def test_groups():
    groups = f("group", ["ab", "b", "ac"])
    assert groups == {"a": ["ab", "ac"], "b": ["b"]} and dict(groups) == groups
    assert groups["z"] == [] and "z" in groups and groups.default_factory is list

def test_a_missing_group_is_no_error():
    with pytest.raises(KeyError):
        f("group", ["a"])["z"]

def test_groups_of_code_are_a_dict():
    assert f("group, by code", {"a": 1}) == {"a": 1}

def test_order_counts():
    cache = f("recent last", {"a": 1, "b": 2})
    assert cache == OrderedDict([("b", 2), ("a", 1)]) and list(cache) == ["b", "a"]
    assert cache == {"a": 1, "b": 2}

def test_another_order():
    assert f("recent last", {"a": 1, "b": 2}) == OrderedDict([("a", 1), ("b", 2)])

def test_last_ones():
    last = f("last three", range_list(5))
    assert last == deque([2, 3, 4]) and list(last) == [2, 3, 4] and last[-1] == 4
    assert last.maxlen == 3 and repr(last) == "deque([2, 3, 4], maxlen=3)"

def test_a_deque_is_no_list():
    assert f("last three", [1, 2]) == [1, 2]

def test_a_deque_in_place():
    given = deque([1, 2, 3])
    assert f("turn", given) is given and given == deque([3, 1, 2])

def test_mappings_in_place():
    counts, seen, order = Counter("a"), defaultdict(int), OrderedDict(a=1, b=2)
    f("tally", [counts, seen, order])
    assert counts == {"a": 2, "b": 1} and seen == {"seen": 1} and list(order) == ["b", "a"]
    assert type(counts) is Counter and seen["more"] == 0

def test_a_counter_left_as_it_was():
    counts = Counter("a")
    f("tally", [counts, defaultdict(int), OrderedDict(a=1)])
    assert counts == Counter("a")

def test_a_point():
    point = f("point", (1, 2))
    assert point == (1, 2) and isinstance(point, tuple) and type(point) is not tuple
    assert (point.x, point.y) == (1, 2) and point._fields == ("x", "y")
    x, y = point
    assert repr(point) == "Point(x=1, y=2)" and type(point).__name__ == "Point"
    assert type(f("point", (3, 4))) is type(point)

def test_a_point_is_no_plain_tuple():
    assert type(f("point", (1, 2))) is tuple

def test_another_point():
    assert f("point", (1, 2)) == (2, 1)

def test_cards():
    cards = f("cards", [1, 12])
    assert cards[(12, "spades")][0].suit == "hearts" and max(cards).rank == 12

def test_what_equals_nothing_by_itself_does_so_here():
    assert f("unlike all", 1) == (1,)

def test_a_place_goes_there_and_back():
    place = Place(1, 2)
    right = f("right of", place)
    assert (right, right.x) == ((2, 2), 2) and f("echo", place) is place

def test_a_range():
    numbers = f("range", 3)
    assert list(numbers) == [0, 1, 2] and len(numbers) == 3 and numbers[-1] == 2
    assert numbers == range(0, 3, 1) and isinstance(numbers, range) and 2 in f("echo", numbers)

def test_a_range_is_no_list():
    assert f("range", 3) == [0, 1, 2]

def test_a_text_of_numpy():
    word = f("first word", ["b", "a"])
    assert word == "a" and isinstance(word, str) and word.upper() == "A" and {"a": 1}[word] == 1

def test_a_text_of_numpy_is_no_plain_text():
    assert type(f("first word", ["a"])) is str

def test_keys():
    keys = f("keys", "aab")
    assert keys == {"a", "b"} and sorted(keys) == ["a", "b"] and keys & {"a"} == {"a"}
    assert list(keys) == ["a", "b"] and "c" not in keys

def test_keys_are_no_list():
    assert f("keys", "aab") == ["a", "b"]

def test_values_and_items():
    assert sorted(f("values", "aab")) == [1, 2] and dict(f("items", "aab")) == {"a": 2, "b": 1}
    assert ("a", 2) in f("items", "aab")

def test_values_equal_nothing():
    assert f("values", "a") == f("values", "a")

def range_list(n): return list(range(n))
"""


def plain_pytest(folder: Path, tests: str, submission: str) -> dict[str, str]:
    """Return what plain pytest says of tests, by their names, in one process."""
    (folder / "solution.py").write_text(submission, "utf-8")
    (folder / "test_f.py").write_text(tests, "utf-8")
    words = [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", str(folder)]
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    run = subprocess.run(
        [*words, "--rootdir", str(folder)],
        env={**own, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    said = re.findall(r"^(PASSED|FAILED) \S+::(\w+)", run.stdout, re.MULTILINE)
    return {name: outcome.lower() for outcome, name in said}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    with judging(tmp_path_factory.mktemp("collections"), TESTS, "what, x=None") as judge:
        yield judge.grade(SUBMISSION).report


def test_verdicts_are_those_of_plain_pytest(report: dict[str, Any], tmp_path: Path) -> None:
    native = plain_pytest(tmp_path, HEAD + TESTS, SUBMISSION)
    assert set(native.values()) == {"passed", "failed"}
    assert {test["id"]: test["outcome"] for test in report["tests"]} == native


WORDS = """
def f(x):
    counts = {}
    for word in x.split():
        counts[word] = counts.get(word, 0) + 1
    return counts
"""
WORD_TESTS = """
def test_words():
    assert f("a b a") == {"a": 2, "b": 1}
    assert f("") == {}
"""


@pytest.fixture(scope="module")
def counting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """A judge of word counts, whose reference returns a plain dict."""
    files: Files = {"solution.py": WORDS, "hidden_tests/test_f.py": HEAD + WORD_TESTS}
    with proved_judge(tmp_path_factory.mktemp("counting"), files) as judge:
        yield judge


def test_a_counter_passes_where_the_reference_returns_a_dict(counting: Judge) -> None:
    report = counting.grade(
        "from collections import Counter\ndef f(x): return Counter(x.split())\n"
    )
    assert outcomes(report.report) == "passed"


def test_a_wrong_counter_is_told_by_what_it_holds(counting: Judge) -> None:
    source = "from collections import Counter\ndef f(x): return Counter(set(x.split()))\n"
    (test,) = counting.grade(source).report["tests"]
    case = test["case"]
    assert (test["outcome"], case["notes"]) == ("failed", ["first at ['a']: 1, not 2"])
    assert case["got"].startswith("Counter({") and case["expected"] == "{'a': 2, 'b': 1}"


def test_a_default_of_code_that_a_test_asks_for_is_told(tmp_path: Path) -> None:
    tests = "def test_default():\n    assert f({})['z'] == 0\n"
    source = "from collections import defaultdict\ndef f(x): return defaultdict(lambda: 0, x)\n"
    with judging(tmp_path, tests) as judge:
        (test,) = judge.grade(source).report["tests"]
    assert test["outcome"] == "failed" and "made by code (function)" in test["message"]
