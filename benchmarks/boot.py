"""From the navigation to a Python that is ready: cold and warm, in each engine, on a slow line."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Playwright

from browsers import ExercisePage
from builder.progress import Say
from builder.serve import Server

from .link import Link
from .samples import Row, Samples, alternating
from .tabs import fresh_chromium, fresh_tab, settle, visit, wait_for_mark

WANTED, FILES = "exercise:wanted", "exercise:files"
CANDIDATE, READY = "exercise:candidate", "exercise:ready"
MBIT, ROUND_TRIP = 20.0, 0.030

NAIVE_COLD, NAIVE_WARM = ("chromium cold", "naive"), ("chromium warm", "naive")

ROWS = [
    Row(
        "navigation to candidate ready, cold, Chromium",
        "chromium cold candidate",
        NAIVE_COLD,
        0.40,
        0.22,
    ),
    Row("the same, warm", "chromium warm candidate", NAIVE_WARM, 0.35, 0.18),
    Row("navigation to both realms ready, cold, Chromium", "chromium cold", NAIVE_COLD, 0.50, 0.28),
    Row("the same, warm", "chromium warm", NAIVE_WARM, 0.45, 0.25),
    Row("both ready, cold, Firefox", "firefox cold", ("firefox cold", "naive"), 0.50, 0.28),
    Row("both ready, warm, Firefox", "firefox warm", ("firefox warm", "naive"), 0.50, 0.28),
    Row("both ready, cold, WebKit", "webkit cold", ("webkit cold", "naive"), 0.40, 0.20),
    Row("both ready, warm, WebKit", "webkit warm", ("webkit warm", "naive"), 0.40, 0.20),
    Row("both ready at 20 Mbit/s and 30 ms", "slow line", ("slow line", "naive"), 0.70, 0.45),
    Row("first paint of the statement", "first paint", NAIVE_COLD, 0.05, None),
    Row("the editor takes a key", "first key", NAIVE_COLD, 0.15, None),
    Row(
        "bytes sent until ready",
        "bytes",
        ("bytes", "naive"),
        0.85,
        0.70,
        unit="MB",
        note="the ordinary page with the five wheels of pytest",
    ),
    Row("PyScript, cold, Chromium", "chromium cold", NAIVE_COLD, None, None, site="pyscript"),
    Row("PyScript, warm, Chromium", "chromium warm", NAIVE_WARM, None, None, site="pyscript"),
]

_ORIGIN = "return performance.timeOrigin;"
_FIRST_PAINT = """
return performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null;
"""

# Types as soon as there is something to type into, and notes when it stands there.
_TYPE_EARLY = """
const look = () => {
  const editor = document.querySelector('[role="textbox"]');
  if (editor === null) return setTimeout(look, 1);
  editor.focus();
  document.execCommand("insertText", false, "#");
  if (!editor.textContent.startsWith("#")) return setTimeout(look, 1);
  performance.mark("first-key");
};
look();
"""


def measure(
    sites: Mapping[str, Path], rounds: int, playwright: Playwright, samples: Samples, say: Say
) -> None:
    """Take all figures of how long pages take to be ready."""
    engines = {"chromium": ("naive", "ours", "pyscript"), "firefox": ("naive", "ours")}
    engines["webkit"] = ("naive", "ours")
    for engine, compared in engines.items():
        for number, site in alternating(rounds, compared):
            say(f"{engine}: round {number + 1} of {rounds}, {site}")
            with Server(sites[site]) as server, fresh_tab(engine, playwright) as tab:
                for when in ("cold", "warm"):
                    visit(tab, server.url)
                    _note(tab, f"{engine} {when}", site, samples)
            if (engine, site) == ("chromium", "ours"):  # beside what it is compared with
                _type_early(sites["ours"], playwright, samples)
    for number, site in alternating(rounds, ("naive", "ours")):
        say(f"slow line: round {number + 1} of {rounds}, {site}")
        _on_a_slow_line(sites[site], site, playwright, samples)
    for site in ("naive", "ours"):
        _count_bytes(sites[site], site, playwright, samples, rounds)


def _note(tab: ExercisePage, what: str, site: str, samples: Samples) -> None:
    samples.add(what, site, wait_for_mark(tab, READY))
    if site == "ours":
        samples.add(f"{what} candidate", site, wait_for_mark(tab, CANDIDATE))
        boot = tab.script("return document.documentElement.dataset.boot;")
        assert boot == "restore restore", f"the snapshots were not restored: {boot}"
    settle(tab)


def _on_a_slow_line(folder: Path, site: str, playwright: Playwright, samples: Samples) -> None:
    with (
        Server(folder) as server,
        Link(server.port, MBIT, ROUND_TRIP) as link,
        fresh_chromium(playwright) as tab,
    ):
        visit(tab, link.url)
        samples.add("slow line", site, wait_for_mark(tab, READY))


def _count_bytes(
    folder: Path, site: str, playwright: Playwright, samples: Samples, rounds: int
) -> None:
    with (
        Server(folder) as server,
        Link(server.port) as link,
        fresh_chromium(playwright) as tab,
    ):
        visit(tab, link.url)
        # What is fetched for later, once both realms are ready, does not count.
        moment = wait_for_mark(tab, READY) / 1000 + float(tab.script(_ORIGIN)) / 1000
        if site == "naive":
            tab.script("return loadPytest();")
            moment = time.time()
        for _ in range(rounds):  # the same in every round
            samples.add("bytes", site, link.sent_by(moment) / 1e6)


def _type_early(folder: Path, playwright: Playwright, samples: Samples) -> None:
    with Server(folder) as server, fresh_chromium(playwright) as tab:
        tab.context.add_init_script(_TYPE_EARLY)
        visit(tab, server.url)
        samples.add("first key", "ours", wait_for_mark(tab, "first-key"))
        samples.add("first paint", "ours", float(tab.script(_FIRST_PAINT)))
