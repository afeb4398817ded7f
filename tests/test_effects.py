"""What a call does to its arguments is seen by the caller as in one process, or told in words.

Each row runs twice: with the function itself, and with what stands in for it over the wire.
"""

from __future__ import annotations

import collections
import copy
import json
import warnings
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from collections.abc import Callable, ItemsView, KeysView, ValuesView
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grading.candidate import calling, loading
from grading.judge.answers import parse_answer
from grading.judge.replay import check
from grading.judge.standin import CallNeeded, StandIn
from grading.shared import wire

Use = Callable[[Callable[..., Any]], Any]
NAMES: dict[str, Any] = {"np": np, **vars(collections)}


def outcome(use: Use, function: Callable[..., Any]) -> object:
    """Return what a use of a function came to: its result, or the exception that ended it."""
    try:
        return use(function)
    except CallNeeded:
        raise
    except BaseException as problem:
        return type(problem).__name__, str(problem)


def in_one_process(source: str, use: Use) -> object:
    namespace = dict(NAMES)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(source, namespace)
        return outcome(use, namespace["f"])


def over_the_wire(source: str, use: Use) -> tuple[object, StandIn]:
    """Return the same, with all calls and answers as texts, and what the stand-in has noted."""
    namespace = dict(NAMES)
    exec(source, namespace)
    loading.functions["f"] = namespace["f"]
    standin = StandIn(["f"], Path("nowhere"))
    standin.open_test()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        while True:
            standin.rewind()
            try:
                came_to = outcome(use, standin.f)
            except CallNeeded:
                came_to = None
            standin.settle()
            if standin.wanted is None:
                return came_to, standin
            answer = parse_answer(calling.call(standin.wanted).partition("\n")[2])
            check(standin.wanted, answer)
            standin.record(answer)


class Look:
    """Describes values: what they hold, and which of them are one or share memory."""

    def __init__(self, *given: Any) -> None:
        self.given = given

    def at(self, value: Any) -> object:
        same = [n for n, other in enumerate(self.given) if value is other]
        if isinstance(value, np.ndarray):
            shared = [n for n, x in enumerate(self.given) if _shared(x, value)]
            strides = value.strides if value.size else None
            form = value.dtype.str, value.shape, strides, value.flags.writeable
            return same, shared, form, value.tolist()
        if isinstance(value, (list, tuple, deque, KeysView, ValuesView, ItemsView)):
            return (
                same,
                getattr(value, "maxlen", None),
                type(value).__name__,
                [self.at(part) for part in value],
            )
        if isinstance(value, dict):
            pairs = [(self.at(k), self.at(v)) for k, v in value.items()]
            return same, type(value).__name__, getattr(value, "default_factory", None), pairs
        return value


def _shared(one: Any, other: Any) -> bool:
    return isinstance(one, np.ndarray) and np.shares_memory(one, other)


def poke(value: Any) -> None:
    """Change all arrays in a value, so that whoever shares their memory shows it."""
    if isinstance(value, np.ndarray) and value.flags.writeable and value.size:
        value[...] = value + 1
    elif isinstance(value, (list, tuple, deque)):
        for part in value:
            poke(part)
    elif isinstance(value, dict):
        poke(list(value.values()))


def seen(make: Callable[[], tuple[Any, ...]]) -> Use:
    """Return a use that calls with some arguments and looks at all that a caller can see."""

    def use(f: Callable[..., Any]) -> object:
        given = make()
        result = f(*given)
        look = Look(*given)
        before = look.at(result), look.at(given)
        poke(result)
        return before, look.at(result), look.at(given)

    return use


def locked(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    array.flags.writeable = False
    return array


ARRAYS: dict[str, Callable[[], np.ndarray[Any, Any]]] = {
    "its own": lambda: np.array([3.0, 1.0, 2.0, 5.0]),
    "a slice": lambda: np.arange(8.0)[2:6],
    "every other": lambda: np.arange(8.0)[::2],
    "reversed": lambda: np.arange(4.0)[::-1],
    "two dimensions": lambda: np.arange(6.0).reshape(2, 3),
    "transposed": lambda: np.arange(6.0).reshape(2, 3).T,
    "Fortran order": lambda: np.asfortranarray(np.arange(6.0).reshape(2, 3)),
    "axes exchanged": lambda: np.arange(24.0).reshape(2, 3, 4).transpose(1, 2, 0),
    "a column": lambda: np.arange(12.0).reshape(4, 3)[:, 1],
    "read-only": lambda: locked(np.arange(4.0)),
    "a view of what is read-only": lambda: locked(np.arange(4.0))[1:],
    "of bytes": lambda: np.frombuffer(np.arange(4.0).tobytes()),
    "big-endian": lambda: np.arange(4).astype(">f8"),
    "int32": lambda: np.arange(4, dtype="i4"),
    "empty": lambda: np.zeros(0),
    "no dimension": lambda: np.array(3.0),
    "one number spread out": lambda: np.broadcast_to(np.float64(2), (3,)),
    "imaginary parts": lambda: (np.arange(3) * (1 + 2j)).imag,
}
BODIES = [
    "x[0] = 7",
    "x *= 2",
    "x.shape = (1, -1)",
    "x.shape = (-1, 1)",
    "x.dtype = 'i8'",
    "x.dtype = 'f4'",
    "x.strides = x.strides[::-1]",
    "x.resize(3, refcheck=False)",
    "x.flags.writeable = False",
    "x.flags.writeable = True; x[0] = 9",
    "x.sort(); return x",
    "v = x.reshape(-1); v[:] = 0",
    "x.shape = (-1,); x[0] = 8; return x[1:]",
    "x *= 2; raise ValueError('late')",
    "return x",
    "return x[1:]",
    "return x[::-1]",
    "return x.T",
    "return x[None]",
    "return x.reshape(-1)",
    "return x.view('u1')",
    "return x.real",
    "return np.broadcast_to(x[:1], (3,))",
    "return x.copy()[1:]",
    "return [x, x], (x, x[:2]), {'a': x}",
    "return x.flags.c_contiguous, x.flags.owndata, x.strides, x.base is None",
]


@pytest.mark.parametrize("body", BODIES)
def test_a_call_does_to_any_array_what_it_does_in_one_process(body: str) -> None:
    source = f"def f(x): {body}"
    for name, make in ARRAYS.items():
        use = seen(lambda make=make: (make(),))  # type: ignore[misc]
        assert over_the_wire(source, use)[0] == in_one_process(source, use), name


def twice(value: Any) -> tuple[Any, Any]:
    return value, value


def parts(*slices: Any) -> Callable[[], tuple[Any, ...]]:
    """Return a maker of views of one array."""

    def make() -> tuple[Any, ...]:
        whole = np.arange(12.0).reshape(4, 3)
        return tuple(whole[each] for each in slices)

    return make


AB = namedtuple("AB", "a b")


def lists() -> defaultdict[str, list[int]]:
    return defaultdict(list, a=[0])


def nested() -> tuple[Any, ...]:
    row = np.arange(3.0)
    rows = [row, row[::-1], (row, {"row": row})]
    return rows, row


SEVERAL: dict[str, tuple[str, Callable[[], tuple[Any, ...]]]] = {
    "one array twice": ("return x is y", lambda: twice(np.arange(3.0))),
    "one array twice, changed": ("x[0] = 9; return y[0]", lambda: twice(np.arange(3.0))),
    "one list twice": ("x.append(1); return x is y, len(y)", lambda: twice([0])),
    "one tuple twice": ("return y", lambda: twice((1, [2]))),
    "overlapping views": ("y[0] = 9; return x.copy()", parts(np.s_[:-1], np.s_[1:])),
    "overlapping views, one returned": ("return y, x", parts(np.s_[:3], np.s_[1:])),
    "a view, then the whole": ("x[:] = 9; return y.copy()", parts(np.s_[1:2], np.s_[:])),
    "the whole, then a view": ("y[:] = 9; return x.copy()", parts(np.s_[:], np.s_[1:2])),
    "two columns": ("x += y; return x", parts(np.s_[:, 0], np.s_[:, 2])),
    "three views in a chain": (
        "x[0], y[-1] = z[0], 5; return z",
        lambda: tuple(np.arange(9.0)[n : n + 4] for n in (0, 2, 4)),
    ),
    "an array in several places": ("x[0][0] = 9; return x[2][1]['row'] is y, x[1].copy()", nested),
    "an array that moves": ("x.append(x.pop(0)); x[0][0] = 7; return x", nested),
    "a view put into a list": ("x[1] = y[1:]; x[1][0] = 5; return x", nested),
    "a new list in both": ("new = [1]; x[:] = [new]; return new", lambda: ([0], 1)),
    "a list in a list": ("x[0].append(y); return x[0]", lambda: ([[1]], 2)),
    "a dict's values": ("x['a'] = x.pop('b'); return x", lambda: ({"a": 1, "b": [2]}, 0)),
    "a dict's order": ("x['a'] = x.pop('a'); return x", lambda: ({"a": 1, "b": [2]}, 0)),
    "a list emptied": ("x.clear(); x.extend(y)", lambda: ([1, 2], [3, [4]])),
    "true in place of one": ("x[0] = True; return x", lambda: ([1], 0)),
    "zero in place of zero": ("x[0] = -0.0; return x", lambda: ([0.0], 0)),
    "a set that grows": ("x.add(y); x.discard(1); return x", lambda: ({1, 2}, "a")),
    "a set in a list": ("x[0] |= {y, (y, b'b')}; return x[0], len(x[0])", lambda: ([{1}], 2)),
    "a set, the same in another order": ("x.discard(8); x.add(8); return x", lambda: ({8, 0}, 0)),
    "a set twice": ("x.clear(); return x is y, y == set()", lambda: twice({1, (2, 3)})),
    "a frozen set, made anew": ("return x | {y}, x, {x: y}", lambda: (frozenset({1}), 2)),
    "a Counter, updated": ("x.update(y); x['c'] -= 1; return x", lambda: (Counter("aab"), "ab")),
    "a Counter in a dict": ("x['a']['b'] += 1; return x['a']", lambda: ({"a": Counter()}, 0)),
    "a Counter, emptied of one": ("x.subtract(y); x += Counter()", lambda: (Counter("ab"), "b")),
    "an ordered dict, turned": (
        "x.move_to_end('a'); x.popitem(last=False); return x",
        lambda: (OrderedDict(a=1, b=[2], c=3), 0),
    ),
    "an ordered dict, in its order": ("x.move_to_end(y)", lambda: (OrderedDict(a=1, b=2), "a")),
    "a defaultdict that grows by reading": ("x[y]; x['a'].append(1)", lambda: (lists(), "b")),
    "a defaultdict with another default": (
        "x.default_factory = int; return x",
        lambda: (lists(), 0),
    ),
    "a defaultdict without its default": ("x.default_factory = None", lambda: (lists(), 0)),
    "a deque, turned": ("x.rotate(y); x.appendleft([1]); return x", lambda: (deque([1, 2]), 1)),
    "a deque that is full": ("x.extend(y); return x, x[0] is y", lambda: (deque([1], 2), [3, 4])),
    "a deque twice": ("x.popleft(); return x is y, y", lambda: twice(deque([1, deque([2])]))),
    "new ones": (
        "return x + Counter(y), OrderedDict(x), defaultdict(list, x), deque(y, 1), [x] * 2",
        lambda: (Counter("ab"), "b"),
    ),
    "a named tuple, made anew": (
        "return x._replace(a=y), x, x == (1, 2)",
        lambda: (AB(1, 2), 3),
    ),
    "a list in a named tuple": ("x.a.append(y); return x.a, {x[1]: x}", lambda: (AB([], 2), 3)),
    "a named tuple twice": ("return x is y, x.b, y", lambda: twice(AB(1, (2, [3])))),
    "a class of its own": ("return namedtuple('P', 'x y')(x, y)", lambda: ([1], 2)),
    "what shows a dict's parts": (
        "return x.keys(), x.items(), [y.values()] * 2, x.keys() & y",
        lambda: ({"a": [1], "b": 2}, OrderedDict(b=[3])),
    ),
    "keys as an argument": ("return x, x is y", lambda: twice({"b": 1}.keys())),
    "bytes": ("x[0] += y; return x[0] + y, [y]", lambda: ([b"a"], b"\0\xff")),
    "an assignment within": ("x[0] = 1; return x", lambda: ([[2]], [3])),
    "results that are one": ("a = np.ones(2); return [a, a, a[1:]]", lambda: (1, 2)),
    "results that overlap": ("a = np.arange(5.0); return [a[1:], a[:-1], a]", lambda: (1, 2)),
    "an argument and what is new": ("return [y, np.ones(2), y[:1]]", lambda: (1, np.zeros(2))),
}


@pytest.mark.parametrize("name", SEVERAL)
def test_what_is_one_or_shares_memory_stays_so(name: str) -> None:
    body, make = SEVERAL[name]
    source = f"def f(x, y, z=None): {body}"
    assert over_the_wire(source, seen(make))[0] == in_one_process(source, seen(make))


def test_the_caller_sees_a_change_through_the_array_that_a_view_is_of() -> None:
    def use(f: Callable[..., Any]) -> object:
        whole = np.zeros((3, 4))
        f(whole[1], rows=[whole[:, 2]])
        return whole.tolist()

    source = "def f(x, rows): x[0] = 1; rows[0][2] = 2"
    assert over_the_wire(source, use)[0] == in_one_process(source, use)


@pytest.mark.parametrize(
    "body", ["x.add(x.pop())", "more = set(range(9, 99)); x |= more; x -= more"]
)
def test_a_set_that_holds_again_what_it_held_was_not_changed(body: str) -> None:
    _, standin = over_the_wire(f"def f(x): {body}", lambda f: f({1, 8}))
    assert [exchange.answer.changed for exchange in standin.exchanges] == [[]]


def test_what_lies_between_an_arrays_elements_is_not_sent() -> None:
    calls = []

    def use(f: Callable[..., Any]) -> object:
        table = np.arange(12.0).reshape(4, 3)
        f(table[:, 0], table[:, 2])
        f(table[:3, 0], table[1:, 0])
        return None

    _, standin = over_the_wire("def f(x, y): pass", use)
    calls = [exchange.call for exchange in standin.exchanges]
    assert len(calls) == 2
    for call in calls:
        given = wire.decode_call(json.loads(call))
        memory = b"".join(_owner(x).tobytes() for x in given.args)
        assert not set(np.frombuffer(memory).tolist()) & {1.0, 4.0, 7.0, 10.0}


def _owner(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    while isinstance(array.base, np.ndarray):
        array = array.base
    return array


LOST: dict[str, tuple[str, Any, str]] = {
    "it holds itself": ("x.append(x)", [], "nested more than 100 deep"),
    "it holds too much": ("x.extend([0] * 100_001)", [], "too large to send"),
    "it grows without measure": (
        "[x[n].extend([x[n + 1]] * 2) for n in range(30)]",
        [[] for _ in range(32)],
        "too large to send",
    ),
    "it has odd keys": ("x[object()] = 1", {}, "key that cannot be sent"),
    "it counts odd things": ("x.update([...])", Counter(), "Counter (with a key that cannot be"),
    "it is of a class of its own": (
        "x.__class__ = type('Mine', (Counter,), {})",
        Counter("a"),
        "Mine",
    ),
    "it holds objects": ("x.resize(10**7, refcheck=False)", np.zeros(1), "too large to send"),
}


@pytest.mark.parametrize("name", LOST)
def test_a_change_that_cannot_be_carried_is_told_whoever_swallows_it(name: str) -> None:
    body, given, message = LOST[name]

    def use(f: Callable[..., Any]) -> object:
        argument = copy.deepcopy(given)
        try:
            f(argument)
        finally:
            return "swallowed"  # noqa: B012

    came_to, standin = over_the_wire(f"def f(x): {body}", use)
    assert came_to == "swallowed"
    assert standin.change_lost is not None and message in standin.change_lost
