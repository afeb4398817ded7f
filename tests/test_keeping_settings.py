"""Theme, size, wrapping and hints about keys: set once, and kept where a browser keeps anything."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from browsers import ChromiumPage
from browsers.limits import SHOW_SECONDS
from builder.serve import Server

from .axes import check
from .menus import NO_STORAGE, dialog, open_dialog, open_tab, press, silent_context

PAPER = {"light": "rgb(245, 243, 238)", "dark": "rgb(18, 23, 26)"}
# The colours of the page at each frame from its first on.
WATCH_COLOURS = """window.colours = [];
const look = () => {
  if (document.body) window.colours.push(getComputedStyle(document.body).backgroundColor);
  if (window.colours.length < 12) requestAnimationFrame(look);
};
requestAnimationFrame(look);"""


@pytest.fixture(scope="module")
def silent(chromium: Browser) -> Iterator[BrowserContext]:
    with silent_context(chromium, color_scheme="light") as context:
        context.add_init_script(WATCH_COLOURS)
        yield context


@pytest.fixture(scope="module")
def page(silent: BrowserContext, server: Server) -> ChromiumPage:
    return open_tab(silent, server.url)


def paper(page: ChromiumPage) -> str:
    """The colour of the page."""
    return str(page.tab.evaluate("getComputedStyle(document.body).backgroundColor"))


def code_size(page: ChromiumPage) -> float:
    """The size of the code (CSS pixels)."""
    asked = "(line) => parseFloat(getComputedStyle(line).fontSize)"
    return float(page.tab.locator(".cm-line").first.evaluate(asked))


def set_radio(page: ChromiumPage, name: str) -> None:
    dialog(page, "Settings").get_by_role("radio", name=name, exact=True).check()


def test_a_theme_holds_at_once_after_a_reload_from_the_first_frame_and_in_other_tabs(
    page: ChromiumPage, silent: BrowserContext, server: Server
) -> None:
    other = open_tab(silent, server.url)
    assert paper(page) == PAPER["light"]
    beside = open_dialog(other, "Settings")
    beside.get_by_role("checkbox", name="Show key hints").focus()
    page.tab.bring_to_front()
    open_dialog(page, "Settings")
    set_radio(page, "Dark")
    expect(page.html).to_have_attribute("data-theme", "dark")
    assert paper(page) == PAPER["dark"]
    expect(other.html).to_have_attribute("data-theme", "dark")
    assert paper(other) == PAPER["dark"]
    expect(beside.get_by_role("radio", name="Dark")).to_be_checked()
    expect(beside.get_by_role("checkbox", name="Show key hints")).to_be_focused()
    other.tab.close()
    page.reload()
    seen = "window.colours.length === 12"
    page.wait_for(lambda: bool(page.tab.evaluate(seen)), SHOW_SECONDS, "frames")
    assert set(page.tab.evaluate("window.colours")) == {PAPER["dark"]}
    assert page.tab.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_the_system_s_theme_is_followed_only_where_that_is_asked_for(page: ChromiumPage) -> None:
    for scheme in ("dark", "light"):
        page.tab.emulate_media(color_scheme=scheme)
        box = open_dialog(page, "Settings")
        for name, expected in {"Light": "light", "Dark": "dark", "System": scheme}.items():
            set_radio(page, name)
            assert paper(page) == PAPER[expected]
        press(box, "Close")


def test_wrapping_that_was_chosen_stays_after_a_reload_and_in_any_window(
    page: ChromiumPage,
) -> None:
    page.resize(1366, 768)
    wrap = page.tab.get_by_role("button", name="Wrap lines")
    expect(wrap).to_have_attribute("aria-pressed", "false")
    wrap.click()
    page.reload()
    expect(wrap).to_have_attribute("aria-pressed", "true")
    wrap.click()
    page.resize(375, 667)
    page.reload()
    page.tab.get_by_role("tab", name="Code").click()
    expect(wrap).to_have_attribute("aria-pressed", "false")
    open_dialog(page, "Settings")
    expect(dialog(page, "Settings").get_by_role("radio", name="Never")).to_be_checked()
    set_radio(page, "Where there is little room")
    expect(wrap).to_have_attribute("aria-pressed", "true")
    page.tab.keyboard.press("Escape")
    page.resize(1366, 768)
    expect(wrap).to_have_attribute("aria-pressed", "false")


def test_the_size_of_the_code_and_hints_about_keys_go_by_keys_alone_and_are_kept(
    page: ChromiumPage,
) -> None:
    before = code_size(page)
    box = open_dialog(page, "Settings")
    expect(box.get_by_role("radio", name="System")).to_be_focused()
    page.tab.keyboard.press("Tab")
    expect(box.get_by_role("combobox", name="Font size of the code")).to_be_focused()
    page.tab.keyboard.press("End")
    page.tab.keyboard.press("Tab")
    page.tab.keyboard.press("Tab")
    page.tab.keyboard.press("Space")
    page.tab.keyboard.press("Escape")
    expect(box).to_be_hidden()
    page.reload()
    expect(page.editor).to_be_visible()
    assert code_size(page) == pytest.approx(2 * before)
    expect(page.tab.locator("#editor-keys .keys").first).to_be_hidden()
    expect(page.editor).to_have_accessible_description(re.compile("runs the tests"))
    for size in [(375, 667), (320, 568)]:
        page.resize(*size)
        assert page.tab.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.tab.evaluate("localStorage.clear()")


def test_where_nothing_can_be_kept_settings_hold_for_the_visit_and_that_is_said(
    chromium: Browser, server: Server
) -> None:
    with silent_context(chromium, color_scheme="light") as context:
        context.add_init_script(NO_STORAGE)
        page = open_tab(context, server.url)
        box = open_dialog(page, "Settings")
        expect(box.get_by_role("status")).to_contain_text("for this visit only")
        check(page)
        press(box, "Close")
        expect(page.tab.locator("#unsaved")).to_be_visible()
        check(page, ["Code"])
        box = open_dialog(page, "Settings")
        set_radio(page, "Dark")
        press(box, "Close")
        assert paper(page) == PAPER["dark"]
        box = open_dialog(page, "Settings")
        expect(box.get_by_role("radio", name="Dark")).to_be_checked()
        page.reload()
        assert paper(page) == PAPER["light"]
