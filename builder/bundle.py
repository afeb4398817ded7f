"""Turn a proved exercise into the files of its bundle, and put them in place in one step."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .compress import compress
from .engine import exercise_archive, exercise_facts
from .errors import BuildError
from .exercise import Exercise
from .explore import shipped_explore
from .folders import MARKER, others_in, refuse_other_contents
from .names import make_names
from .page import Inlined, frame_csp, integrity, page_html, styles
from .prove import Proof
from .signals import signals_held
from .statement import Statement
from .toolchain import Toolchain

# Scripts of their own for what a page does not need at first: `web/src/page/late-script.ts`.
_LATE = ("editor", "assist", "console", "steps", "explore", "solution", "dialogs")
# What a script is given of packages by the editor's: `web/tools/bundle.mjs`.
_GIVEN = {"assist": {"given": "src/editor/given"}}
# Stands for the build's own hash in a script that takes part in it.
_BUILD = "the-build-s-own-hash"

Files = dict[str, bytes]


@dataclass(frozen=True)
class _Asset:
    """A file of the bundle that the page fetches, under a name made of its contents."""

    name: str
    data: bytes

    @property
    def stem(self) -> str:
        return self.name.rpartition(".")[0]

    @property
    def url(self) -> str:
        ending = self.name.removeprefix(self.stem)
        return f"assets/{self.stem}-{hashlib.sha256(self.data).hexdigest()[:10]}{ending}"

    def located(self) -> dict[str, str]:
        """Return where it is, and what it must hash to."""
        return {"url": self.url, "integrity": integrity(self.data)}

    def entry(self, gzip_bytes: int) -> dict[str, Any]:
        """Return what the page's table says of it."""
        return {**self.located(), "bytes": len(self.data), "gzipBytes": gzip_bytes}


def make_bundle(
    exercise: Exercise,
    proof: Proof,
    statement: Statement,
    packs: Mapping[str, Path],
    toolchain: Toolchain,
    quick: bool,
) -> Files:
    """Return the bundle's files by path: the same bytes for the same inputs.

    Args:
        exercise: what is bundled.
        proof: what was recorded of it.
        statement: its statement, rendered.
        packs: its archives and snapshots by their assets' names.
        toolchain: the tools of the build.
        quick: whether the bundle is only looked at here: readable, and larger on the wire.
    """
    scripts = _Scripts(toolchain, "debug" if quick else "publish")
    names = [name for name in _LATE if name not in _not_wanted(exercise)]
    wanted = ("worker", "frame", "first", *names)
    entries = ({"entry": _entry(name), **_GIVEN.get(name, {})} for name in wanted)
    realm_js, frame_js, first_js, *late_js = scripts.bundle(*entries)
    late = [_Asset(f"{name}.js", js.encode()) for name, js in zip(names, late_js, strict=True)]
    solution = _shipped_solution(exercise)
    fetched = _fetched(exercise, proof, packs, realm_js, toolchain)
    assets = [*fetched, *solution]
    copies = compress({asset.url: asset.data for asset in assets}, quick, toolchain)
    table = {asset.name: asset.entry(len(copies[f"{asset.url}.gz"])) for asset in assets}
    style, dark_style = styles(statement, toolchain.web)
    script = _main_script(exercise, proof, table, late, frame_js, scripts)
    said = (statement.html, statement.hints, statement.remarks)
    parts = (first_js, script, *said, style, dark_style)
    build = hashlib.sha256("".join(parts).encode()).hexdigest()[:16]
    inlined = Inlined(style, dark_style, first_js, script.replace(_BUILD, build), frame_js)
    page = page_html(exercise, proof, statement, inlined, toolchain.web)
    files = {asset.url: asset.data for asset in (*assets, *late)}
    facts = {"exercise": exercise.slug, "version": 1, "assets": sorted(files)}
    kept = sorted(set(files) - {asset.url for asset in solution})
    worker = _service_worker(exercise, build, kept, scripts)
    scripts_and_page = {asset.url: asset.data for asset in late} | {"index.html": page.encode()}
    return {
        **files,
        **copies,
        **compress(scripts_and_page, quick, toolchain),
        "index.html": page.encode(),
        "service-worker.js": worker.encode(),
        MARKER: (json.dumps(facts, indent=1) + "\n").encode(),
    }


def _fetched(
    exercise: Exercise,
    proof: Proof,
    packs: Mapping[str, Path],
    realm_js: str,
    toolchain: Toolchain,
) -> list[_Asset]:
    """Return what interpreters and editor are made of."""
    return [
        _Asset("pyodide.asm.js", toolchain.runtime.asm_js.read_bytes()),
        _Asset("pyodide.asm.wasm", toolchain.runtime.asm_wasm.read_bytes()),
        _Asset("realm.js", realm_js.encode()),
        _Asset("judge.json", json.dumps(proof.facts()).encode()),
        *(_Asset(name, path.read_bytes()) for name, path in packs.items()),
        *(_Asset("explore.json", data) for data in shipped_explore(exercise, proof.charts)),
        _Asset("names.json", make_names(toolchain).read_bytes()),
    ]


def _not_wanted(exercise: Exercise) -> Iterator[str]:
    """Yield the scripts of parts that an exercise does not have."""
    if not exercise.ships_solution:
        yield "solution"
    if exercise.explore is None:
        yield "explore"


def _shipped_solution(exercise: Exercise) -> list[_Asset]:
    """Return the reference, where learners may come to see it: fetched when they ask for it."""
    if not exercise.ships_solution:
        return []
    return [_Asset("solution.txt", exercise.solution_path.read_text("utf-8-sig").encode())]


@dataclass(frozen=True)
class _Scripts:
    """Makes the scripts of browsers, for publishing or for debugging."""

    toolchain: Toolchain
    kind: str

    def bundle(self, *entries: dict[str, Any]) -> list[str]:
        return self.toolchain.bundle([{**entry, "kind": self.kind} for entry in entries])


def _entry(folder: str) -> str:
    return f"src/{folder}/main.ts"


@dataclass(frozen=True)
class Placed:
    """What is told of a bundle that is in place.

    Attributes:
        others: what else lay in the last one's folder, and goes on to.
        left: where the last one is, if it could not be deleted.
    """

    others: list[Path]
    left: Path | None


def write_bundle(files: Mapping[str, bytes], out: Path) -> Placed:
    """Put a bundle's files in place of the last bundle, in one step.

    Raises:
        BuildError: if the place holds something that is not a bundle, or cannot be written.
    """
    refuse_other_contents(out)
    try:
        others = [path for path in others_in(out) if path.as_posix() not in files]
        left = _write(files, out, others)
        return Placed(others, left)
    except OSError as problem:
        remedy = "Make room, or name another folder with --out. The last bundle is as it was."
        raise BuildError(f"cannot be written: {problem.strerror}", remedy, out) from None


def _write(files: Mapping[str, bytes], out: Path, others: list[Path]) -> Path | None:
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        for name, data in files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        fresh.chmod(0o755)
        with signals_held("The new bundle is in place."):
            return _swap(fresh, out, others)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _swap(fresh: Path, out: Path, others: list[Path]) -> Path | None:
    """Rename the new folder into the old one's place; put the old one back if that fails.

    Returns:
        Where the old one is, if it could not be deleted.
    """
    last = fresh.with_name(f"{fresh.name}.last")
    if out.exists():
        out.replace(last)
    try:
        fresh.replace(out)
        _move(others, last, out)
    except BaseException:
        if not fresh.exists():
            _move(others, out, last)
            out.replace(fresh)
        if last.exists():
            last.replace(out)
        raise
    shutil.rmtree(last, ignore_errors=True)
    return last if last.exists() else None


def _move(paths: list[Path], source: Path, target: Path) -> None:
    """Rename those that are still there from one folder into another."""
    for path in paths:
        if os.path.lexists(source / path):
            (target / path).parent.mkdir(exist_ok=True)
            (source / path).rename(target / path)


def _main_script(
    exercise: Exercise,
    proof: Proof,
    table: dict[str, Any],
    late: list[_Asset],
    frame_js: str,
    scripts: _Scripts,
) -> str:
    edition = _edition(exercise)
    define = {
        "__EXERCISE__": exercise_facts(exercise, proof.tests),
        "__EDITION__": edition,
        "__ASSETS__": table,
        "__LATE_SCRIPTS__": {asset.stem: asset.located() for asset in late},
        "__FRAME_SCRIPT__": frame_js,
        "__FRAME_CSP__": frame_csp(frame_js),
        "__OFFLINE__": {"slug": exercise.slug, "build": _BUILD if exercise.offline else None},
        "__SHARING__": {"isOn": exercise.share, "build": _BUILD, "tests": edition["tests"]},
        "__SOLUTION__": {"policy": exercise.solution_policy, "afterRuns": exercise.after_runs},
    }
    (script,) = scripts.bundle({"entry": _entry("page"), "define": define})
    # Inside of a page this would begin a comment; within a string it is the same.
    return script.replace("<!--", "<\\!--")


def _edition(exercise: Exercise) -> dict[str, str]:
    """Return what names starter and tests: who began on others is told."""
    made_of = {"starter": exercise.starter.encode(), "tests": exercise_archive(exercise)}
    return {name: hashlib.sha256(data).hexdigest()[:16] for name, data in made_of.items()}


def _service_worker(exercise: Exercise, build: str, files: list[str], scripts: _Scripts) -> str:
    """Return the script that keeps this build for offline visits, or takes an older one away."""
    kept = files if exercise.offline else []
    define = {"__OFFLINE__": {"slug": exercise.slug, "build": build, "files": kept}}
    (script,) = scripts.bundle({"entry": _entry("service-worker"), "define": define})
    return script
