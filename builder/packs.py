"""Make what realms boot from: archives of bytecode, and snapshots of interpreters that are up.

Both are made by the very Pyodide that ships, in Node, and kept in the cache under the hash of
everything that they were made from.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .node import run_node
from .progress import Say, amount
from .runtime import Runtime

GRADING = Path(__file__).resolve().parent.parent / "grading"
SITE_PACKAGES = "/lib/python3.13/site-packages"
EXERCISE = "/exercise"

# The C extensions that `import numpy` links; the snapshot needs them apart from the archive.
OBJECTS = {
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

_KEPT_BUILDS = 3

Members = Iterable[tuple[str, bytes]]


@dataclass(frozen=True)
class Packs:
    """The folders of archives and snapshots, as assets by name."""

    archives: Path
    snapshots: Path

    def files(self) -> dict[str, Path]:
        """Return every file by its asset's name."""
        folders = (self.archives, self.snapshots)
        return {path.name: path for folder in folders for path in sorted(folder.iterdir())}


def make_packs(
    exercise_files: Members, runtime: Runtime, web: Path, cache: Path, say: Say
) -> Packs:
    """Make the archives and snapshots of an exercise, or take them from the cache.

    Args:
        exercise_files: what the judge finds in its folder: hidden tests and facts, by path.
        runtime: the pinned files.
        web: the folder of the page.
        cache: where results are kept.
        say: hears of progress.

    Raises:
        BuildError: if Node or Pyodide fails.
    """
    (script,) = run_node("tools/bundle.mjs", [{"entry": "tools/make_packs.mjs", "node": True}], web)
    python = zip_stored([*_grading("judge"), *_wheels(runtime.pytest_wheels)])
    inputs = [script.encode(), python, *(p.read_bytes() for p in _runtime_files(runtime))]
    maker = _Maker(script, runtime, web, cache)
    archives = maker.keep("archives", inputs, lambda folder: maker.slim(folder, python), say)
    exercise = zip_stored(exercise_files)
    key = [archives.name.encode(), exercise]
    snapshots = maker.keep(
        "snapshots", key, lambda folder: maker.capture(folder, archives, exercise), say
    )
    return Packs(archives, snapshots)


def zip_stored(members: Members) -> bytes:
    """Return an archive that depends on names and contents alone, without compression."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in sorted(members):
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()


def _runtime_files(runtime: Runtime) -> tuple[Path, ...]:
    return (runtime.asm_js, runtime.asm_wasm, runtime.stdlib, runtime.numpy_wheel)


def _grading(role: str) -> Iterator[tuple[str, bytes]]:
    """Yield what a role's interpreter gets of our own: what is shared, and the role's folder."""
    for folder in (".", "shared", role):
        for path in sorted((GRADING / folder).glob("*.py")):
            yield f"py/grading/{path.relative_to(GRADING).as_posix()}", path.read_bytes()


def _wheels(wheels: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            for info in archive.infolist():
                if not info.is_dir():
                    yield f"py/{info.filename}", archive.read(info)


@dataclass(frozen=True)
class _Maker:
    """The maker's script and what all its jobs share."""

    script: str
    runtime: Runtime
    web: Path
    cache: Path

    def keep(self, kind: str, inputs: list[bytes], make: Callable[[Path], None], say: Say) -> Path:
        """Return the folder of a kind that was made from these inputs; make it if there is none."""
        digest = hashlib.sha256()
        for data in inputs:
            digest.update(hashlib.sha256(data).digest())
        place = self.cache / kind / digest.hexdigest()[:16]
        if place.is_dir():
            place.touch()
            return place
        say(f"making {kind}")
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent, ignore_cleanup_errors=True) as folder:
            fresh = Path(folder) / "fresh"
            fresh.mkdir()
            make(fresh)
            if not place.exists():  # another build at the same time may have been first
                fresh.replace(place)
        _prune(place.parent)
        say(f"{kind} made, {amount(sum(p.stat().st_size for p in place.iterdir()))}")
        return place

    def slim(self, out: Path, python: bytes) -> None:
        """Compile the standard library, NumPy, pytest and our own modules to bytecode."""
        candidate = zip_stored(_grading("candidate"))
        with tempfile.TemporaryDirectory() as folder:
            sources = {"judge.zip": python, "candidate.zip": candidate}
            for name, data in sources.items():
                Path(folder, name).write_bytes(data)
            rows = [
                ("stdlib.zip", self.runtime.stdlib, "/lib/python313.zip", _DROPPED_STDLIB, []),
                (
                    "numpy.zip",
                    self.runtime.numpy_wheel,
                    SITE_PACKAGES,
                    _DROPPED_NUMPY,
                    _BLANK_NUMPY,
                ),
                *((n, Path(folder, n), EXERCISE, _DROPPED_WHEELS, []) for n in sources),
            ]
            archives = [
                {
                    "from": str(path),
                    "to": str(out / name),
                    "root": root,
                    "drop": drop,
                    "blank": blank,
                }
                for name, path, root, drop, blank in rows
            ]
            self._run({"job": "slim", "archives": archives})
        _take_objects(out)

    def capture(self, out: Path, archives: Path, exercise: bytes) -> None:
        """Capture the candidate's heap, and the judge's as a difference to it."""
        (out / "exercise.zip").write_bytes(exercise)
        job = {
            "job": "capture",
            **{name: str(archives / f"{name}.zip") for name in ("stdlib", "numpy", "candidate")},
            "judge": str(archives / "judge.zip"),
            "exercise": str(out / "exercise.zip"),
            "objects": {name: str(archives / name) for name in OBJECTS},
            "packs": {
                "candidate": str(out / "candidate.pack"),
                "judge": str(out / "judge.pack"),
                "manifests": str(out / "manifests.json"),
            },
        }
        self._run(job)

    def _run(self, job: dict[str, Any]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            script = Path(folder, "make_packs.mjs")
            script.write_text(self.script, "utf-8")
            pyodide = str(self.runtime.asm_js.parent.resolve())
            run_node(str(script), {**job, "pyodide": pyodide}, self.web)


def _take_objects(folder: Path) -> None:
    """Put NumPy's core C extensions beside its archive instead of into it."""
    path = folder / "numpy.zip"
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for asset, name in OBJECTS.items():
        (folder / asset).write_bytes(members.pop(name))
    path.write_bytes(zip_stored(members.items()))


def _prune(folder: Path) -> None:
    """Keep the newest results of a kind; each is tens of megabytes."""
    kept = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[_KEPT_BUILDS:]:
        shutil.rmtree(path, ignore_errors=True)
