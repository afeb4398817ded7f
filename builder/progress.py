"""Say how far a download has come, when the program that does it says nothing itself."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TextIO

Say = Callable[[str], None]

_SECONDS_BETWEEN_LINES = 5.0
_TAIL_LINES = 15


class Progress:
    """One line that is rewritten on a terminal; elsewhere a new line now and then."""

    def __init__(
        self,
        label: str,
        say: Say,
        screen: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._label, self._say, self._clock = label, say, clock
        self._screen = sys.stderr if screen is None else screen
        self._live = self._screen.isatty()
        self._began = self._said = clock()

    def show(self, size: int) -> None:
        """Show how many bytes are there by now."""
        now = self._clock()
        text = f"{self._label}: {amount(size)} so far, {now - self._began:.0f} s"
        if self._live:
            self._screen.write(f"\r\x1b[K{text}")
            self._screen.flush()
        elif now - self._said >= _SECONDS_BETWEEN_LINES:
            self._said = now
            self._say(text)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._live:
            self._screen.write("\r\x1b[K")
            self._screen.flush()


class Counter:
    """Tells how many of so many are done: on a terminal each time, elsewhere now and then."""

    def __init__(self, what: str, total: int, say: Say) -> None:
        self._what, self._total, self._say = what, total, say
        self._done = 0
        self._live = sys.stderr.isatty()
        self._said = time.monotonic()

    def advance(self, count: int = 1) -> None:
        """So many more are done."""
        self._done += count
        text = f"{self._what}: {self._done} of {self._total}"
        if self._live:
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()
        elif time.monotonic() - self._said >= _SECONDS_BETWEEN_LINES:
            self._said = time.monotonic()
            self._say(text)

    def __enter__(self) -> Counter:
        return self

    def __exit__(self, *_: object) -> None:
        if self._live:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def run_watched(
    command: Sequence[str | Path],
    cwd: Path,
    growing: Path,
    label: str,
    say: Say,
    environment: Mapping[str, str] | None = None,
) -> str | None:
    """Run a command, showing the size of the folder that it fills.

    Returns:
        What went wrong, or None if nothing did.
    """
    with tempfile.TemporaryFile() as output, Progress(label, say) as progress:
        try:
            process = subprocess.Popen(
                command,
                cwd=cwd,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        except OSError as problem:
            return f"{Path(command[0]).name} cannot be started: {problem.strerror}"
        _wait(process, growing, progress)
        output.seek(0)
        said = output.read().decode("utf-8", "replace")
    return None if process.returncode == 0 else tail(said) or f"exit status {process.returncode}"


def _wait(process: subprocess.Popen[bytes], growing: Path, progress: Progress) -> None:
    try:
        while True:
            try:
                process.wait(timeout=1)
                return
            except subprocess.TimeoutExpired:
                progress.show(folder_size(growing))
    finally:
        process.kill()
        process.wait()


def folder_size(folder: Path) -> int:
    """Return the bytes of all files in a folder, as far as they stay while one looks."""
    size = 0
    for inner, _, names in os.walk(folder):  # which passes over folders that have gone meanwhile
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                size += Path(inner, name).lstat().st_size
    return size


def amount(size: int) -> str:
    """Return a size as people say it."""
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{size / 1e3:.0f} kB"


def tail(text: str) -> str:
    """Return the last lines of a program's complaint, which hold the reason."""
    return "\n".join(text.strip().splitlines()[-_TAIL_LINES:])
