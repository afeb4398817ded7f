"""The search in the editor, as tests use it, and what the code then is."""

from __future__ import annotations

import json

from playwright.sync_api import CDPSession, Locator, expect

from browsers import ChromiumPage
from browsers.limits import SHOW_SECONDS
from browsers.scripts import PASTE


def search(page: ChromiumPage) -> Locator:
    """The panel of the search."""
    return page.tab.get_by_role("search", name="Find in the code")


def box(page: ChromiumPage, name: str) -> Locator:
    return search(page).get_by_role("textbox", name=name, exact=True)


def button(page: ChromiumPage, name: str) -> Locator:
    return search(page).get_by_role("button", name=name, exact=True)


def begin(page: ChromiumPage, text: str, key: str = "ControlOrMeta+Home") -> None:
    """Begin with a text and a cursor at its start, without a search."""
    while search(page).is_visible():
        button(page, "Close the search").click()
    page.write(text)
    page.tab.keyboard.press(key)


def find(page: ChromiumPage, text: str) -> None:
    page.tab.keyboard.press("Control+f")
    expect(box(page, "Find")).to_be_focused()
    page.tab.keyboard.type(text)


def place(page: ChromiumPage) -> Locator:
    """Says which match one is at."""
    return page.tab.locator(".cm-search-count")


def holds(page: ChromiumPage, expected: str) -> None:
    """Wait until the code, folded or not, is this."""
    page.wait_for(lambda: page.draft() == expected, SHOW_SECONDS, f"{expected!r}")


def shows(page: ChromiumPage, expected: str) -> None:
    """Wait until the editor shows these lines."""
    page.wait_for(lambda: page.written() == expected, SHOW_SECONDS, f"{expected!r}")


def paste(page: ChromiumPage, text: str) -> None:
    page.script(PASTE, json.dumps(text))


def compose(page: ChromiumPage, text: str) -> CDPSession:
    """Compose a word; what is returned ends that."""
    session = page.context.new_cdp_session(page.tab)
    at = {"selectionStart": len(text), "selectionEnd": len(text)}
    session.send("Input.imeSetComposition", {"text": text, **at})
    return session
