"""The code as a file, in and out, and as text where the page may not save or copy."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, FrameLocator, Page, expect

from browsers import ChromiumPage
from builder.serve import Server

from .menus import choose, dialog, open_dialog, open_tab, press, sandboxed, silent_context

SLUG = "label-smoothed-cross-entropy"
WRITTEN = "naïve = 'é 中 😀'\nlast = 1"


@pytest.fixture(scope="module")
def page(silent: BrowserContext, server: Server) -> ChromiumPage:
    return open_tab(silent, server.url)


def open_file(page: ChromiumPage, name: str, data: bytes) -> None:
    """Open a file by the menu."""
    page.tab.get_by_role("button", name="More", exact=True).click()
    with page.tab.expect_file_chooser() as chooser:
        page.tab.get_by_role("button", name="Open file", exact=True).click()
    chooser.value.set_files(FilePayload(name=name, mimeType="text/x-python", buffer=data))


def test_a_download_is_named_after_the_exercise_and_opened_again_it_is_the_same(
    page: ChromiumPage,
) -> None:
    page.write(WRITTEN)
    with page.tab.expect_download() as saved:
        choose(page, "Download")
    assert saved.value.suggested_filename == f"{SLUG}.py"
    data = Path(saved.value.path()).read_bytes()
    assert data.decode("utf-8") == WRITTEN
    expect(page.tab.locator("#menu-done")).to_have_text(f"Downloaded as {SLUG}.py")
    page.write("other = 1\n")
    expect(page.tab.locator("#menu-done")).to_be_empty()
    open_file(page, "mine.py", data)
    expect(page.editor).to_contain_text("é 中 😀")
    expect(page.editor).to_be_focused()


def test_what_was_there_is_kept_and_one_undo_brings_it_back(page: ChromiumPage) -> None:
    page.write("before = 1\n")
    open_file(page, "mine.py", b"\xef\xbb\xbfopened = 2\r\nsecond = 3\r\n")
    expect(page.editor).to_contain_text("opened = 2")
    assert page.draft() == "opened = 2\nsecond = 3\n"
    expect(page.tab.locator("#notices [data-notice=back]")).to_contain_text("is kept")
    page.editor.press("ControlOrMeta+z")
    expect(page.editor).to_contain_text("before = 1")
    expect(page.editor).not_to_contain_text("opened")
    box = open_dialog(page, "History")
    expect(box.get_by_text("Before other code took its place").first).to_be_visible()
    press(box, "Close")


# Drops a file on an element; says whether the browser is kept from doing anything with it.
DROP = """
const [where, name, text] = arguments;
const dataTransfer = new DataTransfer();
dataTransfer.items.add(new File([text], name));
const drop = (kind) => {
  const options = { bubbles: true, cancelable: true, dataTransfer };
  return !document.querySelector(where).dispatchEvent(new DragEvent(kind, options));
};
return [drop("dragover"), drop("drop")];
"""


@pytest.mark.parametrize("where", [".cm-content", "#statement"])
def test_a_file_that_is_dropped_on_the_page_is_opened_as_by_the_menu(
    page: ChromiumPage, where: str
) -> None:
    notice = page.tab.locator("#notices [data-notice=menu]")
    page.write("before = 1\n")
    assert page.script(DROP, where, "mine.py", "opened = 2\r\n") == [True, True]
    expect(page.editor).to_have_text("opened = 2")
    page.editor.press("ControlOrMeta+z")
    expect(page.editor).to_have_text("before = 1")
    page.script(DROP, where, "large.py", "x" * 500_000)
    expect(notice).to_contain_text("large.py was not opened")
    expect(page.editor).to_have_text("before = 1")
    notice.get_by_role("button", name="Dismiss").click()


def test_a_file_in_another_encoding_is_opened_and_told_and_none_that_is_no_text_is(
    page: ChromiumPage,
) -> None:
    notice = page.tab.locator("#notices [data-notice=menu]")
    open_file(page, "old.py", "é = 1\n".encode("cp1252"))
    expect(notice).to_contain_text("old.py is not UTF-8")
    expect(page.editor).to_contain_text("é = 1")
    refused = {"small.png": b"\x89PNG\0\1", "large.py": b"x" * 500_000, "a.ipynb": b"{}"}
    for name, data in refused.items():
        open_file(page, name, data)
        expect(notice).to_contain_text(f"{name} was not opened")
        expect(page.editor).to_contain_text("é = 1")
    notice.get_by_role("button", name="Dismiss").click()


def test_copy_copies_and_where_it_may_not_the_code_is_selected(page: ChromiumPage) -> None:
    page.write(WRITTEN)
    choose(page, "Copy")
    expect(page.tab.locator("#menu-done")).to_have_text("Copied")
    assert page.tab.evaluate("navigator.clipboard.readText()") == WRITTEN
    page.tab.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }"
    )
    choose(page, "Copy")
    expect_selected(page.tab, WRITTEN)
    press(dialog(page, "Your code"), "Close")
    expect(page.tab.get_by_role("button", name="More", exact=True)).to_be_focused()


def expect_selected(where: Page | FrameLocator, text: str) -> None:
    """The dialog with the code is open, and all of the code is selected."""
    box = where.get_by_role("dialog", name="Your code").get_by_role("textbox", name="Code")
    expect(box).to_have_value(text)
    expect(box).to_be_focused()
    selected = "(box) => box.value.slice(box.selectionStart, box.selectionEnd)"
    assert box.evaluate(selected) == text


def test_a_frame_that_may_neither_save_nor_copy_nor_keep_offers_the_text(
    chromium: Browser, bundle: Path, tmp_path: Path
) -> None:
    with silent_context(chromium) as context, sandboxed(bundle, tmp_path) as url:
        tab = context.new_page()
        tab.goto(url)
        frame = tab.frame_locator("iframe")
        editor = frame.get_by_role("textbox", name="Code editor")
        editor.press("ControlOrMeta+a")
        tab.keyboard.insert_text("framed = 1")
        for name in ("Copy", "Download"):
            frame.get_by_role("button", name="More", exact=True).click()
            frame.get_by_role("button", name=name, exact=True).click()
            expect_selected(frame, "framed = 1")
            tab.keyboard.press("Escape")
