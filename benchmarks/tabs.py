"""A browser with a profile of its own, and a tab in it, in any engine."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import psutil
from playwright.sync_api import Playwright

from browsers import ExercisePage, start_browser
from browsers.chromium import FLAGS
from browsers.install import find_chromium
from browsers.processes import processors_used

_POLL_SECONDS = 0.05
DEADLINE_SECONDS = 240.0

# A browser goes on loading parts of its own window for a second or two after a tab is opened.
_AT_REST = 0.1

_MARK = "return performance.getEntriesByName(arguments[0])[0]?.startTime ?? null;"
_FETCHED = "return performance.getEntriesByType('resource').length;"


class Tab(Protocol):
    """What is done with a page here."""

    def process(self) -> psutil.Process:
        """Return the process that all of the browser's processes descend from."""

    def go(self, url: str) -> None:
        """Load an address."""

    def script(self, body: str, *arguments: Any) -> Any:
        """Run the body of a function, which may return a promise."""


class ChromiumTab:
    """A tab of Chromium, with a profile on disk as people have it."""

    def __init__(self, playwright: Playwright, profile: Path) -> None:
        before = set(psutil.Process().children(recursive=True))
        self._context = playwright.chromium.launch_persistent_context(
            profile, executable_path=find_chromium(), args=FLAGS
        )
        started = set(psutil.Process().children(recursive=True)) - before
        self._root = min(started, key=lambda process: process.create_time())
        self.page = self._context.pages[0]

    def process(self) -> psutil.Process:
        return self._root

    def processes(self) -> list[psutil.Process]:
        """Return the browser's processes."""
        return [self._root, *self._root.children(recursive=True)]

    def watch(self, script: str) -> None:
        """Run a script in every page that is opened, before its own."""
        self._context.add_init_script(script)

    def collect_garbage(self) -> None:
        """Have the page drop what nobody needs."""
        session = self._context.new_cdp_session(self.page)
        session.send("HeapProfiler.collectGarbage")
        session.detach()

    def renew(self) -> None:
        """Give the next visit a process of its own, as a visit on another day has."""
        self.page.close()
        self.page = self._context.new_page()

    def go(self, url: str) -> None:
        self.page.goto(url, wait_until="commit")

    def script(self, body: str, *arguments: Any) -> Any:
        function = f"(given) => (function () {{ {body}\n }}).apply(null, given)"
        return self.page.evaluate(function, list(arguments))

    def write(self, source: str) -> None:
        """Put a source in place of what the editor holds, by its keys."""
        editor = self.page.get_by_role("textbox")
        editor.press("ControlOrMeta+a")
        editor.press("Delete")
        self.page.keyboard.insert_text(source)

    def close(self) -> None:
        """End the browser."""
        self._context.close()


@contextmanager
def fresh_tab(engine: str, playwright: Playwright) -> Iterator[Tab]:
    """Open a browser of an engine with a new profile, for as long as the block runs."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        tab = _open(engine, playwright, Path(folder))
        try:
            yield tab
        finally:
            tab.close()


def _open(engine: str, playwright: Playwright, profile: Path) -> ChromiumTab | ExercisePage:
    return ChromiumTab(playwright, profile) if engine == "chromium" else start_browser(engine)


def visit(tab: Tab, url: str) -> None:
    """Go to an address as people do: with a browser that has come to rest."""
    if isinstance(tab, ChromiumTab):
        tab.renew()
    else:
        tab.go("about:blank")
    wait_until(lambda: processors_used(tab.process()) < _AT_REST, "browser at rest")
    tab.go(url)


def wait_for_mark(tab: Tab, name: str) -> float:
    """Return when a page set a mark, in ms since the navigation began."""
    wait_until(lambda: tab.script(_MARK, name) is not None, f"mark {name}")
    return float(tab.script(_MARK, name))


def wait_until(holds: Callable[[], bool], what: str) -> None:
    """Look again and again whether something holds."""
    ends = time.monotonic() + DEADLINE_SECONDS
    while not holds():
        if time.monotonic() > ends:
            raise TimeoutError(f"no {what} within {DEADLINE_SECONDS:g} s")
        time.sleep(_POLL_SECONDS)


def settle(tab: Tab, pause: float = 1.0) -> None:
    """Wait until a page asks for nothing any more: what it keeps for later visits is kept."""
    before = -1
    while (count := int(tab.script(_FETCHED))) != before:
        before = count
        time.sleep(pause)
