"""What the processes of a browser hold: their proportional share of memory, as Linux counts it."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from pathlib import Path

import psutil
from playwright.sync_api import Playwright

from builder.progress import Say
from builder.serve import Server

from .boot import READY
from .samples import Row, Samples, alternating
from .tabs import ProfiledChromium, fresh_chromium, visit, wait_for_mark

_EVERY_SECONDS = 0.1

ROWS = [
    Row(
        "peak memory of the browser",
        "peak memory",
        ("peak memory", "naive"),
        None,
        1.8,
        unit="MB",
        note="the ordinary page, from its start until ready",
    )
]


def private_bytes(processes: Iterable[psutil.Process]) -> int:
    """Return the bytes that processes hold; what several share counts once."""
    total = 0
    for process in processes:
        try:
            total += process.memory_full_info().pss
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue  # it has just ended
    return total


class Peak:
    """The most that a browser holds while the `with` block runs."""

    def __init__(self, tab: ProfiledChromium) -> None:
        self.bytes = 0
        self._tab = tab
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        while not self._ended.wait(_EVERY_SECONDS):
            self.bytes = max(self.bytes, private_bytes(self._tab.processes()))

    def __enter__(self) -> Peak:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()


def measure(
    sites: Mapping[str, Path], rounds: int, playwright: Playwright, samples: Samples, say: Say
) -> None:
    """Take the peaks of both pages' boots."""
    for number, site in alternating(rounds, ("naive", "ours")):
        say(f"memory: round {number + 1} of {rounds}, {site}")
        with Server(sites[site]) as server, fresh_chromium(playwright) as tab:
            with Peak(tab) as peak:
                visit(tab, server.url)
                wait_for_mark(tab, READY)
            samples.add("peak memory", site, peak.bytes / 1e6)
