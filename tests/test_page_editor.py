"""The editor in a real browser: where it marks errors, what it shows, and what typing does."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, expect

from browsers import ChromiumPage
from browsers.limits import SHOW_SECONDS
from browsers.scripts import EDITOR, PASTE
from builder.serve import Server

from .hostile import function
from .pages import page_of

MARKED = ".cm-marked-line"
PART = ".cm-marked-part"


def test_the_part_of_a_line_that_an_error_comes_from_is_marked(shared_page: ChromiumPage) -> None:
    shared_page.grade(function("z = '😀é', logits\nreturn z.mean()"))
    expect(shared_page.tab.locator(MARKED)).to_have_text("    return z.mean()")
    expect(shared_page.tab.locator(PART)).to_have_text("z.mean")
    shared_page.grade("x = 1\nif x = 1: pass\n")
    expect(shared_page.tab.locator(PART)).to_have_text("x = 1")
    expect(shared_page.tab.locator(MARKED)).to_have_text("if x = 1: pass")


SLOW = "import time\ntime.sleep(1)\nlos\n"


def test_a_mark_opens_the_fold_that_it_is_in(shared_page: ChromiumPage) -> None:
    shared_page.write(function("x = 1\nlos"))
    shared_page.editor.press("ControlOrMeta+k")
    shared_page.editor.press("ControlOrMeta+0")
    expect(shared_page.tab.get_by_label("Folded code")).to_have_count(1)
    shared_page.click_run()
    assert shared_page.wait_for_verdict() == "error"
    expect(shared_page.tab.locator(MARKED)).to_have_text("    los")
    expect(shared_page.tab.get_by_label("Folded code")).to_have_count(0)


def run_and_type(page: ChromiumPage, keys: list[str], text: str) -> None:
    """Run what fails after a while in its last line, and type meanwhile."""
    page.wait_until("ready")
    page.write(SLOW)
    page.click_run()
    page.wait_until("running")
    page.editor.focus()
    for key in keys:
        page.tab.keyboard.press(key)
    page.tab.keyboard.insert_text(text)
    assert page.outcome() == "", "the run was over before the text was typed"
    assert page.wait_for_verdict() == "error"


def test_a_mark_is_at_its_own_line_although_lines_came_above_meanwhile(
    shared_page: ChromiumPage,
) -> None:
    run_and_type(shared_page, ["ControlOrMeta+Home"], "# one\n# two\n")
    expect(shared_page.tab.locator(MARKED)).to_have_text("los")
    shared_page.tab.keyboard.press("Enter")
    expect(shared_page.tab.locator(MARKED)).to_have_text("los")
    expect(shared_page.tab.locator(".cm-lineNumbers .cm-marked-gutter")).to_have_text("6")


def test_a_line_that_was_edited_meanwhile_gets_no_mark(shared_page: ChromiumPage) -> None:
    run_and_type(shared_page, ["ControlOrMeta+End", "ArrowUp", "End"], "s = 1")
    expect(shared_page.tab.locator("#stale")).to_be_visible()
    expect(shared_page.tab.locator(MARKED)).to_have_count(0)


def test_tabs_and_characters_that_nobody_sees_are_shown_and_end_no_line(
    shared_page: ChromiumPage,
) -> None:
    shared_page.write("if 1:\n\tx = 1\n        y = '\f\v\u2028\x85\u200b'\n")
    expect(shared_page.tab.locator(f"{EDITOR} .cm-line")).to_have_count(4)
    expect(shared_page.tab.locator(f"{EDITOR} .cm-highlightTab")).to_have_count(1)
    expect(shared_page.tab.locator(f"{EDITOR} .cm-specialChar")).to_have_count(5)
    shared_page.click_run()
    shared_page.wait_for_verdict()
    expect(shared_page.verdict).to_contain_text("Line 2 begins with a tab, line 3 with spaces.")
    shared_page.tab.locator("#load").get_by_role("button", name="Turn tabs into spaces").click()
    expect(shared_page.tab.locator(f"{EDITOR} .cm-highlightTab")).to_have_count(0)


TYPED = {
    '"""Doc."""': '"""Doc."""',
    "'''Doc.'''": "'''Doc.'''",
    'f("a", [1])': 'f("a", [1])',
    "x = {'a': (1)}": "x = {'a': (1)}",
}


@pytest.mark.parametrize("keys", TYPED)
def test_what_is_typed_is_what_stands_there(shared_page: ChromiumPage, keys: str) -> None:
    shared_page.write("def f(x):\n    ")
    shared_page.tab.keyboard.press("ControlOrMeta+End")
    shared_page.tab.keyboard.type(keys)
    assert shared_page.written() == f"def f(x):\n    {TYPED[keys]}"


@pytest.mark.parametrize("key", ["\\", "|", "@", "~"])
def test_a_key_of_altgr_types_its_character(shared_page: ChromiumPage, key: str) -> None:
    shared_page.write("x = 1\n      y")
    shared_page.tab.keyboard.press("ControlOrMeta+End")
    shared_page.tab.keyboard.press(f"Control+Alt+{key}")
    assert shared_page.written() == f"x = 1\n      y{key}"
    # Where a system says that it is AltGr, the browser types it and no command comes in between.
    taken = shared_page.script(ALT_GRAPH, EDITOR, key)
    assert taken is False
    assert shared_page.written() == f"x = 1\n      y{key}"


ALT_GRAPH = """
const [editor, key] = arguments;
const options = { key, ctrlKey: true, altKey: true, modifierAltGraph: true };
const event = new KeyboardEvent("keydown", { ...options, bubbles: true, cancelable: true });
return !document.querySelector(editor).dispatchEvent(event);
"""


def test_joiners_of_emoji_and_scripts_are_shown_and_marks_of_direction_written_out(
    shared_page: ChromiumPage,
) -> None:
    shared_page.grade("print('👨\u200d👩\u200d👧 می\u200cخواهم a\u202eb \u200d')\n")
    printed = shared_page.said("#load .printed pre")
    assert printed.strip() == "👨\u200d👩\u200d👧 می\u200cخواهم a\\u202eb \\u200d"


def test_what_led_to_an_exception_is_shown(shared_page: ChromiumPage) -> None:
    shared_page.grade("try: {}['a']\nexcept KeyError as e: raise ValueError from e\n")
    load = shared_page.tab.locator("#load")
    load.get_by_text("Traceback", exact=True).click()
    shown = load.locator("pre").first.inner_text()
    parts = ["~~^^^^^", "KeyError: 'a'", "direct cause", "ValueError"]
    places = [shown.find(part) for part in parts]
    assert -1 not in places and places == sorted(places), shown


CORE = "print('👨\u200d👩\u200d👧 a\u202eb')\nx = '😀é\f\u2028', los\n\t# tab\n"


# Opens the search, once its script is here, and looks for a text; says where it is.
FIND = """
const input = document.querySelector(".cm-search input");
if (!input) {
  const key = { key: "f", keyCode: 70, ctrlKey: true, bubbles: true, cancelable: true };
  document.querySelector(".cm-content").dispatchEvent(new KeyboardEvent("keydown", key));
  return null;
}
input.value = arguments[0];
input.dispatchEvent(new Event("input", { bubbles: true }));
const selected = document.querySelector(".cm-searchMatch-selected")?.textContent;
return [document.querySelector(".cm-search-count").textContent, selected];
"""


@pytest.mark.hostile
@pytest.mark.parametrize("engine", ["firefox", "webkit"])
def test_other_engines_mark_the_same_part_and_show_the_same_characters(
    chromium: Browser, server: Server, engine: str
) -> None:
    with page_of(engine, chromium) as page:
        page.open(server.url)
        page.wait_until("ready")
        error = page.grade(CORE)["error"]
        assert (error["line"], error["column"], error["end_column"]) == (2, 13, 16)
        marked = f"return document.querySelector('{PART}')?.textContent ?? '';"
        page.wait_for(lambda: page.script(marked) == "los", SHOW_SECONDS, "mark")
        assert page.count(f"{EDITOR} .cm-line") == 4
        assert page.count(f"{EDITOR} .cm-highlightTab") == 1
        page.write("def f(x):\n    ")
        page.script(PASTE, json.dumps("        y = x\n        return y"))
        assert page.written() == "def f(x):\n    y = x\n    return y"
        page.wait_for(lambda: bool(page.script(FIND, "x")), SHOW_SECONDS, "search")
        assert page.script(FIND, "x") == ["1 of 2", "x"]
        page.script("document.querySelectorAll('.cm-search [aria-pressed]')[2].click();")
        page.script(FIND, "(?<=[= ])x")
        counted = "return document.querySelector('.cm-search-count').textContent;"
        page.wait_for(lambda: page.script(counted) == "1 of 1", SHOW_SECONDS, "expression")
        printed = page.said("#load .printed pre").strip()
        assert printed == "👨\u200d👩\u200d👧 a\\u202eb"
