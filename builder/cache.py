"""Results of long work, each kept under the hash of exactly what it was made from.

What was made is hashed, too: after a power loss, or on a bad disk, an entry may be there by name
and hold something else, and is made anew. The newest of each kind stay; ``make clean`` empties all.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .downloads import sha256

# How many entries of a kind are kept; most kinds are of megabytes.
KEPT = {
    "proofs": 2_000,
    "statements": 50,
    "restored": 50,
    "scripts": 20,
    "exercises": 50,
    "compressed-5": 200,
    "compressed-11": 200,
}
_KEPT_ELSE = 8
# What entries hash to, by kind. A check without its entry, as an interrupted build leaves it, may
# stay for a while: it is small.
_CHECKS = "checks"
_CHECKS_KEPT = 4


def key_of(*parts: bytes | str) -> str:
    """Return the key of what is made from these parts and no others."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(hashlib.sha256(data).digest())
    return digest.hexdigest()[:32]


@dataclass(frozen=True)
class Cache:
    """A folder of entries by kind and key."""

    root: Path

    def folder(self, kind: str, key: str, make: Callable[[Path], None]) -> Path:
        """Return an entry that is a folder; have it filled if there is none that is whole."""
        place = self.root / kind / key
        if self._is_whole(kind, key):
            return place
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent, ignore_cleanup_errors=True) as folder:
            fresh = Path(folder) / "fresh"
            fresh.mkdir()
            make(fresh)
            if not self._is_whole(kind, key):  # another build at the same time may be first
                self._check(kind, key, _digest(fresh))
                with contextlib.suppress(FileNotFoundError):
                    place.replace(Path(folder) / "damaged")
                _place_folder(fresh, place)
        self.prune(kind)
        return place

    def kept_folder(self, kind: str, key: str) -> Path | None:
        """Return an entry that is a folder, or None if none is whole."""
        return self.root / kind / key if self._is_whole(kind, key) else None

    def file(self, kind: str, name: str, make: Callable[[], bytes]) -> Path:
        """Return an entry that is a file; have its contents made if there is none that is whole."""
        if not self._is_whole(kind, name):
            self.write(kind, {name: make()})
        return self.root / kind / name

    def contents(self, kind: str, name: str) -> bytes | None:
        """Return the contents of an entry that is a file, or None if none is whole."""
        try:
            check = self._use(kind, name)
            data = (self.root / kind / name).read_bytes()
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == check else None

    def write(self, kind: str, files: Mapping[str, bytes]) -> None:
        """Write entries that are files, by their names, each in one step."""
        for name, data in files.items():
            self._check(kind, name, hashlib.sha256(data).hexdigest())
            _place_file(data, self.root / kind / name)
        self.prune(kind)

    def recorded(self, kind: str, key: str) -> Any:
        """Return a record, or None if there is none that can be read."""
        place = self.root / kind / f"{key}.json"
        try:
            record = json.loads(place.read_text("utf-8"))
            place.touch()
            return record
        except (OSError, ValueError):
            return None

    def record(self, kind: str, key: str, record: Any) -> None:
        """Keep a record."""
        _place_file(json.dumps(record).encode(), self.root / kind / f"{key}.json")
        self.prune(kind)

    def prune(self, kind: str) -> None:
        """Let go of the entries of a kind that were used longest ago."""
        kept, checks = KEPT.get(kind, _KEPT_ELSE), self.root / _CHECKS / kind
        for path in _used_before(self.root / kind, kept):
            (checks / path.name).unlink(missing_ok=True)
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        for path in _used_before(checks, _CHECKS_KEPT * kept):
            path.unlink(missing_ok=True)

    def _is_whole(self, kind: str, name: str) -> bool:
        """Return whether an entry is what was made; it counts as used now."""
        try:
            return self._use(kind, name) == _digest(self.root / kind / name)
        except OSError:
            return False

    def _use(self, kind: str, name: str) -> str:
        """Return what an entry must hash to; OSError if there is no such entry, or no check."""
        check = self.root / _CHECKS / kind / name
        # Before anything is read: no other build is to let go of it meanwhile.
        for path in (self.root / kind / name, check):
            os.utime(path)
        return check.read_text("latin-1")

    def _check(self, kind: str, name: str, digest: str) -> None:
        """Keep what an entry must hash to, before the entry is there to be asked for."""
        _place_file(digest.encode(), self.root / _CHECKS / kind / name)


def _digest(place: Path) -> str:
    """Return the hash of a file, or of all names and contents in a folder."""
    if not place.is_dir():
        return sha256(place)
    files = sorted(path for path in place.rglob("*") if path.is_file())
    return key_of(*(f"{path.relative_to(place).as_posix()} {sha256(path)}" for path in files))


def _place_folder(fresh: Path, place: Path) -> None:
    try:
        fresh.replace(place)
    except OSError:  # another build at the same time was first
        if not place.is_dir():
            raise


def _place_file(data: bytes, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as fresh:
        fresh.write(data)
    Path(fresh.name).replace(place)


def _used_before(folder: Path, newest: int) -> Iterator[Path]:
    """Yield what is in a folder, but for so many that were used last.

    Of many, more may stay for a while: to ask 2,000 when each was used takes 20 ms.
    """
    paths = list(folder.iterdir()) if folder.is_dir() else []
    if len(paths) <= newest + newest // 20:
        return
    entries = []
    for path in paths:
        with contextlib.suppress(FileNotFoundError):  # another build lets go of it
            entries.append((path.stat().st_mtime, path))
    for used, path in sorted(entries, reverse=True)[newest:]:
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_mtime == used:  # nobody has come to use it meanwhile
                yield path
