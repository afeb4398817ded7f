"""The cache of builds: keyed by contents, bounded, and whole whatever happens."""

from __future__ import annotations

import os
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


def test_a_file_is_made_once_and_used_again(cache: Cache) -> None:
    first = cache.file("things", "name", lambda: b"1")
    assert cache.file("things", "name", lambda: b"2") == first
    assert first.read_bytes() == b"1"
