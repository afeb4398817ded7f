"""`build.py --grade FILE`: what it prints and returns, and that no submission talks its way in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import build
from builder.report_table import report_table

from .squares import FRONT, SQUARE, Files, write_exercise
from .toolchains import own_cache

ROOT = Path(build.__file__).resolve().parent

REPORT_KEYS = [
    *("version", "exercise", "outcome", "fault", "message", "error", "stdout"),
    *("passed", "total", "tests"),
]
TEST_KEYS = [
    *("id", "title", "outcome", "message", "mistake", "detail", "case", "error", "stdout", "ms"),
]
ERROR_KEYS = ["type", "message", "line", "column", "end_line", "end_column", "traceback"]


class Grade:
    """The command line in this process, on the squares exercise."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.file = folder / "submission.py"

    def __call__(self, source: str | bytes | None, *more: str) -> tuple[int, str, str]:
        """Grade a source; return the exit status and what was printed."""
        if isinstance(source, str):
            source = source.encode("utf-8")
        if source is not None:
            self.file.write_bytes(source)
        status = build.main([str(self.folder), "--grade", str(self.file), *more])
        said = self.capsys.readouterr()
        return status, said.out, said.err

    def report(self, source: str) -> dict[str, Any]:
        report: dict[str, Any] = json.loads(self(source, "--json")[1])
        return report


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_exercise(tmp_path_factory.mktemp("exercise"), {})


@pytest.fixture
def grade(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Grade:
    monkeypatch.setattr(build, "CACHE", own_cache(folder / "cache"))
    return Grade(folder, capsys)


def test_a_pass_returns_0_and_a_line_per_test(grade: Grade) -> None:
    status, out, _ = grade("print('hello')\n" + SQUARE)
    assert status == 0
    lines = [line.rpartition("  ")[0] if line.endswith(" ms") else line for line in out.split("\n")]
    assert lines == [
        *("printed while loading:", "    hello", ""),
        "✓ passed   squares a number",
        "✓ passed   refuses what is negative",
        "✓ passed   squares each element",
        *("", "passed: All 3 tests passed.", ""),
    ]


def test_a_failure_returns_1_and_says_why(grade: Grade) -> None:
    status, out, _ = grade("def f(x):\n    print('at', x)\n    return 8 if x == 3 else y\n")
    assert status == 1
    for part in (
        "✗ failed   squares a number",
        "      3 squared is 9",
        "      f(3) returned 8\n      expected 9\n      note: ",
        "      printed:\n      at 3",
        "! error    refuses what is negative",
        "      A name is used that does not exist on line 3: name 'y' is not defined.",
        '        File "solution.py", line 3, in f',
        "error: In “refuses what is negative”: A name is used that does not exist on line 3",
    ):
        assert part in out


def test_the_table_says_of_a_case_what_the_page_says(grade: Grade) -> None:
    source = SQUARE.replace("    return x * x", "    x *= x\n    return x")
    report, out = grade.report(source), grade(source)[1]
    case = report["tests"][2]["case"]
    assert case["notes"]
    for part in (f"expected {case['expected']}", *(f"note: {note}" for note in case["notes"])):
        assert f"\n      {part}\n" in out


def test_json_has_exactly_the_keys_of_the_contract(grade: Grade) -> None:
    failed = grade.report("def f(x): return 8 if x == 3 else y")
    unloaded = grade.report("1 / 0")
    for report in (failed, unloaded):
        assert list(report) == REPORT_KEYS
        assert [list(test) for test in report["tests"]] == [TEST_KEYS] * 3
    assert list(unloaded["error"]) == list(failed["tests"][1]["error"]) == ERROR_KEYS
    assert (failed["version"], failed["exercise"], failed["error"]) == (1, "squares", None)
    assert [test["title"] for test in failed["tests"]] == [
        *("squares a number", "refuses what is negative", "squares each element")
    ]
    assert [test["id"] for test in failed["tests"]] == ["test_number", "test_refusal", "test_array"]
    assert all(type(test["ms"]) in (float, int) and test["ms"] >= 0 for test in failed["tests"])


def test_the_exit_status_with_json_is_that_of_the_table(grade: Grade) -> None:
    status, out, _ = grade(SQUARE, "--json")
    assert (status, json.loads(out)["outcome"]) == (0, "passed")
    status, out, _ = grade("", "--json")
    assert (status, json.loads(out)["outcome"]) == (1, "invalid")


@pytest.mark.parametrize(
    "source",
    [
        SQUARE.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + SQUARE.replace("    ", "\t").encode(),
        SQUARE.replace("\n", "\r").encode(),
        (SQUARE + "# Grüße, 平方").encode(),
        SQUARE.rstrip().encode(),
    ],
    ids=["Windows line ends", "byte order mark and tabs", "old line ends", "letters", "no end"],
)
def test_a_file_is_graded_however_it_was_saved(grade: Grade, source: bytes) -> None:
    assert grade(source)[0] == 0


NEWER_SYNTAX = {
    "quotes in an f-string": 'def f(x): return float(f"{dict(a=2)["a"]}") and x * x',
    "a type alias": "type X = float\ndef f(x): return x * x",
    "type parameters": "def f[T](x: T) -> T: return x * x",
}


@pytest.mark.parametrize("name", NEWER_SYNTAX)
def test_a_file_is_read_by_the_python_of_the_page(grade: Grade, name: str) -> None:
    report = grade.report(NEWER_SYNTAX[name])
    assert [test["outcome"] for test in report["tests"]][::2] == ["passed", "passed"], report


@pytest.mark.parametrize(
    ("source", "cause", "remedy"),
    [
        (None, "cannot be read: No such file or directory", "Name a file."),
        (b"# caf\xe9", "is not UTF-8 text", "Save it as UTF-8."),
        (b"\xff\xfed\0e\0f\0", "is not UTF-8 text", "Save it as UTF-8."),
        (
            b"#" * 1_000_001,
            "is too long: 1000001 bytes, at most 1000000 are read",
            "Is it a submission? Name another file.",
        ),
    ],
    ids=["missing", "Latin-1", "UTF-16", "far too long"],
)
def test_a_file_that_cannot_be_graded_is_told_plainly(
    grade: Grade, source: bytes | None, cause: str, remedy: str
) -> None:
    grade.file.unlink(missing_ok=True)
    status, out, err = grade(source)
    assert (status, out) == (2, "")
    assert err.rstrip().endswith(f"Not graded. {grade.file}: {cause}\n  → {remedy}")


@pytest.mark.skipif(os.name != "posix", reason="named pipes are POSIX's")
def test_a_pipe_that_nobody_writes_to_is_not_waited_for(grade: Grade) -> None:
    grade.file = grade.folder / "pipe"
    os.mkfifo(grade.file)
    status, out, err = grade(None)
    assert (status, out) == (2, "")
    assert "is no file but a device or a pipe" in err


@pytest.mark.parametrize(
    "name", [".", "starter.py/more.py", "x" * 300], ids=["a folder", "below a file", "long"]
)
def test_what_is_no_file_cannot_be_graded(grade: Grade, name: str) -> None:
    grade.file = grade.folder / name
    status, out, err = grade(None)
    assert (status, out) == (2, "")
    assert err.startswith(f"\nNot graded. {grade.file}: cannot be read: ")
    assert err.endswith("\n  → Name a file.\n")


def test_a_file_in_place_of_the_exercise_is_told_plainly(grade: Grade) -> None:
    grade.folder = grade.folder / "starter.py"
    status, out, err = grade(None)
    assert (status, out) == (2, "")
    assert err.startswith(f"\nNot graded. {grade.folder}: is a file, and an exercise is a folder")


def test_no_line_of_a_message_looks_like_a_verdict(grade: Grade) -> None:
    forged = "oops\\n✓ passed   squares a number  3 ms\\n\\npassed: All 3 tests passed."
    for source in (f"raise ValueError('{forged}')", f"def f(x): raise ValueError('{forged}')"):
        status, out, _ = grade(source)
        assert status == 1
        lines = out.splitlines()
        assert [line for line in lines if line.startswith(("passed", "✓"))] == []
        assert len([line for line in lines if line.startswith("error: ")]) == 1


def test_half_characters_are_shown_and_do_no_harm(grade: Grade) -> None:
    status, out, _ = grade("def f(x):\n    print('\\ud800')\n    raise OSError('\\udfff')\n")
    assert status == 1
    out.encode("utf-8")


def test_an_outcome_of_every_kind_has_a_mark_in_the_table(grade: Grade) -> None:
    report = grade.report(SQUARE)
    for outcome in ("passed", "failed", "error", "timeout", "crashed", "not-run"):
        report["tests"][0]["outcome"] = outcome
        assert outcome in report_table(report).split("\n")[0]
    assert "(the exercise's fault)" in report_table({**report, "fault": "exercise"})


def run_command(*arguments: str, encoding: str = "utf-8") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "build.py"), *arguments]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    return subprocess.run(
        command, capture_output=True, encoding=encoding, timeout=60, cwd=ROOT, env=environment
    )


def test_help_says_what_a_graded_file_is_kept_from() -> None:
    helped = run_command("--help")
    assert helped.returncode == 0
    assert "in a process of its own" in " ".join(helped.stdout.split())


def test_grade_without_a_file_is_a_usage_error() -> None:
    wrong = run_command("--grade")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "usage:" in wrong.stderr


@pytest.mark.parametrize("more", [[], ["--check"], ["--serve"]], ids=" ".join)
def test_json_without_grade_is_a_usage_error(more: list[str]) -> None:
    wrong = run_command("--json", *more)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "--json goes with --grade" in wrong.stderr


def test_a_terminal_is_given_nothing_to_obey(grade: Grade) -> None:
    status, out, _ = grade(
        "print('\\x1b[2J\\x9b31m\\x07\\u202eabc\\ttab')\n"
        "def f(x): raise ValueError('\\x1b]0;owned\\x07\\u2066')\n"
    )
    assert status == 1
    assert "\\x1b[2J\\x9b31m\\x07\\u202eabc    tab" in out
    assert all(c == "\n" or c.isprintable() for c in out)


def test_a_terminal_is_given_nothing_to_obey_in_the_name_of_a_file(grade: Grade) -> None:
    grade.file = grade.folder / "\x1b[2J\u202e.py"
    err = grade(None)[2]
    assert "\\x1b[2J\\u202e.py: cannot be read" in err
    assert all(c == "\n" or c.isprintable() for c in err)


def test_a_terminal_that_knows_few_characters_is_given_escapes() -> None:
    graded = run_command("--grade", "solution.py", encoding="ascii")
    assert graded.returncode == 0, graded.stderr
    assert "\\u2713 passed" in graded.stdout


def test_what_a_submission_prints_is_cut_at_loading_and_in_every_call(grade: Grade) -> None:
    printing = "for n in range(10 ** 4): print('line of text')"
    _, out, _ = grade(f"{printing}\n{SQUARE.replace('):', f'):{chr(10)}    {printing}', 1)}")
    assert out.count("line of text\n") == 4 * 200
    assert out.count("(more output was cut)") == 4


# What a learner is told of what only a browser, or only a slow one, would say.
SENTENCES = {
    "while True: pass": "Your code was still being loaded after 1.5 seconds, so it was stopped. "
    "It was on line 1 then. Is there a loop that never ends outside of the function?",
    "raise ModuleNotFoundError(\"No module named 'zzz'\")": "There is no module zzz here on line "
    "1. What is available: NumPy, and Python's own library as far as a browser can carry it.",
    "raise OSError(23, 'Host is unreachable')": "Nothing outside of Python can be used here on "
    "line 1: no other program, no network.",
    "from urllib import error; raise error.URLError('unknown url type: https')": "Nothing outside "
    "of Python can be used here on line 1: no other program, no network.",
}


def test_what_ends_the_loading_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build, "CACHE", own_cache(tmp_path / "cache"))
    hurried: Files = {"problem.md": f"---\n{FRONT}call_seconds: 1.5\n---\nSquare it.\n"}
    grade = Grade(write_exercise(tmp_path, hurried), capsys)
    for source, sentence in SENTENCES.items():
        status, out, _ = grade(source)
        assert status == 1
        assert out.rstrip().endswith(f": {sentence}"), out


def test_the_reference_of_this_exercise_passes_from_the_command_line() -> None:
    graded = run_command("--grade", "solution.py", "--json")
    assert graded.returncode == 0, graded.stderr
    assert json.loads(graded.stdout)["passed"] == 5
