"""Chromium, through Playwright."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Frame,
    Locator,
    Page,
    Playwright,
)
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from . import scripts
from .install import NOT_RUN, EngineMissingError, find_chromium
from .limits import SHOW_SECONDS
from .page import POLL_SECONDS, ExercisePage, Key

# Chromium's sandbox does not work for root; and nothing may be sent but what the page sends.
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# What pages of tests can do without. The windows' own pages cost each new profile half a second,
# and the second compiler for WebAssembly more than it saves a page that lives for seconds. To open
# the page and run once takes 3.1 s of processor time in place of 4.9 (psutil's `cpu_times`, summed
# over the browser's processes). Of two lists of features the last one counts: the first names are
# those of Playwright's that matter here.
_NEEDLESS = [
    "AimEnabled",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "OptimizationHints",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxPopup",
]
_FOR_MANY_PAGES = [f"--disable-features={','.join(_NEEDLESS)}", "--js-flags=--liftoff-only"]

_KEYS: dict[Key, str] = {"select-all": "ControlOrMeta+a", "delete": "Delete"}


def launch_chromium(playwright: Playwright) -> Browser:
    """Start the Chromium that is here, for many short pages that each have a profile of their own.

    Raises:
        EngineMissingError: if there is none.
    """
    flags = [*_FLAGS, *_FOR_MANY_PAGES]
    return playwright.chromium.launch(executable_path=_chromium(), args=flags)


def launch_profile(playwright: Playwright, folder: Path) -> BrowserContext:
    """Start the Chromium that is here, with a profile in a folder as people have it.

    Raises:
        EngineMissingError: if there is none.
    """
    launch = playwright.chromium.launch_persistent_context
    return launch(folder, executable_path=_chromium(), args=_FLAGS)


def _chromium() -> Path:
    path = find_chromium()
    if path is None:
        raise EngineMissingError(NOT_RUN["chromium"])
    return path


def _function(body: str) -> str:
    return f"(given) => (function () {{ {body}\n }}).apply(null, given)"


class ChromiumPage(ExercisePage):
    """A tab, with what went wrong in it, what it asked for, and Playwright's locators.

    Attributes:
        tab: Playwright's page.
        problems: errors in the console, and dialogs that were shown.
        requests: the addresses of all that was asked for.
    """

    engine = "chromium"
    tab: Page

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.problems: list[str] = []
        self.requests: list[str] = []
        context.set_default_timeout(SHOW_SECONDS * 1000)
        self._open_tab()

    def _open_tab(self) -> None:
        self.tab = self.context.new_page()
        self._frame: Frame = self.tab.main_frame
        self.tab.on("console", self._note_console)
        self.tab.on("dialog", self._note_dialog)
        self.tab.on("pageerror", lambda error: self.problems.append(str(error)))
        self.tab.on("request", lambda request: self.requests.append(request.url))

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(message.text)

    def _note_dialog(self, dialog: Dialog) -> None:
        self.problems.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def go(self, url: str) -> None:
        self._frame = self.tab.main_frame
        self.tab.goto(url)

    def refresh(self) -> None:
        self._frame = self.tab.main_frame
        self.tab.reload()

    def script(self, body: str, *arguments: Any) -> Any:
        return self._frame.evaluate(_function(body), list(arguments))

    def press(self, selector: str, *keys: Key) -> None:
        for key in keys:
            self._frame.press(selector, _KEYS[key])

    def click_on(self, selector: str) -> None:
        self._frame.click(selector)

    def resize(self, width: int, height: int) -> None:
        self.tab.set_viewport_size({"width": width, "height": height})
        self.script(scripts.DRAWN)  # which parts are shown is settled by then

    def enter_frame(self, selector: str) -> None:
        element = self._frame.wait_for_selector(selector, state="attached")
        frame = element.content_frame() if element else None
        assert frame is not None, f"{selector} is no frame"
        self._frame = frame

    def process(self) -> psutil.Process:
        # Playwright keeps the browser's process to itself: it is its driver's.
        started = psutil.Process().children(recursive=True)
        return next(process for process in started if "run-driver" in process.cmdline())

    def pause(self, seconds: float) -> None:
        # Playwright hands over what has happened (a request, a route) only while it is asked.
        self.tab.wait_for_timeout(seconds * 1000)

    def wait_in_page(self, condition: str, wanted: Any, seconds: float, what: str) -> None:
        # To ask from outside, again and again, is a sixth of the processor time of a quick run.
        limit, often = seconds * 1000, POLL_SECONDS * 1000
        holds = _function(condition)
        try:
            self._frame.wait_for_function(holds, arg=[wanted], timeout=limit, polling=often)
        except PlaywrightTimeoutError as late:
            raise self.too_late(seconds, what) from late

    def close(self) -> None:
        self.context.close()

    # ------------------------------------------------------------------- what Playwright adds

    @property
    def html(self) -> Locator:
        """The page's root, with the session's state."""
        return self.tab.locator("html")

    @property
    def verdict(self) -> Locator:
        """The verdict of the last run."""
        return self.tab.locator("#verdict")

    @property
    def tests(self) -> Locator:
        """The hidden tests."""
        return self.tab.locator("ol#tests > li")

    @property
    def editor(self) -> Locator:
        """The editor."""
        return self.tab.get_by_role("textbox", name="Code editor")

    @property
    def run_button(self) -> Locator:
        """The button that runs the tests."""
        return self.tab.get_by_role("button", name="Run tests", exact=True)

    def strangers(self) -> list[str]:
        """Return the requests that left the page's origin."""
        own = urlsplit(self.url).netloc
        return [
            url for url in self.requests if url.startswith("http") and urlsplit(url).netloc != own
        ]
