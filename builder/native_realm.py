"""A realm natively: a child process that answers the same requests as a realm of the page.

Run as a script it is the child; imported, it is the parent's handle. The two talk in lines of JSON
over what the child had as standard input and output, moved aside before anything else runs.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any, BinaryIO, Literal

PYTHON_PATH = Path(__file__).resolve().parent.parent
MEMORY_BYTES = 4 << 30
FILE_BYTES = 64 << 20
MAX_ANSWER = 256 << 20

Role = Literal["candidate", "judge"]


class RealmTimeoutError(Exception):
    """The realm did not answer in time; it has been killed."""


class RealmCrashedError(Exception):
    """The realm's process ended before it answered."""


class RealmFailureError(Exception):
    """The realm's own Python raised: a broken exercise, or a mistake of this project."""


class NativeRealm:
    """A child process in a role, in a folder of its own that goes when it goes."""

    def __init__(self, role: Role, *arguments: str) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="realm-", ignore_cleanup_errors=True)
        environment = {**os.environ, "PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1"}
        environment.pop("PYTEST_ADDOPTS", None)
        environment.pop("PYTEST_PLUGINS", None)
        environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        environment["TMPDIR"] = self._folder.name
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-B", __file__, role, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._folder.name,
            env=environment,
            start_new_session=True,
        )
        self._answers: queue.Queue[bytes] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        while line := self._process.stdout.readline(MAX_ANSWER):
            self._answers.put(line)
            if not line.endswith(b"\n"):
                break
        self._answers.put(b"")

    def request(self, function: str, argument: str, seconds: float) -> str:
        """Ask for a function by name and return its answer.

        Raises:
            RealmTimeoutError: if there is none in so many seconds.
            RealmCrashedError: if the process ended instead, or sent something else.
            RealmFailureError: if the function raised.
        """
        assert self._process.stdin is not None
        try:
            message = json.dumps({"function": function, "argument": argument})
            self._process.stdin.write(message.encode() + b"\n")
            self._process.stdin.flush()
            line = self._answers.get(timeout=seconds)
            answer = json.loads(line)
        except queue.Empty:
            self.kill()
            raise RealmTimeoutError from None
        except (OSError, ValueError, RecursionError):
            self.kill()
            raise RealmCrashedError from None
        return _text(answer)

    def kill(self) -> None:
        """End the process and those that it started, and wait until it is gone."""
        if self._process.returncode is None:
            _kill_group(self._process)
        self._listener.join(timeout=1.0)
        if self._process.stdin is not None:
            with_errors_ignored(self._process.stdin)
        # A listener that still waits holds the pipe, and to close it would mean to wait with it:
        # a process that left the group keeps its end open.
        if self._process.stdout is not None and not self._listener.is_alive():
            with_errors_ignored(self._process.stdout)
        self._folder.cleanup()

    def __enter__(self) -> NativeRealm:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def with_errors_ignored(pipe: Any) -> None:
    """Close a pipe that may hold bytes for a reader that is gone."""
    try:
        pipe.close()
    except OSError:
        return


def _text(answer: Any) -> str:
    text = answer.get("text") if isinstance(answer, dict) else None
    if isinstance(text, str):
        return text
    if isinstance(answer, dict) and isinstance(answer.get("failure"), str):
        raise RealmFailureError(answer["failure"])
    raise RealmCrashedError


# ------------------------------------------------------------------------------------- the child


def _serve(role: str, arguments: list[str], inbox: BinaryIO, outbox: BinaryIO) -> None:
    sys.path.insert(0, str(PYTHON_PATH))
    functions: dict[str, Any] | None = None
    for line in inbox:
        request = json.loads(line)
        try:
            if functions is None:
                functions = _open(role, arguments)
            answer = {"text": functions[request["function"]](request["argument"])}
        except Exception as problem:  # the parent decides whose mistake it is
            answer = {"failure": f"{type(problem).__name__}: {problem}"}
        outbox.write(json.dumps(answer).encode() + b"\n")
        outbox.flush()


def _open(role: str, arguments: list[str]) -> dict[str, Any]:
    from grading.shared.functions import functions

    if role == "candidate":
        from grading.candidate.entry import open_candidate

        open_candidate()
    else:
        from grading.judge.entry import open_judge

        open_judge(*arguments)
    return functions


def _limit() -> None:
    try:
        import resource
    except ImportError:  # not POSIX: the time limits remain
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _main() -> None:
    inbox, outbox = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nothing, descriptor)
    _limit()
    _serve(sys.argv[1], sys.argv[2:], inbox, outbox)


if __name__ == "__main__":
    _main()
