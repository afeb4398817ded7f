"""From Run to the verdict, from Stop to the next run, and what two hundred runs leave behind."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Playwright

from browsers import ExercisePage
from browsers.limits import BOOT_SECONDS
from builder.progress import Say
from builder.serve import Server

from .boot import CANDIDATE, READY
from .memory import private_bytes
from .samples import Row, Samples, alternating
from .tabs import (
    DRAWN,
    ProfiledChromium,
    fresh_chromium,
    settle,
    settled_page,
    visit,
    wait_for_mark,
)

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = (ROOT / "solution.py").read_text("utf-8")
LOOP = "def label_smoothing_loss(logits, target, alpha):\n    while True: pass\n"

WARM_UPS, RUNS_EACH = 3, 5
MANY, FEW = 200, 20
# Two minutes each, for a size that hardly varies.
ROUNDS_OF_MANY = 3

ROWS = [
    Row(
        "Run to verdict on screen, warm, 5 tests",
        "run",
        ("run", "naive"),
        0.60,
        0.35,
        note="pytest with default plugins in one warm interpreter",
    ),
    Row(
        "first Run after ready",
        "first run",
        ("run", "naive"),
        None,
        None,
        note="the same, warm",
    ),
    Row(
        "Stop to able to run again",
        "stop",
        ("stop", "naive"),
        0.15,
        0.02,
        note="terminate and an ordinary boot",
    ),
    Row(
        "200 runs in a row: the browser's memory",
        "memory of runs",
        ("memory of runs", "few"),
        1.2,
        1.05,
        unit="MB",
        note="after 20 runs",
    ),
]

# Milliseconds from the click to the verdict, once it has been drawn.
_RUN = (
    DRAWN
    + """
return new Promise((resolve, reject) => {
  const verdict = document.querySelector("#verdict");
  const began = performance.now();
  document.querySelector("#run").click();
  new MutationObserver((_, observer) => {
    if (verdict.dataset.outcome === undefined) return;
    observer.disconnect();
    if (verdict.dataset.outcome !== "passed") reject(Error(verdict.textContent));
    drawn().then(() => resolve(performance.now() - began));
  }).observe(verdict, { attributes: true });
});
"""
)

# Milliseconds from the click on Stop to the state in which Run starts at once.
_STOP = """
const wait = (selector) => new Promise((resolve) => {
  const look = () => (document.querySelector(selector) ? resolve() : setTimeout(look, 1));
  look();
});
return (async () => {
  document.querySelector("#run").click();
  await wait('#tests > [data-outcome="running"]');
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const began = performance.now();
  document.querySelector("#stop").click();
  await wait('html[data-state="ready"]');
  return performance.now() - began;
})();
"""
_CANDIDATES = f'return performance.getEntriesByName("{CANDIDATE}").length;'


def measure(
    sites: Mapping[str, Path], rounds: int, playwright: Playwright, samples: Samples, say: Say
) -> None:
    """Take all figures of runs."""
    for number, site in alternating(rounds, ("naive", "ours")):
        say(f"runs: round {number + 1} of {rounds}, {site}")
        with settled_page(sites[site], READY, playwright) as tab:
            (_note_naive if site == "naive" else _note_ours)(tab, samples)
    for number in range(min(rounds, ROUNDS_OF_MANY)):
        say(f"{MANY} runs: round {number + 1}")
        _run_often(sites["ours"], playwright, samples)


def _note_naive(tab: ExercisePage, samples: Samples) -> None:
    tab.script("return loadPytest();")
    run = f"return run({json.dumps(REFERENCE)});"
    times = [float(tab.script(run)) for _ in range(WARM_UPS + RUNS_EACH)]
    for time in times[WARM_UPS:]:
        samples.add("run", "naive", time)
    samples.add("stop", "naive", float(tab.script("return stop();")))


def _note_ours(tab: ProfiledChromium, samples: Samples) -> None:
    tab.write(REFERENCE)
    times = [run_once(tab) for _ in range(WARM_UPS + RUNS_EACH)]
    for place in range(RUNS_EACH):
        samples.add("run", "ours", times[WARM_UPS + place])
        samples.add("first run", "ours", times[0])
    tab.write(LOOP)
    samples.add("stop", "ours", float(tab.script(_STOP)))


def run_once(tab: ExercisePage) -> float:
    """Return how long a run takes (ms); the next one finds its candidate ready."""
    ready = int(tab.script(_CANDIDATES))
    time = float(tab.script(_RUN))
    tab.wait_for(lambda: int(tab.script(_CANDIDATES)) > ready, BOOT_SECONDS, "next candidate")
    return time


def _run_often(folder: Path, playwright: Playwright, samples: Samples) -> None:
    with Server(folder) as server, fresh_chromium(playwright) as tab:
        visit(tab, server.url)
        wait_for_mark(tab, READY)
        tab.write(REFERENCE)
        for number in range(1, MANY + 1):
            tab.script(_RUN)
            if number in (FEW, MANY):
                settle(tab, 2.0)
                tab.collect_garbage()
                site = "few" if number == FEW else "ours"
                samples.add("memory of runs", site, private_bytes(tab.processes()) / 1e6)
