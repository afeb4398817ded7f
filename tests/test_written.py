"""Calls in writing: code that runs as it stands, or a comment where that would be too long."""

from __future__ import annotations

import json
import math
import re
import time
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from typing import Any

import numpy as np
import pytest

from grading.judge.call_code import MAX_CODE, Earlier, call_code
from grading.judge.differences import differences
from grading.judge.printed import may_be_result
from grading.judge.written import MAX_SHOWN, call_shown, shown
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


NAN, INF = math.nan, math.inf
TABLE = np.arange(12.0).reshape(3, 4)
SERIES = np.arange(6.0)
PAIR = [1, 2]
AB = namedtuple("AB", "a b")
Ab = namedtuple("Ab", "b, a")
BA: Any = namedtuple("AB", "b a")  # type: ignore[name-match]
A_PAIR = AB(3, 4)
ONES: Any = np.ones(2)
COUNTS = Counter({"a": 1, "b": 3})
SOME, NONE = {"b", (1, frozenset({2})), NAN}, set[int]()
LOCKED = np.arange(3.0)
LOCKED.flags.writeable = False
GIVEN: dict[str, list[Any]] = {
    "numbers that are none": [NAN, -INF, [INF, {"a": NAN}]],
    "NumPy's that are none": [np.float64(NAN), np.float32(-INF), np.float16(INF)],
    "complex ones": [complex(NAN, 1), complex(1, -INF), complex(-0.0, -0.0), complex(-1, -0.0)],
    "NumPy's complex ones": [np.complex128(complex(NAN, -0.0)), np.complex64(1 + 2j)],
    "complex arrays": [np.array([1 + 2j, complex(NAN, INF), complex(-0.0, 1)])],
    "scalars": [
        np.float32(0.1),
        np.int8(-5),
        np.bool_(True),
        np.uint64(2**64 - 1),
        np.float64(-0.0),
    ],
    "large integers": [10**5000, -(10**400), 2**63],
    "a table turned round": [np.array(TABLE.T, order="F")],
    "other orders": [SERIES[::2], SERIES[::-1], np.broadcast_to(SERIES, (3, 6))],
    "parts that leave out some": [np.arange(24).reshape(2, 3, 4)[:, 1:, ::2]],
    "one array twice": [SERIES.copy(), [LOCKED, {"again": LOCKED}]],
    "one list twice": [PAIR, PAIR, (PAIR, {"a": PAIR})],
    "lists of one list": [[[PAIR] * 3] * 3],
    "an array and its part": [SERIES.copy()[:], TABLE[:2], TABLE[1:]],
    "parts of other dtypes": [SERIES, SERIES.view("i8")[2:4], SERIES.view("u1")[5:9]],
    "a locked part": [LOCKED, LOCKED[1:]],
    "nothing": [[], (), {}, "", None, np.zeros((0, 3)), np.zeros((2, 0), "i4")],
    "sets": [{3, 1, 2}, SOME, [SOME, NONE, NONE], frozenset({1}), frozenset(), {frozenset(): b"a"}],
    "Counters": [Counter("aab"), Counter(), [COUNTS, {"again": COUNTS}]],
    "ordered dicts": [OrderedDict(b=1, a=[2]), OrderedDict()],
    "dicts with defaults": [defaultdict(int, a=1), defaultdict(Counter), defaultdict(None, {1: 2})],
    "deques": [deque([1, INF]), deque(maxlen=0), deque("abc", 3), deque()],
    "named tuples": [AB(1, [2]), {AB(1, 2): A_PAIR}, [A_PAIR, Ab(3, 4)], AB(5, 6), {AB(1, 2)}],
    "ranges and NumPy's texts": [range(3), range(9, 2**70, -2), np.str_("a'b"), np.bytes_(b"a")],
    "parts of dicts": [{"a": PAIR}.keys(), {1: PAIR}.items(), OrderedDict(a=[PAIR]).values()],
    "bytes": [b"", b"a'\0\xff", {b"a": 1}],
    "what looks like names": ["array1", {"memory1": "np.array"}],
    "of the other byte order": [np.arange(3, dtype=">i4"), np.array(2.5), np.array([True])],
}


def as_it_lies(call: str) -> str:
    """Return a call without whether its arrays own their memory, which no code can ask for."""
    return re.sub(r'"base": "\w+", ', "", json.dumps(json.loads(call), sort_keys=True))


@pytest.mark.parametrize("name", GIVEN)
def test_code_of_a_call_gives_the_same_values_in_the_same_places_and_memory(name: str) -> None:
    call = written(*GIVEN[name], GIVEN[name][0])
    came: list[str] = []
    exec(call_code(call), {"f": lambda *given: came.append(written(*given))})
    assert list(map(as_it_lies, came)) == [as_it_lies(call)]


def test_earlier_calls_come_first_as_far_as_there_is_room() -> None:
    long, short, raising = written("x" * (MAX_CODE // 2)), written(1), written(-1)
    calls = [Earlier(long, False), Earlier(raising, True), Earlier(short, False)]
    came: list[Any] = []

    def f(value: Any) -> None:
        came.append(value)
        if value == -1:
            raise KeyboardInterrupt

    for given, own, expected in [
        (calls, 2, ["x" * (MAX_CODE // 2), -1, 1, 2]),
        ([calls[0], *calls], 2, [-1, 1, 2]),
        ([calls[0], calls[0], calls[2]], 3, [2]),
    ]:
        came.clear()
        exec(call_code(written(2), given, own), {"f": f})
        assert came == expected


@pytest.mark.parametrize("value", [np.arange(100_000.0), list(range(MAX_CODE)), "x" * MAX_CODE])
def test_a_call_too_long_to_write_out_is_a_comment_on_one_line(value: Any) -> None:
    call = written(value)
    code = call_code(call)
    assert code == f"# Too long to write out: {call_shown(call)}"
    assert len(code.splitlines()) == 1
    exec(code, {})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([np.array([1 / 3])], "[np.array([0.3333333333333333])]"),
        ({"a": (np.float64(1 / 3),)}, "{'a': (np.float64(0.3333333333333333),)}"),
        ([10**5000, {}], "[<int too long to show>, {}]"),
        ([{10, 9, 8}, frozenset("ba"), set()], "[{8, 9, 10}, frozenset({'a', 'b'}), set()]"),
        ({"b", 1}, "{'b', 1}"),
        ({frozenset("dc"), frozenset("ba")}, "{frozenset({'a', 'b'}), frozenset({'c', 'd'})}"),
        ({2, frozenset("bac")}, "{2, frozenset({'a', 'b', 'c'})}"),
        ({frozenset("ab"), frozenset("a")}, "{frozenset({'a'}), frozenset({'a', 'b'})}"),
        (
            {(1, frozenset("b")), (1, frozenset("a"))},
            "{(1, frozenset({'a'})), (1, frozenset({'b'}))}",
        ),
        ({2.0, NAN, 1.0}, "{1.0, 2.0, nan}"),
        (Counter({"a": 1, "b": 2}), "Counter({'b': 2, 'a': 1})"),
        (Counter({"a": 1, "b": "2"}), "Counter({'a': 1, 'b': '2'})"),
        ([Counter(), OrderedDict(), deque()], "[Counter(), OrderedDict(), deque([])]"),
        (
            Counter({"a": np.ones(1), "b": np.ones(1)}),
            "Counter({'a': np.array([1.0]), 'b': np.array([1.0])})",
        ),
        (OrderedDict(b=1, a={2}), "OrderedDict({'b': 1, 'a': {2}})"),
        (defaultdict(list, a=[1]), "defaultdict(list, {'a': [1]})"),
        (
            AB(np.float64(1 / 3), [AB(1, ())]),
            "AB(a=np.float64(0.3333333333333333), b=[AB(a=1, b=())])",
        ),
        (deque([np.float64(1 / 3)], 2), "deque([np.float64(0.3333333333333333)], maxlen=2)"),
    ],
)
def test_a_value_is_shown_with_all_its_digits_wherever_it_stands(value: Any, text: str) -> None:
    assert shown(value) == text


MANY = set(range(200))


@pytest.mark.parametrize(
    ("got", "expected", "notes"),
    [
        ({1.0, 2}, {1, 2}, ["with 1.0, not 1"]),
        (frozenset({(1, True)}), frozenset({(1, 1)}), ["with (1, True), not (1, 1)"]),
        ({-0.0}, {0.0}, ["with -0.0, not 0.0"]),
        ({1, 2}, {2, 1}, []),
        ({"a": MANY - {7}}, {"a": MANY}, ["at ['a']: without 7"]),
    ],
)
def test_sets_differ_in_what_they_hold_and_equal_ones_in_its_types(
    got: Any, expected: Any, notes: list[str]
) -> None:
    assert differences(got, expected) == notes


@pytest.mark.parametrize(
    ("got", "expected", "notes"),
    [
        (Counter("aab"), {"a": 2, "b": 2}, ["first at ['b']: 1, not 2"]),
        (Counter("a"), {"a": 1, "b": 1}, ["without the key 'b'"]),
        (Counter("a"), {"a": 1}, ["type Counter, not dict"]),
        (Counter({"a": True}), {"a": 1}, ["type Counter, not dict", "first at ['a']: True, not 1"]),
        ([Counter("a")], [{"a": 2}], ["first at [0]['a']: 1, not 2"]),
        ([Counter("a")], [{"a": 1}], ["first at [0]: Counter({'a': 1}), not {'a': 1}"]),
        (OrderedDict(b=1, a=2), OrderedDict(a=2, b=1), ["keys in another order: 'b' before 'a'"]),
        (defaultdict(int, {1: 2}), defaultdict(bool, {1: 2}), ["default_factory int, not bool"]),
        (defaultdict(int, a=1), {"a": [1]}, ["first at ['a']: 1, not [1]"]),
        (deque([1, 2], 3), deque([1, 2]), ["maxlen 3, not None"]),
        (deque([1, 2]), deque([1, 3, 4]), ["length 2, not 3", "first at [1]: 2, not 3"]),
        (AB(1, 2), (1, 3), ["first at [1]: 2, not 3"]),
        (AB(1, 2), (1, 2), ["type AB, not tuple"]),
        ([AB(1, 2)], [(1, 2)], ["first at [0]: AB(a=1, b=2), not (1, 2)"]),
        (AB(1, 2), BA(1, 2), ["type AB (a, b), not AB (b, a)"]),
        (
            Counter({"a": ONES}),
            {"a": -ONES},
            [
                "type Counter, not dict",
                "first at ['a']: np.array([1.0, 1.0]), not np.array([-1.0, -1.0])",
            ],
        ),
        (AB(1, 2), [1, 2], ["type AB, not list"]),
        (np.str_("ab"), "ac", ["first at character 1: 'b', not 'c'"]),
        (np.str_("ab"), "ab", ["type str_, not str"]),
        ({"a": 1}.keys(), {"a", "b"}, ["without 'b'"]),
        ({"a": 1}.keys(), {"a"}, ["type dict_keys, not set"]),
        ({"a": 1}.values(), [1], ["type dict_values, not list"]),
        (range(3), [0, 1, 2], ["type range, not list"]),
        (deque([1, 2]), [1, 3], ["type deque, not list"]),
        ({1}, frozenset({2}), ["without 2", "with 1"]),
        ({1}, frozenset({1}), ["type set, not frozenset"]),
    ],
)
def test_what_may_be_equal_in_another_type_differs_in_what_it_holds(
    got: Any, expected: Any, notes: list[str]
) -> None:
    assert differences(got, expected) == notes


@pytest.mark.parametrize("zero", [0.0, np.float32(0), ONES - 1])
def test_the_sign_of_a_zero_is_told_where_nothing_else_differs(zero: Any) -> None:
    assert differences([-zero, 5.0], [zero, 6.0]) == ["first at [1]: 5.0, not 6.0"]
    (note,) = differences([-zero, 5.0], [zero, 5.0])
    assert note.startswith("first at [0]: ") and "-0.0" in note


def test_a_type_of_numbers_is_told_where_nothing_else_is() -> None:
    assert differences(np.float64(1), 1.0) == ["type float64, not float"]
    assert differences(np.float64(1), 1.0, is_left_alike=False) == []
    assert differences(1.5, np.float64(1)) == ["off by 0.5 (50 %)"]
    assert differences(np.float64(NAN), NAN) == ["type float64, not float"]
    one = np.float64(1)
    assert differences([one, 3], [1.0, 2]) == ["first at [1]: 3, not 2"]
    assert differences([{"a": (one,)}, 3], [{"a": (1.0,)}, 2]) == ["first at [1]: 3, not 2"]
    assert differences([[one, 3], one], [[1.0, 2], 1.0]) == ["first at [0][1]: 3, not 2"]
    assert differences([0, one], [0, 1.0]) == ["first at [1]: np.float64(1.0), not 1.0"]
    assert differences([2, 3], [2.0, 2]) == ["first at [1]: 3, not 2"]
    assert differences({"a": 2, "b": True, "c": 3}, {"a": 2.0, "b": 1, "c": 4}) == [
        "first at ['c']: 3, not 4"
    ]
    assert differences([ONES, 3], [ONES.astype(int), 4]) == ["first at [1]: 3, not 4"]
    assert differences([2, 3], [2.0, 3]) == ["first at [0]: 2, not 2.0"]
    told = ["type float32, not float", "off by 0.5 (50 %)"]
    assert differences(np.float32(1.5), 1.0) == told


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("0.46", 0.4607),
        ("1.8357", 0.4607),
        ("nan", 0.4607),
        ("np.float64(1.8357)", 0.4607),
        ("loss: 0.4608", np.float64(0.4607)),
        ("The loss is 0.46.", 0.4607),
        ("10", 9),
        ("9.0", 9),
        ("False", True),
        ("HELLO, Ann!", "Hello, Ann!"),
        ("Hi Ann", "Hello Ann"),
        ("Fizz", "FizzBuzz"),
        ("sorted: [1, 2]", [1, 2]),
        ("[2, 1]", [1, 2]),
        ("[1. 3.]", np.array([1.0, 4.0])),
        ("{'a': 1}", {"b": 2}),
        ("(1, 2)", (2, 1)),
        ("deque([1])", deque([2])),
    ],
)
def test_a_line_that_is_or_looks_like_what_is_right_may_be_meant_for_it(
    line: str, right: Any
) -> None:
    assert may_be_result(line, right, [])


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("start", 0.4607),
        ("error: 'numpy.ndarray' object has no attribute 'maxx'", 0.4607),
        ("lp [-2.4607 -1.4607]", 0.4607),
        ("[-2.4607 -1.4607]", 0.4607),
        ("step 1.5", 0.4607),
        ("2", 0.4607),
        ("target: 2", 0.4607),
        ("0.1", 0.4607),
        ("x0.4607", 0.4607),
        ("1", True),
        ("start", "Hello, Ann!"),
        ("", ""),
        ("start", [1, 2]),
        ("0.5", [1, 2]),
        ("(1, 2)", [1, 2]),
        ("{1, 2}", deque([1])),
        ("start", b"one"),
    ],
)
def test_a_line_that_is_printed_to_look_at_something_is_not_meant_for_what_is_right(
    line: str, right: Any
) -> None:
    assert not may_be_result(line, right, [2, 0.1, np.arange(3)])


def test_of_a_long_value_no_more_is_written_than_is_shown() -> None:
    text = shown([[n, "x"] for n in range(1_000_000)])
    assert text.startswith("[[0, 'x'], [1, 'x'], ") and text.endswith(" …")
    assert len(text) == MAX_SHOWN + len(" …")


def test_sets_in_sets_of_no_order_are_written_at_once_however_deep() -> None:
    value: Any = frozenset([0])
    for number in range(1, 21):
        value = frozenset([value, number])
    begin = time.monotonic()
    assert shown(value).startswith("frozenset({20, frozenset({19, ")
    assert time.monotonic() - begin < 5


VIEW = np.arange(3.0)[...]
PAIR = [1]


@pytest.mark.parametrize(
    ("got", "expected", "notes"),
    [
        ((VIEW,), (VIEW.copy(),), []),
        ([VIEW, 3], [VIEW.copy(), 2], ["first at [1]: 3, not 2"]),
        (
            [np.array([0.0, -0.0])],
            [np.zeros(2)],
            ["first at [0]: np.array([0.0, -0.0]), not np.array([0.0, 0.0])"],
        ),
        ([[PAIR, PAIR], 3], [[[1], [1]], 2], ["first at [1]: 3, not 2"]),
        ([[PAIR, PAIR]], [[[1], [1]]], []),
        ([10**5000], [10**5000 + 1], []),
        (
            np.array([[1.0, -0.0], [-0.0, 0.0]]),
            np.array([[1.0, 0.0], [0.0, 0.0]]),
            ["2 of 4 elements differ in the sign of zero, first at [0, 1]: -0.0, not 0.0"],
        ),
        (np.array([1, 0]), np.array([1.0, -0.0]), ["dtype int64, not float64"]),
    ],
)
def test_a_difference_is_never_told_of_what_is_written_alike(
    got: Any, expected: Any, notes: list[str]
) -> None:
    assert differences(got, expected) == notes


@pytest.mark.parametrize(
    "array",
    [
        np.arange(25, dtype=np.uint8).reshape(5, 5),
        np.arange(81).reshape(9, 9) % 10,
        np.arange(24).reshape(3, 8) % 3 == 0,
        np.arange(25.0).reshape(5, 5) / 7,
    ],
    ids=["five by five", "nine by nine", "of bools", "of floats"],
)
def test_an_array_that_is_shown_whole_is_code_that_gives_it_again(array: Any) -> None:
    again = eval(shown(array), {"np": np})
    assert again.dtype == array.dtype
    assert np.array_equal(again, array)


def test_of_a_long_array_the_ends_are_shown() -> None:
    text = "np.array([0, 1, 2, ..., 197, 198, 199], shape=(200,))"
    assert shown(np.arange(200)) == text
