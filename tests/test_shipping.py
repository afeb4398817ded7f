"""What of the hidden tests ships: what they import, conftest.py and the data; the rest is named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import build
from builder import limits
from builder.engine import exercise_archive
from builder.errors import BuildError
from builder.exercise import read_exercise
from builder.hidden_tests import read_hidden_tests
from builder.remedies import remedy_of

from .squares import CAUGHT, SQUARE, WRONG, Files, planted, write_exercise

TEST = "hidden_tests/test_f.py"


def shipped(folder: Path) -> set[str]:
    """Return the names of the files that ship, below the folder of the tests, but for the test."""
    tests = read_hidden_tests(folder)
    names = {path.relative_to(tests.folder).as_posix() for path in tests.shipped}
    assert "test_f.py" in names
    return names - {"test_f.py"}


def with_tests(text: str, *others: str) -> Files:
    """Return the files of tests with a text, and of others that are empty."""
    return {TEST: text, **dict.fromkeys((f"hidden_tests/{name}" for name in others), "")}


# Files of the hidden tests, and which of those beside the test ship.
SHIPS: dict[str, tuple[Files, set[str]]] = {
    "an import": (with_tests("import a, b as c\n", "a.py", "b.py", "c.py"), {"a.py", "b.py"}),
    "an import in a function": (with_tests("def test_a():\n  import a\n", "a.py"), {"a.py"}),
    "names of a module": (with_tests("from a import x, b\n", "a.py", "b.py"), {"a.py"}),
    "a package": (
        with_tests("import p.m\n", "p/__init__.py", "p/m.py", "p/n.py"),
        {"p/__init__.py", "p/m.py"},
    ),
    "a module of a package": (
        with_tests("from p import m\n", "p/__init__.py", "p/m.py", "p/n.py"),
        {"p/__init__.py", "p/m.py"},
    ),
    "a folder of modules": (
        with_tests("from p.q import m\n", "p/q/m.py", "p/q/n.py"),
        {"p/q/m.py"},
    ),
    "what an import imports": (
        {**with_tests("import a\n", "c.py", "d.py"), "hidden_tests/a.py": "from c import *\n"},
        {"a.py", "c.py"},
    ),
    "a circle": (
        {
            **with_tests("import a\n"),
            "hidden_tests/a.py": "import b",
            "hidden_tests/b.py": "import a",
        },
        {"a.py", "b.py"},
    ),
    "relative names": (
        {
            **with_tests("import p.m\n", "p/__init__.py", "p/n.py", "p/q/__init__.py", "o.py"),
            "hidden_tests/p/m.py": "from . import n\nfrom .q import x\nfrom .. import o\n",
        },
        {"p/__init__.py", "p/m.py", "p/n.py", "p/q/__init__.py", "o.py"},
    ),
    "names in a call": (
        with_tests(
            "import importlib, pytest\nimportlib.import_module('a')\n__import__('b')\n"
            "pytest.importorskip('c')\npytest_plugins = ['d', 'e']\nprint('f')\n",
            *(f"{name}.py" for name in "abcdef"),
        ),
        {"a.py", "b.py", "c.py", "d.py", "e.py"},
    ),
    "a path of their own": (
        with_tests(
            "import sys, os\nsys.path.insert(0, os.path.join(os.path.dirname(__file__), 'lib'))\n"
            "import a\n",
            *("lib/a.py", "lib/b.py", "old/c.py"),
        ),
        {"lib/a.py"},
    ),
    "syntax of a newer Python": (
        with_tests(
            "type X = int\nimport a\nfrom b import (\n  x,\n)\nfrom p import m\nf'{d['k']}'\n",
            *("a.py", "b.py", "c.py", "p/m.py"),
        ),
        {"a.py", "b.py", "p/m.py"},
    ),
    "conftest.py, and what it imports": (
        {**with_tests("", "a.py", "b.py"), "hidden_tests/conftest.py": "import a\n"},
        {"a.py", "conftest.py"},
    ),
    "tests in folders": (
        {
            **with_tests("", "more/g_test.py", "more/b.py", "old/b.py"),
            "hidden_tests/more/test_g.py": "import b\n",
            "hidden_tests/more/conftest.py": "",
        },
        {"more/test_g.py", "more/g_test.py", "more/b.py", "more/conftest.py"},
    ),
    "data of any kind": (
        with_tests("", "data/a.txt", "data/b/c.json", "data/b/d.py", "data/build/e"),
        {"data/a.txt", "data/b/c.json", "data/b/d.py", "data/build/e"},
    ),
    "data with what systems and editors leave": (
        with_tests(
            "",
            *("data/a.csv", "data/.DS_Store", "data/a.csv~", "data/.a.csv.swp", "data/Thumbs.db"),
            *(
                "data/a.csv.bak",
                "data/b.csv.orig",
                "data/~$a.xlsx",
                "data/__MACOSX/a",
                "data/Icon\r",
            ),
            *("data/#a.csv#", "data/__pycache__/a.pyc", "data/.git/config", "data/b/.DS_Store"),
        ),
        {"data/a.csv"},
    ),
    "nothing that nobody asks for": (
        with_tests(
            "import solution, numpy, wrong_solutions.wrong\n",
            *(
                "notes.md",
                "test_f.py.bak",
                "test_f.py~",
                ".DS_Store",
                "#test_f.py#",
                ".test_f.py.swp",
            ),
            *("._f_test.py", "._test_f.py", "wrong_solutions/._wrong.py"),
            *("solution_old.py", "answers.csv", "__pycache__/test_f.cpython-313.pyc", "test_f.txt"),
            *(".pytest_cache/README.md", "venv/lib/test_v.py", ".ipynb_checkpoints/test_f.py"),
            "wrong_solutions/wrong.py",
        ),
        set(),
    ),
}


@pytest.mark.parametrize("name", SHIPS)
def test_what_tests_import_ships_and_the_rest_is_named(name: str, tmp_path: Path) -> None:
    files, expected = SHIPS[name]
    folder = write_exercise(tmp_path, files)
    assert shipped(folder) == expected
    tests = read_hidden_tests(folder)
    everything = {path for path in tests.folder.rglob("*") if path.is_file()}
    named = [tests.folder / left.rstrip("/") for left in tests.left_out]
    for path in everything - set(tests.shipped):
        assert sum(place in (path, *path.parents) for place in named) == 1, path
    for path in tests.shipped:
        assert not any(place in (path, *path.parents) for place in named), path


# What an author puts beside the tests: its name, and where a link leads or what a copy holds.
SOLUTIONS: dict[str, tuple[str, str, str]] = {
    "a link under the learner's name": ("solution.py", "../solution.py", ""),
    "a copy under the learner's name": ("solution.py", "", SQUARE),
    "another solution under that name": ("solution.py", "", "def f(x): return x ** 2\n"),
    "a package of that name": ("solution/__init__.py", "", "from other import f\n"),
    "a link under another name": ("other.py", "../solution.py", ""),
    "a link within a package": ("p/other.py", "../../solution.py", ""),
    "a copy under another name": ("other.py", "", SQUARE),
    "a copy by another editor": ("other.py", "", "\ufeff" + SQUARE.replace("\n", "\r\n")),
    "a link to a wrong solution": ("other.py", "wrong_solutions/wrong.py", ""),
    "a copy of a wrong solution": ("other.py", "", planted(CAUGHT)[WRONG] or ""),
    "a link in the data": ("data/answers.txt", "../../solution.py", ""),
    "a copy in the data": ("data/other.py", "", SQUARE),
}


@pytest.mark.parametrize("name", SOLUTIONS)
def test_a_solution_never_ships_whatever_imports_it(name: str, tmp_path: Path) -> None:
    place, target, text = SOLUTIONS[name]
    imports = "import sys; sys.path\nimport other, p.other, wrong_solutions.wrong, wrong\n"
    folder = write_exercise(
        tmp_path, {**with_tests(f"from solution import f\n{imports}"), **planted(CAUGHT)}
    )
    path = folder / "hidden_tests" / place
    path.parent.mkdir(exist_ok=True)
    if target:
        path.symlink_to(target)
    else:
        path.write_bytes(text.encode())
    assert shipped(folder) == set()
    said = read_hidden_tests(folder).notice() or ""
    assert said.endswith(f"what stays with you as it is a solution: {place}"), said
    assert place.partition("/")[0] in said.partition(";")[0]


def test_a_module_that_is_much_like_the_reference_ships(tmp_path: Path) -> None:
    files = with_tests("from other import f as g\nimport solutions\n", "solutions.py")
    files["hidden_tests/other.py"] = SQUARE.replace("x * x", "x ** 2")
    assert shipped(write_exercise(tmp_path, files)) == {"other.py", "solutions.py"}


# What a test raised; what is said of it.
REMEDIES = {
    "No module named 'other'": "hidden_tests/other.py is a solution: it stays with you, and tests",
    "No module named 'notes'": "hidden_tests/notes.py does not ship, since no `import` of a test",
    "No such file or directory: '/exercise/starter_data/x.npy'": "starter_data/x.npy does not ship",
    "No such file or directory: '/exercise/none.npy'": "Of files that tests read, those in hidden",
    "No such file or directory: '/mnt/ann/exercises/softmax/x.npy'": "Of files that tests read,",
    "No such file or directory: '/exercises/x.npy'": "Of files that tests read, those in hidden",
    "No such file or directory: '/srv/exercise/x.npy'": "Of files that tests read, those in hidden",
    "No such file or directory: 'x.npy'": "Put it into hidden_tests/data, and name it from the",
}


@pytest.mark.parametrize("message", REMEDIES)
def test_what_does_not_ship_is_told_with_what_to_do(message: str, tmp_path: Path) -> None:
    files: Files = {"hidden_tests/other.py": SQUARE, "starter_data/x.npy": ""}
    folder = write_exercise(tmp_path, {**files, "hidden_tests/notes.py": ""})
    remedy = remedy_of(read_exercise(folder), f"Error: {message}")
    assert remedy is not None and remedy.startswith(REMEDIES[message]), remedy


def test_what_ships_is_what_is_proved_graded_and_bundled(tmp_path: Path) -> None:
    extra: Files = {"hidden_tests/notes.md": "The answer is x * x.", "hidden_tests/data/n": "3"}
    archive = exercise_archive(
        read_exercise(write_exercise(tmp_path, {**extra, **planted(CAUGHT)}))
    )
    assert b"hidden_tests/test_f.py" in archive and b"hidden_tests/data/n" in archive
    assert b"notes" not in archive and b"The answer" not in archive and b"wrong" not in archive


def test_what_is_left_out_is_named_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = with_tests(
        "", "notes.md", ".DS_Store", "old/a.py", "old/b/c.py", "\x1b[2J.txt", "data/n"
    )
    folder = write_exercise(tmp_path, {**files, **planted(CAUGHT)})

    def begun(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(build, "_toolchain", begun)
    for more in (["--check"], ["--out", str(tmp_path / "dist")]):
        assert build.main([str(folder), *more]) == 130
        assert capsys.readouterr().out.strip() == (
            "left out of hidden_tests: \\x1b[2J.txt, .DS_Store, notes.md, old/, wrong_solutions/"
        )
    for number in range(20):
        (folder / f"hidden_tests/note {number:02}.md").touch()
    assert build.main([str(folder), "--check"]) == 130
    said = capsys.readouterr().out
    assert said.count("\n") == 1 and said.endswith("note 05.md and 17 more\n"), said


def test_what_is_named_nearly_as_a_test_file_and_is_none_is_in_nobodys_way(tmp_path: Path) -> None:
    tests = "def test_a(): pass\n"
    files: Files = {
        **with_tests("from tests import check\n"),
        "hidden_tests/tests.py": f"def check(): pass\n{tests}",  # what a test imports
        "hidden_tests/testing.py": "def check(): pass\n",
        "hidden_tests/test-f.py~": tests,
        "hidden_tests/old.py": tests,
        "hidden_tests/test-notes.md": tests,
        "hidden_tests/data/test-f.py": tests,
    }
    told = read_hidden_tests(write_exercise(tmp_path, files))
    assert told.left_out == ("old.py", "test-f.py~", "test-notes.md", "testing.py")
    assert [path.name for path in told.shipped] == ["test-f.py", "test_f.py", "tests.py"]


def test_nothing_is_said_where_everything_ships(tmp_path: Path) -> None:
    assert read_hidden_tests(write_exercise(tmp_path, {})).notice() is None


def test_large_data_is_told_with_its_size_and_too_large_is_refused(tmp_path: Path) -> None:
    folder = write_exercise(tmp_path, with_tests("", "data/n"))
    data = folder / "hidden_tests/data/n"
    os.truncate(data, 12_300_000)
    assert read_hidden_tests(folder).notice() == (
        "hidden_tests comes to 12.3 MB, which every learner fetches"
    )
    os.truncate(data, limits.TESTS_BYTES + 5_000_000)  # takes no room: nothing is written
    with pytest.raises(BuildError, match=r"comes to 105\.0 MB") as caught:
        read_hidden_tests(folder)
    assert caught.value.remedy == "Make the data smaller: at most 100.0 MB."


# A link in the folder of the tests, where it leads, and what is said of it.
LINKS = {
    "data outside": (
        "data/secret",
        "../../../secret",
        "leads out of the exercise, to {tmp}/secret",
    ),
    "a folder of data outside": ("data", "../../elsewhere", "leads out of the exercise"),
    "a folder within the data": ("data/more", "../../../elsewhere", "leads out of the exercise"),
    "a folder of the exercise": ("data/more", "../../dist", "is a link to a folder"),
    "a module outside": ("helper.py", "../../elsewhere/helper.py", "leads out of the exercise"),
    "a package outside": ("package", "../../elsewhere", "leads out of the exercise"),
    "a test outside": ("test_g.py", "../../elsewhere/helper.py", "leads out of the exercise"),
    "nowhere": ("data/none", "nothing", "leads nowhere"),
    "itself": ("data/self", "self", "leads nowhere"),
}


@pytest.mark.parametrize("name", LINKS)
def test_a_link_out_of_the_exercise_does_not_ship(name: str, tmp_path: Path) -> None:
    place, target, cause = LINKS[name]
    files = with_tests("import helper, package.helper\n")
    folder = write_exercise(tmp_path / "exercise", {**files, "dist/x": ""})
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/helper.py").write_text("")
    link = folder / "hidden_tests" / place
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(target)
    with pytest.raises(BuildError) as caught:
        read_exercise(folder)
    assert caught.value.file is not None and link in (caught.value.file, *caught.value.file.parents)
    assert cause.format(tmp=tmp_path) in caught.value.cause and "itself" in caught.value.remedy


def test_links_within_the_exercise_ship_what_they_lead_to(tmp_path: Path) -> None:
    folder = write_exercise(tmp_path / "exercise", with_tests("import helper\n", "real.py"))
    (folder / "hidden_tests/helper.py").symlink_to("real.py")
    (folder / "hidden_tests/.#test_f.py").symlink_to("me@nowhere")  # an editor's lock
    (tmp_path / "link").symlink_to("exercise")
    assert shipped(tmp_path / "link") == {"helper.py"}


@pytest.mark.parametrize("name", ["data/n", "helper.py", "test_f.py"])
def test_a_file_that_cannot_be_read_is_named(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_exercise(tmp_path, with_tests("import helper\n", "data/n", "helper.py"))
    read = Path.read_bytes

    def refusing(path: Path) -> bytes:
        if path == folder / "hidden_tests" / name:
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refusing)
    with pytest.raises(BuildError, match="cannot be read: Permission denied") as caught:
        exercise_archive(read_exercise(folder))
    assert caught.value.file == folder / "hidden_tests" / name


def test_a_test_may_declare_another_encoding(tmp_path: Path) -> None:
    folder = write_exercise(tmp_path, {})
    (folder / TEST).write_bytes(b"# -*- coding: latin-1 -*-\nNAME = 'caf\xe9'\n")
    assert shipped(folder) == set()
    (folder / TEST).write_bytes(b"# -*- coding: no-such -*-\n")
    with pytest.raises(BuildError, match="unknown encoding: no-such") as caught:
        read_exercise(folder)
    assert caught.value.line == 1 and "UTF-8" in caught.value.remedy
