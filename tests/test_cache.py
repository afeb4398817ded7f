"""The cache of builds: keyed by contents, bounded, and whole whatever happens."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from builder import cache as cache_module
from builder.cache import Cache, key_of


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def test_a_key_tells_parts_from_one_another() -> None:
    assert key_of("ab", "c") != key_of("a", "bc")
    assert key_of("a", b"b") == key_of(b"a", "b")


def test_a_folder_is_made_once(cache: Cache) -> None:
    made = []

    def make(folder: Path) -> None:
        made.append(folder)
        (folder / "file").write_text("1")

    for _ in range(2):
        assert (cache.folder("things", "key", make) / "file").read_text() == "1"
    assert len(made) == 1


def test_a_folder_that_could_not_be_made_is_not_there(cache: Cache) -> None:
    def fail(folder: Path) -> None:
        (folder / "file").write_text("half")
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        cache.folder("things", "key", fail)
    assert list((cache.root / "things").iterdir()) == []


def test_a_record_comes_back_and_one_that_cannot_be_read_is_none(cache: Cache) -> None:
    assert cache.recorded("proofs", "key") is None
    cache.record("proofs", "key", {"a": [1.5, None]})
    assert cache.recorded("proofs", "key") == {"a": [1.5, None]}
    (cache.root / "proofs/key.json").write_text("{")
    assert cache.recorded("proofs", "key") is None


def test_the_entries_that_were_used_longest_ago_go_first(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    for age, name in enumerate(["newest", "middle", "oldest"]):
        path = cache.file("things", name, name.encode)
        os.utime(path, (10_000 - age, 10_000 - age))
    monkeypatch.setitem(cache_module.KEPT, "things", 2)
    cache.prune("things")
    assert sorted(path.name for path in (cache.root / "things").iterdir()) == ["middle", "newest"]


def test_of_many_entries_some_more_may_stay_for_a_while(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(cache_module.KEPT, "things", 40)
    kept = []
    for number in range(50):
        cache.record("things", str(number), number)
        kept.append(len(list((cache.root / "things").iterdir())))
    assert max(kept) == 42
    assert kept[42] == 40, "all but what is to be kept goes at once"


def test_a_file_is_made_once_and_used_again(cache: Cache) -> None:
    first = cache.file("things", "name", lambda: b"1")
    assert cache.file("things", "name", lambda: b"2") == first
    assert first.read_bytes() == b"1"


def _fill(folder: Path) -> None:
    for name in ("a", "b"):
        (folder / name).write_text(name)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    "damage",
    [
        lambda entry: (entry / "a").unlink(),
        lambda entry: (entry / "a").replace(entry / "c"),
        lambda entry: (entry / "c").write_text("what nobody made"),
        shutil.rmtree,
    ],
    ids=["a file lost", "another name", "a file more", "all lost"],
)
def test_a_folder_is_made_anew_unless_just_its_files_are_there(
    cache: Cache, damage: Callable[[Path], None]
) -> None:
    damage(cache.folder("things", "key", _fill))
    assert _names(cache.folder("things", "key", _fill)) == ["a", "b"]
    assert _names(cache.root / "things") == ["key"], "what was damaged is gone"


@pytest.mark.parametrize("was", [None, _fill, lambda folder: (folder / "a").write_text("half")])
def test_an_entry_that_another_build_has_made_meanwhile_stays(
    cache: Cache, was: Callable[[Path], None] | None
) -> None:
    if was is not None:  # not by the cache: without a hash
        (cache.root / "things/key").mkdir(parents=True)
        was(cache.root / "things/key")

    def make(folder: Path) -> None:
        inodes.append((cache.folder("things", "key", _fill) / "a").stat().st_ino)
        _fill(folder)

    inodes: list[int] = []
    inodes.append((cache.folder("things", "key", make) / "a").stat().st_ino)
    assert inodes[0] == inodes[1]


def test_contents_are_those_that_were_written_or_none(cache: Cache) -> None:
    assert cache.contents("things", "name") is None
    cache.write("things", {"name": b"whole"})
    assert cache.contents("things", "name") == b"whole"
    (cache.root / "things/name").write_bytes(b"wh")
    assert cache.contents("things", "name") is None


def test_what_an_entry_hashes_to_goes_with_it(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    for age, name in enumerate(["newest", "middle", "oldest"]):
        os.utime(cache.file("things", name, name.encode), (10_000 - age, 10_000 - age))
    monkeypatch.setitem(cache_module.KEPT, "things", 2)
    cache.prune("things")
    assert _names(cache.root / "checks/things") == ["middle", "newest"]


def test_hashes_without_an_entry_do_not_become_many(cache: Cache) -> None:
    for number in range(100):
        cache.file("things", str(number), b"1".strip).unlink()
    assert len(_names(cache.root / "checks/things")) < 50


def test_an_entry_that_somebody_comes_to_use_is_not_let_go_of(cache: Cache) -> None:
    for name in ("first", "second"):
        os.utime(cache.file("things", name, name.encode), (10_000, 10_000))
    going = cache_module._used_before(cache.root / "things", 0)
    (left,) = {"first", "second"} - {next(going).name}
    cache.file("things", left, left.encode)
    assert list(going) == []
