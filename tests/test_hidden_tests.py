"""Hidden tests of every kind that an author writes, and what an author does wrong in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from builder.grade import Judge
from grading.judge.called import as_called

from .squares import SQUARE, judging, outcomes

ORDINARY_SUBMISSION = """
seen = []

def f(what, value=None):
    print(what)
    if what == "count":
        seen.append(value)
        return len(seen)
    if what == "clear":
        value[:] = 0
    if what == "grow":
        value.append([7])
    if what == "rename":
        value["new"] = value.pop("old")
    if what == "refuse":
        value[0] = -1
        raise ValueError("refused")
    return value
"""
ORDINARY_TESTS = '''
@pytest.fixture(scope="session")
def wide(): return f("echo", 1)

@pytest.fixture(scope="package")
def packaged(wide): return wide + f("echo", 1)

@pytest.fixture(scope="module")
def moderate(packaged):
    yield packaged + f("echo", 1)
    f("after module")

@pytest.fixture(scope="class", params=[10, 20])
def classy(request, moderate): return request.param + f("echo", moderate)

@pytest.fixture
def narrow(classy):
    yield classy
    assert f("echo", "after") == "after"

def test_fixtures(narrow, classy):
    """uses fixtures of all scopes"""
    assert (narrow, f("echo", classy)) in [(13, 13), (23, 23)]

@pytest.mark.parametrize("a, b", [(1, "x y"), (2.5, None)])
@pytest.mark.parametrize("c", ["ä"], ids=["größer"])
def test_parameters(a, b, c):
    """
    takes parameters

    and more.
    """
    assert f("echo", [a, b, c]) == [a, b, c]

def test_without_a_docstring(): assert f(value=(1,), what="echo") == (1,)

class TestClass:
    """Tests that share an instance."""
    calls = 0

    def setup_method(self): self.calls += f("echo", 1)

    def test_instance(self):
        self.calls += f("echo", 1)
        assert self.calls == 2

def test_array_in_place():
    given = np.arange(4.0)
    view = given[::2]
    f("echo", 1)
    assert f("clear", value=view) is view
    assert given.tolist() == [0, 1, 0, 3]
    given[:] = 5
    f("echo", 2)
    assert given.tolist() == [5, 5, 5, 5]

def test_list_in_place():
    given = [1]
    f("grow", given)
    f("grow", given)
    assert given == [1, [7], [7]]

def test_dict_in_place():
    given = {"old": 1}
    assert f("rename", given) == {"new": 1} == given

def test_changes_before_an_exception():
    given = [1]
    with pytest.raises(ValueError, match="^refused$") as caught:
        f("refuse", given)
    assert caught.type is ValueError and given == [-1]

def test_read_only():
    given = np.zeros(2)
    given.flags.writeable = False
    with pytest.raises(ValueError, match="read-only"):
        f("clear", given)

def test_state_begins(): assert [f("count", n) for n in range(3)] == [1, 2, 3]
def test_state_goes_on(): assert f("count", "again") == 4

def test_swallowing():
    for value in (1, 2):
        try:
            assert f("echo", value) == value
        except BaseException:
            assert False, "not reached in the end"

def test_plugins(capsys, monkeypatch, tmp_path, request):
    print("shown")
    assert f("echo", 1) == 1
    assert capsys.readouterr().out == "shown\\necho\\n"
    monkeypatch.setenv("GREETING", "hello")
    (tmp_path / "a").write_text("b")
    assert f("echo", request.node.name) == "test_plugins"
    assert f("echo", 0.1 + 0.2) == pytest.approx(0.3)
'''
TITLES = {
    "test_fixtures[10]": "uses fixtures of all scopes [10]",
    "test_fixtures[20]": "uses fixtures of all scopes [20]",
    "test_parameters[gr\\xf6\\xdfer-1-x y]": "takes parameters [größer-1-x y]",
    "test_parameters[gr\\xf6\\xdfer-2.5-None]": "takes parameters [größer-2.5-None]",
    "test_without_a_docstring": "without a docstring",
    "test_instance": "instance",
}


CALLED = {
    "a line's end": ("a\nb", "a\\nb"),
    "a backslash": ("C:\\new", "C:\\new"),
    "a letter": ("größer", "größer"),
    "an emoji": ("🙂-1", "🙂-1"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize("name", CALLED)
def test_a_case_is_shown_as_its_author_called_it_where_that_can_be_read(name: str) -> None:
    given, shown = CALLED[name]
    pytest_writes = given.encode("unicode_escape").decode("ascii")
    assert as_called(pytest_writes) == shown
    assert as_called("C:\\x") == "C:\\x", "no escape of pytest's"


def test_an_ordinary_pytest_file_works_as_it_is(tmp_path: Path) -> None:
    with judging(tmp_path, ORDINARY_TESTS, "what, value=None") as judge:
        tests = judge.tests
        report = judge.grade(ORDINARY_SUBMISSION).report
        nothing = judge.grade("def f(what, value=None): pass").report
    assert {test["id"]: test["title"] for test in tests[: len(TITLES)]} == TITLES
    assert report["outcome"] == "passed", [t for t in report["tests"] if t["outcome"] != "passed"]
    assert [test["id"] for test in report["tests"]] == [test["id"] for test in tests]
    assert report["tests"][0]["stdout"] == "echo\n" * 6 + "after module\n"
    assert nothing["passed"] == 0


def test_an_exception_in_a_fixture_leaves_the_next_test_whole(tmp_path: Path) -> None:
    tests = """
@pytest.fixture
def asked():
    yield f("first")
    f("last")

def test_first(asked, monkeypatch): assert asked == 1
def test_last(asked): assert asked == 1
"""
    for place in ("first", "last"):
        with judging(tmp_path, tests) as judge:
            once = "seen = []\ndef f(x):\n    seen.append(x)\n    if seen == SEEN: raise {}\n"
            seen = ["first", "last"][: 1 + (place == "last")]
            source = once.replace("SEEN", str(seen)) + "    return 1\n"
            for kind in ("KeyboardInterrupt", "ValueError"):
                assert outcomes(judge.grade(source.format(kind)).report) == "error passed"


# What a test is, after `def test_N`, and what its result says.
FAULTS = {
    "chance": ("(): assert f(random.random()) >= 0", "error", "other calls each time"),
    "a call made but once": (
        "():\n  if not seen: seen.append(1) or f(1)",
        "error",
        "other calls each time",
    ),
    "chance that is swallowed": (
        "():\n  try: f(random.random())\n  except BaseException: pass",
        "error",
        "other calls each time",
    ),
    "a broken test": ("():\n  1 / 0", "error", "broken (ZeroDivisionError"),
    "a missing fixture": ("(nowhere): pass", "error", "broken"),
    "an argument that cannot be sent": ("(): f({...})", "error", "type ellipsis cannot be sent"),
    "that, where it is expected": (
        "():\n  with pytest.raises(ValueError): f([...])",
        "error",
        "type ellipsis cannot be sent",
    ),
    "that, where all is expected": (
        "(): np.testing.assert_raises(BaseException, f, x=open)",
        "error",
        "type builtin_function_or_method cannot be sent",
    ),
    "that, swallowed by a return": (
        "():\n  def inner():\n    try: f([1, {...}])\n    finally: return 4\n  assert inner() == 4",
        "error",
        "type ellipsis cannot be sent",
    ),
    "that, in a fixture's teardown": (
        "(careless): assert f(2) == 4",
        "error",
        "type object cannot be sent",
    ),
    "that, before a skip": (
        "():\n  with pytest.raises(ValueError): f(f)\n  pytest.skip('later')",
        "error",
        "type function cannot be sent",
    ),
    "what is too large, suppressed": (
        "():\n  with contextlib.suppress(Exception): f('x' * 10**8)",
        "error",
        "too large to send",
    ),
    "a skip": ("():\n  f(1)\n  pytest.skip('later')", "not-run", "skipped"),
    "an xfail": ("(): pytest.xfail('later')", "not-run", "skipped"),
    "one more call each time": (
        "():\n  more.append(1)\n  for n in range(len(more)): f(n)",
        "error",
        "more than 40 calls",
    ),
}
MARKED = {
    "a marked skip": "@pytest.mark.skip\ndef test_{}(): f(1)",
    "a marked xfail": "@pytest.mark.xfail\ndef test_{}(): assert f(1) == 2",
    "an xfail that passes": "@pytest.mark.xfail\ndef test_{}(): f(1)",
}
FAULTY_FILE = """
import contextlib
from grading.judge import judge
judge.MAX_CALLS = 40
seen, more = [], []

@pytest.fixture
def careless():
    yield
    try: f(object())
    except BaseException: pass
"""


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The report on a right submission of a file in which each test is wrong in its own way."""
    tests = [f"def test_{n}{body}" for n, (body, _, _) in enumerate(FAULTS.values())]
    marked = [text.format(n) for n, text in enumerate(MARKED.values(), len(tests))]
    text = "\n".join([FAULTY_FILE, *tests, *marked])
    with judging(tmp_path_factory.mktemp("faulty"), text) as judge:
        return judge.grade(SQUARE).report


@pytest.mark.parametrize("name", [*FAULTS, *MARKED])
def test_what_an_author_did_wrong_is_never_the_learners_fault(
    name: str, faulty: dict[str, Any]
) -> None:
    _, outcome, message = FAULTS.get(name, ("", "not-run", "skipped"))
    test = faulty["tests"][[*FAULTS, *MARKED].index(name)]
    assert (test["outcome"], message in test["message"]) == (outcome, True), test
    assert outcome == "not-run" or "whoever gave you this exercise" in test["message"]
    assert (faulty["outcome"], faulty["fault"]) == ("error", "exercise")


SLIPS = """
def test_name():
    if f(3) != 9: raise AssertionError(expceted)

def test_module():
    if f(3) != 9: import scipy

def test_function():
    if f(3) != 9: from numpy import expceted

def test_attribute():
    if f(3) != 9: pytest.fial("wrong")

def test_attribute_of_numpy(): assert f(3) == 9 or np.isclsoe(f(3), 9)

def test_attribute_by_its_answer():
    if f(3) != 9: getattr(np, str(f(3)))

def test_expression(): assert eval(str(f(3))) == 9

def test_last():
    for last in range(f(3) - 8): pass
    assert last == 0

def test_error():
    if f(3) != 9: raise __import__("re").error("of nobody's pattern")
"""


def test_only_a_slip_of_the_author_in_a_branch_for_wrong_answers_is_the_authors(
    tmp_path: Path,
) -> None:
    with judging(tmp_path, SLIPS) as judge:
        report = judge.grade("def f(x): return 8\n").report
        text = judge.grade("def f(x): return 'expceted'\n").report["tests"][6]
    faults = ["The test itself is broken" in test["message"] for test in report["tests"]]
    assert faults == [True, True, True, True, True, False, False, False, False]
    assert "cannot work with what your function returned (NameError" in text["message"]
    assert "UnboundLocalError" in report["tests"][7]["message"]


HANDED_ON = """
def test_alone():
    got = f(1)
    with pytest.raises(ValueError): f(got)

def test_in_a_list(): f([f(1), 2])

def test_in_an_array():
    try: f(np.array([f(1)]))
    finally: return
def test_in_a_sum(): assert f(1) + 1 == 2
"""


def test_what_comes_back_and_cannot_be_handed_on_is_named(tmp_path: Path) -> None:
    with judging(tmp_path, HANDED_ON) as judge:
        report = judge.grade("def f(x): return ...").report
        assert judge.grade("def f(x): return x").report["tests"][1]["outcome"] == "passed"
    assert (report["outcome"], report["fault"]) == ("failed", "learner")
    assert outcomes(report) == "failed failed failed failed"
    for test in report["tests"]:
        assert "Your function returned a value of type ellipsis" in test["message"]
    assert report["tests"][3]["message"].endswith("ellipsis, which cannot be handed to the tests.")


def test_a_mark_whose_condition_does_not_hold_marks_nothing(tmp_path: Path) -> None:
    mark = "@pytest.mark.xfail(False, reason='never')\ndef test(): assert f(2) == 4\n"
    with judging(tmp_path, mark) as judge:
        assert judge.grade(SQUARE).report["outcome"] == "passed"
        assert outcomes(judge.grade("def f(x): return 3").report) == "failed"


# What a call does to its arguments is seen as in one process: see `test_effects.py`.
CHANGED = """
def test_array():
    given = np.array([1.0, 2.0])
    f([given])
    assert (given.shape, given.dtype.str, given.flags.writeable) == ((2,), "<f8", True), (
        f"{given.shape} {given.dtype.str} {given.flags.writeable}"
    )
    assert given.tolist() == [1.0, 2.0], f"the array is now {given.tolist()}"

def test_list():
    rows = [[1]]
    f(rows)
    assert rows == [[1]], f"the list is now {rows}"
"""


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """A judge of tests that look at their arguments after a call."""
    with judging(tmp_path_factory.mktemp("changed"), CHANGED) as judge:
        yield judge


@pytest.mark.parametrize(
    ("body", "array", "rows"),
    [
        ("return x[0]", "", ""),
        ("x[0].shape = (1, -1)", "(1, 2) <f8 True", "'list' object has no attribute"),
        ("x[0].resize(3, refcheck=False)", "(3,) <f8 True", "'list' object has no attribute"),
        ("x[0][:1] = x[0][-1:]", "the array is now [2.0, 2.0]", ""),
        ("x.append(x.pop())", "", ""),
        ("x.append(1)", "", "the list is now [[1], 1]"),
        ("x.append(x)", "cannot be sent: list (nested more than 100", "nested more than 100 deep"),
    ],
)
def test_a_test_sees_what_a_call_did_to_its_arguments(
    changed: Judge, body: str, array: str, rows: str
) -> None:
    report = changed.grade(f"def f(x): {body}").report
    assert report["fault"] == ("learner" if array or rows else None)
    for test, message in zip(report["tests"], (array, rows), strict=True):
        assert (test["outcome"] == "passed", message in test["message"]) == (not message, True)
