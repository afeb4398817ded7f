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
    """Return a new page of an engine that takes little, in a browser or a profile of its own.

    Raises:
        EngineMissingError: if the engine is not there.
    """
    if engine == "chromium":
        return ChromiumPage(chromium.new_context())
    return start_browser(engine, is_brief=True)


def start_browser(engine: str, *, is_brief: bool = False) -> ExercisePage:
    """Return the page of a Firefox or WebKit that is started for it.

    Args:
        engine: "firefox" or "webkit".
        is_brief: whether it lives for seconds, and does without what only pays later.

    Raises:
        EngineMissingError: if the engine is not there.
    """
    if engine == "firefox" and (firefox := find_firefox()):
        return FirefoxPage(firefox, is_brief=is_brief)
    if engine == "webkit" and (webkit := find_webkit()):
        return WebKitPage(webkit, is_brief=is_brief)
    raise EngineMissingError(NOT_RUN[engine])
