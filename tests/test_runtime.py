"""The runtime's files: each held to its hash, wherever it comes from."""

import hashlib
import io
import json
import sys
import tarfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from builder import downloads, runtime
from builder.downloads import Source, SourceError, fetch_first, from_tar, from_zip
from builder.errors import BuildError
from builder.runtime import (
    NUMPY_SHA256,
    NUMPY_WHEEL,
    PYODIDE_FILES,
    check_lock,
    check_pyodide,
    fetch_runtime,
    numpy_sources,
)
from builder.serve import Server
from builder.wheels import (
    PYTEST_PACKAGES,
    REQUIREMENTS,
    Pin,
    adopt_wheels,
    fetch_wheels,
    find_wheel,
    read_pins,
    requirement,
)

ROOT = Path(__file__).resolve().parent.parent
PYODIDE = ROOT / "web" / "node_modules" / "pyodide"
WANTED = b"the wheel"
PINNED = hashlib.sha256(WANTED).hexdigest()
PIN = Pin("one", "1.0", frozenset({PINNED}))


def silent(_: str) -> None:
    """Say nothing."""


def giving(data: bytes, name: str = "good") -> Source:
    """Return a source that gives these bytes."""

    def fetch(folder: Path) -> Path:
        path = folder / "download"
        path.write_bytes(data)
        return path

    return Source(name, fetch)


def failing(reason: str, name: str = "bad") -> Source:
    """Return a source that fails."""

    def fetch(_: Path) -> Path:
        raise SourceError(reason)

    return Source(name, fetch)


def never(_: Path) -> Path:
    """Fail a test in which a source is asked that should not be."""
    raise AssertionError("asked a source that was not needed")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Where the file is to be kept."""
    return tmp_path / "cache" / PINNED / "a.whl"


def tar_of(path: Path, files: Mapping[str, bytes]) -> Path:
    """Write a gzipped tar archive."""
    with tarfile.open(path, "w:gz") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def zip_of(path: Path, files: Mapping[str, bytes]) -> Path:
    """Write a zip archive."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def stand_in(answer: Callable[[Sequence[str], Path], str | None]) -> Callable[..., str | None]:
    """Return what stands in for running a program that fills a folder."""

    def run(command: Sequence[str], cwd: Path, *_: Any, **__: Any) -> str | None:
        return answer(command, cwd)

    return run


def test_a_kept_file_is_taken_without_asking_a_source(kept: Path) -> None:
    kept.parent.mkdir(parents=True)
    kept.write_bytes(WANTED)
    assert fetch_first([Source("none", never)], PINNED, kept, silent) == kept


def test_a_kept_file_that_was_damaged_is_fetched_again(kept: Path) -> None:
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"damaged")
    assert fetch_first([giving(WANTED)], PINNED, kept, silent).read_bytes() == WANTED


def test_the_first_good_source_is_the_last_that_is_asked(kept: Path) -> None:
    sources = [failing("down"), giving(b"another"), giving(WANTED), Source("none", never)]
    assert fetch_first(sources, PINNED, kept, silent).read_bytes() == WANTED


def test_each_step_is_said_with_its_reason_or_its_size(kept: Path) -> None:
    said: list[str] = []
    fetch_first([failing("down", "one"), giving(WANTED, "two")], PINNED, kept, said.append)
    assert said == [
        "a.whl: from one",
        "not from one: down",
        "a.whl: from two",
        "a.whl: 0 kB, hash is right",
    ]


def test_when_all_sources_fail_each_is_named_and_nothing_is_left(kept: Path) -> None:
    with pytest.raises(BuildError) as caught:
        fetch_first([failing("down", "one"), giving(b"x", "two")], PINNED, kept, silent)
    assert "one: down" in caught.value.cause
    assert "two: another file: its sha256 is 2d711642" in caught.value.cause
    assert PINNED in caught.value.remedy
    assert caught.value.file == kept
    assert list(kept.parent.iterdir()) == []


def numpy_from(number: int, folder: Path) -> bytes:
    """Return what a source of NumPy gives."""
    return numpy_sources(silent)[number].fetch(folder).read_bytes()


def test_the_sources_are_asked_from_the_npm_package_to_the_cdn() -> None:
    names = [source.name for source in numpy_sources(silent)]
    assert [name.split(",")[0] for name in names] == [
        "npm @galaxyproject/vintent@0.0.5",
        "PyPI gbdraw==0.14.2",
        "Pyodide's CDN",
    ]


def test_the_npm_package_is_packed_without_running_its_scripts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pack(command: Sequence[str], cwd: Path) -> None:
        assert command[-1] == "@galaxyproject/vintent@0.0.5"
        assert "--ignore-scripts" in command
        tar_of(cwd / "v.tgz", {f"package/static/pyodide/{NUMPY_WHEEL}": WANTED})

    monkeypatch.setattr(downloads, "run_watched", stand_in(pack))
    assert numpy_from(0, tmp_path) == WANTED


def test_the_pypi_wheel_is_opened_and_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def download(command: Sequence[str], cwd: Path) -> None:
        assert command[:4] == [sys.executable, "-m", "pip", "download"]
        assert {"--no-deps", ":all:", "gbdraw==0.14.2"} <= set(command)
        zip_of(cwd / "gbdraw-1.whl", {f"gbdraw/web/vendor/pyodide-wheels/{NUMPY_WHEEL}": WANTED})

    monkeypatch.setattr(downloads, "run_watched", stand_in(download))
    assert numpy_from(1, tmp_path) == WANTED


@pytest.mark.parametrize("number", [0, 1])
def test_a_program_that_fails_is_a_source_that_fails(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "run_watched", stand_in(lambda *_: "no network"))
    with pytest.raises(SourceError, match="no network"):
        numpy_from(number, tmp_path)


@pytest.mark.parametrize("number", [0, 1])
def test_a_program_that_gives_nothing_is_a_source_that_fails(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "run_watched", stand_in(lambda *_: None))
    with pytest.raises(SourceError, match="0 files"):
        numpy_from(number, tmp_path)


def test_without_node_the_npm_source_fails_and_the_next_is_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find_node() -> None:
        raise BuildError("no Node.js", "Install it.")

    monkeypatch.setattr(runtime, "find_node", find_node)
    with pytest.raises(SourceError, match=r"no Node\.js"):
        numpy_from(0, tmp_path)


def test_the_cdn_gives_the_wheel_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, folder = tmp_path / "site", tmp_path / "folder"
    site.mkdir()
    folder.mkdir()
    (site / NUMPY_WHEEL).write_bytes(WANTED)
    with Server(site) as server:
        monkeypatch.setattr(runtime, "_CDN", server.url.rstrip("/"))
        assert numpy_from(2, folder) == WANTED
        (site / NUMPY_WHEEL).unlink()
        with pytest.raises(SourceError, match="404"):
            numpy_from(2, folder)


@pytest.mark.parametrize("take", [from_tar, from_zip])
def test_an_archive_that_is_broken_or_lacks_the_file_is_a_source_that_fails(
    take: Callable[[Path, str], Path], tmp_path: Path
) -> None:
    write = tar_of if take is from_tar else zip_of
    for archive in (
        write(tmp_path / "other", {"a": b"b"}),
        write(tmp_path / "folder", {}),
        tmp_path / "nowhere",
    ):
        with pytest.raises(SourceError, match="does not hold x/a"):
            take(archive, "x/a")
    cut = write(tmp_path / "cut", {"x/a": bytes(range(256)) * 50})
    cut.write_bytes(cut.read_bytes()[:60])
    with pytest.raises(SourceError, match="does not hold x/a"):
        take(cut, "x/a")


def test_the_installed_pyodide_is_the_pinned_one() -> None:
    assert [path.name for path in check_pyodide(PYODIDE, PYODIDE_FILES)] == list(PYODIDE_FILES)
    check_lock(PYODIDE / "pyodide-lock.json")
    assert NUMPY_SHA256.startswith("2ca46b70")


def test_a_file_of_another_pyodide_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_bytes(b"another")
    with pytest.raises(BuildError, match="sha256") as caught:
        check_pyodide(tmp_path, {"a.js": PINNED})
    assert caught.value.file == tmp_path / "a.js"
    assert "node_modules" in caught.value.remedy


def test_a_missing_file_of_pyodide_is_named(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="missing") as caught:
        check_pyodide(tmp_path, {"a.js": PINNED})
    assert caught.value.file == tmp_path / "a.js"
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "FileNotFoundError"),
        ("no json", "JSONDecodeError"),
        ('{"packages": {}}', "KeyError"),
        (
            json.dumps({"packages": {"numpy": {"file_name": NUMPY_WHEEL, "sha256": PINNED}}}),
            PINNED,
        ),
    ],
)
def test_a_pyodide_lock_that_names_no_or_another_numpy_is_refused(
    text: str | None, said: str, tmp_path: Path
) -> None:
    lock = tmp_path / "pyodide-lock.json"
    if text is not None:
        lock.write_text(text)
    with pytest.raises(BuildError, match=said) as caught:
        check_lock(lock)
    assert caught.value.file == lock
    assert caught.value.remedy


def test_the_requirements_pin_pytest_and_all_that_it_needs() -> None:
    pins = read_pins(REQUIREMENTS, PYTEST_PACKAGES)
    assert [pin.name for pin in pins] == list(PYTEST_PACKAGES)
    assert pins[0].version == pytest.__version__
    assert all(pin.hashes for pin in pins)


@pytest.mark.parametrize(
    "text", ["", "one-more==1.0 --hash=sha256:" + "0" * 64, "one==1.0\n", "# one==1.0\n"]
)
def test_a_package_without_a_pinned_hash_is_named(text: str, tmp_path: Path) -> None:
    path = tmp_path / "requirements.txt"
    path.write_text(text)
    with pytest.raises(BuildError, match="does not pin one by hash") as caught:
        read_pins(path, ["one"])
    assert caught.value.file == path
    assert "pip-compile" in caught.value.remedy


def test_missing_requirements_are_named(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="missing") as caught:
        read_pins(tmp_path / "requirements.txt", ["one"])
    assert caught.value.file == tmp_path / "requirements.txt"
    assert caught.value.remedy


def test_a_pin_is_read_back_from_its_own_line(tmp_path: Path) -> None:
    path = tmp_path / "requirements.txt"
    path.write_text(requirement(PIN))
    assert read_pins(path, ["one"]) == [PIN]


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("one-1.0-py3-none-any.whl", WANTED, True),
        ("one-1.0-py3-none-any.whl", b"another", False),
        ("one-1.1-py3-none-any.whl", WANTED, False),
        ("two-1.0-py3-none-any.whl", WANTED, False),
        ("one-1.0-cp311-cp311-linux_x86_64.whl", WANTED, False),
        ("one-1.0.tar.gz", WANTED, False),
    ],
)
def test_only_a_pure_wheel_of_the_name_version_and_hash_counts(
    name: str, data: bytes, found: bool, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    assert (find_wheel(PIN, tmp_path) is not None) is found


def test_kept_wheels_are_not_downloaded_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = tmp_path / "one-1.0-py3-none-any.whl"
    wheel.write_bytes(WANTED)
    monkeypatch.setattr(downloads, "run_watched", stand_in(lambda *_: pytest.fail("asked pip")))
    assert fetch_wheels([PIN], tmp_path, silent) == (wheel,)


def test_missing_wheels_are_downloaded_by_hash_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def download(command: Sequence[str], cwd: Path) -> None:
        assert {"--no-deps", ":all:", "--require-hashes"} <= set(command)
        assert (cwd / "wanted.txt").read_text() == requirement(PIN)
        (cwd / "one-1.0-py3-none-any.whl").write_bytes(WANTED)

    monkeypatch.setattr(downloads, "run_watched", stand_in(download))
    (wheel,) = fetch_wheels([PIN], tmp_path / "wheels", silent)
    assert list((tmp_path / "wheels").iterdir()) == [wheel]


def test_a_wheel_that_is_not_the_pinned_one_is_not_kept(tmp_path: Path) -> None:
    fresh, folder = tmp_path / "fresh", tmp_path / "wheels"
    fresh.mkdir()
    folder.mkdir()
    (fresh / "one-1.0-py3-none-any.whl").write_bytes(b"another")
    with pytest.raises(BuildError, match=r"one 1\.0.*one-1\.0-py3-none-any\.whl") as caught:
        adopt_wheels([PIN], fresh, folder, silent)
    assert caught.value.file == REQUIREMENTS
    assert caught.value.remedy
    assert list(folder.iterdir()) == []


def test_a_failing_pip_is_told_with_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "run_watched", stand_in(lambda *_: "No module named pip"))
    with pytest.raises(BuildError, match="No module named pip") as caught:
        fetch_wheels([PIN], tmp_path, silent)
    assert caught.value.file == REQUIREMENTS
    assert caught.value.remedy
    assert list(tmp_path.iterdir()) == []


def test_the_whole_runtime_is_there() -> None:
    whole = fetch_runtime(ROOT / "web", ROOT / ".cache", silent)
    assert whole.numpy_wheel.name == NUMPY_WHEEL
    assert whole.asm_wasm.read_bytes()[:4] == b"\0asm"
    assert [wheel.name.split("-")[0] for wheel in whole.pytest_wheels] == list(PYTEST_PACKAGES)
    for archive in (whole.numpy_wheel, whole.stdlib, *whole.pytest_wheels):
        assert zipfile.is_zipfile(archive)
