"""Chromium, through Playwright."""

from __future__ import annotations

from typing import Any

import psutil
from playwright.sync_api import Browser, Frame

from .page import EnginePage, Key

_KEYS: dict[Key, str] = {"select-all": "ControlOrMeta+a", "delete": "Delete"}


class ChromiumPage(EnginePage):
    """A tab in a profile of its own."""

    engine = "chromium"

    def __init__(self, browser: Browser) -> None:
        self._context = browser.new_context()
        self._page = self._context.new_page()
        self._frame: Frame = self._page.main_frame

    def go(self, url: str) -> None:
        self._frame = self._page.main_frame
        self._page.goto(url)

    def script(self, body: str, *arguments: Any) -> Any:
        function = f"(given) => (function () {{ {body}\n }}).apply(null, given)"
        return self._frame.evaluate(function, list(arguments))

    def press(self, selector: str, *keys: Key) -> None:
        for key in keys:
            self._frame.press(selector, _KEYS[key])

    def click_on(self, selector: str) -> None:
        self._frame.click(selector)

    def enter_frame(self, selector: str) -> None:
        element = self._frame.wait_for_selector(selector, state="attached")
        frame = element.content_frame() if element else None
        assert frame is not None, f"{selector} is no frame"
        self._frame = frame

    def resize(self, width: int, height: int) -> None:
        self._page.set_viewport_size({"width": width, "height": height})

    def screenshot(self) -> bytes:
        return self._page.screenshot()

    def process(self) -> psutil.Process:
        # Playwright keeps the browser's process to itself: it is its driver's.
        started = psutil.Process().children(recursive=True)
        return next(process for process in started if "run-driver" in process.cmdline())

    def close(self) -> None:
        self._context.close()
