"""Mistakes that are marked while code is written, by a Python that runs nothing and no run uses."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect

from browsers import ChromiumPage
from browsers.limits import BOOT_SECONDS, SHOW_SECONDS
from builder.serve import Server

from .menus import dialog, open_dialog, open_tab, press
from .submissions import REFERENCE, STARTER

# Notes which texts are read, and, where it is told to, lets no more of them get through.
WATCH_READING = """window.texts = [];
const post = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (message, ...given) {
  if (message?.function === "check") {
    window.texts.push(JSON.parse(message.argument).source);
    if (window.isStuck) return;
  }
  return post.call(this, message, ...given);
};"""
UNDERLINED = """[...document.querySelectorAll(".cm-marked-line *")]
    .filter((part) => getComputedStyle(part).textDecorationLine !== "none")
    .map((part) => part.textContent)"""
LITTLE_MEMORY = 'Object.defineProperty(navigator, "deviceMemory", { get: () => 2 });'
BROKEN = "def f(x):\n    return (x\n"
NOTED = "def f(logits):\n    logits == 3\n    return logit\n\n\n"


@pytest.fixture(scope="module")
def page(chromium: Browser, server: Server) -> Iterator[ChromiumPage]:
    """A page that is ready, and notes what is read of what is written."""
    context = chromium.new_context()
    context.add_init_script(WATCH_READING)
    opened = ChromiumPage(context)
    opened.open(server.url)
    opened.wait_until("ready")
    yield opened
    opened.close()


def texts(page: ChromiumPage) -> list[str]:
    """The texts that were read."""
    read: list[str] = page.tab.evaluate("window.texts")
    return read


def wait_until_read(page: ChromiumPage, text: str) -> None:
    page.wait_for(lambda: text in texts(page), BOOT_SECONDS, f"reading of {text!r}")


def write_noted(page: ChromiumPage) -> None:
    """Write what has two notes, and wait for them."""
    page.write(NOTED)
    wait_until_read(page, NOTED)
    expect(notes(page)).to_have_count(2)


def errors(page: ChromiumPage) -> Locator:
    return page.tab.locator(".cm-found-error")


def notes(page: ChromiumPage) -> Locator:
    return page.tab.locator(".cm-found-note")


def told(page: ChromiumPage) -> Locator:
    """What is told of a mark."""
    return page.tab.locator(".cm-found")


def test_nothing_is_read_before_a_key_and_then_what_is_written(page: ChromiumPage) -> None:
    assert page.count("iframe") == 1
    page.write(STARTER)
    wait_until_read(page, STARTER)
    assert page.count("iframe") == 2
    page.write(NOTED)
    expect(notes(page)).to_have_text(["logits == 3", "logit"])
    assert set(texts(page)) <= {STARTER, NOTED}
    expect(errors(page)).to_have_count(0)


def test_an_error_is_told_in_the_words_of_the_run_and_goes_when_it_is_mended(
    page: ChromiumPage,
) -> None:
    page.write(BROKEN)
    expect(errors(page)).to_have_text("(")
    expect(page.tab.locator(".cm-lineNumbers .cm-found-gutter")).to_have_text("2")
    page.tab.keyboard.press("F8")
    said = "Python cannot read your code on line 2, column 12: '(' was never closed."
    expect(told(page)).to_have_text(said)
    page.tab.keyboard.press("Escape")
    assert page.grade(BROKEN)["message"] == said
    expect(page.tab.locator(".cm-marked-line")).to_have_count(1)
    assert page.tab.evaluate(UNDERLINED) == ["("], "one line under what both have marked"
    page.editor.press("ControlOrMeta+Home")
    page.tab.keyboard.press("ArrowDown")
    page.tab.keyboard.press("End")
    page.tab.keyboard.type(")")
    expect(errors(page)).to_have_count(0)
    expect(page.tab.locator(".cm-marked-line, .cm-found-gutter")).to_have_count(0)


def test_a_character_that_nobody_could_see_is_marked_where_it_is_shown(page: ChromiumPage) -> None:
    unseen = "x =\u200b 1\n"
    page.write(unseen)
    expect(errors(page)).to_have_text("•")
    assert "invisible character" in page.grade(unseen)["message"]
    expect(page.tab.locator(".cm-marked-part")).to_have_text("•")


def test_marks_are_gone_through_by_keys_and_told_to_who_cannot_see_them(
    page: ChromiumPage,
) -> None:
    counted = re.compile("2 places in the code are marked; F8 goes from one to the next.$")
    page.write(STARTER)
    page.tab.get_by_role("article", name="Problem").focus()
    expect(page.editor).not_to_have_accessible_description(counted)
    write_noted(page)
    expect(page.editor).not_to_have_accessible_description(counted)
    page.tab.get_by_role("article", name="Problem").focus()
    expect(page.editor).to_have_accessible_description(counted)
    page.editor.press("ControlOrMeta+End")
    for key, words in (
        ("F8", "Nothing uses this comparison on line 2"),
        ("F8", "Did you mean: 'logits'?"),
        ("F8", "Nothing uses this comparison"),
        ("Shift+F8", "name 'logit' is not defined"),
    ):
        page.tab.keyboard.press(key)
        expect(told(page)).to_contain_text(words)
        expect(page.tab.locator(".cm-announced")).to_contain_text(words)
    page.tab.keyboard.press("Escape")
    expect(told(page)).to_have_count(0)
    page.tab.keyboard.press("Control+Shift+Space")
    expect(told(page)).to_contain_text("name 'logit' is not defined")
    page.tab.keyboard.press("Home")
    expect(told(page)).to_have_count(0)
    page.tab.keyboard.press("Control+Shift+Space")
    expect(told(page)).to_contain_text("name 'logit' is not defined")
    page.tab.keyboard.press("Escape")


def test_what_the_pointer_calls_can_be_pointed_at_and_goes_by_escape_anywhere(
    page: ChromiumPage,
) -> None:
    write_noted(page)
    page.tab.get_by_role("article", name="Problem").focus()
    notes(page).first.hover()
    expect(told(page)).to_contain_text("Nothing uses this comparison on line 2")
    told(page).hover()
    expect(told(page)).to_be_visible()
    page.tab.keyboard.press("Escape")
    expect(told(page)).to_have_count(0)
    notes(page).first.hover()
    expect(told(page)).to_be_visible()
    page.editor.press("ControlOrMeta+Home")
    page.tab.keyboard.press("F8")
    expect(told(page)).to_have_count(1)
    notes(page).last.hover()
    expect(told(page)).to_have_count(2)
    notes(page).first.hover()
    expect(told(page)).to_have_count(1)
    page.tab.keyboard.press("Escape")


def test_switched_off_marks_go_with_their_python_and_switched_on_they_are_back(
    page: ChromiumPage,
) -> None:
    write_noted(page)
    page.editor.press("F8")
    expect(told(page)).to_have_count(1)
    switch = open_dialog(page, "Settings").get_by_label("Mark mistakes while I type")
    switch.uncheck()
    expect(notes(page)).to_have_count(0)
    expect(told(page)).to_have_count(0)
    page.wait_for(lambda: page.count("iframe") == 1, SHOW_SECONDS, "end of what reads")
    press(dialog(page, "Settings"), "Close")
    before = len(texts(page))
    page.write(BROKEN)
    assert page.grade(BROKEN)["outcome"] == "error"
    assert len(texts(page)) == before
    open_dialog(page, "Settings").get_by_label("Mark mistakes while I type").check()
    press(dialog(page, "Settings"), "Close")
    expect(page.tab.locator(".cm-lineNumbers .cm-found-gutter")).to_have_count(
        1, timeout=BOOT_SECONDS * 1000
    )


def test_a_run_waits_for_nothing_that_is_read_nor_is_anything_read_in_it(
    page: ChromiumPage,
) -> None:
    write_noted(page)
    page.script("window.isStuck = true;")
    stuck = NOTED.replace("3", "4")
    page.write(stuck)
    wait_until_read(page, stuck)
    slow = f"import time\ntime.sleep(2)\n{REFERENCE}"
    assert page.grade(slow)["outcome"] == "passed"
    assert texts(page)[-1] == stuck
    assert page.problems == []


def test_a_device_with_little_memory_says_that_nothing_is_marked_there(
    silent: BrowserContext, server: Server
) -> None:
    silent.add_init_script(LITTLE_MEMORY)
    page = open_tab(silent, server.url)
    expect(open_dialog(page, "Settings")).to_contain_text("This device has little memory")
    page.tab.close()
