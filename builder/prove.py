"""Prove an exercise before it ships: the tests accept what is right and catch what is wrong."""

from __future__ import annotations

import ast
import hashlib
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy
import pytest

from grading.judge.mistakes import RAISED
from grading.shared import wire

from .errors import BuildError
from .exercise import Exercise, WrongSolution
from .grade import Exchange, Grading, NativeJudge, open_judge
from .native_realm import PYTHON_PATH
from .progress import Say


@dataclass
class Proof:
    """What the check recorded, for the judge: see `grading.judge.mistakes.Answers`."""

    tests: list[dict[str, str]]
    reference: dict[str, list[Any]] = field(default_factory=dict)
    planted: dict[str, dict[str, list[tuple[float, int]]]] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)

    def facts(self, exercise: Exercise) -> dict[str, Any]:
        """Return the contents of ``judge.json``."""
        return {
            "slug": exercise.slug,
            "entry_points": [entry.name for entry in exercise.entry_points],
            "tests": self.tests,
            "answers": {
                "reference": self.reference,
                "planted": self.planted,
                "mistakes": self.mistakes,
            },
        }


def prove(exercise: Exercise, cache: Path, say: Say) -> Proof:
    """Prove an exercise, or take over the proof of just these files from the cache.

    Raises:
        BuildError: if the reference fails, the starter cannot be imported or passes, or a wrong
            solution is not caught by a test that it names.
    """
    kept = cache / f"proof-{_digest(exercise)}.json"
    if kept.exists():
        say("exercise proved before, unchanged since")
        return Proof(**json.loads(kept.read_text("utf-8")))
    proof = _prove(exercise, say)
    cache.mkdir(parents=True, exist_ok=True)
    fresh = kept.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(proof)), "utf-8")
    fresh.replace(kept)
    return proof


def _prove(exercise: Exercise, say: Say) -> Proof:
    proof = Proof(tests=[])
    blank = {**proof.facts(exercise), "tests": None}
    with open_judge(exercise, blank) as judge:
        proof.tests = judge.tests
        _refuse_left_out(exercise, proof.tests)
        _refuse_none(exercise, proof.tests)
        _refuse_duplicates(exercise, proof.tests)
        proof.reference = _reference(judge)
        judge.adopt(proof.facts(exercise))
        _reference(judge)  # a second time: a test that leans on chance shows itself
        say(f"solution.py passes all {len(proof.tests)} tests")
        _check_starter(judge)
        say("starter.py imports and does not pass")
        for wrong in exercise.wrong_solutions:
            _check_wrong(judge, wrong, proof)
        say(f"{len(exercise.wrong_solutions)} wrong solutions are each caught by name")
    return proof


def _refuse_left_out(exercise: Exercise, tests: list[dict[str, str]]) -> None:
    """Refuse tests that are written and that pytest passes over in silence."""
    collected = {test["id"].partition("[")[0] for test in tests}
    for path in sorted(exercise.tests_path.glob("test_*.py")):
        for test in _written_tests(ast.parse(path.read_bytes())):
            if test.name not in collected:
                remedy = "Write a plain function: in a file that is not skipped, in no TestCase."
                raise BuildError(f"pytest does not run {test.name}", remedy, path, test.lineno)


def _written_tests(module: ast.Module) -> list[ast.FunctionDef]:
    """Return the functions that look like tests, of the module and of its classes of tests."""
    classes = [node for node in module.body if isinstance(node, ast.ClassDef)]
    chosen = [c for c in classes if c.name.startswith("Test") or "TestCase" in _text(c.bases)]
    inside = [node for c in chosen for node in c.body]
    functions = [f for f in module.body + inside if isinstance(f, ast.FunctionDef)]
    tests = [f for f in functions if f.name.startswith("test")]
    return [f for f in tests if "fixture" not in _text(f.decorator_list)]


def _text(expressions: list[ast.expr]) -> str:
    return " ".join(map(ast.unparse, expressions))


def _refuse_none(exercise: Exercise, tests: list[dict[str, str]]) -> None:
    if not tests:
        remedy = "Name a test's function test_…, in a file test_….py."
        raise BuildError("pytest finds no test in it", remedy, exercise.tests_path)


def _refuse_skipped(judge: NativeJudge, report: dict[str, Any]) -> None:
    """Refuse tests that the reference's run skips: no submission could ever pass."""
    ran = all(test["outcome"] in ("passed", "not-run") for test in report["tests"])
    skipped = [test["id"] for test in report["tests"] if test["outcome"] == "not-run"]
    if ran and skipped and report["error"] is None and report["fault"] == "exercise":
        cause = f"skipped or expected to fail: {', '.join(skipped)}"
        remedy = "Every test counts here: take the mark (skip, xfail) away, or the test."
        raise BuildError(cause, remedy, judge.exercise.tests_path)


def _refuse_duplicates(exercise: Exercise, tests: list[dict[str, str]]) -> None:
    for identity, count in Counter(test["id"] for test in tests).items():
        if count > 1:
            cause = f"{count} tests are named {identity}"
            raise BuildError(cause, "Give each test a name of its own.", exercise.tests_path)


def _reference(judge: NativeJudge) -> dict[str, list[Any]]:
    """Return the reference's answers; refuse a reference that does not pass."""
    path = judge.exercise.solution_path
    grading = judge.grade(path.read_text("utf-8-sig"))
    if grading.report["outcome"] != "passed":
        _refuse_skipped(judge, grading.report)
        remedy = "The reference has to pass: mend it, or the test."
        raise BuildError(f"does not pass: {_first_problem(grading)}", remedy, path)
    return {
        test: [_answer(exchange).get("value", RAISED) for exchange in exchanges]
        for test, exchanges in grading.exchanges.items()
    }


def _check_starter(judge: NativeJudge) -> None:
    path = judge.exercise.starter_path
    report = judge.grade(judge.exercise.starter).report
    if report["outcome"] == "passed":
        raise BuildError("passes every test", "It must leave something to do.", path)
    if all(test["outcome"] == "not-run" for test in report["tests"]):
        line = report["error"] and report["error"]["line"]
        remedy = "Learners must be able to import it as it is."
        raise BuildError(f"cannot be used: {report['message']}", remedy, path, line)


def _check_wrong(judge: NativeJudge, wrong: WrongSolution, proof: Proof) -> None:
    grading = judge.grade(wrong.path.read_text("utf-8-sig"))
    if grading.report["fault"] == "exercise":
        remedy = "A test must fail with an assertion whatever a learner returns."
        raise BuildError(f"breaks a test: {_first_problem(grading)}", remedy, wrong.path)
    outcomes = {test["id"]: test["outcome"] for test in grading.report["tests"]}
    for name in wrong.caught_by:
        if name not in outcomes:
            remedy = f"Tests: {', '.join(outcomes)}."
            raise BuildError(f"names {name}, and there is no such test", remedy, wrong.path, 1)
        if outcomes[name] in ("passed", "not-run"):
            remedy = "Sharpen the test, or correct `Caught by:`."
            raise BuildError(f"is not caught by {name}", remedy, wrong.path, 1)
    if wrong.mistake not in proof.mistakes:
        proof.mistakes.append(wrong.mistake)
    mistake = proof.mistakes.index(wrong.mistake)
    for test, call, number in _telling_numbers(grading, proof):
        proof.planted.setdefault(test, {}).setdefault(call, []).append((number, mistake))


def _telling_numbers(grading: Grading, proof: Proof) -> Iterator[tuple[str, str, float]]:
    """Yield (test, call index, number) for each failed test's last call, where it is wrong."""
    for test in grading.report["tests"]:
        exchanges = grading.exchanges.get(test["id"], [])
        if test["outcome"] != "failed" or not exchanges:
            continue
        call = len(exchanges) - 1
        number = _number(_answer(exchanges[call]))
        right = proof.reference[test["id"]][call : call + 1]
        known = _number({"value": right[0]}) if right else None
        if number is not None and (known is None or not _rounds_to(number, known)):
            yield test["id"], str(call), number


def _rounds_to(number: float, right: float) -> bool:
    """Whether a number is the right one but for rounding, which no two machines do alike."""
    return math.isclose(number, right, rel_tol=1e-5, abs_tol=1e-6)


def _answer(exchange: Exchange) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(exchange.answer)
    return answer


def _number(answer: dict[str, Any]) -> float | None:
    value = answer.get("value")
    if isinstance(value, dict) and value.get("t") == "numpy" and value["dtype"] == "<f8":
        value = float(wire.decode(value))
    return value if isinstance(value, float) and not math.isinf(value) else None


def _first_problem(grading: Grading) -> str:
    report = grading.report
    for test in report["tests"]:
        if test["outcome"] not in ("passed", "not-run"):
            return f"{test['id']}: {test['message']}\n{test['detail']}".rstrip()
    return str(report["message"])


def _digest(exercise: Exercise) -> str:
    """Return a digest of everything that a proof depends on."""
    digest = hashlib.sha256()
    versions = [sys.version, numpy.__version__, pytest.__version__]
    limits = [exercise.slug, exercise.entry_points, exercise.call_seconds, exercise.run_seconds]
    digest.update(repr([versions, limits]).encode())
    named = [(path.name, path) for path in (exercise.solution_path, exercise.starter_path)]
    for folder in (exercise.tests_path, PYTHON_PATH / "grading", Path(__file__).parent):
        files = (p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc")
        named += sorted((p.relative_to(folder).as_posix(), p) for p in files)
    for name, path in named:
        digest.update(f"{name}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
