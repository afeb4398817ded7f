"""Compressed copies of the bundle's files, for hosts that send them and for the page itself.

Brotli at its best takes a minute for what a bundle holds, so each copy is kept in the cache under
the hash of its contents: only what changed is compressed again.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from pathlib import Path

from .node import run_node
from .progress import Say, amount

# Of 0 to 11. The best halves nothing but time: 25 MB of snapshots take 60 s in place of 2, for 18 %
# fewer bytes (two cores; an empty .cache/compressed-* shows it again).
BEST, QUICK = 11, 5

_KEPT = 200
_SECONDS = 900.0


def compress(
    files: Mapping[str, bytes], quick: bool, web: Path, cache: Path, say: Say
) -> dict[str, bytes]:
    """Return ``name.gz`` and ``name.br`` for every file.

    Args:
        files: contents by name.
        quick: whether a bundle that is only looked at here may be larger on the wire.
        web: the folder of the page.
        cache: where copies are kept.
        say: hears of progress.

    Raises:
        BuildError: if Node fails.
    """
    quality = QUICK if quick else BEST
    folder = cache / f"compressed-{quality}"
    folder.mkdir(parents=True, exist_ok=True)
    kept = {name: folder / hashlib.sha256(data).hexdigest()[:32] for name, data in files.items()}
    fresh = {name: path for name, path in kept.items() if not _beside(path, ".br").exists()}
    if fresh:
        size = sum(len(files[name]) for name in fresh)
        hint = "" if quick or size < 2e6 else "; once for these contents, up to two minutes"
        say(f"compressing {len(fresh)} files, {amount(size)}{hint}")
        _compress({fresh[name]: files[name] for name in fresh}, quality, web, folder)
    copies = {
        f"{name}{ending}": _beside(path, ending)
        for name, path in kept.items()
        for ending in (".gz", ".br")
    }
    for path in copies.values():
        path.touch()
    _prune(folder)
    return {name: path.read_bytes() for name, path in copies.items()}


def _compress(data: Mapping[Path, bytes], quality: int, web: Path, folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as temporary:
        places = {path: Path(temporary, path.name) for path in data}
        for path, place in places.items():
            place.write_bytes(data[path])
        jobs = [{"from": str(place), "to": str(place)} for place in places.values()]
        run_node("tools/compress.mjs", {"brotli": quality, "files": jobs}, web, _SECONDS)
        for path, place in places.items():
            for ending in (".gz", ".br"):  # .br last: its presence says that both are there
                _beside(place, ending).replace(_beside(path, ending))


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(f"{path.name}{ending}")


def _prune(folder: Path) -> None:
    """Keep the copies that were used last."""
    files = [path for path in folder.iterdir() if path.is_file()]
    files.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[_KEPT:]:
        path.unlink(missing_ok=True)
