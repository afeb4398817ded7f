"""How soon a call can be stepped through, Python ready: from the click to its first step."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Playwright

from builder.progress import Say

from .boot import READY
from .samples import Row, Samples
from .tabs import DRAWN, ProfiledChromium, settle, settled_page

TIMES = 10

ROWS = [
    Row(
        "Step through: from the click to the steps of a call",
        "steps",
        ("steps", "second"),
        1.0,
        0.5,
        note="a second",
    ),
]

_FAILING = """import numpy as np

def label_smoothing_loss(logits, target, alpha):
    total = 0.0
    for z in logits:
        total += np.exp(z)
    p = np.exp(logits) / total
    return float(-((1 - alpha) * np.log(p[target]) + alpha * np.log(p).mean()))
"""

# Milliseconds from the click until the steps are on the screen.
_STEP = (
    DRAWN
    + """
return new Promise((resolve) => {
  const old = document.querySelector("#trace");
  for (const name of ["step", "steps", "line"]) delete old?.dataset[name];
  const began = performance.now();
  new MutationObserver((_, observer) => {
    if (document.querySelector("#trace[data-steps]") === null) return;
    observer.disconnect();
    drawn().then(() => resolve(performance.now() - began));
  }).observe(document.querySelector("#steps"), {
    attributes: true, attributeFilter: ["data-steps"], childList: true, subtree: true,
  });
  document.querySelector("#tests .case-buttons > :last-child").click();
});
"""
)


def measure(
    sites: Mapping[str, Path], rounds: int, playwright: Playwright, samples: Samples, say: Say
) -> None:
    """Take the figures of stepping through a call, each in a fresh candidate."""
    for number in range(rounds):
        say(f"steps: round {number + 1} of {rounds}")
        with settled_page(sites["ours"], READY, playwright) as tab:
            _note(tab, samples)


def _note(tab: ProfiledChromium, samples: Samples) -> None:
    tab.write(_FAILING)
    tab.click_run()
    assert tab.wait_for_verdict() == "failed"
    tab.wait_until("ready")
    settle(tab)
    for _ in range(TIMES):
        samples.add("steps", "ours", float(tab.script(_STEP)))
        samples.add("steps", "second", 1000.0)
        settle(tab)
