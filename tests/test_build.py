"""The build as an instructor runs it: one command, the same bytes, nothing lost on failure."""

from __future__ import annotations

import gzip
import shutil
import zipfile
from pathlib import Path

import pytest

import build
from builder import compress

from .bundles import build_bundle
from .toolchains import own_toolchain

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the exercise that a test may spoil."""
    copy = tmp_path / "exercise"
    copy.mkdir()
    for name in ("problem.md", "starter.py", "solution.py"):
        shutil.copy(ROOT / name, copy)
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "hidden_tests", copy / "hidden_tests", ignore=ignore)
    return copy


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_two_builds_of_one_folder_are_the_same_bytes(bundle: Path, tmp_path: Path) -> None:
    build_bundle(ROOT, tmp_path / "again")
    assert contents(tmp_path / "again") == contents(bundle)


def test_the_bundle_holds_the_hidden_tests_and_not_the_answers(bundle: Path) -> None:
    (exercise,) = bundle.glob("assets/exercise-*.zip")
    names = zipfile.ZipFile(exercise).namelist()
    assert "hidden_tests/test_label_smoothing_loss.py" in names
    assert not any("wrong_solutions" in name or name.endswith("/solution.py") for name in names)
    (candidate,) = bundle.glob("assets/candidate-*.zip")
    assert all(name.startswith("py/grading/") for name in zipfile.ZipFile(candidate).namelist())


def test_nothing_of_the_reference_is_in_any_file_of_the_bundle(bundle: Path) -> None:
    telling = (ROOT / "solution.py").read_text("utf-8").split('"""')[-1].strip().splitlines()[-1]
    assert "return" in telling
    for name, data in contents(bundle).items():
        assert telling.encode() not in data, name
    for archive in bundle.glob("assets/*.zip"):
        opened = zipfile.ZipFile(archive)
        assert all(telling.encode() not in opened.read(name) for name in opened.namelist())


SPOILS = [
    ("problem.md", "$$", "$$\\frac{", "problem.md:"),
    ("problem.md", "slug: label", "slug: Label ", "problem.md:3"),
    ("solution.py", "return", "return 1 +", "solution.py"),
    ("starter.py", "def label_smoothing_loss", "def other", "starter.py"),
    (
        "hidden_tests/test_label_smoothing_loss.py",
        "import",
        "import nothing_such\nimport",
        "hidden",
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "place"), SPOILS)
def test_a_build_that_fails_says_where_and_leaves_the_last_bundle_as_it_was(
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    old: str,
    new: str,
    place: str,
) -> None:
    out = tmp_path / "dist"
    out.mkdir()
    (out / "exercise-bundle.json").write_text("{}")
    (out / "index.html").write_text("the last good one")
    before = contents(out)
    path = folder / name
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    assert build.main([str(folder), "--out", str(out)]) == 1
    said = capsys.readouterr().err
    assert place in said and "→" in said
    assert contents(out) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_folder_that_is_no_bundle_is_not_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    assert build.main([str(ROOT), "--out", str(tmp_path)]) == 1
    assert "no bundle" in capsys.readouterr().err
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_a_rebuild_takes_the_place_of_the_last_bundle(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "dist"
    link = tmp_path / "site"
    link.symlink_to("dist")
    build_bundle(folder, out)
    problem = folder / "problem.md"
    changed = problem.read_text("utf-8").replace("## Notes", "## Afterthoughts")
    problem.write_text(changed, "utf-8")
    build_bundle(folder, link)
    assert "Afterthoughts" in (out / "index.html").read_text("utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dist", "exercise", "site"]
    assert link.is_symlink()


def test_what_is_published_is_compressed_at_its_best(tmp_path: Path) -> None:
    text = "".join(f"{n * n} squared is {n**4}\n" for n in range(5_000)).encode()
    tools = own_toolchain(tmp_path / "cache")
    best, quick = (compress.compress({"text": text}, is_quick, tools) for is_quick in (False, True))
    assert brotli_size(best) < brotli_size(quick)
    assert gzip.decompress(best["text.gz"]) == text


def brotli_size(copies: dict[str, bytes]) -> int:
    return len(copies["text.br"])


def test_help_is_worth_reading(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        build.main(["--help"])
    assert stop.value.code == 0
    said = capsys.readouterr().out
    for word in ("--serve", "--grade FILE", "--check", "--out", "a process of its own", "dist/"):
        assert word in said
