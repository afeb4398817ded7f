"""A bundle whose snapshots fit no browser, so that every realm comes up by importing."""

from __future__ import annotations

import json
import struct
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import build
from builder import compress, packs

_LENGTH = struct.Struct("<8sI")


def build_bundle(folder: Path, out: Path) -> None:
    """Build a bundle by the command that instructors use."""
    assert build.main([str(folder), "--out", str(out)]) == 0


def build_misfit(folder: Path, out: Path) -> None:
    """Build a bundle that is whole, but for the function table that its snapshots expect.

    A runtime whose table has another length is what a browser would have that lays out WebAssembly
    in another way: pointers to functions would lie.
    """
    with _misfitting(), mock.patch.object(compress, "BEST", compress.QUICK):
        build_bundle(folder, out)


@contextmanager
def _misfitting() -> Iterator[None]:
    make_packs = packs.make_packs
    with tempfile.TemporaryDirectory() as folder:

        def made(*given: object) -> packs.Packs:
            right = make_packs(*given)  # type: ignore[arg-type]
            for path in right.snapshots.iterdir():
                data = path.read_bytes()
                Path(folder, path.name).write_bytes(
                    _misfit(data) if path.suffix == ".pack" else data
                )
            return packs.Packs(right.archives, Path(folder))

        with mock.patch.object(packs, "make_packs", made):
            yield


def _misfit(pack: bytes) -> bytes:
    magic, length = _LENGTH.unpack_from(pack)
    end = _LENGTH.size + length
    manifest = json.loads(pack[_LENGTH.size : end])
    manifest["layout"]["tableSlots"] += 1
    head = json.dumps(manifest).encode()
    return _LENGTH.pack(magic, len(head)) + head + pack[end:]
