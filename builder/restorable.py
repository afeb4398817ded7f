"""Snapshots of a judge that has an exercise's tests already, from a build that has restored them.

A proof and `--grade` open one in half the time that it takes to collect the tests anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .cache import key_of
from .engine import exercise_archive
from .exercise import Exercise
from .toolchain import Toolchain

_KIND = "restored"


def note_restored(exercise: Exercise, toolchain: Toolchain, snapshots: Path) -> None:
    """Note that the snapshots of an exercise restore, and that its reference passes on them."""
    toolchain.cache.record(_KIND, _key(exercise, toolchain), snapshots.name)


def restorable(exercise: Exercise, toolchain: Toolchain) -> Mapping[str, Path] | None:
    """Return such snapshots by their assets' names, or None if none are kept for these tests."""
    name = toolchain.cache.recorded(_KIND, _key(exercise, toolchain))
    folder = name and toolchain.cache.kept_folder("snapshots", name)
    return {path.name: path for path in sorted(folder.iterdir())} if folder else None


def _key(exercise: Exercise, toolchain: Toolchain) -> str:
    return key_of(toolchain.engine_key, exercise_archive(exercise))
