"""Snapshots: the memory of interpreters that are up, captured in Node."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from .cache import key_of

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
        toolchain.run("capture", {**job, "packs": packs})

    exercise_bytes = exercise.read_bytes() if exercise else b""
    script = toolchain.script("capture").read_bytes()
    asm = [path.read_bytes() for path in (toolchain.runtime.asm_js, toolchain.runtime.asm_wasm)]
    total = key_of(script, key, *asm, exercise_bytes, repr(job["imports"]))
    return toolchain.cache.folder("snapshots", total, make)
