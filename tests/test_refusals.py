"""What is said of an exercise that cannot be read or proved: the place, the cause, and a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder import limits
from builder.errors import BuildError
from builder.exercise import read_exercise

from .chances import CHANCY
from .misused import MISUSED
from .squares import (
    CAUGHT,
    SQUARE_TESTS,
    WRONG,
    Files,
    front,
    planted,
    prove_quietly,
    write_exercise,
)
from .uncaught import UNCAUGHT
from .uncollectable import UNCOLLECTABLE
from .unprovable import UNPROVABLE

UNREADABLE: dict[str, tuple[Files, str, str, str]] = {
    "no statement": ({"problem.md": None}, "problem.md", "missing", "needs it"),
    "no starter": ({"starter.py": None}, "starter.py", "missing", "needs it"),
    "no reference": ({"solution.py": None}, "solution.py", "missing", "needs it"),
    "no folder of tests": ({"hidden_tests/test_f.py": None}, "hidden_tests", "no such fo", "Put"),
    "no tests": (
        {"hidden_tests/test_f.py": None, "hidden_tests/tests.py": ""},
        "hidden_tests",
        "no hidden tests",
        "test_",
    ),
    "a name that is nearly a test file's, and no other": (
        {"hidden_tests/test_f.py": None, "hidden_tests/test-f.py": SQUARE_TESTS},
        "hidden_tests/test-f.py",
        "it holds tests, and pytest does not look into it, for its name",
        "Rename it to test_f.py: pytest's names are test_….py and …_test.py",
    ),
    **{
        f"{name} beside the tests": (
            {f"hidden_tests/{name}": text},
            f"hidden_tests/{name}",
            "it holds tests, and pytest does not look into it, for its name",
            f"Rename it to {better}:",
        )
        for name, text, better in (
            ("test-more.py", SQUARE_TESTS, "test_more.py"),
            ("Test_other.py", "class TestMore:\n  def test_a(self): pass\n", "test_other.py"),
            ("tests.py", "async def test_a(): pass\n", "test_all.py"),
            ("more/test.py", "import unittest\nclass A(unittest.TestCase): pass", "test_all.py"),
            ("squares tests.py", SQUARE_TESTS, "test_squares.py"),
            ("testSquares.py", SQUARE_TESTS, "test_squares.py"),
            ("tset_squares.PY", SQUARE_TESTS, "test_squares.py"),
            ("test_squares.py.txt", SQUARE_TESTS, "test_squares.py"),
            ("test-f.py", SQUARE_TESTS, "test_….py"),
        )
    },
    "a statement that is a folder": (
        {"problem.md": None, "problem.md/text": ""},
        "problem.md",
        "cannot be read",
        "has to be a file",
    ),
    "another entry point": (
        front("entry_points: [g]", "entry_points: [f]"),
        "starter.py",
        "no function g",
        "def g(…)",
    ),
    "a class as entry point": (
        {"starter.py": "\nclass f:\n    pass\n"},
        "starter.py:2",
        "f is a class",
        "write a function",
    ),
    "a coroutine as entry point": (
        {"starter.py": "async def f(x):\n    pass\n"},
        "starter.py:1",
        "f is async",
        "without async",
    ),
    "a broken starter": ({"starter.py": "a = 1\ndef f(\n"}, "starter.py:2", "cannot read", "Mend"),
    "an unnamed mistake": (planted("Caught by: test_number"), f"{WRONG}:1", "no mistake", "Begin"),
    "an uncaught mistake": (planted("It is zero."), f"{WRONG}:1", "or no test", "Caught by:"),
    **{
        f"wrong solutions in {folder}": (
            {f"{folder}/wrong.py": f'"""{CAUGHT}"""\ndef f(x): return 0\n'},
            folder,
            "the build looks for nothing in it",
            "Wrong solutions lie in hidden_tests/wrong_solutions/: move them there",
        )
        for folder in (
            "wrong_solutions",
            "hidden_tests/wrong_solution",
            "hidden_tests/Wrong-Solutions",
        )
    },
    "caught by nothing": (
        planted("It is zero.\n\nCaught by: ,"),
        f"{WRONG}:1",
        "no test",
        "Caught",
    ),
}
REFUSED = {**UNREADABLE, **UNCOLLECTABLE, **UNPROVABLE, **UNCAUGHT, **MISUSED, **CHANCY}


def blamed(problem: BuildError, folder: Path) -> str:
    """Return file and line of a build error, as its first line names them."""
    assert problem.file is not None
    place = problem.file.relative_to(folder).as_posix()
    place += f":{problem.line}" if problem.line else ""
    assert str(problem).startswith(f"{folder}/{place}: {problem.cause}")
    assert str(problem).endswith(f"\n  → {problem.remedy}")
    return place


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_with_an_exercise_is_told_with_place_and_remedy(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, place, cause, remedy = REFUSED[name]
    if "never ends" in name:  # as long as a call may take, then
        monkeypatch.setattr(limits, "JUDGE_SECONDS", 1.0)
    write_exercise(tmp_path, files)
    with pytest.raises(BuildError) as caught:
        exercise = read_exercise(tmp_path)
        assert name not in UNREADABLE, "it was read"
        prove_quietly(exercise, tmp_path / "cache")
    assert blamed(caught.value, tmp_path) == place
    assert cause.replace("{folder}", str(tmp_path)) in caught.value.cause
    assert remedy.replace("{folder}", str(tmp_path)) in caught.value.remedy
    assert "whoever gave you" not in str(caught.value)


def test_what_was_refused_is_refused_again_in_the_same_words(tmp_path: Path) -> None:
    for name in ("no tests", "a failing reference", "a wrong solution that passes"):
        folder = write_exercise(tmp_path / name, REFUSED[name][0])
        said = set()
        for _ in range(2):
            with pytest.raises(BuildError) as caught:
                prove_quietly(read_exercise(folder), tmp_path / "cache")
            said.add(str(caught.value))
        assert len(said) == 1


def test_a_backup_beside_the_wrong_solutions_is_in_nobodys_way(tmp_path: Path) -> None:
    (source,) = planted(CAUGHT).values()
    backup = {"hidden_tests/wrong_solutions_old/wrong.py": source}
    folder = write_exercise(tmp_path, {**planted(CAUGHT), **backup})
    assert len(read_exercise(folder).wrong_solutions) == 1


SOURCES = ["problem.md", "starter.py", "solution.py", WRONG, "hidden_tests/test_f.py"]


@pytest.mark.parametrize("name", [*SOURCES, "hidden_tests/conftest.py", "hidden_tests/more.py"])
def test_a_file_that_is_not_utf_8_is_told_with_byte_and_line(name: str, tmp_path: Path) -> None:
    files = {"hidden_tests/conftest.py": "import more\n", "hidden_tests/more.py": ""}
    path = write_exercise(tmp_path, {**files, **planted(CAUGHT)}) / name
    for spoilt, byte, line in ((b"# caf\xe9\n", 5, 1), (b"a\nb\n# caf\xe9\n", 9, 3)):
        path.write_bytes(spoilt)
        with pytest.raises(BuildError, match=rf"not UTF-8 text \(byte {byte}\)") as caught:
            read_exercise(tmp_path)
        assert (caught.value.file, caught.value.line) == (path, line)
        assert caught.value.remedy == "Save it as UTF-8."
    path.write_bytes(b"one\n\0\n")
    with pytest.raises(BuildError, match="a null byte") as caught:
        read_exercise(tmp_path)
    assert (caught.value.file, caught.value.line) == (path, 2)
