"""Snapshots: the memory of interpreters that are up, captured in Node."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grading.shared.paths import SITE_PACKAGES

from .cache import key_of
from .zips import zip_stored

if TYPE_CHECKING:
    from .toolchain import Toolchain

# The C extensions that are linked before Python starts, by their assets' names.
OBJECTS = ("multiarray.so", "linalg.so")
PACKS = {"candidate": "candidate.pack", "judge": "judge.pack", "manifests": "manifests.json"}


def capture(
    toolchain: Toolchain,
    files: dict[str, Path],
    key: str,
    exercise: Path | None = None,
    imports: Iterable[str] = (),
) -> Path:
    """Capture the candidate's heap, and the judge's as a difference to it.

    Args:
        toolchain: the tools of the build.
        files: the archives.
        key: the key of all of them.
        exercise: the exercise's archive; without one the judge knows no tests.
        imports: modules that its tests import in mid-run.

    Returns:
        The folder of candidate.pack, judge.pack and manifests.json.
    """
    job = {
        **{name: str(files[f"{name}.zip"]) for name in ("stdlib", "numpy", "candidate", "judge")},
        "pyodide": str(toolchain.runtime.asm_js.parent.resolve()),
        "exercise": exercise and str(exercise),
        "imports": sorted(imports),
        "objects": {name: str(files[name]) for name in OBJECTS},
    }

    def make(folder: Path) -> None:
        toolchain.say("capturing interpreters that are up")
        packs = {name: str(folder / file) for name, file in PACKS.items()}
        _capture({**job, "packs": packs}, files["numpy.zip"], folder, toolchain)

    exercise_bytes = exercise.read_bytes() if exercise else b""
    script = toolchain.script("capture").read_bytes()
    asm = [path.read_bytes() for path in (toolchain.runtime.asm_js, toolchain.runtime.asm_wasm)]
    total = key_of(script, key, *asm, exercise_bytes, repr(job["imports"]))
    return toolchain.cache.folder("snapshots", total, make)


def _capture(job: dict[str, Any], numpy: Path, out: Path, toolchain: Toolchain) -> None:
    """Capture; where the tests link C extensions of NumPy's, those are linked before and ship."""
    linked: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        while True:
            where = {"folder": folder, "paths": linked}
            more = toolchain.run("capture", {**job, "linked": where})
            if not more:
                break
            linked += more
            _unpack(numpy, more, Path(folder))
        if linked:
            members = [
                (name.lstrip("/"), Path(folder, name.lstrip("/")).read_bytes()) for name in linked
            ]
            (out / "objects.zip").write_bytes(zip_stored(members))


def _unpack(numpy: Path, paths: list[str], folder: Path) -> None:
    with zipfile.ZipFile(numpy) as archive:
        for path in paths:
            place = folder / path.lstrip("/")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(archive.read(path.removeprefix(f"{SITE_PACKAGES}/")))
