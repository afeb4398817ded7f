"""A call that is watched: it does what it does unwatched, and each step says what was so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from builder.grade import Judge

from .squares import judging
from .traces import SNIPPETS, Trace, as_before, call_of, traced


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """A judge of a test that calls f(7) once."""
    with judging(tmp_path_factory.mktemp("traced"), "\ndef test_f():\n    f(7)\n") as opened:
        yield opened


@pytest.mark.parametrize("name", SNIPPETS)
def test_code_does_the_same_whether_it_is_watched_or_not(judge: Judge, name: str) -> None:
    trace, report = as_before(judge, f"def f(x):{SNIPPETS[name]}")
    assert report["tests"][0]["error"] is None
    assert trace.end["isSame"] is True
    assert trace.end["isCut"] or trace.steps[-1]["kind"] == "return"


def watched(judge: Judge, body: str, *args: Any) -> Trace:
    """Watch a function f(x) of this body; what stands before it may begin with `import`."""
    return traced(judge, f"import numpy as np\ndef f(x):\n{body}", call_of(*args))


def test_the_values_of_a_lines_parts_come_in_the_order_in_which_they_are_computed(
    judge: Judge,
) -> None:
    body = "  return -(x * 2 - abs(x)) / (x.max() + 1) if x.size else None\n"
    assert watched(judge, body, np.array([1.0, -3.0])).values() == [
        ("x.size", "2"),
        ("x * 2", "[2, -6]"),
        ("abs(x)", "[1, 3]"),
        ("x * 2 - abs(x)", "[1, -9]"),
        ("-(x * 2 - abs(x))", "[-1, 9]"),
        ("x.max()", "1.0"),
        ("x.max() + 1", "2.0"),
        ("-(x * 2 - abs(x)) / (x.max() + 1)", "[-0.5, 4.5]"),
        ("-(x * 2 - abs(x)) / (x.max() + 1) if x.size else None", "[-0.5, 4.5]"),
    ]


def test_columns_count_characters_and_lines_end_where_python_ends_them(judge: Judge) -> None:
    source = 'def f(x):\n  é = "añb\\n"; y = (é +\n    "ü\x0c"  + é)\n  return y + "→"\n'
    trace = traced(judge, source, call_of(1))
    assert [trace.code_of(step) for step in trace.told("value")] == [
        'é +\n    "ü\x0c"',
        'é +\n    "ü\x0c"  + é',
        'y + "→"',
    ]


def turns(trace: Trace) -> list[tuple[str, list[tuple[int, int]]]]:
    """Return the code of each step that is in a loop, with the lines and turns of the loops."""
    return [
        (trace.code_of(step), [(line, turn) for line, _, turn in step["turns"]])
        for step in trace.steps
        if step["turns"] and step["kind"] != "turn"
    ]


def test_steps_in_loops_know_their_turns(judge: Judge) -> None:
    body = """  for i in range(2):
    for j in "ab":
      x += i
    if i:
      break
  while x < 5: x += 1
  return [y for y in [x] if y > 0]
"""
    trace = watched(judge, body, 1)
    inner = [("x += i", [(3, turn), (4, n)]) for turn in (1, 2) for n in (1, 2)]
    assert turns(trace) == [
        ('for j in "ab":', [(3, 1)]),
        *inner[:2],
        ("if i:", [(3, 1)]),
        ('for j in "ab":', [(3, 2)]),
        *inner[2:],
        ("if i:", [(3, 2)]),
        ("break", [(3, 2)]),
        ("y > 0", [(9, 1)]),
    ]
    assert [step["at"][0] for step in trace.told("turn")] == [3, 4, 4, 3, 4, 4, 8, 8, 9]
    entries = {step["turns"][-1][1] for step in trace.told("turn")}
    assert len(entries) == 5, "the inner loop is entered twice"


def test_a_loop_that_is_entered_again_begins_at_its_first_turn(judge: Judge) -> None:
    body = "  for k in range(2):\n    while True:\n      x += 1\n      break\n  return x\n"
    trace = watched(judge, body, 0)
    of_body = [step["turns"] for step in trace.told("line") if step["at"] == [5]]
    assert [[turn for _, _, turn in turns] for turns in of_body] == [[1, 1], [2, 1]]
    assert of_body[0][1][1] != of_body[1][1][1]


def changes(trace: Trace) -> list[dict[str, str | None]]:
    """Return what changed at each step, without steps at which nothing did."""
    return [
        {name: told and told["text"] for name, told in step["changed"].items()}
        for step in trace.steps
        if step["changed"]
    ]


def test_variables_are_told_when_they_change_in_whatever_way(judge: Judge) -> None:
    body = """  a = x.copy()
  a[0] = 5
  b = a
  b *= 2
  held = [b, {"k": 1}]
  held[1]["k"] = a.sum()
  del b
  a.shape = (2, 1)
  a = a.astype("int8")
  return a
"""
    trace = watched(judge, body, np.array([1.0, 2.0]))
    assert changes(trace) == [
        {"x": "[1, 2]"},
        {"a": "[1, 2]"},
        {"a": "[5, 2]"},
        {"b": "[5, 2]"},
        {"a": "[10, 4]", "b": "[10, 4]"},
        {"held": "[[10, 4], {'k': 1}]"},
        {"held": "[[10, 4], {'k': 14.0}]"},
        {"b": None},
        {"a": "[[10], [4]]", "held": "[[[10], [4]], {'k': 14.0}]"},
        {"a": "[[10], [4]]"},
    ]
    shapes = [step["changed"]["a"] for step in trace.steps if "a" in step["changed"]]
    assert [(told["dtype"], told["shape"]) for told in shapes[-2:]] == [
        ("float64", [2, 1]),
        ("int8", [2, 1]),
    ]


def test_what_a_function_keeps_in_its_module_is_a_variable_of_it_too(judge: Judge) -> None:
    source = "seen = []\nother = 3\ndef f(x):\n  seen.append(x)\n  return len(seen)\n"
    trace = traced(judge, source, call_of(2), [call_of(1)])
    assert changes(trace) == [{"x": "2", "seen": "[1]"}, {"seen": "[1, 2]"}]


def test_calls_returns_and_exceptions_are_steps_with_their_callers(judge: Judge) -> None:
    body = """  def half(n):
    if n % 2: raise ValueError("odd", n)
    return n // 2
  try:
    return half(half(x))
  except ValueError:
    pass
"""
    trace = watched(judge, body, 6)
    names = [(s["name"], s["frame"], s.get("caller")) for s in trace.told("call")]
    assert names == [("f", 1, None), ("half", 2, 1), ("half", 3, 1)]
    assert [step["value"]["text"] for step in trace.told("return")] == ["3", "None"]
    raised = [(s["frame"], trace.code_of(s), s["error"]) for s in trace.told("raise")]
    assert raised == [
        (3, 'raise ValueError("odd", n)', "ValueError('odd', 3)"),
        (1, "half(half(x))", "ValueError('odd', 3)"),
    ]


ORIGINS = {
    "exp": ("  return np.exp(x)\n", [1.0, 1002.0], ["line 3 made inf: exp of 1002, at [1]"]),
    "a difference": ("  y = x\n  return y - y\n", [np.inf], ["line 4 made NaN: inf - inf, at [0]"]),
    "both": (
        "  e = np.exp(x)\n  return e / e.sum()\n",
        [800.0],
        ["line 3 made inf: exp of 800, at [0]", "line 4 made NaN: inf / inf, at [0]"],
    ),
    "a sum": ("  return x.sum()\n", [1e308, 1e308], ["line 3 made inf: sum of [1e+308, 1e+308]"]),
    "log of nothing": ("  return np.log(x)\n", [0.0], ["line 3 made -inf: log of 0, at [0]"]),
    "in place": ("  x /= 0\n  return x\n", [1.0], ["line 3 made inf: x /= 0"]),
    "into itself": (
        "  np.log(x, out=x)\n  return x\n",
        [1.0, 0.0],
        ["line 3 made -inf: log of …, at [1]"],
    ),
    "into another": (
        "  y = np.ones(1)\n  np.divide(x, x, out=y)\n  return y\n",
        [0.0],
        ["line 4 made NaN: divide of 0, 0, at [0]"],
    ),
    "into itself, where it was before": ("  np.abs(x, x)\n  return x\n", [np.inf], []),
    "a division of parts": (
        "  return (x * 0) / (x - x)\n",
        [2.0],
        ["line 3 made NaN: 0 / 0, at [0]"],
    ),
    "of a helper's": (
        "  def g(a): return np.exp(a)\n  return g(x) * 2\n",
        [999.0],
        ["line 3 made inf: exp of 999, at [0]"],
    ),
    "given": ("  return x * 2\n", [np.nan], []),
    "written": (
        "  best = -float('inf')\n  low = np.inf\n  return np.maximum(best, x)\n",
        [1.0],
        [],
    ),
    "kept in a list": ("  y = [float('inf'), 1]\n  return np.array(y) + x\n", [1.0], []),
}


@pytest.mark.parametrize("name", ORIGINS)
def test_it_is_said_where_nan_and_infinity_first_appear(judge: Judge, name: str) -> None:
    body, given, said = ORIGINS[name]
    assert watched(judge, body, np.array(given)).said() == said


def test_of_arrays_nan_and_infinities_are_counted(judge: Judge) -> None:
    trace = watched(judge, "  return x\n", np.array([[np.nan, np.inf], [-np.inf, 1.0]]))
    assert trace.steps[0]["changed"]["x"] == {
        "type": "ndarray",
        "text": "[[nan, inf], [-inf, 1]]",
        "dtype": "float64",
        "shape": [2, 2],
        "nan": 1,
        "inf": 2,
    }


def test_collections_are_told_by_what_they_hold(judge: Judge) -> None:
    body = (
        "  from collections import Counter, OrderedDict, defaultdict, deque, namedtuple\n"
        "  c = Counter('abb')\n  o = OrderedDict(b=1, a=2)\n  o.move_to_end('b')\n"
        "  d = defaultdict(list, a=[1])\n  e = defaultdict(lambda: 0)\n  q = deque([1], 3)\n"
        "  s = frozenset()\n  p = namedtuple('Point', 'x y')(1, (2,))\n  return 1\n"
    )
    last: dict[str, str] = {}
    for step in watched(judge, body, 1).steps:
        last |= {name: told["text"] for name, told in step["changed"].items() if told}
    assert [last[name] for name in "codeqsp"] == [
        "Counter({'a': 1, 'b': 2})",
        "OrderedDict({'a': 2, 'b': 1})",
        "defaultdict(list, {'a': [1]})",
        "defaultdict(<function <lambda>>, {})",
        "deque([1], maxlen=3)",
        "frozenset()",
        "Point(x=1, y=(2,))",
    ]


def test_no_code_of_a_value_runs_to_tell_what_it_is(judge: Judge) -> None:
    body = """  asked = []
  class Told(type):
    def __repr__(cls): asked.append("meta"); return "!"
  class Watched(metaclass=Told):
    def __init__(self): self.kept = 3
    def __repr__(self): asked.append("repr"); return "!"
    __str__ = __format__ = __repr__
    def __getattribute__(self, name): asked.append(name); return object.__getattribute__(self, name)
    def __eq__(self, other): asked.append("eq"); return True
    def __hash__(self): asked.append("hash"); return 1
    def __len__(self): asked.append("len"); return 1
    def __iter__(self): asked.append("iter"); return iter(())
    def __array__(self, *a, **k): asked.append("array"); return np.zeros(1)
    __class__ = property(lambda self: asked.append("class"))
  w = Watched()
  asked.clear()
  both = [w, {"k": w}]
  x = w
  return len(asked)
"""
    trace = watched(judge, body, 1)
    assert trace.steps[-1]["value"]["text"] == "0"
    assert trace.steps[-1]["changed"] == {}
    told = [step["changed"]["x"] for step in trace.steps if "x" in step["changed"]]
    assert told[-1] == {"type": "Watched", "text": "<Watched kept=3>"}


LOOPS = {
    "a repr": "  class Loop:\n    def __repr__(self):\n      while True: pass\n  y = Loop()\n",
    "attributes": "  class Loop:\n    def __getattr__(self, n):\n      while n: n\n  y = Loop()\n",
    "an error's text": "  class Loop(Exception):\n    def __str__(self):\n      while True: pass\n"
    "  try: raise Loop\n  except Loop: y = 1\n",
}


@pytest.mark.parametrize("name", LOOPS)
def test_what_never_ends_when_it_is_asked_is_not_asked(judge: Judge, name: str) -> None:
    trace = watched(judge, f"{LOOPS[name]}  return 1\n", 1)
    assert (trace.end["kind"], trace.end["isCut"]) == ("ended", False)


def test_after_so_many_steps_no_more_are_kept_and_the_call_goes_on(judge: Judge) -> None:
    source = "def f(x):\n  n = 0\n  for i in range(100000):\n    n += x * 2\n  return n\n"
    trace, _ = as_before(judge, source)
    assert trace.end == {"kind": "ended", "isCut": True, "isSame": True}
    assert len(trace.steps) == 2_000


def test_a_loop_without_end_is_interrupted_and_its_steps_are_there(judge: Judge) -> None:
    trace = traced(judge, "def f(x):\n  while True: x += 1\n", call_of(1), seconds=1)
    assert trace.end == {"kind": "late"}
    assert len(trace.steps) == 2_000 and trace.steps[-1]["at"][0] == 2


def test_of_what_hangs_in_c_the_line_is_known(judge: Judge) -> None:
    body = "  y = x + 1\n  z = y * 2\n  while len('a' * y) > 1 and 9 ** 9 ** 9: pass\n"
    trace = watched_for(judge, body)
    assert trace.end["kind"] in ("late", "broken")
    assert trace.steps[-1]["at"][0] == 5


def watched_for(judge: Judge, body: str) -> Trace:
    """Watch f(1) for a second."""
    return traced(judge, f"import numpy as np\ndef f(x):\n{body}", call_of(1), seconds=1)


def test_another_answer_than_before_is_told(judge: Judge) -> None:
    source = "count = [0]\ndef f(x):\n  count[0] += 1\n  return x + count[0]\n"
    asked = {
        "call": call_of(1)["call"],
        "answer": '{"kind": "returned", "value": 3, "changed": []}',
    }
    assert traced(judge, source, asked).end["isSame"] is False
    assert traced(judge, source, asked, [call_of(5)]).end["isSame"] is True


def test_a_learners_own_call_is_watched_where_the_submission_is_defined(judge: Judge) -> None:
    code = "import numpy as np\na = np.ones(2)\nf(a)\nf(a + 1)\n"
    source = "def f(x):\n  return x.sum()\n"
    trace = traced(judge, source, {"code": code, "before": []})
    assert trace.values() == [("x.sum()", "2.0"), ("x.sum()", "4.0")]
    trace = traced(judge, source, {"code": "f(a)", "before": [code, "a += 2", "1 / 0"]})
    assert trace.values() == [("x.sum()", "6.0")]
    lacking = traced(judge, "def f(x):\n  return np.sum(x)\n", {"code": "f(a)", "before": [code]})
    assert lacking.steps[-1]["error"].startswith("NameError")
    broken = traced(judge, "def f(x):\n  return x\n", {"code": "f(1", "before": []})
    assert broken.end["kind"] == "ended" and broken.steps == []


def test_code_that_is_too_deep_for_probes_is_watched_by_its_lines(judge: Judge) -> None:
    deep = " + ".join(["x"] * 900)
    trace, _ = as_before(judge, f"def f(x):\n  y = {deep}\n  return y\n")
    assert trace.end["isSame"] is True
    assert [step["at"][0] for step in trace.told("line")] == [2, 3]


HOSTILE = {
    "the places of listeners are taken": "  import sys\n  for n in range(6):\n    try:"
    " sys.monitoring.free_tool_id(n)\n    except Exception: pass\n"
    "    sys.monitoring.use_tool_id(n, 'mine')\n",
    "modules of the recorder are broken": "  import sys\n"
    "  for name in [n for n in sys.modules if n.startswith('grading')]:\n"
    "    vars(sys.modules[name]).clear()\n",
    "recorded steps are forged": "  import gc, json\n  for thing in gc.get_objects():\n"
    "    if type(thing).__name__ == 'Recorder': thing._steps.append('{')\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_whoever_breaks_the_recorder_breaks_only_what_is_told(judge: Judge, name: str) -> None:
    wanted = {
        "source": f"def f(x):\n{HOSTILE[name]}  return 1\n",
        "earlier": [],
        "call": call_of(1),
    }
    end, _ = judge.trace(wanted, {"callSeconds": 20})
    assert end["kind"] in ("ended", "broken")
    source = "def f(x):\n  return x + 1\n"
    assert traced(judge, source, call_of(1)).values() == [("x + 1", "2")]
