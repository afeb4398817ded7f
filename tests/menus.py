"""The menu of the toolbar, and the dialogs that it opens, as tests use them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, expect

from browsers import ChromiumPage
from builder.serve import Server

# Python would only take time where nothing runs.
PYTHON = re.compile("/assets/(?!editor|dialogs|assist|names)")

NO_STORAGE = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); },
});"""


@contextmanager
def silent_context(chromium: Browser, **options: object) -> Iterator[BrowserContext]:
    """A browser profile in which Python stays on its way."""
    context = chromium.new_context(**options)  # type: ignore[arg-type]
    context.route(PYTHON, lambda _route: None)
    yield context
    context.unroute_all(behavior="ignoreErrors")
    context.close()


def open_tab(context: BrowserContext, url: str) -> ChromiumPage:
    """Open the page in a tab of its own, and wait for its editor."""
    page = ChromiumPage(context)
    page.open(url)
    expect(page.editor).to_be_visible()
    return page


def choose(page: ChromiumPage, name: str) -> None:
    """Press a button of the menu."""
    page.tab.get_by_role("button", name="More", exact=True).click()
    page.tab.get_by_role("button", name=name, exact=True).click()


def dialog(page: ChromiumPage, name: str) -> Locator:
    """The dialog of this name."""
    return page.tab.get_by_role("dialog", name=name, exact=True)


def open_dialog(page: ChromiumPage, name: str) -> Locator:
    """Open the dialog that the button of the same name opens."""
    choose(page, name)
    expect(dialog(page, name)).to_be_visible()
    return dialog(page, name)


def press(box: Locator, name: str) -> None:
    """Press a button in a dialog."""
    box.get_by_role("button", name=name, exact=True).click()


def kept_keys(page: ChromiumPage) -> list[str]:
    """Return the names of all that is kept."""
    keys: list[str] = page.tab.evaluate("Object.keys(localStorage).sort()")
    return keys


@contextmanager
def sandboxed(bundle: Path, outer: Path) -> Iterator[str]:
    """The address of a page that frames the exercise, without an origin and most rights."""
    with Server(bundle, headers={"Access-Control-Allow-Origin": "*"}) as inner:
        frame = f'<iframe sandbox="allow-scripts" src="{inner.url}" width="900" height="700">'
        (outer / "index.html").write_text(f"<!doctype html>{frame}</iframe>", "utf-8")
        with Server(outer) as around:
            yield around.url
