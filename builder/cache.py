"""Results of long work, each kept under the hash of exactly what it was made from.

The newest of each kind stay; ``make clean`` empties all of it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# How many entries of a kind are kept; most kinds are of megabytes.
KEPT = {
    "proofs": 2_000,
    "statements": 50,
    "scripts": 20,
    "exercises": 50,
    "compressed-5": 200,
    "compressed-11": 200,
}
_KEPT_ELSE = 8


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
        """Return an entry that is a folder; have it filled if there is none."""
        place = self.root / kind / key
        if place.is_dir():
            place.touch()
            return place
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent, ignore_cleanup_errors=True) as folder:
            fresh = Path(folder) / "fresh"
            fresh.mkdir()
            make(fresh)
            try:
                fresh.replace(place)
            except OSError:  # another build at the same time was first
                if not place.is_dir():
                    raise
        self.prune(kind)
        return place

    def file(self, kind: str, name: str, make: Callable[[], bytes]) -> Path:
        """Return an entry that is a file; have its contents made if there is none."""
        place = self.root / kind / name
        if place.is_file():
            place.touch()
        else:
            self.write(kind, name, make())
        return place

    def write(self, kind: str, name: str, data: bytes) -> None:
        """Write an entry that is a file, in one step."""
        place = self.root / kind / name
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as fresh:
            fresh.write(data)
        Path(fresh.name).replace(place)
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
        self.write(kind, f"{key}.json", json.dumps(record).encode())

    def prune(self, kind: str) -> None:
        """Let go of the entries of a kind that were used longest ago."""
        entries = []
        for path in (self.root / kind).iterdir():
            try:
                entries.append((path.stat().st_mtime, path))
            except FileNotFoundError:  # another build lets go of it
                continue
        for _, path in sorted(entries, reverse=True)[KEPT.get(kind, _KEPT_ELSE) :]:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
