"""The menu beside the buttons, and what is kept of the code: looked at, brought back, deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Route, expect

from browsers import ChromiumPage
from browsers.limits import SHOW_SECONDS
from builder.serve import Server

from .menus import (
    NO_STORAGE,
    choose,
    dialog,
    kept_keys,
    open_dialog,
    open_tab,
    press,
    silent_context,
)
from .submissions import WRONG_CONVENTION


@pytest.fixture(scope="module")
def page(silent: BrowserContext, server: Server) -> ChromiumPage:
    """One page for all rows that only write."""
    return open_tab(silent, server.url)


def rewrite(page: ChromiumPage, *texts: str) -> None:
    """Write one text after the other, each after a reset that keeps the last one."""
    for text in texts:
        page.write(text)
        page.click("Reset")
        page.click("Reset to starter")


@pytest.mark.parametrize("size", [(1366, 768), (375, 667), (320, 568), (320, 256), (667, 200)])
def test_the_menu_goes_by_keys_alone_and_is_seen_whole(
    page: ChromiumPage, size: tuple[int, int]
) -> None:
    page.resize(*size)
    more = page.tab.get_by_role("button", name="More", exact=True)
    menu = page.tab.get_by_role("group", name="More", exact=True)
    expect(menu).to_be_hidden()
    more.focus()
    page.tab.keyboard.press("ArrowDown")
    expect(more).to_have_attribute("aria-expanded", "true")
    items = menu.get_by_role("button")
    expect(items.first).to_be_focused()
    for key, index in [("End", -1), ("ArrowDown", 0), ("ArrowUp", -1), ("Home", 0)]:
        page.tab.keyboard.press(key)
        expect(items.nth(index)).to_be_focused()
        box = items.nth(index).bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= size[0]
        assert box["y"] >= 0 and box["y"] + box["height"] <= size[1]
    page.tab.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(more).to_be_focused()
    page.tab.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.tab.keyboard.press("Escape")
    assert page.tab.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_the_menu_closes_where_the_focus_or_the_mouse_goes_elsewhere(page: ChromiumPage) -> None:
    page.resize(1366, 768)
    menu = page.tab.get_by_role("group", name="More", exact=True)
    more = page.tab.get_by_role("button", name="More", exact=True)
    more.click()
    page.editor.click()
    expect(menu).to_be_hidden()
    more.focus()
    page.tab.keyboard.press("ArrowUp")
    page.tab.keyboard.press("Tab")
    expect(menu).to_be_hidden()
    more.click()
    more.click()
    expect(menu).to_be_hidden()


def test_kept_code_is_shown_beside_the_editor_s_and_restored_in_one_undo_step(
    page: ChromiumPage,
) -> None:
    page.resize(1366, 768)
    rewrite(page, "monday = 1\nshared = 0\n", "tuesday = 2\nshared = 0\n")
    page.write("wednesday = 3\nshared = 0\n")
    box = open_dialog(page, "History")
    entries = box.get_by_role("radio")
    expect(entries).to_have_count(2)
    expect(entries.first).to_be_focused()
    expect(box.locator("del")).to_have_text("tuesday = 2")
    page.tab.keyboard.press("ArrowDown")
    expect(box.get_by_text("Before a reset")).to_have_count(2)
    expect(box.locator("del")).to_have_text("monday = 1")
    expect(box.locator("ins")).to_have_text("wednesday = 3")
    expect(box.get_by_role("status")).to_contain_text("1 line differs")
    press(box, "Restore")
    expect(box).to_be_hidden()
    expect(page.editor).to_contain_text("monday")
    expect(page.editor).to_be_focused()
    page.editor.press("ControlOrMeta+z")
    expect(page.editor).to_contain_text("wednesday")
    expect(page.editor).not_to_contain_text("monday")
    box = open_dialog(page, "History")
    expect(entries).to_have_count(3)
    expect(box.get_by_role("status")).to_contain_text("It is what the editor holds now")
    expect(box.get_by_role("button", name="Restore")).to_be_disabled()
    page.tab.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(page.tab.get_by_role("button", name="More", exact=True)).to_be_focused()


def test_what_another_tab_keeps_meanwhile_shows_too(
    page: ChromiumPage, silent: BrowserContext, server: Server
) -> None:
    box = open_dialog(page, "History")
    before = box.get_by_role("radio").count()
    chosen = box.get_by_role("radio", checked=True).input_value()
    other = open_tab(silent, server.url)
    box.locator(".diff-box").focus()
    rewrite(other, "elsewhere = 1\n")
    expect(box.get_by_role("radio")).not_to_have_count(before)
    other.tab.close()
    expect(box.get_by_role("radio", checked=True)).to_have_value(chosen)
    expect(box.get_by_role("radio", checked=True)).to_be_focused()  # what had it is another one
    press(box, "Close")


def test_what_a_run_came_to_stands_at_its_text(context: BrowserContext, server: Server) -> None:
    page = open_tab(context, server.url)
    page.wait_until("ready")
    page.grade(WRONG_CONVENTION)
    box = open_dialog(page, "History")
    expect(box.get_by_role("radio")).to_have_count(1)
    expect(box.locator("label")).to_contain_text("Failed: 1 of 5 passed")


def test_all_that_is_kept_goes_when_that_is_confirmed_in_other_tabs_too(
    page: ChromiumPage, silent: BrowserContext, server: Server
) -> None:
    other = open_tab(silent, server.url)
    page.write("private = 1\n")
    expect(other.editor).to_contain_text("private")
    page.tab.evaluate("localStorage.setItem('theirs', 'x')")
    box = open_dialog(page, "History")
    press(box, "Delete everything kept here")
    question = dialog(page, "Delete everything kept here?")
    expect(question).to_contain_text("begins with the starter")
    press(question, "Keep everything")
    expect(question).to_be_hidden()
    assert len(kept_keys(page)) > 2
    press(box, "Delete everything kept here")
    with page.tab.expect_navigation():
        press(question, "Delete everything")
    for tab in (page, other):
        expect(tab.editor).to_contain_text("raise NotImplementedError")
        expect(tab.editor).not_to_contain_text("private")
        tab.editor.press("ControlOrMeta+z")
        expect(tab.editor).not_to_contain_text("private")
        expect(tab.tab.locator("#notices")).to_be_empty()
    assert kept_keys(page) == ["theirs"]
    box = open_dialog(page, "History")
    expect(box).to_contain_text("Nothing is kept yet")
    press(box, "Close")
    page.write("begun = 1\n")
    assert len(kept_keys(page)) == 3
    other.tab.close()


def test_where_a_browser_deletes_nothing_that_is_said_and_all_is_kept_as_before(
    chromium: Browser, server: Server
) -> None:
    with silent_context(chromium) as context:
        page = open_tab(context, server.url)
        page.write("early = 1\n")
        page.tab.evaluate("Storage.prototype.removeItem = () => {}")
        press(open_dialog(page, "History"), "Delete everything kept here")
        question = dialog(page, "Delete everything kept here?")
        press(question, "Delete everything")
        expect(question.get_by_role("alert")).to_be_visible()
        press(question, "Keep everything")
        press(dialog(page, "History"), "Close")
        page.write("later = 1\n")
        assert "later" in (page.draft() or "")


def test_where_nothing_can_be_kept_the_history_says_so(chromium: Browser, server: Server) -> None:
    with silent_context(chromium) as context:
        context.add_init_script(NO_STORAGE)
        page = open_tab(context, server.url)
        box = open_dialog(page, "History")
        expect(box).to_contain_text("keeps nothing here")
        expect(box.get_by_role("button")).to_have_text(["Close"])


def test_a_script_that_does_not_come_is_told_and_asked_for_again(
    chromium: Browser, server: Server
) -> None:
    with silent_context(chromium) as context:
        context.route("**/dialogs-*.js*", lambda route: route.abort())
        page = open_tab(context, server.url)
        choose(page, "History")
        notice = page.tab.locator("#notices [data-notice=menu]")
        expect(notice).to_contain_text("what this button opens")
        context.unroute("**/dialogs-*.js*")
        notice.get_by_role("button", name="Retry").click()
        expect(dialog(page, "History")).to_be_visible()
        expect(notice).to_be_hidden()


@contextmanager
def held_script(
    chromium: Browser, server: Server
) -> Iterator[tuple[ChromiumPage, Callable[[], None]]]:
    """Open a page where the script of the dialogs is on its way until it is let come."""
    held: list[Route] = []
    with silent_context(chromium) as context:
        context.route("**/dialogs-*.js*", lambda route: held.append(route))
        page = open_tab(context, server.url)

        def come() -> None:
            page.wait_for(lambda: len(held) > 0, SHOW_SECONDS, "request")
            for route in held:
                route.continue_()

        yield page, come


def test_a_script_that_comes_late_interrupts_nobody_who_types_meanwhile(
    chromium: Browser, server: Server
) -> None:
    with held_script(chromium, server) as (page, come):
        choose(page, "History")
        page.write("x = 1")
        come()
        notice = page.tab.locator("#notices [data-notice=menu]")
        expect(notice).to_contain_text("What you asked for is here now.")
        page.tab.keyboard.type("23")
        expect(page.editor).to_have_text("x = 123")
        notice.get_by_role("button", name="Go on").click()
        expect(dialog(page, "History")).to_be_visible()
        expect(notice).to_be_hidden()


def test_a_script_that_comes_late_opens_nothing_over_a_question(
    chromium: Browser, server: Server
) -> None:
    with held_script(chromium, server) as (page, come):
        choose(page, "History")
        page.click("Reset")
        come()
        notice = page.tab.locator("#notices [data-notice=menu]")
        expect(notice).to_contain_text("What you asked for is here now.")
        expect(page.tab.locator("dialog[open]")).to_have_count(1)
        page.tab.keyboard.press("Escape")
        notice.get_by_role("button", name="Go on").click()
        expect(dialog(page, "History")).to_be_visible()


def test_of_dialogs_that_were_asked_for_before_their_script_came_the_last_is_open(
    chromium: Browser, server: Server
) -> None:
    with held_script(chromium, server) as (page, come):
        for name in ("History", "Settings", "History"):
            choose(page, name)
        come()
        expect(dialog(page, "History")).to_be_visible()
        expect(page.tab.locator("dialog[open]")).to_have_count(1)
        page.tab.keyboard.press("Escape")
        expect(page.tab.locator("dialog[open]")).to_have_count(0)
        expect(page.tab.get_by_role("button", name="More", exact=True)).to_be_focused()
