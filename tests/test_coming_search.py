"""The search while its script is on its way: what is typed for it, and what into the code."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Route, expect

from browsers import ChromiumPage
from browsers.limits import SHOW_SECONDS
from browsers.scripts import EDITOR
from builder.serve import Server

from .axes import check
from .menus import choose, open_dialog, open_tab, silent_context
from .searching import box, compose, find, place, search


def test_the_first_key_counts_although_the_script_is_not_there_yet(
    silent: BrowserContext, server: Server
) -> None:
    page = open_tab(silent, server.url)
    page.editor.focus()
    left = page.tab.locator(f"{EDITOR} .cm-line").first.bounding_box()
    expect(page.tab.locator(".cm-foldGutter")).to_have_count(0)
    find(page, "loss")
    expect(place(page)).to_contain_text("1 of ")
    expect(page.tab.locator(".cm-foldGutter")).to_have_count(1)
    after = page.tab.locator(f"{EDITOR} .cm-line").first.bounding_box()
    assert left and after and left["x"] == after["x"], "what comes late moved the code"
    page.tab.close()


@pytest.fixture
def late(chromium: Browser, server: Server) -> Iterator[tuple[ChromiumPage, list[Route]]]:
    """A page whose search stays on its way, and what lets it come."""
    held: list[Route] = []
    with silent_context(chromium) as context:
        context.route("**/assist-*", lambda route: held.append(route))
        page = open_tab(context, server.url)
        page.editor.focus()
        yield page, held


def test_what_is_typed_for_a_search_that_has_not_come_yet_is_not_typed_into_the_code(
    late: tuple[ChromiumPage, list[Route]],
) -> None:
    page, held = late
    before = page.written()
    find(page, "x(los")
    for key in ["Home", "Delete", "End", "Enter", "Control+f"]:
        page.tab.keyboard.press(key)
    composing = compose(page, "s")
    page.wait_for(lambda: bool(held), SHOW_SECONDS, "request")
    held[0].continue_()
    expect(page.tab.locator(".cm-foldGutter")).to_have_count(0)
    composing.send("Input.insertText", {"text": "ss"})
    expect(place(page)).not_to_be_empty()
    expect(box(page, "Find")).to_have_value("(losss")
    assert page.written() == before


def test_what_is_pasted_and_typed_into_the_code_while_a_search_is_on_its_way_stands_there(
    late: tuple[ChromiumPage, list[Route]],
) -> None:
    page, held = late
    find(page, "total")
    page.write("total = 0\n")
    page.tab.keyboard.type("to")
    page.wait_for(lambda: bool(held), SHOW_SECONDS, "request")
    held[0].continue_()
    expect(place(page)).to_have_text("1 match")
    page.tab.keyboard.type("tal")
    assert page.written() == "total = 0\ntotal"
    expect(place(page)).to_have_text("2 matches")


# Where one has gone meanwhile, and what the focus is in there.
ELSEWHERE: dict[str, tuple[Callable[[ChromiumPage], object], str]] = {
    "the button that runs": (lambda page: page.run_button.focus(), "#run"),
    "the menu": (
        lambda page: page.tab.get_by_role("button", name="More", exact=True).click(),
        "#more",
    ),
    "a dialog": (
        lambda page: open_dialog(page, "Settings"),
        "input[name=setting-theme][value=system]",
    ),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_search_that_comes_while_one_is_elsewhere_waits_for_the_focus(
    late: tuple[ChromiumPage, list[Route]], name: str
) -> None:
    page, held = late
    go, focused = ELSEWHERE[name]
    find(page, "total")
    go(page)
    page.wait_for(lambda: bool(held), SHOW_SECONDS, "request")
    with page.tab.expect_event("requestfinished", lambda request: "assist-" in request.url):
        held[0].continue_()
    page.tab.evaluate(AFTER_A_WHILE)
    expect(page.tab.locator(focused)).to_be_focused()
    page.tab.keyboard.press("Escape")
    box(page, "Find").focus()
    expect(place(page)).not_to_be_empty()
    expect(box(page, "Find")).to_have_value("total")
    expect(box(page, "Find")).to_be_focused()
    assert page.problems == []


def test_a_search_that_does_not_come_says_so_and_keeps_what_was_typed_for_it(
    late: tuple[ChromiumPage, list[Route]],
) -> None:
    page, held = late
    find(page, "total")
    page.wait_for(lambda: bool(held), SHOW_SECONDS, "request")
    held[0].abort()
    expect(search(page).get_by_role("status")).to_have_text(
        "The search did not come. Esc leaves this box."
    )
    check(page, ["Code"])
    page.resize(1366, 768)
    expect(box(page, "Find")).to_have_value("total")
    box(page, "Find").press("Escape")
    expect(page.editor).to_be_focused()
    expect(search(page)).to_have_count(0)
    choose(page, "Find")
    expect(box(page, "Find")).to_be_focused()
    page.tab.keyboard.type("loss")
    page.wait_for(lambda: len(held) > 1, SHOW_SECONDS, "second request")
    held[1].continue_()
    expect(place(page)).to_contain_text("1 of ")


def test_where_the_script_does_not_come_the_key_is_the_browser_s(
    chromium: Browser, server: Server
) -> None:
    with silent_context(chromium) as context:
        context.route("**/assist-*", lambda route: route.abort())
        page = open_tab(context, server.url)
        page.editor.click()
        with page.tab.expect_event("requestfailed"):
            page.tab.keyboard.press("Control+f")
        page.wait_for(lambda: not page.tab.evaluate(IS_TAKEN), SHOW_SECONDS, "key let go")


# A script that has come is run before a timer that is set after that.
AFTER_A_WHILE = """() => new Promise((done) => {
  requestIdleCallback(() => setTimeout(done));
})"""

# Whether the page keeps the key from the browser.
IS_TAKEN = """() => {
  const key = { key: "f", keyCode: 70, ctrlKey: true, bubbles: true, cancelable: true };
  return !document.activeElement.dispatchEvent(new KeyboardEvent("keydown", key));
}"""


def test_what_a_key_was_to_select_is_not_selected_under_the_hands_of_who_types_on(
    late: tuple[ChromiumPage, list[Route]],
) -> None:
    page, held = late
    page.write("total = 0\n")
    page.tab.keyboard.press("ControlOrMeta+d")
    page.tab.keyboard.type("one")
    page.wait_for(lambda: bool(held), SHOW_SECONDS, "request")
    held[0].continue_()
    expect(page.tab.locator(".cm-foldGutter")).to_have_count(1)
    page.tab.keyboard.type("two")
    assert page.written() == "total = 0\nonetwo"


def test_what_is_composed_in_the_code_while_the_script_comes_stands_there_once(
    late: tuple[ChromiumPage, list[Route]],
) -> None:
    page, held = late
    page.write("x = 1\n")
    composing = compose(page, "ka")
    page.wait_for(lambda: bool(held), SHOW_SECONDS, "request")
    page.tab.evaluate(NOTE_ASSISTANCE)
    held[0].continue_()
    expect(page.tab.locator("html[data-came]")).to_have_count(1)
    expect(page.tab.locator(".cm-foldGutter")).to_have_count(0)
    compose(page, "か")
    composing.send("Input.insertText", {"text": "仮名"})
    expect(page.tab.locator(".cm-foldGutter")).to_have_count(1)
    assert page.written() == "x = 1\n仮名"


# Notes that the script has run.
NOTE_ASSISTANCE = """document.addEventListener("exercise:assist", () => {
  document.documentElement.dataset.came = "";
});"""
