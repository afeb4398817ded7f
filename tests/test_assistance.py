"""What helps with typing in the editor: fetched after the first key, used by the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect

from browsers import ChromiumPage
from browsers.limits import SHOW_SECONDS
from builder.serve import Server

from .menus import open_tab, silent_context
from .offered import move_to, names

AS_A_MAC = 'Object.defineProperty(navigator, "platform", { get: () => "MacIntel" });'
# The middle of the last letter of a text in the editor.
PLACE_OF = """(text) => {
  const editor = document.querySelector(".cm-content");
  const walker = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    const at = node.data.indexOf(text);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at + text.length - 1);
    range.setEnd(node, at + text.length);
    const box = range.getBoundingClientRect();
    return [box.left + box.width / 3, box.top + box.height / 2];
  }
}"""
HEAD = "import numpy as np\n\ndef smooth(logits, alpha=0.1):\n    "


@pytest.fixture(scope="module")
def page(silent: BrowserContext, server: Server) -> ChromiumPage:
    """A page whose help with typing is here."""
    page = open_tab(silent, server.url)
    page.editor.press("ControlOrMeta+End")
    page.editor.press("Control+Space")
    expect(names(page)).to_be_visible()
    return page


def about(page: ChromiumPage) -> Locator:
    """What is told of a name or a call."""
    return page.tab.locator(".cm-help")


def begin(page: ChromiumPage, typed: str, head: str = HEAD) -> None:
    """Type after a head, letter by letter."""
    page.write(head)
    page.tab.keyboard.type(typed)


def is_written(page: ChromiumPage, expected: str) -> None:
    page.wait_for(lambda: page.written() == expected, SHOW_SECONDS, f"{expected!r}")


def test_nothing_of_it_is_fetched_before_the_first_key_and_each_file_once_after_it(
    silent: BrowserContext, server: Server
) -> None:
    page = open_tab(silent, server.url)
    asked: list[str] = []
    page.tab.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.editor.click()
    assert not [name for name in asked if name.startswith(("assist", "names"))]
    page.tab.keyboard.press("ControlOrMeta+End")
    page.tab.keyboard.type("pri")
    expect(names(page).get_by_role("option").first).to_contain_text("print")
    page.tab.keyboard.press("Escape")
    begin(page, "np.ex")
    expect(names(page)).to_be_visible()
    assert sorted(name.partition("-")[0] for name in asked) == ["assist", "names"]
    page.tab.close()


def test_enter_takes_only_an_item_that_was_moved_to(page: ChromiumPage) -> None:
    begin(page, "np.ex")
    expect(names(page).get_by_role("option", name="exp function", exact=True)).to_be_visible()
    page.tab.keyboard.press("Enter")
    is_written(page, f"{HEAD}np.ex\n    ")
    begin(page, "np.expm")
    chosen = move_to(page, "expm1")
    beside = page.tab.locator(".cm-completionInfo")
    expect(beside).to_contain_text("expm1(x, /, out=None")
    expect(beside).to_contain_text("Calculate exp(x) - 1")
    expect(page.editor).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
    page.tab.keyboard.press("Enter")
    is_written(page, f"{HEAD}np.expm1")
    expect(names(page)).to_have_count(0)


def test_tab_indents_unless_an_item_was_moved_to(page: ChromiumPage) -> None:
    begin(page, "logi")
    expect(names(page)).to_contain_text("logits")
    page.tab.keyboard.press("Tab")
    is_written(page, f"{HEAD}logi    ")
    begin(page, "alp")
    move_to(page, "alpha")
    page.tab.keyboard.press("Tab")
    is_written(page, f"{HEAD}alpha")


def test_escape_closes_the_list_and_once_more_lets_tab_leave(page: ChromiumPage) -> None:
    begin(page, "smo")
    expect(names(page)).to_contain_text("smooth")
    page.tab.keyboard.press("Escape")
    expect(names(page)).to_have_count(0)
    page.tab.keyboard.press("Tab")
    is_written(page, f"{HEAD}smo ")
    expect(page.editor).to_be_focused()
    page.tab.keyboard.press("Escape")
    page.tab.keyboard.press("Tab")
    is_written(page, f"{HEAD}smo ")
    expect(page.editor).not_to_be_focused()


def test_a_key_has_tab_leave_and_once_more_or_back_again_it_indents(page: ChromiumPage) -> None:
    page.write("x = 1")
    page.tab.keyboard.press("Home")
    for presses, written, stays in (
        (2, "    x = 1", True),
        (1, "    x = 1", False),
        (0, "        x = 1", True),
    ):
        page.editor.focus()
        for _ in range(presses):
            page.tab.keyboard.press("Control+m")
        page.tab.keyboard.press("Tab")
        is_written(page, written)
        assert page.editor.evaluate("(editor) => editor === document.activeElement") == stays


def test_the_run_s_key_runs_whatever_is_open(page: ChromiumPage) -> None:
    begin(page, "np.lina")
    move_to(page, "linalg")
    page.tab.keyboard.press("Control+Enter")
    expect(page.tab.locator("#boot")).to_contain_text("Queued")
    is_written(page, f"{HEAD}np.lina")


def test_names_are_offered_where_one_asks_for_them_and_not_in_comments(page: ChromiumPage) -> None:
    begin(page, "# np.ex")
    page.tab.keyboard.press("Control+Space")
    begin(page, "")
    page.tab.keyboard.press("Control+Space")
    expect(names(page)).to_contain_text("alpha")
    page.tab.keyboard.press("Escape")


def test_inside_of_a_call_its_parameters_show_until_escape_or_its_end(page: ChromiumPage) -> None:
    begin(page, "np.zeros(")
    expect(about(page)).to_contain_text("zeros(shape, dtype=float")
    expect(about(page).locator("mark")).to_have_text("shape")
    page.tab.keyboard.type("3,")
    expect(about(page).locator("mark")).to_have_text("dtype=float")
    page.tab.keyboard.press("Escape")
    expect(about(page)).to_have_count(0)
    page.tab.keyboard.type(" order=")
    page.tab.keyboard.press("Control+Shift+Space")
    expect(about(page).locator("mark")).to_have_text("order='C'")
    page.tab.keyboard.press("End")
    expect(about(page)).to_have_count(0)
    begin(page, "smooth(")
    expect(about(page).locator("mark")).to_have_text("logits")
    page.tab.keyboard.press("Control+Enter")
    is_written(page, f"{HEAD}smooth()")
    page.tab.keyboard.press("Escape")


def test_what_a_name_is_is_told_by_a_key_and_to_who_cannot_see(page: ChromiumPage) -> None:
    begin(page, "y = np.exp", HEAD)
    page.tab.keyboard.press("Escape")
    page.tab.keyboard.press("Control+Shift+Space")
    expect(about(page)).to_contain_text("Calculate the exponential")
    expect(page.tab.locator(".cm-announced")).to_contain_text("Calculate the exponential")
    page.tab.keyboard.press("Escape")
    expect(about(page)).to_have_count(0)


def test_what_the_pointer_calls_can_be_pointed_at_stays_and_goes_by_escape_anywhere(
    silent: BrowserContext, server: Server
) -> None:
    page = open_tab(silent, server.url)
    page.editor.press("Control+Space")
    expect(names(page)).to_be_visible()
    begin(page, "y = np.exp\n")
    page.tab.get_by_role("article", name="Problem").focus()
    x, y = page.tab.evaluate(PLACE_OF, "np.exp")
    page.tab.mouse.move(x - 2, y)
    page.tab.mouse.move(x, y)
    expect(about(page)).to_contain_text("Calculate the exponential")
    about(page).hover()
    expect(about(page)).to_be_visible()
    page.tab.keyboard.press("Escape")
    expect(about(page)).to_have_count(0)
    page.tab.close()


@pytest.mark.parametrize("width", [320, 375])
def test_the_list_and_what_it_tells_stay_on_a_narrow_page(page: ChromiumPage, width: int) -> None:
    page.resize(width, 568)
    page.tab.get_by_role("tab", name="Code").click()
    begin(page, "x = np.linalg.matrix_ra", "import numpy as np\n" + " " * 12)
    move_to(page, "matrix_rank")
    beside = page.tab.locator(".cm-completionInfo")
    expect(beside).to_contain_text("matrix_rank")
    for part in (names(page), beside):
        box = part.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
    page.tab.keyboard.press("Enter")
    page.tab.keyboard.type("(")
    box = about(page).bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
    assert page.tab.evaluate("document.documentElement.scrollWidth") <= width
    page.tab.keyboard.press("Escape")
    page.resize(1366, 768)


def test_on_a_mac_another_key_asks_since_its_system_takes_ctrl_space(
    chromium: Browser, server: Server
) -> None:
    with silent_context(chromium) as context:
        context.add_init_script(AS_A_MAC)
        page = open_tab(context, server.url)
        page.editor.press("Meta+End")
        page.tab.keyboard.press("Control+Space")
        page.tab.keyboard.press("Meta+i")
        expect(names(page)).to_be_visible()
