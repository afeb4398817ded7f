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
_ENDINGS = (".gz", ".br")

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
    keys = {name: key_of(data) for name, data in files.items()}
    copies = {key: _kept(kind, key, toolchain) for key in keys.values()}
    fresh = {keys[name]: data for name, data in files.items() if not copies[keys[name]]}
    if fresh:
        size = sum(len(data) for data in fresh.values())
        hint = "" if quick or size < 2e6 else "; once for these contents, up to two minutes"
        toolchain.say(f"compressing {len(fresh)} files, {amount(size)}{hint}")
        made = _compress(fresh, quality, toolchain)
        named = {f"{key}{ending}": data for key in made for ending, data in made[key].items()}
        toolchain.cache.write(kind, named)
        copies |= made
    return {
        f"{name}{ending}": data
        for name, key in keys.items()
        for ending, data in copies[key].items()
    }


def _kept(kind: str, key: str, toolchain: Toolchain) -> dict[str, bytes]:
    """Return the copies that are in the cache by their endings: both or none."""
    found = {ending: toolchain.cache.contents(kind, f"{key}{ending}") for ending in _ENDINGS}
    whole = {ending: data for ending, data in found.items() if data is not None}
    return whole if len(whole) == len(_ENDINGS) else {}


def _compress(
    files: Mapping[str, bytes], quality: int, toolchain: Toolchain
) -> dict[str, dict[str, bytes]]:
    with tempfile.TemporaryDirectory() as folder:
        places = {key: Path(folder, key) for key in files}
        for key, place in places.items():
            place.write_bytes(files[key])
        jobs = [{"from": str(place), "to": str(place)} for place in places.values()]
        toolchain.run("compress", {"brotli": quality, "files": jobs}, _SECONDS)
        return {
            key: {ending: Path(f"{place}{ending}").read_bytes() for ending in _ENDINGS}
            for key, place in places.items()
        }
