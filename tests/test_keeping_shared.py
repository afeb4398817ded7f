"""Links that bring code along: it is text until somebody wants it in the editor."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect

from browsers import ChromiumPage
from browsers.limits import SHOW_SECONDS
from builder.serve import Server

from .bundles import build_bundle
from .menus import (
    choose,
    dialog,
    kept_keys,
    open_dialog,
    open_tab,
    press,
    sandboxed,
    silent_context,
)
from .pages import page_of
from .squares import front, write_exercise

CODE = "theirs = 'a\u202eb\u200b'\nprint(theirs)\n"


@pytest.fixture(scope="module")
def page(silent: BrowserContext, server: Server) -> ChromiumPage:
    return open_tab(silent, server.url)


def share(page: ChromiumPage, code: str) -> str:
    """Return a link with code, made by the page."""
    page.write(code)
    box = open_dialog(page, "Share")
    link = box.get_by_role("textbox", name="Link").input_value()
    press(box, "Close")
    return link


def follow(page: ChromiumPage, link: str) -> Locator:
    """Follow a link to where the page is already."""
    page.tab.evaluate("(link) => { location.hash = new URL(link).hash; }", link)
    box = dialog(page, "Shared code")
    expect(box).to_be_visible()
    return box


def test_a_link_holds_the_code_in_its_fragment_alone_and_is_copied(
    page: ChromiumPage, server: Server
) -> None:
    page.write(CODE)
    box = open_dialog(page, "Share")
    field = box.get_by_role("textbox", name="Link")
    expect(field).to_be_focused()
    link = field.input_value()
    assert re.fullmatch(re.escape(server.url) + r"#shared\.[\w.-]+", link)
    expect(box.get_by_role("textbox", name="Code")).to_have_count(0)
    press(box, "Copy link")
    expect(box.get_by_role("status")).to_have_text("Copied")
    assert page.tab.evaluate("navigator.clipboard.readText()") == link
    page.tab.keyboard.press("Escape")
    expect(page.tab.get_by_role("button", name="More", exact=True)).to_be_focused()


def test_what_a_host_put_behind_the_address_stays_out_of_the_link(
    page: ChromiumPage, server: Server
) -> None:
    page.open(f"{server.url}?token=secret")
    expect(page.editor).to_be_visible()
    assert "secret" not in share(page, CODE)
    page.open(server.url)
    expect(page.editor).to_be_visible()


def test_shared_code_is_text_with_what_is_unseen_marked_and_touches_nothing(
    page: ChromiumPage, silent: BrowserContext
) -> None:
    link = share(page, CODE)
    page.write("mine = 1\n")
    before = kept_keys(page)
    visitor = open_tab(silent, link)
    box = dialog(visitor, "Shared code")
    expect(box.get_by_role("region", name="Shared code")).to_have_text(
        re.compile(re.escape("theirs = 'a\\u202eb\\u200b'"))
    )
    expect(box.locator("mark")).to_have_text(["\\u202e", "\\u200b"])
    expect(box).to_contain_text("2 characters")
    expect(box).to_contain_text("2 lines")
    assert visitor.draft() == "mine = 1\n"
    assert kept_keys(visitor) == before
    expect(visitor.verdict).not_to_have_attribute("data-outcome", re.compile("."))
    press(box, "Leave it")
    expect_no_fragment(visitor)
    assert visitor.draft() == "mine = 1\n"
    visitor.reload()
    expect(visitor.editor).to_contain_text("mine = 1")
    expect(box).to_be_hidden()
    visitor.tab.close()


def test_what_is_used_takes_the_place_of_what_is_kept_and_leaves_the_address(
    page: ChromiumPage,
) -> None:
    link = share(page, "theirs = 2\n")
    page.write("mine = 1\n")
    box = follow(page, link)
    press(box, "Use this code")
    expect(box).to_be_hidden()
    expect(page.editor).to_contain_text("theirs = 2")
    expect(page.editor).to_be_focused()
    expect_no_fragment(page)
    expect(page.tab.locator("#notices [data-notice=back]")).to_contain_text("is kept")
    page.editor.press("ControlOrMeta+z")
    expect(page.editor).to_contain_text("mine = 1")
    expect(page.editor).not_to_contain_text("theirs")


def test_a_link_that_is_followed_while_another_is_shown_takes_its_place(
    page: ChromiumPage,
) -> None:
    one, other = share(page, "first = 1\n" * 40), share(page, "second = 2\n")
    page.resize(320, 256)
    box = follow(page, one)
    expect(box).to_contain_text("first = 1")
    expect(box.get_by_role("heading")).to_be_focused()
    expect(box.get_by_role("heading")).to_be_in_viewport(ratio=1)
    page.resize(1366, 768)
    follow(page, other)
    expect(box).to_have_count(1)
    expect(box).to_contain_text("second = 2")
    page.tab.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect_no_fragment(page)
    expect(page.editor).to_contain_text("second = 2")


def test_a_link_that_is_followed_while_something_is_asked_takes_its_place(
    page: ChromiumPage,
) -> None:
    link = share(page, "theirs = 7\n")
    page.write("mine = 1\n")
    page.click("Reset")
    box = follow(page, link)
    expect(page.tab.locator("dialog[open]")).to_have_count(1)
    press(box, "Leave it")
    press(open_dialog(page, "History"), "Delete everything kept here")
    expect(dialog(page, "Delete everything kept here?")).to_be_visible()
    press(follow(page, link), "Use this code")
    expect(page.tab.locator("dialog[open]")).to_have_count(0)
    expect(page.editor).to_contain_text("theirs = 7")


def expect_no_fragment(page: ChromiumPage) -> None:
    """The address is the page's alone again, a moment after the dialog closes."""
    expect(page.tab).not_to_have_url(re.compile("#"))


def changed(link: str, part: int, value: str) -> str:
    """Return a link as it used to be, without a check, with one of its parts exchanged."""
    parts = link.split("#")[1].split(".")[:-1]
    parts[1], parts[part] = "1", value
    return f"{link.split('#')[0]}#{'.'.join(parts)}"


REFUSED = {
    "another exercise": (2, "sums", "for another exercise, “sums”"),
    "damaged": (6, "AAAA", "damaged"),
    "markup": (6, "<img src=x onerror=alert(1)>", "damaged"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_link_that_cannot_be_opened_says_why_and_leaves_the_address(
    page: ChromiumPage, name: str
) -> None:
    part, value, why = REFUSED[name]
    box = follow(page, changed(share(page, "theirs = 3\n"), part, value))
    expect(box).to_contain_text(why)
    expect(box.get_by_role("button")).to_have_text(["Close"])
    press(box, "Close")
    expect_no_fragment(page)
    assert page.problems == []


def test_code_for_another_build_or_other_tests_is_told_and_shown(page: ChromiumPage) -> None:
    link = share(page, "theirs = 4\n")
    for part, told in {3: "another build", 4: "other hidden tests"}.items():
        box = follow(page, changed(link, part, "0" * 16))
        expect(box).to_contain_text(told)
        expect(box).to_contain_text("theirs = 4")
        expect(box).to_contain_text("whether all of it arrived")
        press(box, "Leave it")


def test_a_link_that_mail_has_broken_opens_whole_or_not_at_all(page: ChromiumPage) -> None:
    address, _, fragment = share(page, "theirs = 6\n" * 9).partition("#")
    wrapped = "#" + fragment.replace(".", "%2E") + "%0A%3E"
    page.tab.evaluate("(link) => { location.hash = link; }", wrapped)
    box = dialog(page, "Shared code")
    expect(box).to_contain_text("9 lines")
    press(box, "Leave it")
    expect_no_fragment(page)
    box = follow(page, f"{address}#{fragment[:-1]}")
    expect(box).to_contain_text("damaged")
    press(box, "Close")


def test_code_that_is_too_long_for_a_link_is_told(page: ChromiumPage) -> None:
    page.write("x" * 100_001)
    choose(page, "Share")
    box = dialog(page, "Share")
    expect(box).to_contain_text("too long for a link")
    press(box, "Close")


def test_other_fragments_are_no_links(page: ChromiumPage) -> None:
    page.tab.evaluate("location.hash = '#workspace'")
    page.tab.evaluate("location.hash = '#sharedness'")
    expect(dialog(page, "Shared code")).to_have_count(0)


def test_where_sharing_is_off_nothing_is_made_nor_opened(
    chromium: Browser, page: ChromiumPage, tmp_path: Path
) -> None:
    build_bundle(write_exercise(tmp_path / "exercise", front("share: false\n")), tmp_path / "dist")
    link = share(page, "theirs = 5\n")
    with silent_context(chromium) as context, Server(tmp_path / "dist") as server:
        visitor = open_tab(context, server.url)
        visitor.tab.get_by_role("button", name="More", exact=True).click()
        expect(visitor.tab.get_by_role("button", name="Settings")).to_be_visible()
        expect(visitor.tab.get_by_role("button", name="Share")).to_be_hidden()
        visitor.tab.keyboard.press("Escape")
        box = follow(visitor, changed(link, 2, "squares"))
        expect(box).to_contain_text("switched off")
        expect(box).not_to_contain_text("theirs")
        press(box, "Close")
        expect_no_fragment(visitor)


def test_a_frame_without_an_origin_offers_link_and_code_to_be_copied(
    chromium: Browser, bundle: Path, tmp_path: Path
) -> None:
    with silent_context(chromium) as context, sandboxed(bundle, tmp_path) as url:
        tab = context.new_page()
        tab.goto(url)
        frame = tab.frame_locator("iframe")
        editor = frame.get_by_role("textbox", name="Code editor")
        editor.press("ControlOrMeta+a")
        tab.keyboard.insert_text("framed = 1")
        frame.get_by_role("button", name="More", exact=True).click()
        frame.get_by_role("button", name="Share", exact=True).click()
        box = frame.get_by_role("dialog", name="Share")
        expect(box.get_by_role("textbox", name="Code")).to_have_value("framed = 1")
        link = box.get_by_role("textbox", name="Link").input_value()
        box.get_by_role("button", name="Close").click()
        inner = tab.frames[1]
        inner.evaluate("(link) => { location.hash = new URL(link).hash; }", link)
        shown = frame.get_by_role("dialog", name="Shared code")
        shown.get_by_role("button", name="Leave it").click()
        expect(shown).to_have_count(0)
        inner.wait_for_url(lambda url: "#" not in url)


@pytest.mark.hostile
@pytest.mark.parametrize("engine", ["firefox", "webkit"])
def test_a_link_goes_round_and_a_theme_holds_in_each_engine(
    chromium: Browser, server: Server, engine: str
) -> None:
    with page_of(engine, chromium) as page:
        page.open(server.url)
        page.write("theirs = 1\n" * 50)
        for name in ("More", "Share"):
            page.click(name)
        page.wait_for(lambda: page.count("#share-link") == 1, SHOW_SECONDS, "link")
        link = str(page.script("return document.querySelector('#share-link').value;"))
        assert re.fullmatch(r".*#shared\.[\w.-]+\.d550\.[\w-]+\.[0-9a-f]{8}", link), "compressed"
        page.click_on("#share-dialog-close")
        page.write("mine = 1\n")
        page.script("location.hash = new URL(arguments[0]).hash;", link)
        page.wait_for(lambda: page.count("#shared-use") == 1, SHOW_SECONDS, "shared code")
        assert page.draft() == "mine = 1\n"
        page.click_on("#shared-use")
        page.wait_for(lambda: "theirs" in page.written(), SHOW_SECONDS, "shared code in use")
        gone = "return location.hash === '';"
        page.wait_for(lambda: bool(page.script(gone)), SHOW_SECONDS, "address without code")
        for name in ("More", "Settings"):
            page.click(name)
        dark = "[name=setting-theme][value=dark]"
        page.wait_for(lambda: page.count(dark) == 1, SHOW_SECONDS, "settings")
        page.click_on(dark)
        page.reload()
        paper = "return getComputedStyle(document.body).backgroundColor;"
        assert page.script(paper) == "rgb(18, 23, 26)"
