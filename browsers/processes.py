"""Programs that are started for a test: waited for, watched, and ended with it."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable

import psutil

_POLL_SECONDS = 0.05
_GRACE_SECONDS = 10.0
_WATCH_SECONDS = 1.0


def wait_for_start(
    process: subprocess.Popen[bytes], is_up: Callable[[], bool], seconds: float
) -> None:
    """Wait until a program is up.

    Raises:
        RuntimeError: if it ends instead, or takes too long.
    """
    ends = time.monotonic() + seconds
    while not is_up():
        name = str(process.args[0] if isinstance(process.args, list) else process.args)
        if process.poll() is not None:
            raise RuntimeError(f"{name} ended with status {process.returncode}")
        if time.monotonic() > ends:
            raise RuntimeError(f"{name} was not up within {seconds:g} s")
        time.sleep(_POLL_SECONDS)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a program: politely, then not."""
    process.terminate()
    try:
        process.wait(_GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def processors_used(root: psutil.Process) -> float:
    """Return how many processors a process and its descendants keep busy, over a second."""
    began, before = time.monotonic(), _spent(root)
    time.sleep(_WATCH_SECONDS)
    after = _spent(root)
    spent = sum(seconds - before.get(process, 0.0) for process, seconds in after.items())
    return spent / (time.monotonic() - began)


def _spent(root: psutil.Process) -> dict[psutil.Process, float]:
    """Return the seconds that each process has computed."""
    spent = {}
    for process in (root, *root.children(recursive=True)):
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        spent[process] = times.user + times.system
    return spent
