"""Bundles that tests serve: this exercise's, one with a change, one whose snapshots do not fit."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import build
from builder import compress, shipped

from .limits import Limits
from .submissions import ROOT


def build_bundle(folder: Path, out: Path) -> None:
    """Build a bundle by the command that instructors use, but for copies as small as can be."""
    with mock.patch.object(compress, "BEST", compress.QUICK):
        assert build.main([str(folder), "--out", str(out)]) == 0


def rebuilt(tmp_path: Path, old: str, new: str) -> Path:
    """Return the bundle of this exercise with a change in its statement or front matter."""
    problem = (ROOT / "problem.md").read_text("utf-8")
    assert old in problem
    build_bundle(_copied(tmp_path / "exercise", problem.replace(old, new)), tmp_path / "new")
    return tmp_path / "new"


def limited(folder: Path, limits: Limits) -> Path:
    """Return a copy of this exercise whose runs have other limits."""
    problem = (ROOT / "problem.md").read_text("utf-8")
    for key, seconds in limits.matter.items():
        problem, changed = re.subn(rf"(?m)^{key}: .*$", f"{key}: {seconds:g}", problem)
        assert changed == 1
    return _copied(folder, problem)


def _copied(folder: Path, problem: str) -> Path:
    """Return a copy of this exercise with another statement."""
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "hidden_tests", folder / "hidden_tests", ignore=ignore)
    for name in ("starter.py", "solution.py", "explore.py"):
        shutil.copy(ROOT / name, folder)
    (folder / "problem.md").write_text(problem, "utf-8")
    return folder


def build_mismatch(folder: Path, out: Path) -> None:
    """Build a bundle that is whole, but for the function table that its snapshots expect.

    A runtime whose table has another length is what a browser would have that lays out WebAssembly
    in another way: pointers to functions would lie.
    """
    with _mismatching():
        build_bundle(folder, out)


@contextmanager
def _mismatching() -> Iterator[None]:
    make_shipped = shipped.make_shipped
    with tempfile.TemporaryDirectory() as folder:

        def made(*given: Any) -> dict[str, Path]:
            right = make_shipped(*given)
            manifests = json.loads(right["manifests.json"].read_text("utf-8"))
            for manifest in manifests.values():
                manifest["layout"]["tableSlots"] += 1
            path = Path(folder, "manifests.json")
            path.write_text(json.dumps(manifests), "utf-8")
            return {**right, path.name: path}

        with mock.patch.object(shipped, "make_shipped", made):
            yield
