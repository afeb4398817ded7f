"""What instructors are told holds: the exercise that they are shown, and the keys of its head."""

from __future__ import annotations

import re
from pathlib import Path

from builder.exercise import read_exercise
from builder.front_matter import KEYS
from grading.shared.allowance import MAX_DEPTH

from .squares import DEFAULTS, proved_judge, write_exercise
from .submissions import ROOT

TOLD = (ROOT / "docs/instructors.md").read_text("utf-8")
# The files that it shows, in place of those of the squares exercise.
SHOWN = {
    **dict.fromkeys(DEFAULTS),
    **dict(re.findall(r"`([\w/.]+\.\w+)`[:.]\n\n```\w+\n(.*?)```\n", TOLD, re.DOTALL)),
}
WRONG = "hidden_tests/wrong_solutions/sums.py"
# Keys and what holds where they are missing.
KEYS_TOLD = dict(re.findall(r"^\| `(\w+)` \|.*\| (.*) \|$", TOLD, re.MULTILINE))


def test_the_exercise_that_is_shown_is_proved_and_names_its_mistake(tmp_path: Path) -> None:
    wrong = SHOWN[WRONG] or ""
    with proved_judge(tmp_path, SHOWN) as judge:
        assert judge.grade(SHOWN["solution.py"] or "").report["outcome"] == "passed"
        report = judge.grade(wrong.replace("value", "number")).report
    assert [test["outcome"] for test in report["tests"]] == ["failed", "failed"]
    assert report["tests"][0]["mistake"] is not None
    assert report["tests"][0]["mistake"] in wrong


def test_values_cross_as_deep_as_is_told() -> None:
    assert f"up to {MAX_DEPTH} levels deep" in TOLD


def test_each_key_is_told_with_what_holds_where_it_is_missing(tmp_path: Path) -> None:
    assert KEYS_TOLD.keys() == set(KEYS)
    shown = read_exercise(write_exercise(tmp_path, SHOWN))
    told = {key: said for key, said in KEYS_TOLD.items() if "is asked for" not in said}
    assert told == {key: _default(getattr(shown, key)) for key in told}
    assert {"title", "slug", "entry_points"} < KEYS_TOLD.keys() - told.keys()


def _default(value: object) -> str:
    if value == ():
        return "none"
    if isinstance(value, float):
        return f"{value:g}"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"
