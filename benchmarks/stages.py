"""Where the time until ready goes, as the page itself saw it."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from playwright.sync_api import Playwright

from builder.progress import Say
from builder.serve import Server

from .boot import CANDIDATE, FILES, READY, WANTED
from .tabs import fresh_chromium, settle, visit, wait_for_mark

# In ms since the navigation began.
_STAGES = f"""
const at = (name) => performance.getEntriesByName(name)[0].startTime;
return {{
  "first paint": at("first-contentful-paint"),
  "files are wanted": at("{WANTED}"),
  "the last of them has arrived": at("{FILES}"),
  "the candidate is ready": at("{CANDIDATE}"),
  "both realms are ready": at("{READY}"),
}};
"""


def measure(site: Path, rounds: int, playwright: Playwright, say: Say) -> str:
    """Return the stages of our page's boot as a Markdown table: when each was over, in ms."""
    taken: dict[str, dict[str, list[float]]] = {}
    for number in range(rounds):
        say(f"stages: round {number + 1} of {rounds}")
        with Server(site) as server, fresh_chromium(playwright) as tab:
            for when in ("cold", "warm"):
                visit(tab, server.url)
                wait_for_mark(tab, READY)
                settle(tab)
                for stage, time in tab.script(_STAGES).items():
                    taken.setdefault(stage, {}).setdefault(when, []).append(float(time))
    lines = [
        "| from the navigation until (ms, Chromium, median) | cold | warm |",
        "|---|---|---|",
        *(
            f"| {stage} | {median(visits['cold']):.0f} | {median(visits['warm']):.0f} |"
            for stage, visits in taken.items()
        ),
    ]
    return "\n".join(lines)
