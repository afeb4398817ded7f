"""Which engines there are, and how to open a page in one."""

from __future__ import annotations

from playwright.sync_api import Browser

from .chromium import ChromiumPage
from .firefox import FirefoxWire
from .install import NOT_RUN, find_firefox, find_webkit
from .page import EnginePage
from .webdriver import WebDriverPage
from .webkit import WebKitWire

ENGINES = ("chromium", "firefox", "webkit")


class EngineMissingError(Exception):
    """The engine is not installed; the text names it."""


def open_engine(name: str, chromium: Browser) -> EnginePage:
    """Return a new page of an engine, in a browser of its own or a profile of its own.

    Raises:
        EngineMissingError: if the engine is not there.
    """
    if name == "chromium":
        return ChromiumPage(chromium)
    if name == "firefox" and (firefox := find_firefox()):
        return WebDriverPage(name, FirefoxWire(firefox))
    if name == "webkit" and (webkit := find_webkit()):
        return WebDriverPage(name, WebKitWire(webkit))
    raise EngineMissingError(NOT_RUN[name])
