"""Which engines there are, and how to open a page in one."""

from __future__ import annotations

from playwright.sync_api import Browser

from .chromium import ChromiumPage
from .firefox import FirefoxPage
from .install import NOT_RUN, EngineMissingError, find_firefox, find_webkit
from .page import ExercisePage
from .webkit import WebKitPage

ENGINES = ("chromium", "firefox", "webkit")


def open_page(engine: str, chromium: Browser) -> ExercisePage:
    """Return a new page of an engine, in a browser of its own or a profile of its own.

    Raises:
        EngineMissingError: if the engine is not there.
    """
    if engine == "chromium":
        return ChromiumPage(chromium.new_context())
    return start_browser(engine)


def start_browser(engine: str) -> ExercisePage:
    """Return the page of a Firefox or WebKit that is started for it.

    Raises:
        EngineMissingError: if the engine is not there.
    """
    if engine == "firefox" and (firefox := find_firefox()):
        return FirefoxPage(firefox)
    if engine == "webkit" and (webkit := find_webkit()):
        return WebKitPage(webkit)
    raise EngineMissingError(NOT_RUN[engine])
