"""What an exercise may not be: said to its instructor, with the place and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from grading.shared.output import CUT, MAX_LINES, MAX_OUTPUT

from .caught_by import named, shown
from .errors import BuildError
from .exercise import Exercise, WrongSolution
from .remedies import (
    NOTHING_BUT_CALLS,
    plainly,
    remedy_of,
    remedy_of_not_carried,
    remedy_of_too_deep,
)

if TYPE_CHECKING:
    from .grade import Grading, Judge

# What learners are told where the exercise is at fault; whoever builds it is not.
ASK = "Please tell whoever gave you this exercise."

_MEND = "Mend the line."
# Where pytest complains of a function: none of its lines was run.
_MEND_FUNCTION = "Mend {}, or what decorates it."
# What to do about a test that pytest does not run, by why it does not.
_LEFT_OUT = {
    "skipped": "Write a plain function: in a file that is not skipped, in no class with arguments.",
    "class": "Begin the name of its class, {of}, with Test.",
    "inside": "Move it out of {of}: pytest looks into no function.",
    "name": "Begin its name with test_, or call it in a test.",
}
# What of a test cannot fail, and what to do about it.
_IN_VAIN = {
    "held": ("this assertion holds whatever comes", 'Take the parentheses away: assert …, "…"'),
    "unused": ("nothing uses this comparison, so it cannot fail", "Write `assert` before it."),
}
_INHERITED = (
    "Tests are known by their names alone: run it in one class, by `pytest.mark.parametrize`, or "
    "define it in each class under a name of its own."
)
_AS_STARTER = (
    "It has to define each function as starter.py does: wrong is what comes of calling them."
)
_MUST_PASS = "The reference has to pass: mend it, or the test."
_SEEDS_OR_PATCHES = re.compile(r"\brandom\.seed\(|\bmonkeypatch\.|\bpatch(\.\w+)?\(")
_ASSERT = "A test must fail with an assertion whatever a learner returns."
_OWN = "What a test seeds or patches reaches no learner's code: hand it over as an argument."
_CROSSES = (
    "numbers, texts, bytes, ranges, lists, deques, tuples, dicts, sets and NumPy arrays of numbers"
)
# What came back is shown so where it is none of these, however deep inside.
_OBJECT = re.compile(r"\breturned [^<]*<")
_TEXT = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")
_RAISED = (
    "Of an exception its class's name and its text arrive: no cause, notes or attributes, and no "
    "arguments but the text."
)
_ANEW = (
    "What plain pytest sets up once for several tests ({}) is made anew for each one here, without "
    "what an earlier test left in it."
)
_NO_CALL = f"It calls none of the learner's functions. {NOTHING_BUT_CALLS}"
# What is said of a run whose judge is lost, as web/src/driver/verdicts.ts has it.
_BREAKDOWN, _HUNG = "Python ran out of memory or broke down", "A test did not come back"
_LIGHTER = (
    "Have it hand over and get back less at once, such as smaller arrays; and it must not end "
    "Python."
)
_FEWER = (
    "Each call of a test runs it once more from its start: make fewer calls in one test, say by "
    "`pytest.mark.parametrize`."
)
# What a run says whose time went into calls that came back: in `grading.judge.endings`.
_TOGETHER = "together they take too long"
_LONGER = "Where the calls themselves take the time, raise `run_seconds` in problem.md."
_IN_WEBASSEMBLY = (
    "It ran in WebAssembly, as it will in the page: NumPy's default integer has 32 bits there, "
    "nothing warns, and modules that need the system (ssl, sqlite3, threads) are not there."
)


def refuse_tests(exercise: Exercise, judge: Judge) -> None:
    """Refuse hidden tests that cannot be collected, that are none, or that are in vain."""
    for problem in judge.problems:
        path = exercise.tests_path / problem["file"]
        message = problem["message"]
        cause = f"the tests cannot be imported: {plainly(message)}"
        mend = _MEND if problem["line"] else "Mend it."
        if problem.get("name"):
            mend = _MEND_FUNCTION.format(problem["name"])
        raise BuildError(cause, remedy_of(exercise, message) or mend, path, problem["line"])
    _refuse_vain(exercise, judge)
    if not judge.tests:
        remedy = "Name a test's function test_…, in a file test_….py."
        raise BuildError("pytest finds no test in it", remedy, exercise.tests_path)


def _refuse_vain(exercise: Exercise, judge: Judge) -> None:
    """Refuse what no one would run, and what cannot fail."""
    for test in judge.repeated:
        _refuse_repeated(exercise.tests_path / test["file"], test)
    for missed in judge.left_out:
        path = exercise.tests_path / missed["file"]
        remedy = _LEFT_OUT[missed["why"]].format(of=missed["of"])
        raise BuildError(f"pytest does not run {missed['name']}", remedy, path, missed["line"])
    for vain in judge.in_vain:
        path = exercise.tests_path / vain["file"]
        raise BuildError(*_IN_VAIN[vain["why"]], path, vain["line"])


def _refuse_repeated(path: Path, test: dict[str, Any]) -> NoReturn:
    """Refuse a test whose name another has: reports and mistakes know tests by their names."""
    name, cause, remedy = shown(test["name"]), "", "Give each test a name of its own."
    classes = test.get("classes")
    if classes is None:
        cause = f"{name} is defined a second time, after {test['after']}"
    elif classes:
        cause = f"{classes[0]} and {classes[1]} both run {name}: it is inherited"
        remedy = _INHERITED
    else:
        file = test["after"].rpartition(":")[0]
        cause = f"{name} is run from {file} and from here: one file imports it"
        remedy = "Import no test, and no class of tests: move what both files need into a third."
    raise BuildError(cause, remedy, path, test["line"])


def refuse_broken(exercise: Exercise, grading: Grading) -> None:
    """Refuse a reference that does not pass."""
    report = grading.report
    if report["outcome"] == "passed":
        return
    said = _to_its_author(report["message"])
    if not _is_lost(report):
        _refuse_skipped(exercise, grading)
    error = report["error"]
    if error is not None and report["outcome"] == "error":
        _refuse_unimportable(exercise.solution_path, error)
    for test in report["tests"]:
        if test["outcome"] not in ("passed", "not-run") and not _is_open(test):
            _refuse_failing(exercise, grading, test)
    if left := [test["id"] for test in report["tests"] if _is_lost(report) and _is_open(test)]:
        _refuse_lost(exercise, left[:2], said)
    line = error and error["line"]
    raise BuildError(f"does not pass: {said}", _MUST_PASS, exercise.solution_path, line)


def _is_lost(report: dict[str, Any]) -> bool:
    """Whether a run has lost its judge: a test took that Python with it, or never ended."""
    return bool(report["message"].startswith((_BREAKDOWN, _HUNG)))


def _is_open(test: dict[str, Any]) -> bool:
    """Whether nothing is known of what a test comes to: it was neither skipped nor told of."""
    is_unheard = test["outcome"] == "not-run" and not test["message"]
    return is_unheard or str(test["message"]).startswith(_HUNG)


def _refuse_lost(exercise: Exercise, left: list[str], said: str) -> NoReturn:
    """Refuse a test with which the judge is lost.

    One that ended with the last answer has not been told of: it is that test, or the next.

    Args:
        exercise: the exercise.
        left: the first tests of which nothing is known.
        said: what the run says.
    """
    either = " or ".join(map(shown, left))
    cause, remedy = f"{_BREAKDOWN} in {either}", _LIGHTER
    if said.startswith(_HUNG):
        cause, remedy = f"{either}: {said}", "Mend the test: it has to end."
    raise BuildError(cause, remedy, *_begin(exercise, left[0].partition("[")[0]))


def _refuse_unimportable(path: Path, error: dict[str, Any]) -> NoReturn:
    cause = f"cannot be imported: {_raised(error)}"
    if error["type"] in ("SyntaxError", "IndentationError", "TabError"):
        raise BuildError(cause, _MEND, path, error["line"])
    remedy = "Mend it, or leave out what is not there in the page."
    raise BuildError(f"{cause}\n{_IN_WEBASSEMBLY}", remedy, path, error["line"])


def _raised(error: dict[str, Any]) -> str:
    return ": ".join(text for text in (error["type"], error["message"]) if text)


def _refuse_failing(exercise: Exercise, grading: Grading, test: dict[str, Any]) -> NoReturn:
    """Refuse a test that the reference does not pass, or that is at fault itself."""
    report = grading.report
    # Of a run that has lost its judge, that is at fault, whoever failed a test before.
    if ASK in test["message"] if _is_lost(report) else report["fault"] == "exercise":
        raise _at_fault(exercise, grading, test)
    path, line = _place(exercise, grading, test["id"])
    if test["message"].startswith("async def functions"):
        remedy = "Write it without async."
        cause = f"{shown(test['id'])} is async, and nothing here runs it"
        raise BuildError(cause, remedy, path, line)
    said = "\n".join(text for text in (test["message"], test["detail"]) if text)
    place = f", {path}:{line}" if line else ""
    cause = f"does not pass {shown(test['id'])}{place}\n{said}\n{_IN_WEBASSEMBLY}"
    remedy = " ".join([_remedy_of_reference(exercise, test, path), *_made_anew(grading, test)])
    raise BuildError(cause, remedy, exercise.solution_path)


def _at_fault(exercise: Exercise, grading: Grading, test: dict[str, Any]) -> BuildError:
    """Make an error at a test that is at fault itself."""
    message = _to_its_author(test["message"])
    remedy = remedy_of(exercise, message) or _remedy_of_broken(message)
    remedy = " ".join([remedy, *_made_anew(grading, test)])
    cause = f"{shown(test['id'])}: {plainly(message)}\n{test['detail']}".rstrip()
    return BuildError(cause, remedy, *_place(exercise, grading, test["id"]))


def _remedy_of_reference(exercise: Exercise, test: dict[str, Any], path: Path) -> str:
    if CUT in test["stdout"]:
        most = f"{MAX_LINES} lines and {MAX_OUTPUT:,} characters"
        return f"Have it print less: of one call {most} reach a test."
    if test["outcome"] == "timeout" and _TOGETHER in test["message"]:
        return f"{_FEWER} {_LONGER}"
    bare = _TEXT.sub("", test["detail"])
    if flatter := remedy_of_too_deep(bare):
        return flatter
    if _OBJECT.search(bare):
        return f"Return {_CROSSES}: no test can look into anything else."
    is_raised_by_test = test["message"].startswith("The test cannot work with")
    found = remedy_of(exercise, test["message"]) if is_raised_by_test else None
    found = found or remedy_of_not_carried(f"{test['message']}\n{test['detail']}")
    return found or " ".join([_MUST_PASS, *_what_does_not_arrive(test, path)])


def _made_anew(grading: Grading, test: dict[str, Any]) -> Iterator[str]:
    record = grading.records.get(test["id"])
    if record and record.wider:
        yield _ANEW.format(", ".join(record.wider))


def _what_does_not_arrive(test: dict[str, Any], path: Path) -> Iterator[str]:
    """Yield what a failing test may count on that does not cross to the function, or back."""
    if test["outcome"] == "failed" and test["case"] is None:
        yield _NO_CALL
    elif test["outcome"] == "failed" and test["case"]["got"].startswith("raised "):
        yield _RAISED
    if path.is_file() and _SEEDS_OR_PATCHES.search(path.read_text("utf-8")):
        yield _OWN


def _remedy_of_broken(message: str) -> str:
    if flatter := remedy_of_too_deep(message):
        return flatter
    if "cannot be sent" in message:
        return f"Pass {_CROSSES}."
    if found := remedy_of_not_carried(message):
        return found
    if "calls, or one more each time" in message:
        return f"{_FEWER} It has to make the same calls each time."
    if "test itself is broken" in message:
        return "Mend the test."
    return (
        "Mend the test: it has to make the same calls each time, so make and seed what is random "
        "inside it; and it has to end."
    )


def _place(exercise: Exercise, grading: Grading, test: str) -> tuple[Path, int | None]:
    """Return file and line where a test ended, or else where it begins."""
    record = grading.records.get(test)
    if record:
        return exercise.tests_path / record.file, record.line
    return _begin(exercise, test.partition("[")[0])


def _begin(exercise: Exercise, function: str) -> tuple[Path, int | None]:
    begin = re.compile(rf"^[ \t]*(?:async )?def {re.escape(function)}\b", re.MULTILINE)
    for path in exercise.hidden_tests.shipped:
        text = path.read_text("utf-8", "replace") if path.suffix == ".py" else ""
        found = begin.search(text)
        if found:
            return path, text[: found.end()].count("\n") + 1
    return exercise.tests_path, None


def _to_its_author(message: str) -> str:
    """Return what learners would be told, without whom they would be sent to."""
    return message.replace(ASK, "").strip()


def refuse_shipped(exercise: Exercise, grading: Grading) -> None:
    """Refuse tests that pass when they are collected anew, and not in the snapshot that ships."""
    report = grading.report
    if report["outcome"] == "passed":
        return
    test = next((t for t in report["tests"] if t["outcome"] != "passed"), None)
    said = report["message"]
    if test:
        said = f"{shown(test['id'])}: {test['message'] or said}"
    cause = (
        "the reference passes, but not with tests that were imported when the bundle was built: "
    )
    remedy = "Read clocks, files and chance inside a test, not while its file is imported."
    raise BuildError(cause + _to_its_author(said), remedy, exercise.tests_path)


def _refuse_skipped(exercise: Exercise, grading: Grading) -> None:
    """Refuse tests that the reference's run skips: no submission could ever pass."""
    report = grading.report
    ran = all(test["outcome"] in ("passed", "not-run") for test in report["tests"])
    skipped = [test["id"] for test in report["tests"] if test["outcome"] == "not-run"]
    if ran and skipped and report["error"] is None and report["fault"] == "exercise":
        cause = f"skipped or expected to fail: {', '.join(map(shown, skipped))}"
        remedy = "Every test counts here: take the mark (skip, xfail) away, or the test."
        if skipped[0].endswith("[NOTSET]"):
            remedy = "`pytest.mark.parametrize` has no values for it: give it some."
        raise BuildError(cause, remedy, *_place(exercise, grading, skipped[0]))


def refuse_starter(exercise: Exercise, report: dict[str, Any]) -> None:
    """Refuse a starter that passes, or that cannot be imported."""
    path = exercise.starter_path
    if report["outcome"] == "passed":
        raise BuildError("passes every test", "It must leave something to do.", path)
    if all(test["outcome"] == "not-run" for test in report["tests"]):
        line = report["error"] and report["error"]["line"]
        remedy = "Learners must be able to import it as it is."
        raise BuildError(f"cannot be used: {_to_its_author(report['message'])}", remedy, path, line)


def refuse_uncaught(exercise: Exercise, wrong: WrongSolution, grading: Grading) -> None:
    """Refuse a wrong solution that is of no use or gets past a test, and a test that it breaks."""
    report = grading.report
    _refuse_unusable(wrong, report)
    if report["fault"] == "exercise":
        _refuse_breaking(exercise, wrong, grading)
    for name in wrong.caught_by:
        _refuse_passing(wrong, name, report["tests"])


def _refuse_breaking(exercise: Exercise, wrong: WrongSolution, grading: Grading) -> NoReturn:
    """Refuse a test that is at fault itself, though it passes with the reference."""
    outcome, message = grading.report["outcome"], grading.report["message"]
    for test in grading.report["tests"]:
        # It stands behind the test's title where another has failed before.
        if test["outcome"] == outcome and message.endswith(test["message"]):
            fault = _at_fault(exercise, grading, test)
            cause = f"with {wrong.path.name}, {fault.cause}"
            raise BuildError(cause, f"{fault.remedy} {_ASSERT}", fault.file, fault.line)
    said = _to_its_author(grading.report["message"])
    raise BuildError(f"breaks a test: {said}", _ASSERT, wrong.path)


def _refuse_unusable(wrong: WrongSolution, report: dict[str, Any]) -> None:
    """Refuse a wrong solution that no test has met: it raises, is stopped or lacks a function."""
    error, outcome = report["error"], report["outcome"]
    line = error and error["line"]
    if error is not None and outcome == "error":
        raise BuildError(f"cannot be imported: {_raised(error)}", _MEND, wrong.path, line)
    if report["fault"] == "learner" and all(t["outcome"] == "not-run" for t in report["tests"]):
        cause = f"cannot be used: {_to_its_author(report['message'])}"
        remedy = _AS_STARTER if outcome == "invalid" else _MEND if line else "Mend it."
        raise BuildError(cause, remedy, wrong.path, line)


def _refuse_passing(wrong: WrongSolution, name: str, tests: list[dict[str, Any]]) -> None:
    """Refuse a wrong solution that a test of some name, or each of its cases, does not catch."""
    outcomes = {test["id"]: test["outcome"] for test in tests}
    meant = named(name, outcomes)
    if not meant:
        remedy = f"Tests: {', '.join(map(shown, outcomes))}."
        raise BuildError(f"names {name}, and there is no such test", remedy, wrong.path, 1)
    if any(outcomes[test] not in ("passed", "not-run") for test in meant):
        return
    missed = next((shown(test) for test in meant if outcomes[test] == "not-run"), None)
    last = next((test for test in tests if test["outcome"] in ("timeout", "crashed")), None)
    if missed and last:
        where = shown(last["id"])
        cause = f"was stopped in {where}, so {missed} never ran\n{last['message']}"
        remedy = f"Name {where} in `Caught by:`, or mend what stopped it."
        raise BuildError(cause, remedy, wrong.path, 1)
    which = f"any case of {name}" if len(meant) > 1 else shown(meant[0])
    remedy = "Sharpen the test, or correct `Caught by:`."
    raise BuildError(f"is not caught by {which}", remedy, wrong.path, 1)
