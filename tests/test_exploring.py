"""`explore.py` is refused with place, cause and remedy, and proved with reference and starter."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from builder import prove
from builder.errors import BuildError
from builder.exercise import Exercise, read_exercise
from builder.explore import explore_facts, prove_explore, shipped_explore
from builder.grade import Judge, open_judge
from builder.toolchain import Toolchain

from .exploring import EXPLORE, UNPROVABLE, UNREADABLE, drawing, exploring
from .squares import Files, front, write_exercise
from .submissions import REFERENCE, ROOT
from .toolchains import own_toolchain, shared_toolchain

SECONDS = front("call_seconds: 3\nrun_seconds: 3\n")


def read(folder: Path, files: Files) -> Exercise:
    return read_exercise(write_exercise(folder, {**SECONDS, **files}))


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """One judge of the squares exercise, and one candidate for all that leaves nothing behind."""
    with open_judge(read(tmp_path_factory.mktemp("squares"), {}), shared_toolchain()) as opened:
        opened.explore = partial(opened.explore, is_shared=True)  # type: ignore[method-assign]
        yield opened


@pytest.mark.parametrize("name", [*UNREADABLE, *UNPROVABLE])
def test_what_is_wrong_with_an_explore_py_is_told_with_place_and_remedy(
    name: str, tmp_path: Path, judge: Judge
) -> None:
    files, place, cause, remedy = {**UNREADABLE, **UNPROVABLE}[name]
    with pytest.raises(BuildError) as caught:
        exercise = read(tmp_path, files)
        assert name in UNPROVABLE, "it was read"
        prove_explore(exercise, judge)
    problem = caught.value
    assert problem.file is not None
    line = f":{problem.line}" if problem.line else ""
    assert f"{problem.file.relative_to(tmp_path)}{line}" == place
    assert cause.replace("{folder}", str(tmp_path)) in problem.cause
    assert remedy in problem.remedy
    assert "  " not in f"{problem.cause} {problem.remedy}"


def test_a_link_and_a_file_that_is_not_utf_8_are_refused(tmp_path: Path) -> None:
    path = write_exercise(tmp_path, {}) / "explore.py"
    path.symlink_to("solution.py")
    with pytest.raises(BuildError, match=r"explore\.py: is a link"):
        read_exercise(tmp_path)
    path.unlink()
    path.write_bytes(b"# one\n# caf\xe9\n")
    with pytest.raises(BuildError, match=r"explore\.py:2: the file is not UTF-8"):
        read_exercise(tmp_path)


# What may be returned in place of a list of lists.
LIKE_IT = {
    "charts one by one": exploring(EXPLORE.replace("return [", "yield from [")),
    "a tuple": exploring(EXPLORE.replace("return [", "return tuple([").replace("}]", "}])")),
    "an array": drawing("np.array([0.0, 1.0, 4.0])"),
    "numbers of NumPy's": drawing("[np.int8(0), np.float32(1), np.longdouble(4)]"),
    "what is derived from nothing": drawing("(0, True + 0, 4)"),
}


@pytest.mark.parametrize("name", LIKE_IT)
def test_what_is_like_a_list_of_numbers_is_drawn(name: str, tmp_path: Path, judge: Judge) -> None:
    text = f"import numpy as np\n{LIKE_IT[name]['explore.py']}"
    (chart,) = prove_explore(read(tmp_path, exploring(text)), judge)
    assert chart["series"] == [{"name": "f", "y": [0, 1, 4], "odd": []}]
    assert (chart["kind"], chart["title"], chart["x"]) == ("curves", "Squares", [0, 1, 2])


# What may name bars, and what they are called.
BARS = {
    '["a", 1, 2.5]': ["a", "1", "2.5"],
    'np.array(["a", "ä", "日本"])': ["a", "ä", "日本"],
    "np.linspace(0.1, 0.3, 3)": ["0.1", "0.2", "0.3"],
    "[0, 2 ** 60, 2 ** 61]": ["0", str(2**60), str(2**61)],
}


def test_gaps_are_kept_and_bars_have_labels(tmp_path: Path, judge: Judge) -> None:
    ys = "[f(0), None, float('nan')]"
    for x, labels in BARS.items():
        bars = drawing(ys, ('"curves"', '"bars"'), ("[0, 1, 2]", x))
        text = f"import numpy as np\n{bars['explore.py']}"
        (chart,) = prove_explore(read(tmp_path, exploring(text)), judge)
        assert (chart["kind"], chart["x"]) == ("bars", labels)
        assert chart["series"][0]["y"] == [0, None, None]


# What a learner's function does, and what is told: the kind, a part of it, the learner's line.
LEARNERS: dict[str, tuple[str, str, str, int | None]] = {
    "a starter": ("raise NotImplementedError", "raised", "not written yet on line 2", 2),
    "an exception": ("return x / 0", "raised", "divided by zero on line 2", 2),
    "an exception in a library": ("return [][x]", "raised", "IndexError on line 2", 2),
    "the end of an iterator": ("return next(iter(()))", "raised", "StopIteration on line 2", 2),
    "a value that cannot be worked with": ("return None", "raised", "NoneType", None),
    "a value of another kind": ("return {'a': x}", "raised", "TypeError", None),
    "the end of Python": ("raise SystemExit", "raised", "on line 2", 2),
    "a loop": ("while True: pass", "late", "", None),
    "a loop in C": ("return sum(9 ** 9 ** 9 for _ in [x])", "late", "", None),
}


@pytest.mark.parametrize("name", LEARNERS)
def test_what_a_learners_function_does_is_told_with_its_line(name: str, judge: Judge) -> None:
    body, kind, part, line = LEARNERS[name]
    source = f"def f(x):\n    {body}\n"
    facts = explore_facts(EXPLORE.replace("f(x) for", "f(x) + 0 for"))
    said = judge.explore(source, facts)
    assert said["kind"] == kind
    if kind == "late":
        assert said["line"] in (2, None)
        return
    assert part in said["message"]
    assert said["error"]["line"] == line
    assert said["at"] == 2


def test_code_that_cannot_be_loaded_is_told_with_its_line(judge: Judge) -> None:
    for source, kind, part in [
        ("def f(x):\n  return (\n", "raised", "on line 2"),
        ("import numpy\nlos\n", "raised", "on line 2"),
        ("raise SystemExit\n", "raised", "on line 1 while it is loaded"),
        ("def g(x): return x\n", "invalid", "no function f"),
        ("f = 3", "invalid", "f is not a function"),
        ("x\0", "invalid", "NUL"),
    ]:
        said = judge.explore(source, explore_facts(EXPLORE))
        assert (said["kind"], said["charts"]) == (kind, [])
        assert part in said["message"]


def test_charts_before_an_exception_are_drawn(judge: Judge) -> None:
    facts = explore_facts(EXPLORE.replace("return [", "yield from [") + "    yield f(-1)\n")
    said = judge.explore("def f(x):\n    return 1 if x >= 0 else 1 / 0\n", facts)
    assert (said["kind"], said["error"]["line"], len(said["charts"])) == ("raised", 2, 1)


LYING = """
class Lie(float):
    def __float__(self): return 7.0
    def __len__(self): return 3
    def __iter__(self): return iter([1, 2, 3])
    def __abs__(self): return 0.0
    def __repr__(self): return 'nothing'
"""
# What stands in the place of one value, and of all of them.
ODD = {
    "Lie(1.0)": ("Lie", None),
    "'1.0'": ("str", None),
    "float('-inf')": ("-inf", None),
    "10 ** 400": ("too large", None),
    "1e301": ("too large", None),
    "True": ("bool", None),
    "1j": ("complex", None),
    "np.ones(3)": ("array of shape (3,)", None),
    "np.array(1.0)": ("array of shape ()", None),
    "type('x' * 10 ** 6, (), {})()": ("x" * 80, None),
    "None": ("None", None),
}


@pytest.mark.parametrize("value", ODD)
def test_what_is_no_number_is_a_gap_and_named(value: str, judge: Judge) -> None:
    source = f"import numpy as np\n{LYING}\ndef f(x): return {value} if x else 0.5\n"
    said = judge.explore(source, explore_facts(EXPLORE))
    (series,) = said["charts"][0]["series"]
    assert series == {"name": "f", "y": [0.5, None, None], "odd": [[ODD[value][0], 2]]}


FORGED = {
    "no JSON": "'los'",
    "too much": "'[' + '0,' * 10 ** 6 + '0]'",
    "too deep": "'[' * 10 ** 5",
    "no object": "'[]'",
    "another kind": '\'{"kind": "won", "charts": []}\'',
    "no charts": '\'{"kind": "drawn"}\'',
    "too many charts": "json_of({'kind': 'drawn', 'charts': [chart] * 9})",
    "too many points": "json_of({'kind': 'drawn', 'charts': [{**chart, 'x': list(range(401))}]})",
    "numbers as texts": "json_of({'kind': 'drawn', 'charts': [{**chart, 'x': ['0', '1']}]})",
    "a huge name": "json_of({'kind': 'drawn', 'charts': [{**chart, 'title': 'x' * 10 ** 4}]})",
}
_FORGE = """
import sys, json
json_of = json.dumps
chart = {"kind": "curves", "title": "t", "about": "", "x_label": "x", "y_label": "y", "x": [0, 1],
         "series": [{"name": "f", "y": [0, 1], "odd": []}]}
class Forged:
    @staticmethod
    def dumps(*_): return FORGED
    loads = staticmethod(json.loads)
from grading.candidate import exploring
def f(x):
    exploring.json = Forged
    return x
"""


def forged(judge: Judge, answer: str) -> dict[str, Any]:
    """Return what the page would be told where a submission forges the answer."""
    source = _FORGE.replace("FORGED", answer)
    return Judge.explore(judge, source, explore_facts(EXPLORE))


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_drawing_is_none(name: str, judge: Judge) -> None:
    said = forged(judge, FORGED[name])
    assert said == {"kind": "unreadable"}


def test_a_forged_drawing_is_cut_to_numbers_and_gaps(judge: Judge) -> None:
    series = "[{'name': 'f', 'y': ['1', 1e301], 'odd': [['<b>' * 999, 3], 4, ['a', -1]]}] "
    said = forged(
        judge, f"json_of({{'kind': 'drawn', 'charts': [{{**chart, 'series': {series}}}]}})"
    )
    (read,) = said["charts"][0]["series"]
    assert read == {"name": "f", "y": [None, None], "odd": [[("<b>" * 999)[:120], 3]]}


# -------------------------------------------------------------------------- what is kept, and ships


def key(folder: Path, toolchain: Toolchain) -> str:
    exercise = read_exercise(folder)
    return prove._Prover(exercise, toolchain).explore_key


def test_what_the_builds_own_python_cannot_read_is_told_before_anything_is_graded(
    tmp_path: Path,
) -> None:
    folder = write_exercise(tmp_path / "exercise", exploring("\ndef explore(f):\n    return (\n"))
    toolchain = own_toolchain(tmp_path / "cache")
    with (
        mock.patch.object(Judge, "grade", autospec=True, side_effect=Judge.grade) as grade,
        pytest.raises(BuildError, match=r"explore\.py:3: Python cannot read it") as caught,
    ):
        prove.prove(read_exercise(folder), toolchain)
    assert caught.value.remedy == "Mend the line."
    assert grade.call_count == 0


def test_only_what_a_drawing_depends_on_has_it_drawn_again(tmp_path: Path) -> None:
    folder = write_exercise(tmp_path / "exercise", exploring(EXPLORE))
    toolchain = own_toolchain(tmp_path / "cache")
    with mock.patch.object(Judge, "explore", autospec=True, side_effect=Judge.explore) as explore:
        charts = [prove.prove(read_exercise(folder), toolchain).charts for _ in range(2)]
    assert explore.call_count == 3, "twice with the reference, once with the starter"
    assert charts[0] == charts[1] and charts[0] is not None
    before = key(folder, toolchain)
    for name, is_drawn in {
        "hidden_tests/test_f.py": False,
        "explore.py": True,
        "solution.py": True,
        "starter.py": True,
        "problem.md": False,
    }.items():
        path = folder / name
        path.write_text(path.read_text("utf-8") + "\n", "utf-8")
        after = key(folder, toolchain)
        assert (after != before) == is_drawn, name
        before = after
    (folder / "problem.md").write_text(str(front("run_seconds: 7\n")["problem.md"]), "utf-8")
    assert key(folder, toolchain) != before, "a limit"


def test_the_numbers_of_the_reference_ship_unless_they_are_kept_back(
    tmp_path: Path, judge: Judge
) -> None:
    for flag, is_there in (("true", True), ("false", False)):
        files = {**exploring(EXPLORE), **front(f"show_expected: {flag}\n")}
        exercise = read_exercise(write_exercise(tmp_path / flag, files))
        (data,) = shipped_explore(exercise, prove_explore(exercise, judge))
        shipped: dict[str, Any] = json.loads(data)
        assert shipped["source"] == EXPLORE
        assert (shipped["reference"] is not None) == is_there
        assert (b"[0, 1, 4]" in data) == is_there
    assert list(shipped_explore(read_exercise(write_exercise(tmp_path / "none", {})), None)) == []


# ------------------------------------------------------------------------------- of this exercise


@pytest.fixture(scope="module")
def own_judge() -> Iterator[Judge]:
    with open_judge(read_exercise(ROOT), shared_toolchain()) as opened:
        opened.explore = partial(opened.explore, is_shared=True)  # type: ignore[method-assign]
        yield opened


def drawn(judge: Judge, source: str) -> dict[str, list[float | None]]:
    """Return the series of this exercise by their names."""
    said = judge.explore(source, explore_facts((ROOT / "explore.py").read_text("utf-8")))
    assert said["kind"] == "drawn"
    return {s["name"]: s["y"] for chart in said["charts"] for s in chart["series"]}


WRONG = ROOT / "hidden_tests/wrong_solutions"
# The bars for alpha = 0.4 and four classes, the third of them true.
IMPLIED = {
    "mass_on_wrong_classes_only": [0.4 / 3, 0.4 / 3, 0.6, 0.4 / 3],
    "target_sums_to_less_than_one": [0.1, 0.1, 0.6, 0.1],
    "alpha_ignored": [0, 0, 1, 0],
    "alpha_swapped": [0.15, 0.15, 0.55, 0.15],
    "sign_flipped": [-0.1, -0.1, -0.7, -0.1],
    "target_off_by_one": [0.1, 0.1, 0.1, 0.7],
    "mean_over_classes": [0.025, 0.025, 0.175, 0.025],
}


def test_bars_show_the_target_that_losses_imply(own_judge: Judge) -> None:
    right = drawn(own_judge, REFERENCE)
    assert right["α = 0.4"] == pytest.approx([0.1, 0.1, 0.7, 0.1])
    assert right["α = 0.0"] == pytest.approx([0, 0, 1, 0])
    for name, bars in IMPLIED.items():
        series = drawn(own_judge, (WRONG / f"{name}.py").read_text("utf-8"))
        assert series["α = 0.4"] == pytest.approx(bars), name


def test_curves_rise_where_the_model_is_sure_and_right_and_break_off_where_exp_overflows(
    own_judge: Judge,
) -> None:
    right = drawn(own_judge, REFERENCE)
    sure, wrong, unsure = list(right.values())[:3]
    assert [sure[0], sure[-1]] == pytest.approx([0.008, 4.508], abs=1e-3)
    assert sure == sorted(sure, key=float) and wrong == sorted(wrong, key=float, reverse=True)  # type: ignore[arg-type]
    assert None not in unsure
    overflowing = drawn(own_judge, (WRONG / "no_max_subtraction.py").read_text("utf-8"))
    assert set(overflowing["unsure, scores near 1000"]) == {None}
    assert overflowing["sure and right"] == pytest.approx(sure)
