"""What every exercise's interpreters are made of: archives of bytecode, and the base snapshots.

All of it is made by the very Pyodide that ships, in Node.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grading.shared.paths import EXERCISE, SITE_PACKAGES, STDLIB_ZIP

from .cache import key_of
from .progress import amount
from .snapshots import capture
from .zips import zip_stored

if TYPE_CHECKING:
    from .toolchain import Toolchain

GRADING = Path(__file__).resolve().parent.parent / "grading"

# The C extensions that `import numpy` links; the snapshot needs them apart from the archive.
_OBJECTS = {
    "multiarray.so": "numpy/_core/_multiarray_umath.cpython-313-wasm32-emscripten.so",
    "linalg.so": "numpy/linalg/_umath_linalg.cpython-313-wasm32-emscripten.so",
}

_DROPPED_STDLIB = ["README.txt", "mypy.ini", "py.typed", "__phello__"]
_DROPPED_NUMPY = [
    *(".pyi", ".pxd", ".pyx", ".h", ".a", ".c", ".ini", ".template"),
    *("py.typed", "RECORD", "METADATA", "LICENSE.txt", "conftest.py"),
    *("tests", "_pyinstaller", "distutils"),
]
# These modules only hang docstrings on functions that are written in C.
_BLANK_NUMPY = ["numpy/_core/_add_newdocs.py", "numpy/_core/_add_newdocs_scalars.py"]
_DROPPED_WHEELS = [".pyi", "py.typed", "RECORD"]


@dataclass(frozen=True)
class Archives:
    """Files by their asset's name, and the key of all of them.

    Attributes:
        files: the archives, and the C extensions that lie beside NumPy's.
        base: the snapshots that know no tests: candidate.pack, judge.pack and manifests.json.
        key: changes when any of the files does.
    """

    files: dict[str, Path]
    base: dict[str, Path]
    key: str


@dataclass(frozen=True)
class _Source:
    """An archive of sources: where it goes, and what of it is left out or blanked.

    Attributes:
        made_of: all that its bytes depend on.
        read: returns its bytes.
    """

    name: str
    made_of: Sequence[bytes]
    read: Callable[[], bytes]
    root: str
    drop: list[str]
    blank: list[str]


def make_archives(toolchain: Toolchain) -> Archives:
    """Make the archives and base snapshots, or take them from the cache.

    Raises:
        BuildError: if Node or Pyodide fails.
    """
    slim = toolchain.script("slim").read_bytes()
    files: dict[str, Path] = {}
    keys: list[str] = []
    for source in _sources(toolchain):
        settings = repr([source.name, source.root, source.drop, source.blank])
        keys.append(key_of(slim, settings, *source.made_of))
        folder = toolchain.cache.folder("archives", keys[-1], partial(_slim, toolchain, source))
        files |= {path.name: path for path in sorted(folder.iterdir())}
    key = key_of(*keys)
    base = capture(toolchain, files, key)
    return Archives(files, {path.name: path for path in sorted(base.iterdir())}, key)


def grading_archives() -> Iterator[tuple[str, bytes]]:
    """Yield every role with the archive of what its interpreter gets of our own."""
    for role in ("candidate", "judge"):
        yield role, zip_stored(_grading(role))


def _grading(role: str) -> Iterator[tuple[str, bytes]]:
    """Yield what a role's interpreter gets of our own: what is shared, and the role's folder."""
    for folder in (".", "shared", role):
        for path in sorted((GRADING / folder).glob("*.py")):
            yield f"py/grading/{path.relative_to(GRADING).as_posix()}", path.read_bytes()


def _members(data: bytes, below: str = "") -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            if not info.is_dir():
                yield f"{below}{info.filename}", archive.read(info)


def _sources(toolchain: Toolchain) -> Iterator[_Source]:
    runtime = toolchain.runtime
    stdlib, numpy = runtime.stdlib.read_bytes(), runtime.numpy_wheel.read_bytes()
    judge, candidate = toolchain.grading["judge"], toolchain.grading["candidate"]
    wheels = [path.read_bytes() for path in runtime.pytest_wheels]

    def with_pytest() -> bytes:
        pytest = [member for wheel in wheels for member in _members(wheel, "py/")]
        return zip_stored([*_members(judge), *pytest])

    yield _Source("stdlib.zip", [stdlib], lambda: stdlib, STDLIB_ZIP, _DROPPED_STDLIB, [])
    yield _Source("numpy.zip", [numpy], lambda: numpy, SITE_PACKAGES, _DROPPED_NUMPY, _BLANK_NUMPY)
    yield _Source("candidate.zip", [candidate], lambda: candidate, EXERCISE, _DROPPED_WHEELS, [])
    yield _Source("judge.zip", [judge, *wheels], with_pytest, EXERCISE, _DROPPED_WHEELS, [])


def _slim(toolchain: Toolchain, source: _Source, out: Path) -> None:
    """Compile an archive of Python sources to bytecode."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, source.name)
        path.write_bytes(source.read())
        archive: dict[str, Any] = {
            "from": str(path),
            "to": str(out / source.name),
            "root": source.root,
            "drop": source.drop,
            "blank": source.blank,
        }
        pyodide = str(toolchain.runtime.asm_js.parent.resolve())
        toolchain.run("slim", {"pyodide": pyodide, "archives": [archive]})
    if source.name == "numpy.zip":
        _take_objects(out)
    toolchain.say(f"{source.name} compiled, {amount((out / source.name).stat().st_size)}")


def _take_objects(folder: Path) -> None:
    """Put NumPy's core C extensions beside its archive instead of into it."""
    path = folder / "numpy.zip"
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for asset, name in _OBJECTS.items():
        (folder / asset).write_bytes(members.pop(name))
    path.write_bytes(zip_stored(members.items()))
