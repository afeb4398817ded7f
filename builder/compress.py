"""Compressed copies of the bundle's files, for hosts that send them and for the page itself.

Brotli at its best takes a minute for what a bundle holds, so each copy is kept in the cache under
the hash of its contents: only what changed is compressed again.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from .cache import key_of
from .progress import amount
from .toolchain import Toolchain

# Of 0 to 11. The best halves nothing but time: 25 MB of snapshots take 60 s in place of 2, for 18 %
# fewer bytes (two cores; an empty .cache/compressed-* shows it again).
BEST, QUICK = 11, 5

_SECONDS = 900.0


def compress(files: Mapping[str, bytes], quick: bool, toolchain: Toolchain) -> dict[str, bytes]:
    """Return ``name.gz`` and ``name.br`` for every file.

    Args:
        files: contents by name.
        quick: whether a bundle that is only looked at here may be larger on the wire.
        toolchain: the tools of the build.

    Raises:
        BuildError: if Node fails.
    """
    quality = QUICK if quick else BEST
    kind = f"compressed-{quality}"
    folder = toolchain.cache.root / kind
    folder.mkdir(parents=True, exist_ok=True)
    kept = {name: folder / key_of(data) for name, data in files.items()}
    fresh = {name: path for name, path in kept.items() if not _beside(path, ".br").exists()}
    if fresh:
        size = sum(len(files[name]) for name in fresh)
        hint = "" if quick or size < 2e6 else "; once for these contents, up to two minutes"
        toolchain.say(f"compressing {len(fresh)} files, {amount(size)}{hint}")
        _compress({fresh[name]: files[name] for name in fresh}, quality, toolchain, folder)
    copies = {
        f"{name}{ending}": _beside(path, ending)
        for name, path in kept.items()
        for ending in (".gz", ".br")
    }
    for path in copies.values():
        path.touch()
    toolchain.cache.prune(kind)
    return {name: path.read_bytes() for name, path in copies.items()}


def _compress(data: Mapping[Path, bytes], quality: int, toolchain: Toolchain, folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as temporary:
        places = {path: Path(temporary, path.name) for path in data}
        for path, place in places.items():
            place.write_bytes(data[path])
        jobs = [{"from": str(place), "to": str(place)} for place in places.values()]
        toolchain.run("compress", {"brotli": quality, "files": jobs}, _SECONDS)
        for path, place in places.items():
            for ending in (".gz", ".br"):  # .br last: its presence says that both are there
                _beside(place, ending).replace(_beside(path, ending))


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(f"{path.name}{ending}")
