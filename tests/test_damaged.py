"""A damaged cache, as after a power loss: what is not as it was made is made anew."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

import build
from builder import archives
from builder.cache import Cache
from builder.compress import compress
from builder.engine import open_request
from builder.exercise import read_exercise
from builder.names import make_names
from builder.runtime import Runtime
from builder.toolchain import Toolchain
from builder.zips import zip_stored

from .toolchains import silent

DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "halved": lambda data: data[: len(data) // 2],
    "emptied": lambda data: b"",
    "zero-filled": lambda data: bytes(len(data)),
}


@dataclass(frozen=True)
class _Quick(Toolchain):
    """Tools that make something small of each kind, without Node, and tell what they made."""

    made: list[str] = field(default_factory=list)

    @cached_property
    def runtime(self) -> Runtime:
        source = self.cache.root.parent / "source.zip"
        source.write_bytes(zip_stored([("module.py", b"")]))
        return Runtime(source, source, source, source, ())

    def run(self, name: str, job: Any, seconds: float = 300.0) -> Any:
        self.made.append(name)
        for place in _written(name, job):
            members = [(member, b"object") for member in archives._OBJECTS.values()]
            Path(place).write_bytes(zip_stored([*members, ("name", Path(place).name.encode())]))

    def bundle(self, entries: Any) -> list[str]:
        self.made.append("bundle")
        return [f"script of {entry['entry']}" for entry in entries]


def _written(name: str, job: Any) -> list[str]:
    """Return what a script of Node's would write."""
    if name == "compress":
        return [f"{each['to']}{ending}" for each in job["files"] for ending in (".gz", ".br")]
    if name == "capture":
        return list(job["packs"].values())
    return [job["to"] if name in ("names", "compile") else job["archives"][0]["to"]]


def _contents(paths: Mapping[str, Path]) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in paths.items()}


def _exercise_zip(tools: Toolchain) -> dict[str, bytes]:
    request = open_request(read_exercise(build.HERE), tools, isolated=False, snapshots=None)
    return _contents({"exercise.zip": Path(request["assets"]["exercise.zip"])})


# By the kind of entries: what is had of them, as builds have it.
TAKEN: dict[str, Callable[[Toolchain], dict[str, bytes]]] = {
    "scripts": lambda tools: _contents({path.name: path for path in tools.scripts.iterdir()}),
    "archives": lambda tools: _contents(tools.archives.files),
    "snapshots": lambda tools: _contents(tools.archives.base),
    "compiled": lambda tools: _contents({"compiled": tools.compiled}),
    "names": lambda tools: _contents({"names": make_names(tools)}),
    "exercises": _exercise_zip,
    "compressed-5": lambda tools: compress({"a": b"aaa", "b": b"bbb"}, True, tools),
    "compressed-11": lambda tools: compress({"a": b"aaa", "b": b"bbb"}, False, tools),
}


def _quick(folder: Path) -> _Quick:
    return _Quick(build.WEB, Cache(folder / "cache"), silent)


def _damage(kind: Path, damage: Callable[[bytes], bytes]) -> None:
    files = [path for path in kind.rglob("*") if path.is_file()]
    assert files
    for path in files:
        path.write_bytes(damage(path.read_bytes()))


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("kind", TAKEN)
def test_a_damaged_entry_is_made_anew_and_then_kept(kind: str, damage: str, tmp_path: Path) -> None:
    take = TAKEN[kind]
    whole = take(_quick(tmp_path))
    _damage(tmp_path / "cache" / kind, DAMAGES[damage])
    assert take(_quick(tmp_path)) == whole
    third = _quick(tmp_path)
    assert take(third) == whole
    assert third.made == []


@pytest.mark.parametrize("kind", TAKEN)
def test_an_entry_that_nothing_says_the_hash_of_is_made_anew(kind: str, tmp_path: Path) -> None:
    take = TAKEN[kind]
    whole = take(_quick(tmp_path))
    _damage(tmp_path / "cache" / kind, DAMAGES["halved"])
    for path in (tmp_path / "cache/checks" / kind).iterdir():
        path.unlink()
    assert take(_quick(tmp_path)) == whole


def test_scripts_and_copies_that_were_cut_in_half_are_made_anew_by_node(tmp_path: Path) -> None:
    files = {"page": json.dumps(list(range(2_000))).encode()}
    first, second = (Toolchain(build.WEB, Cache(tmp_path), silent) for _ in range(2))
    whole = compress(files, True, first)
    for kind in ("scripts", "compressed-5"):
        _damage(tmp_path / kind, DAMAGES["halved"])
    assert compress(files, True, second) == whole
