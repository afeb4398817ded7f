"""What the command line names, judged before any work begins: folders."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from .errors import BuildError

# What a folder holds that a build has written, and that the next one may replace.
MARKER = "exercise-bundle.json"
_ASSETS = Path("assets")
# What lies beside them; each file of a bundle may have its compressed copies.
_AT_TOP = ("index.html", "service-worker.js", MARKER)
_COPIES = ("", ".br", ".gz")


def exercise_folder(path: Path, grading: bool = False) -> Path:
    """Return the exercise's folder by a path that means the same from everywhere.

    Args:
        path: as it was given.
        grading: whether a file to grade was given before it.

    Raises:
        BuildError: if there is no such folder.
    """
    try:
        folder = _everywhere(path)
        is_folder, is_there = folder.is_dir(), folder.exists()
    except OSError as problem:  # too long a name, or a working directory that was deleted
        remedy = "Name the exercise's folder by its whole path."
        raise BuildError(f"cannot be looked for: {problem.strerror}", remedy, path) from None
    if is_folder:
        return folder
    if is_there:
        remedy = f"Name the folder that it lies in: {folder.parent}"
        if grading:
            remedy = "--grade takes one file: grade them one after the other."
        raise BuildError("is a file, and an exercise is a folder", remedy, folder)
    remedy = "Name a folder with problem.md, starter.py, solution.py and hidden_tests/."
    raise BuildError("there is no such folder", remedy, folder)


def bundle_folder(path: Path, exercise: Path) -> Path:
    """Return where the bundle goes: for a link, the folder that it leads to.

    Raises:
        BuildError: if a bundle cannot be put there, or something else would be lost.
    """
    try:
        out = _everywhere(path).resolve()
        if out.is_symlink():
            raise RuntimeError("its links lead in a circle")
        _refuse_overlap(out, exercise.resolve())
        refuse_other_contents(out)
        _refuse_unwritable(out)
    except (OSError, RuntimeError) as problem:  # RuntimeError: links in a circle
        cause = f"cannot be written: {getattr(problem, 'strerror', None) or problem}"
        raise BuildError(cause, "Name another folder with --out.", path) from None
    return out


def refuse_other_contents(out: Path) -> None:
    """Refuse to replace what no build has written.

    Raises:
        BuildError: if the place holds something that is not a bundle.
    """
    if out.exists() and not out.is_dir():
        raise BuildError("is a file, and a bundle is a folder", "Name a folder with --out.", out)
    if out.exists() and not (out / MARKER).is_file() and any(out.iterdir()):
        remedy = "Name another folder with --out, or move this one away."
        raise BuildError("holds something that is no bundle", remedy, out)


def others_in(bundle: Path) -> list[Path]:
    """Return what lies in a bundle's folder and is none of its files: CNAME, .git, notes.

    Returns:
        Paths from the folder on; a folder stands for all that it holds.
    """
    if not bundle.is_dir():
        return []
    listed = _assets_of(bundle)
    own = {Path(f"{name}{ending}") for name in (*_AT_TOP, *listed) for ending in _COPIES}
    there = [path for path in bundle.iterdir() if path.name != _ASSETS.name]
    if listed and (bundle / _ASSETS).is_dir():
        there += (bundle / _ASSETS).iterdir()
    return sorted({path.relative_to(bundle) for path in there} - own)


def _assets_of(bundle: Path) -> list[str]:
    """Return the assets that a bundle's own list names."""
    try:
        facts = json.loads((bundle / MARKER).read_text("utf-8"))
    except (OSError, ValueError):
        return []
    return [str(name) for name in facts.get("assets", [])] if isinstance(facts, dict) else []


def _everywhere(path: Path) -> Path:
    """Return a path that means the same from every working directory."""
    try:
        path = path.expanduser()  # shells leave the tilde of `--out=~/dist` as it is
    except RuntimeError:  # no such user: a name that begins so, then
        path = path.absolute()
    return path.resolve() if ".." in path.parts else path.absolute()


def _refuse_overlap(out: Path, exercise: Path) -> None:
    if out == exercise or out in exercise.parents:
        cause = "holds the exercise itself, and what it holds would be replaced"
        raise BuildError(cause, "Name a folder of the bundle's own with --out.", out)
    tests = exercise / "hidden_tests"
    if {tests, tests.resolve()} & {out, *out.parents}:
        cause = "lies in the hidden tests, which go into the bundle"
        raise BuildError(cause, "Name a folder outside of hidden_tests with --out.", out)


def _refuse_unwritable(out: Path) -> None:
    """Try it: a bundle is written beside its place, and then renamed."""
    if os.path.ismount(out):
        cause = "is a mount point, which cannot be replaced in one step"
        raise BuildError(cause, f"Name a folder in it: --out {out / 'bundle'}", out)
    above = next(folder for folder in out.parents if folder.exists())
    try:
        with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=above):
            pass
    except OSError as problem:
        cause = f"nothing can be written there: {problem.strerror}"
        raise BuildError(cause, "Name another folder with --out.", above) from None
