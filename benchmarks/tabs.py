"""A browser with a new profile, in any engine, and visits to pages as people make them."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import psutil
from playwright.sync_api import Playwright

from browsers import ChromiumPage, ExercisePage, start_browser
from browsers.chromium import launch_profile
from browsers.limits import BOOT_SECONDS
from builder.serve import Server

# A browser goes on loading parts of its own window for a second or two after a tab is opened.
_AT_REST = 0.1

# A script's way to wait until what it has changed is drawn.
DRAWN = """
const drawn = () => new Promise((resolve) => {
  const channel = new MessageChannel();
  channel.port1.onmessage = resolve;
  requestAnimationFrame(() => channel.port2.postMessage(0));
});
"""
_MARK = "return performance.getEntriesByName(arguments[0])[0]?.startTime ?? null;"


class ProfiledChromium(ChromiumPage):
    """A tab of a Chromium of its own, with a profile on disk as people have it."""

    def __init__(self, playwright: Playwright, profile: Path) -> None:
        before = set(psutil.Process().children(recursive=True))
        context = launch_profile(playwright, profile)
        started = set(psutil.Process().children(recursive=True)) - before
        self._root = min(started, key=lambda process: process.create_time())
        (blank,) = context.pages
        super().__init__(context)
        blank.close()

    def process(self) -> psutil.Process:
        return self._root

    def processes(self) -> list[psutil.Process]:
        """Return the browser's processes."""
        return [self._root, *self._root.children(recursive=True)]

    def collect_garbage(self) -> None:
        """Have the page drop what nobody needs."""
        session = self.context.new_cdp_session(self.tab)
        session.send("HeapProfiler.collectGarbage")
        session.detach()

    def renew(self) -> None:
        """Give the next visit a process of its own, as a visit on another day has."""
        self.tab.close()
        self._open_tab()

    def slow_down(self, times: float) -> None:
        """Make the page's own thread so many times slower; that keeps the browser busy."""
        session = self.context.new_cdp_session(self.tab)
        session.send("Emulation.setCPUThrottlingRate", {"rate": times})


def fresh_tab(engine: str, playwright: Playwright) -> AbstractContextManager[ExercisePage]:
    """Open a browser of an engine with a new profile, for as long as the block runs."""
    return fresh_chromium(playwright) if engine == "chromium" else closing(start_browser(engine))


@contextmanager
def fresh_chromium(playwright: Playwright) -> Iterator[ProfiledChromium]:
    """Open a Chromium with a new profile, for as long as the block runs."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        closing(ProfiledChromium(playwright, Path(folder))) as page,
    ):
        yield page


def visit(page: ExercisePage, url: str) -> None:
    """Go to an address as people do: with a browser that has come to rest."""
    come_to_rest(page)
    page.go(url)


def come_to_rest(page: ExercisePage) -> None:
    """Leave the last visit, and wait until the browser has nothing to do."""
    if isinstance(page, ProfiledChromium):
        page.renew()
    else:
        page.go("about:blank")
    page.wait_until_idle(_AT_REST)


def wait_for_mark(page: ExercisePage, name: str) -> float:
    """Return when a page set a mark, in ms since the navigation began."""
    page.wait_for(lambda: page.script(_MARK, name) is not None, BOOT_SECONDS, f"mark {name}")
    return float(page.script(_MARK, name))


def settle(page: ExercisePage, pause: float = 1.0) -> None:
    """Wait until a page does nothing any more: what it keeps for later visits is kept."""
    time.sleep(pause)
    page.wait_until_idle(_AT_REST)


@contextmanager
def settled_page(folder: Path, mark: str, playwright: Playwright) -> Iterator[ProfiledChromium]:
    """Open a site in a browser of its own, when it has set a mark and asks for nothing any more."""
    with Server(folder) as server, fresh_chromium(playwright) as tab:
        visit(tab, server.url)
        wait_for_mark(tab, mark)
        settle(tab)
        yield tab
