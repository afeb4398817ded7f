"""The console of "Try it": how soon it answers, and what it holds while it is open."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Playwright

from browsers.limits import BOOT_SECONDS
from builder.progress import Say

from .boot import READY
from .memory import private_bytes
from .runs import REFERENCE
from .samples import Row, Samples, alternating
from .tabs import DRAWN, ProfiledChromium, settled_page

WARM_UPS, EACH = 3, 7

ROWS = [
    Row(
        "console: from Enter to the value on screen",
        "console",
        ("console", "naive"),
        None,
        None,
        note="runPython in the ordinary page's worker, drawn",
    ),
    Row(
        "memory with the console open",
        "memory of the console",
        ("memory of the console", "closed"),
        None,
        None,
        unit="MB",
        note="the same page before it was opened",
    ),
]

# Milliseconds from Enter until the value has been drawn.
_EVALUATE = (
    DRAWN
    + """
return new Promise((resolve) => {
  const prompt = document.querySelector('textarea[aria-label="Python console"]');
  const log = document.querySelector("#try [role=log]");
  prompt.value = arguments[0];
  const began = performance.now();
  new MutationObserver((_, observer) => {
    const said = log.lastElementChild?.lastElementChild?.textContent;
    if (said !== arguments[1]) return;
    observer.disconnect();
    drawn().then(() => resolve(performance.now() - began));
  }).observe(log, { childList: true, subtree: true, characterData: true });
  prompt.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
});
"""
)
_OPEN = 'document.querySelector("[role=tab][aria-controls=try]").click();'
_IS_OPEN = "return document.querySelector('textarea[aria-label=\"Python console\"]') !== null;"


def measure(
    sites: Mapping[str, Path], rounds: int, playwright: Playwright, samples: Samples, say: Say
) -> None:
    """Take the figures of the console."""
    for number, site in alternating(rounds, ("naive", "ours")):
        say(f"console: round {number + 1} of {rounds}, {site}")
        with settled_page(sites[site], READY, playwright) as tab:
            (_note_naive if site == "naive" else _note_ours)(tab, samples)


def _note_naive(tab: ProfiledChromium, samples: Samples) -> None:
    for number in range(WARM_UPS + EACH):
        took = float(tab.script(f'return evaluate("{number} + 0.25");'))
        if number >= WARM_UPS:
            samples.add("console", "naive", took)


def _note_ours(tab: ProfiledChromium, samples: Samples) -> None:
    tab.write(REFERENCE)
    samples.add("memory of the console", "closed", _memory(tab))
    tab.script(_OPEN)
    tab.wait_for(lambda: bool(tab.script(_IS_OPEN)), BOOT_SECONDS, "the console")
    for number in range(WARM_UPS + EACH):
        took = float(tab.script(_EVALUATE, f"{number} + 0.25", f"{number}.25"))
        if number >= WARM_UPS:
            samples.add("console", "ours", took)
    samples.add("memory of the console", "ours", _memory(tab))


def _memory(tab: ProfiledChromium) -> float:
    tab.collect_garbage()
    time.sleep(2)
    return private_bytes(tab.processes()) / 1e6
