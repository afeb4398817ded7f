"""The command line: its paths mean what a shell means, and it is judged before any work begins."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import build
from builder import bundle
from builder.errors import BuildError
from builder.folders import MARKER, bundle_folder, exercise_folder
from builder.serve import HOST

from .squares import write_exercise
from .toolchains import own_toolchain

NAME = "Übung 平方 (1)"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The squares exercise in a folder of an odd name, in a home with a link to it."""
    folder = write_exercise(tmp_path / "home" / NAME, {})
    (tmp_path / "home/link").symlink_to(folder, target_is_directory=True)
    (tmp_path / "elsewhere/below").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(build, "_toolchain", began)
    return folder


def began(_: object) -> None:
    raise AssertionError("work has begun")


SPELLINGS = {
    "its name": ("home", NAME),
    "a trailing slash": ("home", f"{NAME}/"),
    "the working directory": (f"home/{NAME}", "."),
    "above and below": ("elsewhere", f"../home/{NAME}"),
    "a way through itself": ("home", f"{NAME}/hidden_tests/.."),
    "home": ("elsewhere", f"~/{NAME}"),
    "a link": ("home", "link"),
    "a link with a slash": ("elsewhere", "../home/link/"),
    "above what a link leads to": (f"home/{NAME}", f"hidden_tests/../../{NAME}"),
}


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_folder_may_be_spelled_as_a_shell_would_take_it(
    name: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where, spelled = SPELLINGS[name]
    monkeypatch.chdir(tmp_path / where)
    found = exercise_folder(Path(spelled))
    monkeypatch.chdir(tmp_path / "elsewhere/below")
    assert found.is_absolute() and found.samefile(folder)


def test_an_exercise_is_proved_by_a_relative_name_from_elsewhere(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    tools = own_toolchain(tmp_path / "cache")
    monkeypatch.setattr(build, "_toolchain", lambda _: tools)
    for where, spelled in SPELLINGS.values():
        monkeypatch.chdir(tmp_path / where)
        assert build.main([spelled, "--check"]) == 0, capsys.readouterr().err


# A command line, and what is said of it; {folder}, {tmp} and {port} are put in.
REFUSED: dict[str, tuple[list[str], str, str]] = {
    "no such folder": (
        ["{tmp}/none"],
        "{tmp}/none: there is no such folder",
        "problem.md, starter",
    ),
    "a file as the folder": (
        ["{folder}/problem.md"],
        "{folder}/problem.md: is a file",
        "Name the folder that it lies in: {folder}\n",
    ),
    "too long a name": (["{tmp}/" + "n" * 300], "cannot be looked for: File name too long", "path"),
    "below a file": (["{folder}/problem.md/x"], "there is no such folder", "Name a folder with"),
    "a folder without an exercise": (
        ["{tmp}/elsewhere"],
        "problem.md: the file is missing",
        "needs",
    ),
    "out: a file": (
        ["{folder}", "--out", "{folder}/starter.py"],
        "{folder}/starter.py: is a file",
        "--out",
    ),
    "out: below a file": (
        ["{folder}", "--out", "{folder}/starter.py/dist"],
        "{folder}/starter.py: nothing can be written there: Not a directory",
        "--out",
    ),
    "out: not writable": (
        ["{folder}", "--out", "/proc/none/dist"],
        "/proc: nothing can be written there",
        "--out",
    ),
    "out: a name too long": (["{folder}", "--out", "x" * 300], "File name too long", "--out"),
    "out: a link to itself": (["{folder}", "--out", "{tmp}/circle"], "cannot be written", "--out"),
    "out: a link to a file": (
        ["{folder}", "--out", "{tmp}/to-file"],
        "{folder}/starter.py: is a file",
        "--out",
    ),
    "out: the exercise": (
        ["{folder}", "--out", "{folder}"],
        "{folder}: holds the exercise",
        "--out",
    ),
    "out: a link to the exercise": (
        ["{folder}", "--out", "{tmp}/home/link"],
        "{folder}: holds the exercise",
        "--out",
    ),
    "out: around the exercise": (
        ["{folder}", "--out", "{tmp}"],
        "{tmp}: holds the exercise",
        "--out",
    ),
    "out: the root": (["{folder}", "--out", "/"], "/: holds the exercise", "--out"),
    "out: in the tests": (
        ["{folder}", "--out", "{folder}/hidden_tests/data/dist"],
        "lies in the hidden tests",
        "outside of hidden_tests",
    ),
    "out: the tests": (
        ["{tmp}/home/link", "--out", "{folder}/hidden_tests"],
        "lies in the hidden tests",
        "outside of hidden_tests",
    ),
    "out: someone's work": (
        ["{folder}", "--out", "{tmp}/thesis"],
        "{tmp}/thesis: holds something that is no bundle",
        "--out",
    ),
    "out: someone's work, by ..": (
        ["{folder}", "--out", "{tmp}/elsewhere/../thesis/"],
        "{tmp}/thesis: holds something that is no bundle",
        "--out",
    ),
    "a port that is taken": (
        ["{folder}", "--serve", "--out", "{tmp}/dist", "--port", "{port}"],
        "port {port} cannot be used",
        "--port",
    ),
    "two files to grade": (
        ["--grade", "{folder}/solution.py", "{folder}/starter.py"],
        "{folder}/starter.py: is a file",
        "--grade takes one file",
    ),
    "a folder to grade": (["{folder}", "--grade", "{tmp}"], "{tmp}: cannot be read", "Name a file"),
    "no file to grade": (
        ["{folder}", "--grade", "{tmp}/x"],
        "{tmp}/x: cannot be read",
        "Name a file",
    ),
    "bytes to grade": (["{folder}", "--grade", "{tmp}/thesis/a.py"], "is not UTF-8", "Save it"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_place_that_will_not_do_is_refused_before_any_work(
    name: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / "to-file").symlink_to(folder / "starter.py")
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis/a.py").write_bytes(b"# caf\xe9")
    before = sorted(tmp_path.rglob("*"))
    with socket.create_server((HOST, 0)) as taken:
        facts = {"folder": str(folder), "tmp": str(tmp_path), "port": str(taken.getsockname()[1])}
        arguments, cause, remedy = REFUSED[name]
        status = build.main([argument.format(**facts) for argument in arguments])
    said = capsys.readouterr()
    assert (status, said.out) == (2 if "--grade" in arguments else 1, "")
    assert cause.format(**facts) in said.err
    assert remedy.format(**facts) in said.err.partition("\n  → ")[2]
    assert sorted(tmp_path.rglob("*")) == before


USAGE = {
    "--json goes with --grade": ["--json"],
    "--port goes with --serve": ["--port", "8000"],
    "--out goes with a build": ["--check", "--out", "x"],
    "--check and --grade write nothing": ["--grade", "x.py", "--out", "x"],
    "not allowed with argument": ["--check", "--serve"],
    "argument --grade: not allowed with": ["--check", "--grade", "x.py"],
    "--grade takes one file": ["--grade", "a.py", "--grade", "b.py"],
    "b.py c.py: --grade takes one file": ["folder", "--grade", "a.py", "b.py", "c.py"],
    "unrecognized arguments: other": ["folder", "other"],
    "--port: '70000' is no number from 0": ["--serve", "--port", "70000"],
    "--port: '-1' is no number": ["--serve", "--port=-1"],
    "--port: 'http' is no number": ["--serve", "--port", "http"],
    "--out: an empty name": ["--out", ""],
    "FOLDER: an empty name": [""],
    "--grade: an empty name": ["--grade", ""],
}


@pytest.mark.parametrize("said", USAGE)
def test_options_that_do_not_go_together_are_told_with_the_usage(
    said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        build.main(USAGE[said])
    assert stop.value.code == 2
    complaint = capsys.readouterr().err
    assert complaint.startswith("usage:") and said in complaint.splitlines()[-1]


def writes(out: Path, folder: Path, text: str = "new") -> Path:
    """Write a bundle of two files, as the build does; return where it went."""
    place = bundle_folder(out, folder)
    bundle.write_bundle({MARKER: b"{}", "index.html": text.encode()}, place)
    return place


def relative(tmp_path: Path) -> Path:
    return Path("elsewhere/site")


def above(tmp_path: Path) -> Path:
    return Path("elsewhere/below/../site")


def at_home(tmp_path: Path) -> Path:
    return Path("~/../elsewhere/site")


def linked(tmp_path: Path) -> Path:
    (tmp_path / "elsewhere/site").mkdir(exist_ok=True)
    link = tmp_path / "link"
    link.symlink_to("elsewhere/site", target_is_directory=True)
    return link


def linked_to_nothing_yet(tmp_path: Path) -> Path:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere/site")
    return link


def below_a_link(tmp_path: Path) -> Path:
    link = tmp_path / "link"
    link.symlink_to("elsewhere", target_is_directory=True)
    return link / "site"


@pytest.mark.parametrize(
    "out", [relative, above, at_home, linked, linked_to_nothing_yet, below_a_link]
)
def test_a_bundle_goes_where_a_shell_would_put_it_and_links_stay(
    out: Callable[[Path], Path], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    spelled = out(tmp_path)
    links = {path: path.readlink() for path in tmp_path.iterdir() if path.is_symlink()}
    before = set(tmp_path.iterdir())
    for text in ("first", "second"):
        assert writes(spelled, folder, text) == tmp_path / "elsewhere/site"
        assert (tmp_path / "elsewhere/site/index.html").read_text() == text
    assert {path: path.readlink() for path in links} == links
    assert set(tmp_path.iterdir()) == before
    assert {path.name for path in (tmp_path / "elsewhere").iterdir()} == {"below", "site"}


def test_a_bundle_may_lie_in_the_exercise_and_in_folders_that_are_not_there_yet(
    folder: Path, tmp_path: Path
) -> None:
    for out in (folder / "dist", tmp_path / "a b/ü/site"):
        assert writes(out, folder) == out


def test_a_disk_that_is_full_leaves_the_last_bundle_and_nothing_else(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = writes(tmp_path / "elsewhere/site", folder, "last")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(BuildError, match="No space left") as caught:
        patch.setattr(Path, "write_bytes", full)
        writes(out, folder)
    assert "--out" in caught.value.remedy
    assert (out / "index.html").read_text() == "last"
    assert {path.name for path in out.parent.iterdir()} == {"below", "site"}


def test_what_ends_a_build_while_it_puts_the_bundle_in_place_leaves_the_last_one(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = writes(tmp_path / "elsewhere/site", folder, "last")
    replaced = Path.replace

    def ended(source: Path, target: Path) -> Path:
        if target == out and not source.name.endswith(".last"):
            raise KeyboardInterrupt
        return replaced(source, target)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Path, "replace", ended)
        writes(out, folder)
    assert (out / "index.html").read_text() == "last"
    assert {path.name for path in out.parent.iterdir()} == {"below", "site"}


class Interrupted:
    """Something to import at which Ctrl-C comes."""

    def __getattr__(self, name: str) -> object:
        raise KeyboardInterrupt


def test_ctrl_c_is_told_in_a_sentence_however_early_it_comes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "builder.errors", Interrupted())
        assert build.main([str(folder)]) == 130
    assert capsys.readouterr().err == "\nStopped.\n"
    monkeypatch.setattr(build, "_toolchain", Interrupted().__getattr__)
    assert build.main([str(folder), "--out", str(folder / "dist")]) == 130
    assert capsys.readouterr().err == "\nStopped. The last bundle is as it was.\n"


@pytest.mark.skipif(os.name != "posix", reason="these signals are POSIX's")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_unwinds_a_build_whatever_it_does_then(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, unwound = getattr(signal, name), []
    before = signal.signal(number, signal.SIG_DFL)  # the suite may have been started by nohup

    def hit(_: object) -> None:
        try:
            signal.raise_signal(number)
        finally:
            unwound.append(name)

    monkeypatch.setattr(build, "_toolchain", hit)
    assert build.main([str(folder), "--check"]) == 128 + number
    assert unwound == [name]
    assert signal.signal(number, before) is signal.SIG_DFL


@pytest.mark.skipif(os.name != "posix", reason="nohup is POSIX's")
def test_a_build_that_is_to_outlive_its_terminal_does(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hit(_: object) -> None:
        signal.raise_signal(signal.SIGHUP)
        raise BuildError("it goes on", "Nothing.")

    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    monkeypatch.setattr(build, "_toolchain", hit)
    try:
        assert build.main([str(folder), "--check"]) == 1
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_mount_point_is_told_to_be_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = writes(folder / "dist", folder)
    monkeypatch.setattr(os.path, "ismount", lambda path: Path(path) == out)
    with pytest.raises(BuildError, match="is a mount point") as caught:
        bundle_folder(out, folder)
    assert caught.value.remedy == f"Name a folder in it: --out {out / 'bundle'}"
    assert bundle_folder(out / "bundle", folder) == out / "bundle"
