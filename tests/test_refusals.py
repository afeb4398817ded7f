"""What is said of an exercise that cannot be read or proved: the place, the cause, and a remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from builder import grade, limits
from builder.engine import Engine
from builder.errors import BuildError
from builder.exercise import read_exercise

from .squares import (
    CAUGHT,
    PROBLEM,
    SQUARE,
    WRONG,
    Files,
    authored,
    front,
    planted,
    prove_quietly,
    write_exercise,
)
from .toolchains import shared_toolchain

TEST = "def test_left_out(self=0): pass\n"

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
    "a broken starter": ({"starter.py": "a = 1\ndef f(\n"}, "starter.py:2", "cannot read", "Mend"),
    "an unnamed mistake": (planted("Caught by: test_number"), f"{WRONG}:1", "no mistake", "Begin"),
    "an uncaught mistake": (planted("It is zero."), f"{WRONG}:1", "or no test", "Caught by:"),
    "caught by nothing": (
        planted("It is zero.\n\nCaught by: ,"),
        f"{WRONG}:1",
        "no test",
        "Caught",
    ),
}

UNPROVABLE: dict[str, tuple[Files, str, str, str]] = {
    "a failing reference": (
        {"solution.py": "def f(x): return 8\n"},
        "solution.py",
        "does not pass test_number, {folder}/hidden_tests/test_f.py:8\n3 squared is 9",
        "mend it, or the test",
    ),
    "a reference that cannot be read": (
        {"solution.py": "def f(:"},
        "solution.py:1",
        "cannot be imported: SyntaxError",
        "Mend the line",
    ),
    "a reference that imports what the page lacks": (
        {"solution.py": "import numpy\nimport yaml\ndef f(x): return x * x\n"},
        "solution.py:2",
        "cannot be imported: ModuleNotFoundError: No module named 'yaml'\nIt ran in WebAssembly",
        "not there in the page",
    ),
    "a reference that imports what needs the system": (
        {"solution.py": "import ssl, sqlite3\ndef f(x): return x * x\n"},
        "solution.py:1",
        "No module named 'ssl'",
        "not there in the page",
    ),
    "a test that counts on large integers": (
        authored("def test_sum():\n    assert f(2) == 4\n    assert np.arange(70000).sum() > 0\n"),
        "solution.py",
        "does not pass test_sum, {folder}/hidden_tests/test_f.py:7",
        "mend it, or the test",
    ),
    "a starter that passes": ({"starter.py": SQUARE}, "starter.py", "passes every", "to do"),
    "a starter that cannot be imported": (
        {"starter.py": "import numpy\nimport torch\ndef f(x): pass\n"},
        "starter.py:2",
        "cannot be used: There is no module torch here",
        "import it as it is",
    ),
    "a broken wrong solution": (planted(CAUGHT, "x ="), f"{WRONG}:4", "invalid syntax", "Mend"),
    "a wrong solution that passes": (
        planted(CAUGHT, SQUARE),
        f"{WRONG}:1",
        "not caught",
        "Sharpen",
    ),
    "a wrong solution caught elsewhere": (
        planted(CAUGHT + ", test_refusal", "def f(x):\n    raise ValueError('negative')\n"),
        f"{WRONG}:1",
        "not caught by test_refusal",
        "Sharpen",
    ),
    "an unknown test": (
        planted("It is zero.\n\nCaught by: test_none"),
        f"{WRONG}:1",
        "names test_none, and there is no such test",
        "test_number, test_refusal, test_array",
    ),
    "two tests of a name": (
        authored("class TestA:\n  def test(self): f(1)\nclass TestB:\n  def test(self): f(1)"),
        "hidden_tests/test_f.py:8",
        "test is defined a second time, after test_f.py:6",
        "a name of its own",
    ),
    "a test that takes the place of another": (
        authored("def test_a(): assert f(1) == 1\n\ndef test_a(): assert f(2) == 4\n"),
        "hidden_tests/test_f.py:7",
        "test_a is defined a second time, after test_f.py:5",
        "a name of its own",
    ),
    "a class that takes the place of another": (
        authored("class TestA:\n  def test_a(self): f(1)\nclass TestA:\n  def test_b(self): f(1)"),
        "hidden_tests/test_f.py:7",
        "TestA is defined a second time, after test_f.py:5",
        "a name of its own",
    ),
    "tests of a name in two files": (
        {"hidden_tests/test_g.py": "from solution import f\n\ndef test_number(): f(1)\n"},
        "hidden_tests/test_g.py:3",
        "test_number is defined a second time, after test_f.py:6",
        "a name of its own",
    ),
    "files of a name in two folders": (
        {"hidden_tests/more/test_f.py": "def test_more(): pass\n"},
        "hidden_tests/test_f.py:1",
        "one name: hidden_tests/more/test_f.py and hidden_tests/test_f.py",
        "Give each test file a name",
    ),
    "a conftest.py that cannot be read": (
        {"hidden_tests/conftest.py": "import pytest\ndef (:\n"},
        "hidden_tests/conftest.py:2",
        "the tests cannot be imported: Python cannot read it: invalid syntax",
        "Mend the line",
    ),
    "a conftest.py that raises": (
        {"hidden_tests/conftest.py": "import pytest\n\nnone = [][0]\n"},
        "hidden_tests/conftest.py:3",
        "the tests cannot be imported: IndexError: list index out of range",
        "Mend the line",
    ),
    "a conftest.py whose hook raises": (
        {"hidden_tests/conftest.py": "def pytest_configure(config):\n    config.none\n"},
        "hidden_tests/conftest.py:2",
        "has no attribute 'none'",
        "Mend the line",
    ),
    "a module beside the exercise": (
        {**authored("from shared import three"), "shared.py": "three = 3\n"},
        "hidden_tests/test_f.py:5",
        "No module named 'shared'",
        "{folder}/shared.py lies outside of hidden_tests, and does not ship. Move it",
    ),
    "a module beside the exercise, in a test": (
        {**authored("def test():\n  import shared.sub\n  f(1)"), "shared/sub.py": ""},
        "hidden_tests/test_f.py:6",
        "No module named 'shared'",
        "{folder}/shared lies outside of hidden_tests, and does not ship. Move it",
    ),
    "a module that no import names": (
        {
            **authored("import importlib\ncases = importlib.import_module(f'cases_{1}')"),
            "hidden_tests/cases_1.py": "",
        },
        "hidden_tests/test_f.py:6",
        "No module named 'cases_1'",
        "hidden_tests/cases_1.py does not ship, since no `import` of a test names it",
    ),
    "data beside the tests": (
        {
            **authored(
                "from pathlib import Path\nTEXT = (Path(__file__).parent / 'n.txt').read_text()"
            ),
            "hidden_tests/n.txt": "3",
        },
        "hidden_tests/test_f.py:6",
        "No such file or directory: 'hidden_tests/n.txt'",
        "hidden_tests/n.txt does not ship. Move it into hidden_tests/data",
    ),
    "data named from the working directory": (
        {
            **authored("def test():\n  f(int(open('hidden_tests/data/n.txt').read()))"),
            "hidden_tests/data/n.txt": "3",
        },
        "hidden_tests/test_f.py:6",
        "No such file or directory",
        'Path(__file__).parent / "data" / "n.txt"',
    ),
    "a fixture that is not there": (
        authored("def test(mocker): f(1)"),
        "hidden_tests/test_f.py:5",
        "there is no fixture mocker",
        "Define it in the test's file or in conftest.py",
    ),
    "a broken helper": (
        {**authored("from more import three"), "hidden_tests/more.py": "three = 3\nthree(\n"},
        "hidden_tests/more.py:2",
        "'(' was never closed",
        "Mend the line",
    ),
    "chance": (
        authored("def test():\n    f(random.random())"),
        "hidden_tests/test_f.py:6",
        "test: This test makes other calls each time that it runs.",
        "Mend the test",
    ),
    "a test that never ends": (
        {
            **authored("def test():\n    f(1)\n    while True: pass"),
            "problem.md": PROBLEM,
        },
        "hidden_tests/test_f.py:5",
        "test: A test did not come back within 5 seconds.",
        "Mend the test",
    ),
    "a test file that never ends": (
        authored("while True: pass"),
        "hidden_tests",
        "still being imported after 5 seconds",
        "while they are imported",
    ),
    "a function that is no entry point": (
        authored("from solution import g"),
        "hidden_tests/test_f.py:5",
        "cannot import name 'g' from 'solution'",
        "Name in `entry_points`",
    ),
    "no test": (authored("def check(): f(1)"), "hidden_tests", "finds no test", "test_"),
    "a file that skips itself": (
        {"hidden_tests/test_g.py": "import pytest\npytest.importorskip('torch')\n" + TEST},
        "hidden_tests/test_g.py:3",
        "pytest does not run test_left_out",
        "plain function",
    ),
    "a test case of unittest": (
        authored("import unittest\nclass A(unittest.TestCase):\n  " + TEST),
        "hidden_tests/test_f.py:7",
        "pytest does not run test_left_out",
        "no TestCase",
    ),
    "a class of tests that wants arguments": (
        authored("class TestA:\n  def __init__(self, x): pass\n  " + TEST),
        "hidden_tests/test_f.py:7",
        "pytest does not run test_left_out",
        "plain function",
    ),
    "a skipped test": (
        authored("def test_a(): f(1)\n@pytest.mark.skip\ndef test_b(): f(1)"),
        "hidden_tests/test_f.py:6",
        "skipped or expected to fail: test_b",
        "take the mark",
    ),
    "a test that skips itself": (
        authored("def test():\n  f(1)\n  pytest.skip('later')"),
        "hidden_tests/test_f.py:7",
        "skipped or expected to fail: test",
        "take the mark",
    ),
    "a test of no cases": (
        authored("@pytest.mark.parametrize('x', [])\ndef test(x): f(x)"),
        "hidden_tests/test_f.py:5",
        "skipped or expected to fail: test[NOTSET]",
        "take the mark",
    ),
    "a test that is expected to fail": (
        authored("@pytest.mark.xfail\ndef test(): assert f(1) == 2"),
        "hidden_tests/test_f.py:6",
        "skipped or expected to fail: test",
        "take the mark",
    ),
    "tests that cannot be read": (
        authored("def test(:"),
        "hidden_tests/test_f.py:5",
        "Python cannot read it: invalid syntax",
        "Mend the line",
    ),
    "tests that want a module": (
        authored("import torch"),
        "hidden_tests/test_f.py:5",
        "No module named 'torch'",
        "Python's own library, NumPy and pytest",
    ),
    "tests that end Python": (
        authored("import os\nos._exit(0)"),
        "hidden_tests",
        "cannot be run in WebAssembly",
        "while they are imported",
    ),
    "an argument that cannot be sent, behind a refusal that is expected": (
        authored("def test():\n    with pytest.raises(ValueError):\n        f({1, 2})\n"),
        "hidden_tests/test_f.py:7",
        "f is called with what cannot be sent: a value of type set cannot be sent",
        "Pass numbers",
    ),
    "a call outside of a test whose refusal is caught": (
        authored("try: nine = f(3)\nexcept Exception: nine = 9\ndef test(): assert f(3) == nine"),
        "hidden_tests/test_f.py:5",
        "f is called outside of a test",
        "Move the call into a test",
    ),
    "a call outside of a test": (
        authored("nine = f(3)\ndef test(): assert nine == 9"),
        "hidden_tests/test_f.py:5",
        "f is called outside of a test",
        "Move the call into a test",
    ),
}


def blamed(problem: BuildError, folder: Path) -> str:
    """Return file and line of a build error, as its first line names them."""
    assert problem.file is not None
    place = problem.file.relative_to(folder).as_posix()
    place += f":{problem.line}" if problem.line else ""
    assert str(problem).startswith(f"{folder}/{place}: {problem.cause}")
    assert str(problem).endswith(f"\n  → {problem.remedy}")
    return place


@pytest.fixture(scope="module")
def engines() -> Iterator[Callable[[], Engine]]:
    """One engine for the whole table, or the next one where a row has ended it."""
    opened: list[Engine] = []

    def engine() -> Engine:
        if not opened or opened[-1]._process.poll() is not None:
            opened.append(Engine(shared_toolchain().script("engine")))
        return opened[-1]

    yield engine
    for each in opened:
        each.close()


@pytest.fixture
def one_engine(engines: Callable[[], Engine], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grade, "open_engine", lambda _: nullcontext(engines()))


@pytest.mark.usefixtures("one_engine")
@pytest.mark.parametrize("name", [*UNREADABLE, *UNPROVABLE])
def test_what_is_wrong_with_an_exercise_is_told_with_place_and_remedy(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, place, cause, remedy = {**UNREADABLE, **UNPROVABLE}[name]
    if "never ends" in name:  # as long as a call may take, then
        monkeypatch.setattr(limits, "JUDGE_SECONDS", 1.0)
    write_exercise(tmp_path, files)
    with pytest.raises(BuildError) as caught:
        exercise = read_exercise(tmp_path)
        assert name in UNPROVABLE, "it was read"
        prove_quietly(exercise, tmp_path / "cache")
    assert blamed(caught.value, tmp_path) == place
    assert cause.replace("{folder}", str(tmp_path)) in caught.value.cause
    assert remedy.replace("{folder}", str(tmp_path)) in caught.value.remedy
    assert "whoever gave you" not in str(caught.value)


def test_what_was_refused_is_refused_again_in_the_same_words(tmp_path: Path) -> None:
    for name in ("no tests", "a failing reference", "a wrong solution that passes"):
        folder = write_exercise(tmp_path / name, {**UNREADABLE, **UNPROVABLE}[name][0])
        said = set()
        for _ in range(2):
            with pytest.raises(BuildError) as caught:
                prove_quietly(read_exercise(folder), tmp_path / "cache")
            said.add(str(caught.value))
        assert len(said) == 1


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
