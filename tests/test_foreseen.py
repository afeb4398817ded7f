"""Calls that are asked ahead of their test: the report is the same as without."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from builder.exercise import read_exercise
from builder.grade import NativeJudge, open_judge
from grading.candidate import calling, loading

from .squares import SQUARE, prove_quietly, write_exercise
from .submissions import REFERENCE, WRONG_SOLUTIONS, comparable


class Driver:
    """Carries calls to a candidate in this process and follows what the judge foresees."""

    def __init__(self, judge: NativeJudge) -> None:
        self.judge, self.steps, self.calls = judge, 0, 0

    def grade(self, source: str) -> dict[str, Any]:
        """Return the report on a submission."""
        entry_points = [vars(entry) for entry in self.judge.exercise.entry_points]
        loaded = loading.load(json.dumps({"source": source, "entry_points": entry_points}))
        self.steps = self.calls = 0
        step = self.judge.step("begin", {"answer": loaded})
        while step["call"] is not None:
            self.steps += 1
            step = self.judge.step("advance", self.told(step))
        report: dict[str, Any] = step["report"]
        return report

    def told(self, step: dict[str, Any]) -> dict[str, Any]:
        """Return the answers to a call and to those that follow it for sure."""
        earlier, answer = [], self.ask(step["call"])
        for foreseen in step["lookahead"]:
            if foreseen["test"] != step["running"]:
                break
            if json.loads(answer).get("value") != pytest.approx(foreseen["expected"], rel=1e-12):
                break
            earlier.append(answer)
            answer = self.ask(foreseen["call"])
        return {"answer": answer, "earlier": earlier}

    def ask(self, call: str) -> str:
        """Return the candidate's answer."""
        self.calls += 1
        return calling.call(call)


@pytest.fixture(scope="module")
def foreseeing(judge: NativeJudge) -> NativeJudge:
    """A judge that has seen the reference pass, and so foresees its calls."""
    assert judge.grade(REFERENCE).report["outcome"] == "passed"
    return judge


def test_right_answers_take_one_step_of_the_judge_for_each_test(foreseeing: NativeJudge) -> None:
    driver = Driver(foreseeing)
    assert driver.grade(REFERENCE)["outcome"] == "passed"
    assert driver.steps == 5
    assert driver.calls > 40


@pytest.mark.parametrize("wrong", WRONG_SOLUTIONS, ids=lambda path: path.stem)
def test_foreseen_calls_change_no_report(foreseeing: NativeJudge, wrong: Path) -> None:
    source = wrong.read_text("utf-8")
    ahead = Driver(foreseeing).grade(source)
    assert comparable(ahead) == comparable(foreseeing.grade(source).report)


STATEFUL = REFERENCE.replace(
    "    scores =", "    kept.append(0)\n    alpha += (len(kept) == 9)\n    scores =", 1
).replace("\ndef ", "\nkept = []\n\ndef ", 1)


def test_a_submission_that_goes_wrong_in_mid_test_fails_where_it_does(
    foreseeing: NativeJudge,
) -> None:
    ahead = Driver(foreseeing).grade(STATEFUL)
    assert ahead["outcome"] == "failed"
    assert comparable(ahead) == comparable(foreseeing.grade(STATEFUL).report)


CHAIN = '''
import pytest
from solution import f

def test_chain():
    """squares its own square"""
    once = f(1.1)
    assert f(once) == pytest.approx(once * once)
'''


def test_a_call_that_was_foreseen_wrongly_is_dropped_and_the_right_one_made(
    tmp_path: Path,
) -> None:
    exercise = read_exercise(write_exercise(tmp_path, {"hidden_tests/test_f.py": CHAIN}))
    with open_judge(exercise, prove_quietly(exercise, tmp_path).facts(exercise)) as judge:
        assert judge.grade(SQUARE).report["outcome"] == "passed"
        driver = Driver(judge)
        assert driver.grade(SQUARE)["passed"] == 1
        assert (driver.steps, driver.calls) == (1, 2)
        # Off in the last digit, the first answer makes the test's second call another one.
        near = driver.grade("def f(x): return x * x * (1 + 3e-16)\n")
        assert near["passed"] == 1
        assert (driver.steps, driver.calls) == (2, 3)
