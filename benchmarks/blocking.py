"""How long the page's own thread is busy while Python comes up, on a slow machine."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Playwright

from builder.progress import Say
from builder.serve import Server

from .boot import READY
from .samples import Row, Samples
from .tabs import come_to_rest, fresh_chromium, wait_for_mark

SLOWER = 4

ROWS = [
    Row(
        f"the page's own thread, {SLOWER} times slower, in tasks of over 50 ms, cold",
        "blocked cold",
        ("blocked cold", "until ready"),
        0.50,
        None,
        note="the time until ready of the same visit",
    ),
    Row(
        "the same, warm",
        "blocked warm",
        ("blocked warm", "until ready"),
        0.50,
        None,
        note="the time until ready of the same visit",
    ),
]

_WATCH = """
window.longTasks = [];
new PerformanceObserver((list) => window.longTasks.push(...list.getEntries()))
  .observe({ type: "longtask", buffered: true });
"""
# Registered when all files are in the cache: nothing of the visit is left to do.
_KEPT = "return navigator.serviceWorker.ready.then(() => true);"
_BLOCKED = "return window.longTasks.reduce((sum, { duration }) => sum + duration, 0);"


def measure(
    sites: Mapping[str, Path], rounds: int, playwright: Playwright, samples: Samples, say: Say
) -> None:
    """Take the figures of a visit, until all that it keeps for later ones is kept."""
    for number in range(rounds):
        say(f"blocked: round {number + 1} of {rounds}")
        with Server(sites["ours"]) as server, fresh_chromium(playwright) as tab:
            tab.context.add_init_script(_WATCH)
            for when in ("cold", "warm"):
                come_to_rest(tab)
                tab.slow_down(SLOWER)
                tab.go(server.url)
                samples.add(f"blocked {when}", "until ready", wait_for_mark(tab, READY))
                tab.script(_KEPT)
                samples.add(f"blocked {when}", "ours", float(tab.script(_BLOCKED)))
