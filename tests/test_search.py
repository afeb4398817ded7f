"""Finding and replacing, several cursors, folds, tabs, pasted code: by keys and by the pointer."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from browsers import ChromiumPage
from browsers.scripts import EDITOR
from builder.serve import Server

from .menus import choose, open_tab
from .searching import begin, box, button, compose, find, holds, paste, place, search, shows

CODE = """import math


def smooth(values, alpha):
    total = 0
    for value in values:
        total += value
    return total


def other(values):
    return smooth(values, 1)
"""
FOLDED = """import math


def smooth(values, alpha):…


def other(values):…
"""
BODY = "        y = x\n        return y\n"


@pytest.fixture(scope="module")
def page(silent: BrowserContext, server: Server) -> ChromiumPage:
    """A page whose script for all of this is here."""
    page = open_tab(silent, server.url)
    page.write(CODE)
    page.tab.keyboard.press("Control+f")
    expect(search(page)).to_be_visible()
    page.tab.keyboard.press("Escape")
    return page


def test_a_search_goes_through_the_matches_and_leaves_the_cursor_there(page: ChromiumPage) -> None:
    begin(page, CODE)
    find(page, "value")
    expect(place(page)).to_have_text("1 of 6")
    expect(search(page).get_by_role("status")).to_have_text("6 matches")
    for key, where in {
        "Enter": 2,
        "F3": 3,
        "Control+g": 4,
        "Shift+Enter": 3,
        "Shift+F3": 2,
    }.items():
        page.tab.keyboard.press(key)
        expect(place(page)).to_have_text(f"{where} of 6")
    button(page, "Previous match").click()
    expect(place(page)).to_have_text("1 of 6")
    button(page, "Whole words").click()
    expect(place(page)).to_have_text("2 matches")
    button(page, "Next match").click()
    expect(place(page)).to_have_text("1 of 2")
    button(page, "Whole words").click()
    page.tab.keyboard.press("Escape")
    expect(search(page)).to_have_count(0)
    expect(page.editor).to_be_focused()
    page.tab.keyboard.type("item")
    holds(page, CODE.replace("for value", "for item"))


def test_a_search_tells_what_it_cannot_find_or_read(page: ChromiumPage) -> None:
    begin(page, 'x = "a\\n" + A\n')
    find(page, "a\\n")
    expect(place(page)).to_have_text("1 of 1")
    box(page, "Find").fill("zz")
    expect(search(page).get_by_role("status")).to_have_text("No match")
    button(page, "Regular expression").click()
    box(page, "Find").fill("(")
    expect(search(page).get_by_role("status")).to_have_text("Not a regular expression")
    expect(box(page, "Find")).to_have_attribute("aria-invalid", "true")
    box(page, "Find").fill("[a-b]")
    expect(place(page)).to_contain_text("2")
    button(page, "Match case").click()
    expect(place(page)).to_contain_text("1")
    for name in ("Match case", "Regular expression"):
        button(page, name).click()
        expect(button(page, name)).to_have_attribute("aria-pressed", "false")


def test_what_is_found_is_replaced_one_by_one_or_all_in_one_undo_step(page: ChromiumPage) -> None:
    begin(page, CODE)
    find(page, "total")
    page.tab.keyboard.press("Control+h")
    expect(box(page, "Replace with")).to_be_focused()
    page.tab.keyboard.type("s")
    page.tab.keyboard.press("Enter")
    holds(page, CODE.replace("total", "s", 1))
    expect(place(page)).to_have_text("1 of 2")
    button(page, "Replace all").click()
    holds(page, CODE.replace("total", "s"))
    page.tab.keyboard.press("Escape")
    page.tab.keyboard.press("ControlOrMeta+z")
    holds(page, CODE.replace("total", "s", 1))
    page.tab.keyboard.press("Control+f")
    button(page, "Also replace").click()
    expect(box(page, "Replace with")).to_have_count(0)


def test_an_expression_that_takes_too_long_says_so_and_nothing_waits_for_it(
    page: ChromiumPage,
) -> None:
    line = "x = '" + "a" * 60 + "'\n"
    begin(page, line)
    find(page, "y")
    button(page, "Regular expression").click()
    page.heartbeat()
    box(page, "Find").fill("(a+)+$")
    said = search(page).get_by_role("status")
    expect(said).to_have_text("Takes too long")
    page.tab.keyboard.press("ControlOrMeta+h")
    box(page, "Replace with").fill("b")
    button(page, "Replace all").click()
    page.editor.focus()
    page.tab.keyboard.type("z")
    holds(page, f"z{line}")
    expect(place(page)).to_have_text("Takes too long")
    assert page.heartbeat() < FROZEN_MS
    box(page, "Find").fill("(a)(?=a)")
    expect(said).to_have_text("59 matches")
    box(page, "Replace with").fill("$1-")
    button(page, "Replace all").click()
    holds(page, f"z{line}".replace("aa", "a-a-").replace("-'", "'"))
    button(page, "Regular expression").click()


# The expression would take the page for ages; whatever else takes a machine is shorter.
FROZEN_MS = 30_000


def test_a_selection_of_lines_is_not_looked_for_as_if_it_were_one(page: ChromiumPage) -> None:
    begin(page, "one\ntwo\none\n")
    find(page, "one")
    page.tab.keyboard.press("Escape")
    page.tab.keyboard.press("ControlOrMeta+a")
    page.tab.keyboard.press("ControlOrMeta+f")
    expect(box(page, "Find")).to_have_value("one")
    expect(place(page)).to_have_text("2 matches")


# Presses a key that an input method has taken.
COMPOSE = """
const options = { key: arguments[0], isComposing: true, bubbles: true, cancelable: true };
return !document.activeElement.dispatchEvent(new KeyboardEvent("keydown", options));
"""


def test_in_the_boxes_of_the_search_keys_of_an_input_method_and_of_altgr_are_of_what_is_typed(
    page: ChromiumPage,
) -> None:
    begin(page, CODE)
    find(page, "total")
    for key in ("Enter", "Escape"):
        assert page.script(COMPOSE, key) is False
    page.tab.keyboard.press("Control+Alt+@")
    expect(place(page)).to_have_text("1 of 3")
    assert page.written() == CODE


def test_escape_leaves_one_cursor_then_closes_the_search_and_then_lets_tab_leave(
    page: ChromiumPage,
) -> None:
    begin(page, CODE)
    find(page, "total")
    page.editor.focus()
    page.tab.keyboard.press("ControlOrMeta+d")
    expect(page.tab.locator(".cm-cursor")).to_have_count(2)
    page.tab.keyboard.press("Escape")
    expect(page.tab.locator(".cm-cursor")).to_have_count(1)
    expect(search(page)).to_be_visible()
    page.tab.keyboard.press("Escape")
    expect(search(page)).to_have_count(0)
    page.tab.keyboard.press("Escape")
    page.tab.keyboard.press("Tab")
    expect(page.editor).not_to_be_focused()
    holds(page, CODE)


def test_a_word_is_selected_where_it_comes_next_or_everywhere(page: ChromiumPage) -> None:
    begin(page, "a = one\nb = one\nc = one\n")
    page.tab.keyboard.press("End")
    for _time in range(3):
        page.tab.keyboard.press("ControlOrMeta+d")
    page.tab.keyboard.type("f(")
    page.tab.keyboard.type("1")
    holds(page, "a = f(1)\nb = f(1)\nc = f(1)\n")
    page.tab.keyboard.press("Escape")
    page.tab.keyboard.press("Shift+ArrowLeft")
    page.tab.keyboard.press("ControlOrMeta+Shift+l")
    page.tab.keyboard.type("2")
    holds(page, "a = f(2)\nb = f(2)\nc = f(2)\n")


def test_what_is_selected_within_a_line_can_be_seen(page: ChromiumPage) -> None:
    begin(page, "total = 0\n")
    line = page.tab.locator(".cm-activeLine")
    unpainted = "rgba(0, 0, 0, 0)"
    expect(line).not_to_have_css("background-color", unpainted)
    page.tab.keyboard.press("Shift+ArrowRight")
    expect(line).to_have_css("background-color", unpainted)
    page.tab.keyboard.press("ArrowRight")
    expect(line).not_to_have_css("background-color", unpainted)


def test_cursors_are_added_by_keys_and_clicks_and_all_that_types_types_at_each(
    page: ChromiumPage,
) -> None:
    begin(page, "if x:\n    a\n    b\n")
    page.tab.keyboard.press("ArrowDown")
    page.tab.keyboard.press("Control+Alt+ArrowDown")
    page.tab.keyboard.press("End")
    page.tab.keyboard.press("Control+Alt+[")
    page.tab.keyboard.type("'c")
    holds(page, "if x:\n    a['c']\n    b['c']\n")
    page.tab.keyboard.press("Home")
    page.tab.keyboard.press("Tab")
    holds(page, "if x:\n        a['c']\n        b['c']\n")
    page.tab.keyboard.press("Shift+Tab")
    page.tab.keyboard.press("ControlOrMeta+/")
    holds(page, "if x:\n    # a['c']\n    # b['c']\n")
    page.tab.keyboard.press("Escape")
    line = page.tab.locator(f"{EDITOR} .cm-line")
    line.nth(0).click(position={"x": 200, "y": 8})
    line.nth(2).click(position={"x": 200, "y": 8}, modifiers=["Alt"])
    page.tab.keyboard.type("!")
    holds(page, "if x:!\n    # a['c']\n    # b['c']!\n")


def begin_at_two(page: ChromiumPage) -> None:
    """Have a cursor at each of two words that are alike."""
    begin(page, "one\none\n")
    page.tab.keyboard.press("ControlOrMeta+d")
    page.tab.keyboard.press("ControlOrMeta+d")


def test_a_word_is_composed_at_one_of_several_cursors_and_then_stands_at_each(
    page: ChromiumPage,
) -> None:
    begin_at_two(page)
    compose(page, "n")
    composing = compose(page, "に")
    composing.send("Input.insertText", {"text": "日本"})
    holds(page, "日本\n日本\n")
    page.tab.keyboard.type("x")
    holds(page, "日本x\n日本x\n")


def test_who_goes_on_at_once_after_a_word_at_several_cursors_goes_on_at_each(
    page: ChromiumPage,
) -> None:
    begin_at_two(page)
    composing = compose(page, "に")
    composing.send("Input.insertText", {"text": "日"})
    composing = compose(page, "ほ")
    composing.send("Input.insertText", {"text": "本"})
    page.tab.keyboard.type("xy")
    holds(page, "日本xy\n日本xy\n")


def test_blocks_are_folded_by_the_pointer_and_by_keys_and_the_code_stays_whole(
    page: ChromiumPage,
) -> None:
    begin(page, CODE)
    page.tab.keyboard.press("ControlOrMeta+k")
    page.tab.keyboard.press("ControlOrMeta+0")
    shows(page, FOLDED)
    holds(page, CODE)
    page.tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.tab.locator("#print-code").text_content() == CODE.replace("\n", "")
    page.tab.evaluate("dispatchEvent(new Event('afterprint'))")
    page.tab.get_by_title("Unfold").filter(visible=True).first.click()
    shows(
        page,
        CODE.replace("    return smooth(values, 1)\n", "").replace(
            "other(values):\n", "other(values):…\n"
        ),
    )
    page.tab.keyboard.press("ControlOrMeta+k")
    page.tab.keyboard.press("ControlOrMeta+j")
    shows(page, CODE)
    page.tab.get_by_title("Fold", exact=True).filter(visible=True).first.click()
    expect(page.tab.get_by_label("Folded code")).to_have_count(1)
    page.tab.get_by_label("Folded code").click()
    shows(page, CODE)


def test_a_block_is_folded_around_the_cursor_which_stays_in_sight(page: ChromiumPage) -> None:
    begin(page, CODE, "ControlOrMeta+End")
    page.tab.keyboard.press("ArrowUp")
    page.tab.keyboard.press("Control+Shift+BracketLeft")
    expect(page.tab.get_by_label("Folded code")).to_have_count(1)
    page.tab.keyboard.type(" # here")
    holds(page, CODE.replace("other(values):", "other(values): # here"))
    page.tab.keyboard.press("Control+Shift+BracketRight")
    expect(page.tab.get_by_label("Folded code")).to_have_count(0)


def test_a_match_in_a_fold_opens_it(page: ChromiumPage) -> None:
    begin(page, CODE)
    page.tab.keyboard.press("ControlOrMeta+k")
    page.tab.keyboard.press("ControlOrMeta+0")
    shows(page, FOLDED)
    find(page, "return total")
    expect(page.tab.get_by_label("Folded code")).to_have_count(1)
    expect(page.tab.locator(".cm-searchMatch-selected")).to_have_text("return total")


TABS = "def f(x):\n\tif x:\n\t\treturn '\t'\n    return 0\n"
SPACES = "def f(x):\n    if x:\n        return '\t'\n    return 0\n"


def test_the_menu_turns_tabs_into_spaces_where_there_are_any_in_one_undo_step(
    page: ChromiumPage,
) -> None:
    begin(page, "x = 1\n")
    more = page.tab.get_by_role("button", name="More", exact=True)
    more.click()
    offered = page.tab.get_by_role("button", name="Turn tabs into spaces")
    expect(page.tab.get_by_role("button", name="Find", exact=True)).to_be_visible()
    expect(offered).to_have_count(0)
    page.tab.keyboard.press("Escape")
    begin(page, TABS)
    choose(page, "Turn tabs into spaces")
    holds(page, SPACES)
    expect(page.tab.locator("#menu-done")).to_contain_text("except within strings")
    page.editor.press("ControlOrMeta+z")
    holds(page, TABS)


def test_the_menu_finds_too(page: ChromiumPage) -> None:
    begin(page, CODE)
    choose(page, "Find")
    expect(box(page, "Find")).to_be_focused()


def test_pasted_code_fits_its_place_in_one_undo_step_and_by_another_key_stays_as_it_is(
    page: ChromiumPage,
) -> None:
    begin(page, f"{BODY}def f(x):\n    ")
    page.tab.keyboard.press("Shift+ArrowDown")
    page.tab.keyboard.press("Shift+ArrowDown")
    page.tab.keyboard.press("ControlOrMeta+x")
    holds(page, "def f(x):\n    ")
    page.tab.keyboard.press("ControlOrMeta+End")
    page.tab.keyboard.press("ControlOrMeta+v")
    holds(page, "def f(x):\n    y = x\n    return y\n")
    expect(page.tab.locator(".cm-announced")).to_have_text(
        "Pasted, indented as the code around it."
    )
    page.tab.keyboard.press("ControlOrMeta+z")
    holds(page, "def f(x):\n    ")
    page.tab.keyboard.press("ControlOrMeta+Shift+v")
    holds(page, f"def f(x):\n    {BODY}")
    page.tab.keyboard.press("ControlOrMeta+z")
    page.tab.keyboard.press("ControlOrMeta+v")
    holds(page, "def f(x):\n    y = x\n    return y\n")


def test_blanks_of_a_page_are_pasted_as_spaces_but_into_a_string(page: ChromiumPage) -> None:
    begin(page, "def f(x):\n", "ControlOrMeta+End")
    paste(page, "\u00a0\u00a0\u00a0\u00a0y\u00a0= 'a\u00a0b'")
    holds(page, "def f(x):\n    y = 'a\u00a0b'")
    page.tab.keyboard.press("ArrowLeft")
    paste(page, "\u00a0c")
    holds(page, "def f(x):\n    y = 'a\u00a0b\u00a0c'")


def test_the_panel_stays_on_a_narrow_page(page: ChromiumPage) -> None:
    page.resize(320, 568)
    page.tab.get_by_role("tab", name="Code").click()
    begin(page, CODE)
    page.tab.keyboard.press("ControlOrMeta+h")
    find(page, "total")
    for control in search(page).get_by_role("button").all():
        there = control.bounding_box()
        assert there and there["x"] >= 0 and there["x"] + there["width"] <= 320
        assert there["width"] >= 24 and there["height"] >= 24
    match = page.tab.locator(".cm-searchMatch-selected").bounding_box()
    panel = search(page).bounding_box()
    assert match and panel and match["y"] >= panel["y"] + panel["height"], "the panel covers it"
    page.resize(1366, 768)
