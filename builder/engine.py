"""The page's engine in Node, as a process that is asked for verdicts in lines of JSON."""

from __future__ import annotations

import contextlib
import json
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from . import compiled, limits
from .cache import key_of
from .errors import BuildError
from .exercise import Exercise
from .node import find_node
from .progress import tail
from .toolchain import Toolchain
from .zips import zip_stored

# The engine ends its candidates when its input ends, and then itself.
_GRACE_SECONDS = 5.0


class EngineFailedError(Exception):
    """The engine could not do what it was asked for; the text says why."""


class Engine:
    """One long-lived process of Node's, and the exercise that is open in each of its lanes.

    Lanes go on side by side, each asked by one thread at a time.

    Args:
        script: the engine's.
        flags: what else Node is told.
    """

    def __init__(self, script: Path, flags: Sequence[str] = ()) -> None:
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115  (it lives as long as the process)
        self._process = subprocess.Popen(
            [find_node().node, "--no-warnings", *flags, script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            start_new_session=True,  # Ctrl-C is for this process to hear, and to pass on
        )
        self._said: dict[int, SimpleQueue[dict[str, Any] | None]] = {}
        self._turn = threading.Lock()
        self._has_ended = False
        self._hearing = threading.Thread(target=self._hear, daemon=True)
        self._hearing.start()

    @property
    def is_alive(self) -> bool:
        """Whether the process is there to be asked."""
        return self._process.poll() is None

    def ask(self, request: dict[str, Any], lane: int = 0) -> dict[str, Any]:
        """Return the engine's answer to a request in a lane.

        Raises:
            EngineFailedError: if there is none.
        """
        line = json.dumps({"lane": lane, **request}).encode() + b"\n"
        said = self._tell(line, lane).get()
        if said is None:
            raise EngineFailedError(f"the engine has ended\n{self._complained()}".rstrip())
        if "failure" in said:
            raise EngineFailedError(said["failure"])
        answer: dict[str, Any] = said["answer"]
        return answer

    def _tell(self, line: bytes, lane: int) -> SimpleQueue[dict[str, Any] | None]:
        """Send a line, and return where the answer comes: None where the process has ended."""
        assert self._process.stdin is not None
        with self._turn:
            said = self._said.setdefault(lane, SimpleQueue())
            if self._has_ended:
                said.put(None)
            else:
                with contextlib.suppress(OSError):  # that it ends is heard, too
                    self._process.stdin.write(line)
                    self._process.stdin.flush()
        return said

    def _hear(self) -> None:
        """Bring each answer to its lane, and to all of them that the process has ended."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.endswith(b"\n"):  # else it was ended in the middle of it
                said = json.loads(line)
                self._said[said["lane"]].put(said)
        with self._turn:
            self._has_ended = True
            for lane in self._said.values():
                lane.put(None)

    def _complained(self) -> str:
        self._complaints.seek(0)
        return tail(self._complaints.read().decode("utf-8", "replace"))

    def kill(self) -> None:
        """End the process at once: whoever waits for its answer is told that it has ended."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """End the process and those that it started."""
        assert self._process.stdin is not None and self._process.stdout is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(timeout=_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._hearing.join(_GRACE_SECONDS)
        self._process.stdout.close()
        self._complaints.close()


@contextlib.contextmanager
def open_engine(toolchain: Toolchain) -> Iterator[Engine]:
    """Open an engine for a while."""
    engine = Engine(toolchain.script("engine"))
    try:
        yield engine
    finally:
        engine.close()


def exercise_archive(exercise: Exercise) -> bytes:
    """Return the archive of what the judge finds in its folder: the tests, and whose they are."""
    about = {
        "slug": exercise.slug,
        "entry_points": [entry.name for entry in exercise.entry_points],
        "show_expected": exercise.show_expected,
    }
    return zip_stored(
        [*exercise.hidden_tests.files(), ("exercise.json", json.dumps(about).encode())]
    )


def open_request(
    exercise: Exercise,
    toolchain: Toolchain,
    isolated: bool,
    snapshots: Mapping[str, Path] | None,
) -> dict[str, Any]:
    """Return the request that opens an exercise, on the base snapshots or on some of its own."""
    archive = exercise_archive(exercise)
    kept = toolchain.cache.file("exercises", f"{key_of(archive)}.zip", lambda: archive)
    files = {
        **toolchain.interpreter_files,
        compiled.ASSET: toolchain.compiled,
        "exercise.zip": kept,
        **(snapshots or {}),
    }
    return {
        "do": "open",
        "exercise": exercise_facts(exercise, []),
        "assets": {name: str(Path(path).resolve()) for name, path in files.items()},
        "scripts": {name: str(toolchain.script(name).resolve()) for name in ("thread", "process")},
        "isolated": isolated,
        "collected": snapshots is not None,
        "limits": {
            "memoryBytes": limits.PROCESS_BYTES,
            "processorSeconds": exercise.run_seconds + limits.PROCESS_BOOT_SECONDS,
        },
    }


def exercise_facts(exercise: Exercise, tests: list[dict[str, str]]) -> dict[str, Any]:
    """Return what the TypeScript of page and engine is told of an exercise (`Exercise` there)."""
    return {
        "slug": exercise.slug,
        "title": exercise.title,
        "starter": exercise.starter,
        "entryPoints": [asdict(entry) for entry in exercise.entry_points],
        "limits": {
            "callSeconds": exercise.call_seconds,
            "runSeconds": exercise.run_seconds,
            "bootSeconds": limits.BOOT_SECONDS,
            "judgeSeconds": max(limits.JUDGE_SECONDS, exercise.call_seconds),
        },
        "tests": tests,
    }


def engine_problem(problem: EngineFailedError, exercise: Exercise) -> BuildError:
    """Return what an instructor is told where the engine gave up on an exercise."""
    remedy = "Look at what the tests do while they are imported."
    cause = f"the hidden tests cannot be run in WebAssembly: {problem}"
    return BuildError(cause, remedy, exercise.tests_path)
