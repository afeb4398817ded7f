"""What the page boots from: the archives, and snapshots with this exercise's tests collected."""

from __future__ import annotations

from pathlib import Path

from .cache import key_of
from .engine import exercise_archive, open_engine, open_request
from .errors import BuildError
from .exercise import Exercise
from .grade import Judge
from .prove import Proof
from .refusals import refuse_shipped
from .restorable import note_restored
from .snapshots import capture
from .toolchain import Toolchain


def make_shipped(exercise: Exercise, proof: Proof, toolchain: Toolchain) -> dict[str, Path]:
    """Return archives and snapshots by their assets' names.

    The snapshots are restored once, and the reference is run on them: what its tests import only in
    mid-run is then captured too, and a snapshot that does not restore is told.
    """
    archives = toolchain.archives
    archive = exercise_archive(exercise)
    zipped = toolchain.cache.file("exercises", f"{key_of(archive)}.zip", lambda: archive)
    snapshots = capture(toolchain, archives.files, archives.key, zipped)
    missing = _imported_later(exercise, proof, toolchain, snapshots)
    if missing:
        snapshots = capture(toolchain, archives.files, archives.key, zipped, missing)
    taken = {path.name: path for path in sorted(snapshots.iterdir())}
    return {**archives.files, **taken, "exercise.zip": zipped}


def _imported_later(
    exercise: Exercise, proof: Proof, toolchain: Toolchain, snapshots: Path
) -> list[str]:
    """Return the modules that a run of the reference imports beside those of the snapshot."""
    source = exercise.solution_path.read_text("utf-8-sig")
    key = key_of(toolchain.engine_key, snapshots.name, source, repr(proof.tests))
    known = toolchain.cache.recorded("proofs", key)
    if known is not None:
        return list(known)
    packs = {path.name: path for path in snapshots.iterdir()}
    try:
        with open_engine(toolchain) as engine:
            judge = Judge(engine, exercise, open_request(exercise, toolchain, False, packs))
            judge.adopt(proof.facts())
            before = judge.modules()
            grading = judge.grade(source)
            missing = sorted(set(judge.modules()) - set(before))
    except BuildError as problem:
        toolchain.say(f"the snapshot does not restore, pages will import instead: {problem.cause}")
        return []
    refuse_shipped(exercise, grading)
    note_restored(exercise, toolchain, snapshots)
    toolchain.cache.record("proofs", key, missing)
    return missing
