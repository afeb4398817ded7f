"""Where fingers type: symbols at the editor's foot, and Run above the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from browsers import ChromiumPage
from builder.serve import Server

from .axes import check

PHONES = [(375, 667), (320, 568)]
SYMBOLS = [*"()[]{}:=_#\"'", "Tab"]

# A window of which a keyboard covers so much (px), as the browser tells a page.
_KEYBOARD = """(covered) => {
  const whole = window.innerHeight;
  const height = { get: () => whole - covered, configurable: true };
  Object.defineProperty(visualViewport, "height", height);
  visualViewport.dispatchEvent(new Event("resize"));
}"""


@pytest.fixture(scope="module")
def opened(chromium: Browser, server: Server) -> Iterator[ChromiumPage]:
    """A page that is touched."""
    page = ChromiumPage(chromium.new_context(has_touch=True, is_mobile=True))
    page.resize(*PHONES[0])
    page.open(server.url)
    page.wait_until("ready")
    yield page
    page.close()


def begin(page: ChromiumPage) -> None:
    """Open the code, and touch it."""
    page.tab.get_by_role("tab", name="Code").tap()
    page.tab.get_by_role("textbox", name="Code editor").tap()
    expect(page.tab.get_by_role("toolbar", name="Symbols")).to_be_visible()


def leave(page: ChromiumPage) -> None:
    page.tab.evaluate("document.activeElement.blur()")
    expect(page.tab.get_by_role("toolbar", name="Symbols")).to_be_hidden()
    expect(page.tab.get_by_role("tab", name="Code")).to_be_visible()


@pytest.mark.parametrize("phone", PHONES, ids=str)
def test_symbols_and_run_stand_above_the_keyboard(
    opened: ChromiumPage, phone: tuple[int, int]
) -> None:
    opened.resize(*phone)
    begin(opened)
    bar, run = (
        opened.tab.get_by_role("toolbar", name="Symbols"),
        opened.tab.get_by_role("button", name="Run tests"),
    )
    above = phone[1] - 260
    opened.tab.evaluate(_KEYBOARD, 40)  # a bar of the browser's is no keyboard
    expect(bar).to_be_in_viewport()
    assert (box := run.bounding_box()) is not None and box["y"] + box["height"] > above
    opened.tab.evaluate(_KEYBOARD, 260)
    for there in (run, bar):
        expect(there).to_be_in_viewport(ratio=0.98)
        box = there.bounding_box()
        assert box is not None and box["y"] + box["height"] <= above
    keys = bar.get_by_role("button").all()
    assert [key.inner_text() for key in keys] == SYMBOLS
    for key in keys:
        box = key.bounding_box()
        assert box is not None and box["width"] >= 24 and box["height"] >= 24
        assert box["x"] + box["width"] <= phone[0] + 0.5
    check(opened, sizes=[phone])
    editor = opened.tab.locator("#editor").bounding_box()
    assert editor is not None and editor["height"] > 100
    opened.tab.evaluate(_KEYBOARD, 0)
    leave(opened)


def test_who_puts_the_keyboard_away_has_the_tabs_again_wherever_the_focus_is(
    opened: ChromiumPage,
) -> None:
    begin(opened)
    bar, tab, editor = (
        opened.tab.get_by_role("toolbar", name="Symbols"),
        opened.tab.get_by_role("tab", name="Code"),
        opened.tab.get_by_role("textbox", name="Code editor"),
    )
    for _ in range(2):
        opened.tab.evaluate(_KEYBOARD, 260)
        expect(bar).to_be_in_viewport()
        expect(tab).to_be_hidden()
        opened.tab.evaluate(_KEYBOARD, 0)
        expect(bar).to_be_hidden()
        expect(tab).to_be_in_viewport()
        expect(editor).to_be_focused()
    leave(opened)
    begin(opened)
    leave(opened)


@pytest.mark.parametrize(("phone", "covered"), [((375, 667), 300), ((667, 375), 200)], ids=str)
def test_a_notice_leaves_lines_of_code_above_the_keyboard(
    opened: ChromiumPage, phone: tuple[int, int], covered: int
) -> None:
    opened.resize(*phone)
    begin(opened)
    opened.write("mine = 1\n")
    opened.click("Reset")
    opened.click("Reset to starter")
    opened.tab.get_by_role("textbox", name="Code editor").tap()
    opened.tab.evaluate(_KEYBOARD, covered)
    code, run = opened.tab.locator("#editor"), opened.tab.get_by_role("button", name="Run tests")
    expect(run).to_be_in_viewport(ratio=0.98)
    box = run.bounding_box()
    assert box is not None and box["y"] + box["height"] <= phone[1] - covered
    lines = code.bounding_box()
    assert lines is not None and lines["height"] > 55, "two lines"
    opened.tab.evaluate(_KEYBOARD, 0)
    opened.tab.get_by_role("button", name="Dismiss").click()
    leave(opened)
    opened.resize(*PHONES[0])


def test_a_slow_press_that_takes_the_focus_from_the_code_ends_on_its_button(
    opened: ChromiumPage,
) -> None:
    begin(opened)
    reset = opened.tab.get_by_role("button", name="Reset", exact=True)
    reset.hover()
    opened.tab.mouse.down()
    expect(opened.tab.get_by_role("textbox", name="Code editor")).not_to_be_focused()
    opened.tab.evaluate("new Promise((done) => setTimeout(done))")  # whatever was to follow has
    opened.tab.mouse.up()
    opened.click("Keep my code")
    leave(opened)


def test_a_symbol_types_as_the_key_would_and_the_focus_stays(opened: ChromiumPage) -> None:
    begin(opened)
    opened.write("")
    bar = opened.tab.get_by_role("toolbar", name="Symbols")
    for symbol in ("Tab", "(", '"', "[", "]", "=", "_"):
        bar.get_by_role("button", name=symbol, exact=True).tap()
    assert opened.written() == '    ("[]=_")'
    expect(opened.tab.get_by_role("textbox", name="Code editor")).to_be_focused()
    opened.tab.keyboard.type("x")
    assert opened.written() == '    ("[]=_x")'
    leave(opened)


def test_run_is_pressed_while_typing(opened: ChromiumPage) -> None:
    begin(opened)
    opened.tab.evaluate(_KEYBOARD, 260)
    opened.tab.get_by_role("button", name="Run tests").tap()
    opened.wait_for_verdict()
    expect(opened.tab.locator("#verdict")).to_be_in_viewport()
    opened.tab.evaluate(_KEYBOARD, 0)


def test_a_mouse_has_no_use_for_symbols(chromium: Browser, server: Server) -> None:
    page = ChromiumPage(chromium.new_context(viewport={"width": 375, "height": 667}))
    page.open(server.url)
    page.tab.get_by_role("tab", name="Code").click()
    page.tab.get_by_role("textbox", name="Code editor").click()
    expect(page.tab.get_by_role("textbox", name="Code editor")).to_be_focused()
    expect(page.tab.get_by_role("toolbar", name="Symbols")).to_be_hidden()
    expect(page.tab.get_by_role("tab", name="Code")).to_be_visible()
    page.close()
