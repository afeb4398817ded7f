"""Grading made-up exercises: every outcome, and no way to a pass but right values."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from builder.grade import Judge, open_judge
from builder.prove import Proof
from grading.judge.report import Ending, TestResult, assemble

from .squares import SQUARE, judging, outcomes, proved_judge
from .toolchains import shared_toolchain


@pytest.fixture(scope="module")
def squares(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """A judge of the squares exercise, as proved."""
    with proved_judge(tmp_path_factory.mktemp("squares"), {}) as judge:
        yield judge


ACCEPTED = {
    "the reference": SQUARE,
    "Windows line ends": SQUARE.replace("\n", "\r\n"),
    "a byte order mark": "\ufeff" + SQUARE,
    "tabs": SQUARE.replace("    ", "\t"),
    "a default argument": SQUARE.replace("f(x)", "f(x, times=1)"),
    "any arguments": SQUARE.replace("f(x)", "f(*xs, **named)").replace(
        "    if", "    x, = xs or named.values()\n    if"
    ),
    "an exception of two built-in classes": SQUARE.replace("raise ValueError", "raise Two")
    + "class Two(IndexError, ValueError): pass\n",
    "a decorator": SQUARE.replace("def f", "def own(g): return lambda x: g(x)\n\n@own\ndef f"),
    "a callable object": SQUARE.replace("def f(x)", "def g(x)")
    + "class F:\n    def __call__(self, x): return g(x)\nf = F()\n",
    "a lambda": SQUARE.replace("def f(x)", "def g(x)") + "f = lambda x: g(x)\n",
    "a script's main block": SQUARE + "if __name__ == '__main__':\n    1 / 0\n",
    "an exception class of its own": "class Low(ValueError): pass\n"
    + SQUARE.replace("raise ValueError", "raise Low"),
    "a built-in with a constructor of its own": SQUARE.replace(
        'ValueError("x is negative")', 'UnicodeDecodeError("utf-8", b"a", 0, 1, "negative")'
    ),
}

# Sources, what becomes of the three tests, and what the message of the first says.
WRONG = {
    "None": ("def f(x): pass", "failed failed failed", "3 squared is 9"),
    "a wrong number": ("def f(x): return 8", "failed failed failed", "3 squared is 9"),
    "text": ("def f(x): return '9'", "failed failed failed", "3 squared is 9"),
    "a huge integer": ("def f(x): return 10**5000", "failed failed failed", "3 squared"),
    "a lone surrogate": ("def f(x): return '\\ud800'", "failed failed failed", "3 squared"),
    "a generator": ("def f(x): yield 9", "failed failed failed", "3 squared is 9"),
    "a coroutine": ("async def f(x): return 9", "failed failed failed", "3 squared is 9"),
    "a mapping by odd keys": ("def f(x): return {frozenset(): 9}", "failed failed failed", ""),
    "an equal to everything": (
        "class E:\n  def __eq__(s, o): return True\ndef f(x): return E()",
        "failed failed failed",
        "3 squared is 9",
    ),
    "a float that lies": (
        "class L(float):\n  def __eq__(s, o): return True\ndef f(x): return L()",
        "failed failed failed",
        "3 squared is 9",
    ),
    "an array changed in place": (
        SQUARE.replace("return x * x", "x *= x\n    return x"),
        "passed passed failed",
        "",
    ),
    "a first answer kept": (
        SQUARE + "kept = []\ng = f\ndef f(x):\n    kept.append(x)\n    return g(kept[0])\n",
        "passed failed failed",
        "",
    ),
    "the wrong exception": (SQUARE.replace("ValueError", "KeyError"), "passed error passed", ""),
    "the base of the right one": (
        SQUARE.replace("ValueError", "Exception"),
        "passed error passed",
        "",
    ),
    "an assertion of its own": (
        "def f(x): raise AssertionError('mine')",
        "error error error",
        "AssertionError on line 1: mine",
    ),
    "a name from nowhere": ("def f(x):\n  return y", "error error error", "exist on line 2"),
    "a missing file": ("def f(x): open('none')", "error error error", "FileNotFoundError"),
    "too little memory": (
        "import numpy as np\ndef f(x): np.zeros(10**12)",
        "error failed error",  # one test is content with a ValueError, of another text
        "More memory is asked for than there is on line 2",
    ),
    "a missing key": ("def f(x): {}['a']", "error error error", "KeyError on line 1: 'a'"),
    "a stub": ("def f(x):\n  raise NotImplementedError", "error error error", "not written"),
    "an exit": ("import sys\ndef f(x): sys.exit(0)", "error error error", "ends Python"),
    "an interrupt": ("def f(x): raise KeyboardInterrupt", "error error error", "Keyboard"),
    "a generator's exit": ("def f(x): raise GeneratorExit", "error error error", "Generator"),
    "a base exception of its own": (
        "class Mine(BaseException): pass\ndef f(x): raise Mine",
        "error error error",
        "Your code raised Mine on line 2.",
    ),
    "a group": ("def f(x): raise ExceptionGroup('a', [ValueError()])", "error error error", ""),
    "an exception that cannot be told": (
        "class Mine(Exception):\n  def __str__(self): 1 / 0\ndef f(x): raise Mine",
        "error error error",
        "could not be read",
    ),
    "endless recursion": ("def f(x): return f(x)", "error error error", "too deeply"),
    "typed input": ("def f(x): return input()", "error error error", "typed input"),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_right_code_passes_however_it_is_written(squares: Judge, name: str) -> None:
    report = squares.grade(ACCEPTED[name]).report
    assert (report["outcome"], outcomes(report)) == ("passed", "passed passed passed"), report
    assert (report["fault"], report["passed"], report["total"]) == (None, 3, 3)


@pytest.mark.parametrize("name", WRONG)
def test_wrong_code_fails_and_its_own_exceptions_are_errors(squares: Judge, name: str) -> None:
    source, expected, message = WRONG[name]
    report = squares.grade(source).report
    assert outcomes(report) == expected, report
    assert report["outcome"] == ("error" if "error" in expected else "failed")
    assert report["fault"] == "learner"
    assert message in report["tests"][0]["message"]


LOAD_ERRORS = {
    "a syntax error": ("x = 1\ndef f(x:\n", "SyntaxError", 2),
    "mixed tabs": ("def f(x):\n\tif x:\n        return 1\n", "TabError", 3),
    "curly quotes": ("x = “a”\n", "SyntaxError", 1),
    "a missing module": ("\n\nimport torch\n", "ModuleNotFoundError", 3),
    "an exit": ("import sys\nsys.exit(0)\n", "SystemExit", 2),
    "an assertion": ("raise AssertionError", "AssertionError", 1),
    "an interrupt": ("raise KeyboardInterrupt", "KeyboardInterrupt", 1),
}


@pytest.mark.parametrize("name", LOAD_ERRORS)
def test_code_that_cannot_be_imported_is_one_error_with_its_line(squares: Judge, name: str) -> None:
    source, kind, line = LOAD_ERRORS[name]
    report = squares.grade("print('hello')\n" + source).report
    assert (report["outcome"], report["fault"]) == ("error", "learner")
    assert outcomes(report) == "not-run not-run not-run"
    assert (report["error"]["type"], report["error"]["line"]) == (kind, line + 1)
    assert report["stdout"] == ("" if kind in ("SyntaxError", "TabError") else "hello\n")
    assert "grading" not in report["error"]["traceback"]


INVALID = {
    "nothing": ("", "no function f"),
    "a comment": ("# to do", "no function f"),
    "another name": ("def g(x): return x", "no function f"),
    "a slip in the name": ("\n\ndef F(x): return 9", "Is it F on line 3? Then correct its name."),
    "a method": (
        "class A:\n  def f(self, x): return 9",
        "line 2 it stands inside of class A. Move",
    ),
    "no function": ("f = 3", "not a function but a value of type int"),
    "too few parameters": ("def f(): return 9", "f must take a parameter named x, as the starter"),
    "too many parameters": ("def f(x, y): return 9", "must not need y, which the starter"),
    "a parameter by name only": ("def f(x, *, y): return 9", "must not need y, which the starter"),
    "another parameter": ("def f(number): return 9", "must take a parameter named x, as the"),
    "a class of other parameters": (
        "class f:\n  def __init__(self, number): pass",
        "must take a parameter named x, as the starter does",
    ),
    "a decorator that takes other calls": (
        "def own(g): return lambda *args: g(*args)\n@own\ndef f(x): return 9",
        "Its decorator own on line 2 puts another function in its place",
    ),
    "a partial": (
        "import functools\ndef g(x): return 9\nf = functools.partial(g, x=1)",
        "starter does. functools.partial makes it so: write a def",
    ),
    "a NUL": (SQUARE + "\0", "NUL"),
    "a lone surrogate": (SQUARE + "# \ud800", "surrogate"),
    "too much": (SQUARE + "#" * 100_000, "too long"),
}


@pytest.mark.parametrize("name", INVALID)
def test_code_without_a_fitting_function_is_invalid(squares: Judge, name: str) -> None:
    source, message = INVALID[name]
    report = squares.grade(source).report
    assert (report["outcome"], report["fault"]) == ("invalid", "learner")
    assert outcomes(report) == "not-run not-run not-run"
    assert message in report["message"]


SPIN = "while True:\n        try:\n            while True: pass\n        except BaseException: pass"


def doing(code: str) -> str:
    """Return a submission that does something and then returns the square."""
    return f"import ctypes, os, signal, time\n\ndef f(x):\n    {code}\n    return x * x\n"


# Submissions, and what becomes of the tests, which call with 3, -1 and an array.
FATES = {
    "a loop": (doing("while x == -1: pass"), "passed timeout not-run"),
    "a long sleep": (doing("time.sleep(100)"), "timeout not-run not-run"),
    "a loop that catches all": (doing(SPIN), "timeout not-run not-run"),
    "an end": (doing("if x == -1: os._exit(0)"), "passed crashed not-run"),
    "an abort": (doing("os.abort()"), "crashed not-run not-run"),
    "a pointer to nowhere": (doing("ctypes.string_at(-9, 1)"), "crashed not-run not-run"),
    "a loop while loading": ("while True: pass", "timeout"),
    "an end while loading": ("import os\nos._exit(0)", "crashed"),
}

HURRIED = {"callSeconds": 0.5}


@pytest.mark.parametrize("name", FATES)
def test_a_timeout_or_crash_keeps_what_ended_before_it(squares: Judge, name: str) -> None:
    source, expected = FATES[name]
    report = squares.grade(source, HURRIED if "timeout" in expected else None).report
    fate = "timeout" if "timeout" in expected else "crashed"
    assert (report["outcome"], report["fault"]) == (fate, "learner")
    loading = expected == fate
    assert outcomes(report) == ("not-run not-run not-run" if loading else expected)
    closed = [test["detail"] for test in report["tests"] if test["outcome"] == fate]
    assert loading or "did not return" in closed[0]
    assert squares.grade(SQUARE).report["outcome"] == "passed"


def test_the_whole_run_has_a_limit_too(squares: Judge) -> None:
    slow = "import time\ndef f(x):\n    if x is not 3: time.sleep(100)\n    return 9"
    report = squares.grade(slow, {"callSeconds": 60, "runSeconds": 2}).report
    assert (report["outcome"], outcomes(report)) == ("timeout", "passed timeout not-run")
    assert "Your code was still running after 2 seconds" in report["message"]


def test_prints_are_kept_with_their_test_and_cut_when_long(squares: Judge) -> None:
    source = "import sys\nprint('begin')\nsys.stderr.writelines(['note'])\n" + SQUARE.replace(
        "    return",
        "    if np.size(x) > 1: print('y' * 30_000)\n    else: print('z\\n' * 299)\n    return",
    )
    report = squares.grade(source).report
    number, refusal, array = (test["stdout"] for test in report["tests"])
    assert report["stdout"] == "begin\nnote"
    assert (number.count("z\n"), "output was cut" in number) == (200, True)
    assert refusal == ""
    assert (array.count("y"), "output was cut" in array) == (20_000, True)
    whole = SQUARE.replace("    return", "    print('z\\n' * 199 + 'z')\n    return")
    assert squares.grade(whole).report["tests"][0]["stdout"] == "z\n" * 200


def test_what_a_call_printed_that_was_stopped_is_shown(squares: Judge) -> None:
    source = doing("while x == -1: print('still', x, flush=True); time.sleep(0.01)")
    first, stopped, _ = squares.grade(source, HURRIED).report["tests"]
    assert (first["stdout"], stopped["outcome"]) == ("", "timeout")
    assert stopped["stdout"].startswith("still -1\nstill -1\n")


def test_what_was_printed_while_loading_is_shown_where_that_was_stopped(squares: Judge) -> None:
    report = squares.grade("print('begin')\nwhile True: pass", HURRIED).report
    assert (report["outcome"], report["stdout"]) == ("timeout", "begin\n")


STREAMS = {
    "reconfigured": "import sys\nsys.stdout.reconfigure(line_buffering=True, errors='replace')\n"
    "say = print",
    "bytes": "import sys\ndef say(text): sys.stdout.buffer.write(text.encode() + b'\\n')",
    "a handler made at import": "import logging, sys\nlogging.basicConfig(stream=sys.stdout, "
    "format='%(message)s', level='INFO')\nsay = logging.info",
    "a handler on the other stream": "import logging\nlogging.basicConfig(format='%(message)s')\n"
    "say = logging.warning",
    "a partial made at import": "import functools, sys\n"
    "say = functools.partial(print, file=sys.stdout)",
    "a default argument": "import sys\ndef say(text, file=sys.stdout): file.write(text + '\\n')",
    "lines": "import sys\ndef say(text): sys.stdout.writelines([text, '\\n'])",
    "the stream that Python began with": "import functools, sys\n"
    "say = functools.partial(print, file=sys.__stdout__)",
    "a stream in place of one that was detached": "import io, sys\n"
    "sys.stdout = io.TextIOWrapper(sys.stdout.detach(), 'utf-8', line_buffering=True)\nsay = print",
    "a stream that writes through": "import io, sys\nout = io.TextIOWrapper(sys.stdout.buffer, "
    "write_through=True)\ndef say(text): out.write(text + '\\n')",
}


@pytest.mark.parametrize("name", STREAMS)
def test_what_is_printed_is_kept_whichever_way_it_is(squares: Judge, name: str) -> None:
    source = STREAMS[name] + SQUARE.replace("    return", "    say('at it')\n    return")
    report = squares.grade(source).report
    assert report["outcome"] == "passed", report
    assert [test["stdout"] for test in report["tests"]] == ["at it\n", "", "at it\n"]


def test_a_stream_has_no_descriptor_as_io_says(squares: Judge) -> None:
    source = "import io, sys\ntry: sys.stdout.fileno()\nexcept io.UnsupportedOperation: pass\n"
    assert squares.grade(source + SQUARE).report["outcome"] == "passed"


def assembled(*found: str, ending: str | None = None) -> dict[str, Any]:
    recorded = [{"id": str(n), "title": f"test {n}"} for n in range(len(found))]
    results = [
        TestResult(test["id"], test["title"], outcome, f"It {outcome}.")  # type: ignore[arg-type]
        for test, outcome in zip(recorded, found, strict=True)
    ]
    return assemble("a", recorded, results, Ending(ending, f"It {ending}.") if ending else None)


@pytest.mark.parametrize(
    ("found", "ending", "expected"),
    [
        ("passed passed", None, "passed"),
        ("passed failed", None, "failed"),
        ("failed error", None, "error"),
        ("error failed passed", None, "error"),
        ("passed passed", "stopped", "stopped"),
        ("passed error", "timeout", "timeout"),
        ("failed timeout", "timeout", "timeout"),
        ("crashed failed", "crashed", "crashed"),
        ("error not-run", "stopped", "stopped"),
        ("not-run not-run", "invalid", "invalid"),
        ("not-run not-run", "error", "error"),
        ("passed not-run", None, "error"),
        ("failed not-run", None, "failed"),
        ("not-run", None, "error"),
        ("", None, "error"),
    ],
)
def test_the_gravest_outcome_is_the_verdict(found: str, ending: str | None, expected: str) -> None:
    assert assembled(*found.split(), ending=ending)["outcome"] == expected


@pytest.mark.parametrize(
    ("found", "ending", "expected"),
    [
        ("error failed", None, "It error."),
        ("passed error error", None, "It error."),
        ("failed passed error", None, "In “test 2”: It error."),
        ("error timeout", "timeout", "In “test 1”: It timeout."),
        ("passed timeout", "timeout", "It timeout."),
        ("failed not-run", "stopped", "It stopped."),
    ],
)
def test_what_is_said_of_another_test_than_the_first_that_failed_names_it(
    found: str, ending: str | None, expected: str
) -> None:
    assert assembled(*found.split(), ending=ending)["message"] == expected


def test_an_exercise_without_tests_is_never_passed(tmp_path: Path) -> None:
    with judging(tmp_path, "") as judge:
        report = judge.grade(SQUARE).report
    assert (report["outcome"], report["fault"], report["total"]) == ("error", "exercise", 0)


def test_other_tests_than_those_of_the_build_are_never_passed(squares: Judge) -> None:
    facts = Proof(tests=squares.tests[1:]).facts()
    with open_judge(squares.exercise, shared_toolchain(), facts) as judge:
        report = judge.grade(SQUARE).report
    assert (report["outcome"], report["fault"], report["passed"]) == ("error", "exercise", 0)
