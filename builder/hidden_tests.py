"""The folder of the hidden tests: what of it ships to learners, and what is left out."""

from __future__ import annotations

import os
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from . import limits
from .errors import BuildError
from .import_graph import reachable
from .near_tests import refuse_near_tests
from .progress import amount
from .reading import decoded, read_bytes
from .withheld import WRONG, Withheld

NAME = "hidden_tests"
DATA = "data"
# Folders that pytest does not look into either.
_PASSED_OVER = {WRONG, "__pycache__", "build", "dist", "node_modules", "venv", "CVS", "_darcs"}
# What systems and editors leave behind.
_LITTER = ("thumbs.db", "desktop.ini", "icon\r")
_LITTER_ENDS = ("~", ".bak", ".orig", ".swp", ".tmp")
_LITTER_FOLDERS = {"__pycache__", "__MACOSX"}
_MOST_NAMES = 8


@dataclass(frozen=True)
class HiddenTests:
    """The files of the hidden tests that ship, and the names of what is left out.

    Attributes:
        withheld: beside the wrong solutions, what is left out whoever imports it.
    """

    folder: Path
    shipped: tuple[Path, ...]
    left_out: tuple[str, ...]
    withheld: tuple[Path, ...]
    size: int

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files that ship, by their paths in the bundle."""
        for path in self.shipped:
            yield f"{NAME}/{path.relative_to(self.folder).as_posix()}", read_bytes(path)

    def notice(self) -> str | None:
        """Return what whoever builds should know: what is left out, and what is large."""
        named = ", ".join(self.left_out[:_MOST_NAMES])
        more = len(self.left_out) - _MOST_NAMES
        parts = [f"left out of {NAME}: {named}{f' and {more} more' if more > 0 else ''}"]
        if not self.left_out:
            parts = []
        if self.withheld:
            own = ", ".join(path.relative_to(self.folder).as_posix() for path in self.withheld)
            parts.append(f"of these, what stays with you as it is a solution: {own}")
        if self.size > limits.LARGE_TESTS_BYTES:
            parts.append(f"{NAME} comes to {amount(self.size)}, which every learner fetches")
        return "; ".join(parts) or None


def read_hidden_tests(exercise: Path) -> HiddenTests:
    """Find what ships: test files, conftest.py, what they import, and the data.

    Raises:
        BuildError: if there is no test, or something that would ship cannot.
    """
    folder = exercise / NAME
    if not folder.is_dir():
        cause = "is a file" if folder.exists() else "there is no such folder"
        raise BuildError(cause, f"Put the tests into a folder {NAME}/.", folder)
    withheld = Withheld(exercise, folder)
    present = sorted(_walk(folder))
    kept = tuple(path for path in present if path.name != WRONG and withheld.holds(path))
    tests = [path for path in present if _is_test(path) and path not in kept]
    for path in tests:
        _refuse_link(exercise, path)
        _refuse_text(path)
    roots = [*tests, *(path for path in present if path.name == "conftest.py")]
    used = reachable(folder, roots, withheld.holds)
    sound = {path for path in present if not _is_litter(folder, path)}.difference(kept)
    data = {path for path in sound if _is_data(folder, path)}
    refuse_near_tests(sorted(sound - data - used))
    if not tests:
        raise BuildError("there are no hidden tests", "Add a file test_….py to the folder.", folder)
    shipped = sorted(used | data)
    _refuse_unfit(exercise, shipped)
    size = sum(path.stat().st_size for path in shipped)
    _refuse_size(folder, size)
    left_out = tuple(_left_out(folder, shipped, present))
    return HiddenTests(folder, tuple(shipped), left_out, kept, size)


def _walk(folder: Path) -> Iterator[Path]:
    """Yield what lies in a folder: files, and folders that are not looked into."""

    def give_up(problem: OSError) -> None:
        cause = f"cannot be read: {problem.strerror}"
        remedy = "It has to be a folder that you may read."
        raise BuildError(cause, remedy, Path(problem.filename or folder)) from None

    for above, folders, names in os.walk(folder, onerror=give_up):
        place = Path(above)
        yield from (place / name for name in names)
        for name in list(folders):
            if _is_passed_over(place, folder, name) or (place / name).is_symlink():
                yield place / name
                folders.remove(name)


def _is_passed_over(place: Path, folder: Path, name: str) -> bool:
    in_data = _is_data(folder, place / name)
    return name.startswith(".") or (name in _PASSED_OVER and (not in_data or name == "__pycache__"))


def _is_test(path: Path) -> bool:
    name = path.name
    shaped = name.endswith("_test.py") or (name.startswith("test_") and name.endswith(".py"))
    # Systems keep what they know of a file beside it, under its name with `._` before.
    return shaped and not name.startswith(".") and (path.is_file() or path.is_symlink())


def _is_data(folder: Path, path: Path) -> bool:
    return folder / DATA in (path, *path.parents)


def _is_litter(folder: Path, path: Path) -> bool:
    name = path.name
    return (
        name.startswith((".", "#", "~$"))
        or name.lower().endswith(_LITTER_ENDS)
        or name.lower() in _LITTER
        or not _LITTER_FOLDERS.isdisjoint(path.relative_to(folder).parts)
        or (path.exists() and not path.is_file() and not path.is_dir())
    )


def _left_out(folder: Path, shipped: list[Path], present: list[Path]) -> Iterator[str]:
    """Yield the names of what does not ship: a folder's, where none of it does."""
    used = {above for path in shipped for above in path.parents}
    told = set()
    for path in present:
        if path in shipped:
            continue
        place = path
        while place.parent != folder and place.parent not in used:
            place = place.parent
        if place not in told:
            told.add(place)
            yield place.relative_to(folder).as_posix() + ("/" if place.is_dir() else "")


def _refuse_unfit(exercise: Path, shipped: list[Path]) -> None:
    """Refuse what would ship and must not, or is no text where it has to be one."""
    for path in shipped:
        _refuse_link(exercise, path)
        if path.suffix == ".py" and not _is_data(exercise / NAME, path):
            _refuse_text(path)


def _refuse_link(exercise: Path, path: Path) -> None:
    """Refuse a link that leads out of the exercise: what it leads to would be published."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        raise BuildError(
            "is a link that leads nowhere", "Put the file itself there.", path
        ) from None
    homes = (exercise.resolve(), (exercise / NAME).resolve())
    if not any(target.is_relative_to(home) for home in homes):
        cause = f"is a link that leads out of the exercise, to {target}"
        raise BuildError(cause, "Put the file itself there: it goes to learners.", path)
    if target.is_dir():
        raise BuildError("is a link to a folder", "Put the folder itself there.", path)


def _refuse_text(path: Path) -> None:
    """Refuse a file of Python's that is not in the encoding that it declares, or in UTF-8."""
    data = read_bytes(path)
    try:
        encoding, _ = tokenize.detect_encoding(BytesIO(data).readline)
    except SyntaxError as problem:
        decoded(path, data)
        cause = f"Python cannot read it: {problem.msg}"
        raise BuildError(
            cause, "Save it as UTF-8, and leave the declaration out.", path, 1
        ) from None
    decoded(path, data, encoding)


def _refuse_size(folder: Path, size: int) -> None:
    if size > limits.TESTS_BYTES:
        cause = f"comes to {amount(size)}, which every learner would fetch before the first run"
        remedy = f"Make the data smaller: at most {amount(limits.TESTS_BYTES)}."
        raise BuildError(cause, remedy, folder)
