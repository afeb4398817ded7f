"""The keys of the page: a list of them, ways from part to part, and what stays with who types."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from browsers import ChromiumPage
from browsers.limits import SHOW_SECONDS
from builder.serve import Server

from .menus import dialog, open_dialog, open_tab, press, silent_context
from .pages import page_of

# What has the focus, by its name or its id.
FOCUSED = """() => {
  const { activeElement: at } = document;
  return at.getAttribute("aria-label") || at.id || at.localName;
}"""
# Whether the page has taken the key that was pressed last.
WATCH_KEYS = """addEventListener("keydown", (event) => {
  window.isTaken = event.defaultPrevented;
});"""


@pytest.fixture(scope="module")
def silent(chromium: Browser) -> Iterator[BrowserContext]:
    with silent_context(chromium) as context:
        context.add_init_script(WATCH_KEYS)
        yield context


@pytest.fixture(scope="module")
def page(silent: BrowserContext, server: Server) -> ChromiumPage:
    return open_tab(silent, server.url)


@pytest.fixture(autouse=True)
def _as_at_first(page: ChromiumPage) -> None:
    page.resize(1366, 768)
    for part in ("#statement", "#run", ".cm-content", "#results"):
        page.tab.locator(part).focus()
    page.tab.evaluate("document.activeElement.blur()")


def focused(page: ChromiumPage) -> str:
    return str(page.tab.evaluate(FOCUSED))


def pressed(page: ChromiumPage, key: str) -> tuple[bool, str]:
    """Press a key; return whether the page took it, and what has the focus."""
    page.tab.keyboard.press(key)
    return bool(page.tab.evaluate("window.isTaken")), focused(page)


def test_a_question_mark_lists_all_keys_and_closing_goes_back_to_where_one_was(
    page: ChromiumPage,
) -> None:
    page.tab.locator("#statement").focus()
    page.tab.keyboard.press("?")
    keys = dialog(page, "Keys")
    expect(keys).to_be_visible()
    for place in ("Everywhere", "Code editor", "Python console", "Steps", "Menu “⋯”"):
        expect(keys.get_by_role("heading", name=place, level=3)).to_be_visible()
    terms = keys.locator("dt").all_inner_texts()
    assert {"?", "F6", "Shift+F6", "Ctrl+Enter", "Esc then Tab", "Ctrl+Space"} <= set(terms)
    assert keys.locator("dd").count() == len(terms)
    page.tab.keyboard.press("?")  # there is no second one over it
    page.tab.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    assert focused(page) == "Problem"


def test_the_menu_has_the_list_too(page: ChromiumPage) -> None:
    press(open_dialog(page, "Keys"), "Close")
    assert focused(page) == "more"


@pytest.mark.parametrize("place", ["editor", "dialog"])
def test_where_it_is_typed_a_question_mark_is_typed(page: ChromiumPage, place: str) -> None:
    if place == "editor":
        page.write("")
        page.tab.keyboard.type("# why?")
        expect(page.editor).to_have_text("# why?")
        page.tab.keyboard.press("ControlOrMeta+z")
    else:
        open_dialog(page, "Settings").get_by_role("combobox").first.focus()
        page.tab.keyboard.press("?")
    expect(dialog(page, "Keys")).to_be_hidden()
    page.tab.keyboard.press("Escape")


def test_on_a_mac_the_keys_have_its_names(page: ChromiumPage) -> None:
    page.tab.evaluate(
        "Object.defineProperty(navigator, 'platform', {configurable: true, get: () => 'MacIntel'})"
    )
    keys = open_dialog(page, "Keys")
    terms = set(keys.locator("dt").all_inner_texts())
    assert {"⌘+Enter or ⌃+Enter", "⌘+I", "⇧+⌘+Z", "⌥+↑ or ⌥+↓"} <= terms
    page.tab.evaluate(
        "Object.defineProperty(navigator, 'platform', {configurable: true, get: () => 'Linux'})"
    )
    press(keys, "Close")


def test_single_key_shortcuts_are_switched_off_in_all_tabs_and_stay_so(
    page: ChromiumPage, silent: BrowserContext, server: Server
) -> None:
    other = open_tab(silent, server.url)
    box = open_dialog(page, "Settings").get_by_role("checkbox", name="Single-key shortcuts")
    expect(box).to_be_checked()
    box.uncheck()
    page.tab.keyboard.press("Escape")
    other.tab.wait_for_function("localStorage.getItem('exercise:settings').includes('false')")
    for tab in (other, page):
        tab.tab.locator("#statement").focus()
        assert pressed(tab, "?") == (False, "Problem")
    other.tab.close()
    page.reload()
    expect(page.editor).to_be_visible()
    page.tab.locator("#statement").focus()
    assert pressed(page, "?") == (False, "Problem")
    assert pressed(page, "F6")[0], "more than one key could not be pressed by chance"
    open_dialog(page, "Settings").get_by_role("checkbox", name="Single-key shortcuts").check()
    page.tab.keyboard.press("Escape")
    page.tab.locator("#statement").focus()
    page.tab.keyboard.press("?")
    press(dialog(page, "Keys"), "Close")


@pytest.mark.parametrize("width", [1366, 375])
def test_f6_goes_from_part_to_part_and_past_the_ends_the_key_is_the_browser_s(
    page: ChromiumPage, width: int
) -> None:
    page.resize(width, 768)
    parts = ["Problem", "run", "Code editor", "Results"]
    assert [pressed(page, "F6") for _ in parts] == [(True, name) for name in parts]
    assert pressed(page, "F6") == (False, "Results")
    back = [pressed(page, "Shift+F6") for _ in parts[1:]]
    assert back == [(True, name) for name in parts[-2::-1]]
    assert pressed(page, "Shift+F6") == (False, "Problem")


def test_who_comes_back_from_the_browser_s_own_parts_begins_at_an_end(page: ChromiumPage) -> None:
    page.tab.locator("#results").focus()
    assert pressed(page, "F6") == (False, "Results")
    page.tab.evaluate("window.dispatchEvent(new Event('blur'))")
    assert pressed(page, "F6") == (True, "Problem")
    assert pressed(page, "Shift+F6") == (False, "Problem")
    page.tab.evaluate("window.dispatchEvent(new Event('blur'))")
    assert pressed(page, "Shift+F6") == (True, "Results")


def test_f6_comes_back_to_what_had_the_focus_in_a_part_as_long_as_that_is_seen(
    page: ChromiumPage,
) -> None:
    page.tab.locator("#reset").focus()
    page.tab.keyboard.press("F6")
    assert pressed(page, "Shift+F6") == (True, "reset")
    page.tab.locator("#more").focus()
    page.tab.keyboard.press("ArrowDown")
    page.tab.keyboard.press("ArrowDown")
    assert pressed(page, "F6") == (True, "Code editor")
    expect(page.tab.locator("#menu")).to_be_hidden()
    assert pressed(page, "Shift+F6") == (True, "run")


def test_the_menu_has_the_keys_where_a_click_gives_a_button_no_focus(page: ChromiumPage) -> None:
    page.tab.evaluate(
        "addEventListener('mousedown', (event) => event.preventDefault())"
    )  # as Safari
    page.tab.get_by_role("button", name="More", exact=True).click()
    expect(page.tab.locator("#menu")).to_be_visible()
    page.tab.keyboard.press("Escape")
    expect(page.tab.locator("#menu")).to_be_hidden()
    page.reload()
    expect(page.editor).to_be_visible()


PLACES = ["#statement", "#results", "#workspace", "#reset", "body", ".cm-content"]


@pytest.mark.parametrize("place", PLACES)
def test_the_tests_are_run_from_all_over_the_page(page: ChromiumPage, place: str) -> None:
    if place != "body":  # which has the focus when nothing else has
        page.tab.locator(place).focus()
    assert pressed(page, "ControlOrMeta+Enter")[0]
    expect(page.html).to_have_attribute("data-queued", "")
    assert page.count("dialog[open]") == 0, "no button was pressed"


def test_in_a_dialog_and_on_a_link_the_key_is_not_the_page_s(page: ChromiumPage) -> None:
    box = open_dialog(page, "Settings")
    assert not pressed(page, "ControlOrMeta+Enter")[0]
    press(box, "Close")
    page.tab.locator("a.to-code").focus()
    assert not pressed(page, "ControlOrMeta+Enter")[0]


def test_f6_that_is_held_goes_to_one_part(page: ChromiumPage) -> None:
    page.tab.locator("#statement").focus()
    for _ in range(3):
        page.tab.keyboard.down("F6")
    page.tab.keyboard.up("F6")
    assert focused(page) == "run"


def test_what_is_around_parts_is_none_to_come_back_to(page: ChromiumPage) -> None:
    page.tab.locator("#workspace").focus()
    assert pressed(page, "F6") == (True, "run")
    assert pressed(page, "Shift+F6") == (True, "Problem")


def test_f6_shows_what_is_out_of_sight_and_stays_in_a_dialog(page: ChromiumPage) -> None:
    page.tab.get_by_role("tab", name="Try it").click()
    page.tab.locator("#run").focus()
    page.tab.keyboard.press("F6")
    assert pressed(page, "F6") == (True, "Try it")
    page.resize(375, 667)
    page.tab.get_by_role("tab", name="Problem").click()
    for name in ("run", "Code editor"):
        assert pressed(page, "F6") == (True, name)
    expect(page.tab.get_by_role("tab", selected=True)).to_have_text("Code")
    box = open_dialog(page, "Settings")
    assert not pressed(page, "F6")[0]
    press(box, "Close")
    page.resize(1366, 768)
    page.tab.get_by_role("tab", name="Results").click()


def test_f6_leads_to_each_part_after_tab_has_left_the_page(page: ChromiumPage) -> None:
    page.resize(375, 667)
    page.tab.get_by_role("tab", name="Code").click()
    page.tab.keyboard.press("Tab")
    assert focused(page) == "body"
    parts = ["Problem", "run", "Code editor", "Results"]
    assert [pressed(page, "F6") for _ in parts] == [(True, name) for name in parts]


@pytest.mark.parametrize(
    ("part", "tab"),
    [(".cm-content", "Code"), ("#show-hint", "Problem"), ("#results", "Results")],
)
def test_who_zooms_in_still_sees_what_has_the_focus(
    page: ChromiumPage, part: str, tab: str
) -> None:
    page.tab.get_by_role("tab", name="Try it").click()
    page.tab.get_by_role("tab", name="Results").click()
    box = page.tab.locator(part)
    box.focus()
    page.resize(342, 192)  # 400 %
    expect(page.tab.get_by_role("tab", selected=True)).to_have_text(tab)
    expect(box).to_be_focused()
    expect(box).to_be_in_viewport()
    page.resize(1366, 768)
    expect(box).to_be_focused()


def test_the_focus_of_what_only_wide_or_only_small_windows_have_goes_to_run(
    page: ChromiumPage,
) -> None:
    page.tab.locator("#rows").focus()
    page.resize(342, 192)
    expect(page.run_button).to_be_focused()
    page.tab.get_by_role("tab", name="Code").click()
    page.resize(1366, 768)
    expect(page.run_button).to_be_focused()


KEY = """
const [key, shiftKey] = arguments;
const given = { key, shiftKey, bubbles: true, cancelable: true };
const isTaken = !document.activeElement.dispatchEvent(new KeyboardEvent("keydown", given));
const { activeElement: at } = document;
return [isTaken, at.getAttribute("aria-label") || at.id || at.localName];
"""
KEYS_ARE_LISTED = "return document.querySelectorAll('#keys-dialog:modal dt').length > 20;"


@pytest.mark.hostile
@pytest.mark.parametrize("engine", ["firefox", "webkit"])
def test_other_engines_go_from_part_to_part_and_list_the_keys(
    chromium: Browser, server: Server, engine: str
) -> None:
    with page_of(engine, chromium) as page:
        page.open(server.url)
        page.resize(500, 667)
        page.wait_until("ready")
        for name in ("Problem", "run", "Code editor", "Results"):
            assert page.script(KEY, "F6", False) == [True, name]
        assert page.script(KEY, "F6", False) == [False, "Results"]
        assert page.script(KEY, "?", True)[0]
        page.wait_for(lambda: bool(page.script(KEYS_ARE_LISTED)), SHOW_SECONDS, "the list of keys")
