"""Where the parts of the page stand: in tabs on small windows, and never under a bar."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from browsers import ChromiumPage
from builder.serve import Server

from .pages import page_of, ready_page
from .submissions import REFERENCE, WRONG_CONVENTION

PHONE = (375, 667)
SMALL = [PHONE, (320, 568), (320, 256), (667, 200), (768, 1024)]
SIZES = [*SMALL, (1366, 768), (800, 544)]
TABS = ["Problem", "Code", "Results", "Try it", "Your function"]
LONG = "".join(
    f"value_{n} = [{n}, 'a text that needs more than a line of a phone']\n" for n in range(33)
)

# What is over a box once all is laid out, or nothing: of a large one something is to be seen, of
# others all.
_COVERED = """async (box) => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const { left, right, top, bottom } = box.getBoundingClientRect();
  const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2;
  // A caret lets the mouse through.
  const owner = box.closest(".cm-cursorLayer") ? box.closest(".cm-scroller") : box;
  const other = (y) => {
    const there = document.elementFromPoint(x, y);
    if (there && (owner.contains(there) || there.contains(box))) return "";
    return there?.outerHTML.slice(0, 80) ?? "the window's edge";
  };
  if (bottom - top < innerHeight / 4) return [top + 1, (top + bottom) / 2, bottom - 1].map(other)
    .find((found) => found !== "") ?? "";
  const heights = Array.from({ length: 40 }, (_, n) => (innerHeight * n) / 40);
  const inside = heights.filter((y) => y > top && y < bottom).map(other);
  return inside.includes("") ? "" : (inside[0] ?? "the window's edge");
}"""

# What the window's edges cut, of all that is shown outside of boxes that scroll sideways.
_CUT = """() => [...document.querySelectorAll("button, a, label, p, kbd, h1, h2, h3, summary")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }))
  .filter((one) => one.closest("pre, table, .cm-editor, [data-away]") === null)
  .filter((one) => {
    const { left, right } = one.getBoundingClientRect();
    return left < -1 || right > innerWidth + 1;
  })
  .map((one) => one.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def opened(chromium: Browser, server: Server) -> Iterator[ChromiumPage]:
    """One page for all sizes."""
    with ready_page(chromium, server) as opened:
        yield opened


def named(size: tuple[int, int]) -> str:
    return f"{size[0]} x {size[1]}"


def shown(page: ChromiumPage) -> list[str]:
    """The names of the tabs whose part has the window, by what is at its middle."""
    found: list[str] = page.tab.evaluate(
        """() => {
          const there = document.elementFromPoint(innerWidth / 2, innerHeight / 3);
          const tabs = [...document.querySelectorAll("[role=tab]")];
          return tabs.filter((tab) => document.getElementById(
            tab.getAttribute("aria-controls")).contains(there)).map((tab) => tab.textContent);
        }"""
    )
    return found


@pytest.mark.parametrize("size", SMALL, ids=named)
def test_each_part_has_a_tab_at_the_bottom_and_run_is_in_reach_in_each(
    opened: ChromiumPage, size: tuple[int, int]
) -> None:
    opened.resize(*size)
    tabs = opened.tab.get_by_role("tab")
    expect(tabs).to_have_text(TABS)
    for name in TABS:
        opened.tab.get_by_role("tab", name=name).click()
        assert shown(opened) == [name]
        assert opened.tab.evaluate(_CUT) == []
        expect(opened.tab.get_by_role("tab", selected=True)).to_have_text(name)
        for reached in [opened.run_button, *tabs.all()]:
            assert reached.evaluate(_COVERED) == ""
            box: Any = reached.bounding_box()
            assert box["y"] > size[1] / 2, "out of the thumb's reach"
        for part in ("#statement", "#editor", "#run", "#stop", "#reset", "#verdict", "#tests > li"):
            assert opened.count(part) > 0
        assert opened.tab.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize("size", [PHONE, (800, 544), (1366, 768)], ids=named)
def test_words_of_a_title_a_difficulty_or_a_tag_that_fit_no_line_break(
    opened: ChromiumPage, size: tuple[int, int]
) -> None:
    opened.resize(*size)
    heads = opened.tab.locator("h1, .difficulty, .tags li:first-child")
    words = heads.all_inner_texts()
    heads.evaluate_all("(all) => all.forEach((one) => { one.textContent = 'x'.repeat(90) })")
    cut = opened.tab.evaluate(_CUT)
    wide = opened.tab.evaluate("document.documentElement.scrollWidth")
    put_back = "(all, words) => all.forEach((one, n) => { one.textContent = words[n] })"
    heads.evaluate_all(put_back, words)
    assert (cut, wide) == ([], size[0])


@pytest.mark.parametrize("size", [PHONE, (667, 200)], ids=named)
def test_run_opens_the_results_and_typing_the_code(
    opened: ChromiumPage, size: tuple[int, int]
) -> None:
    opened.resize(*size)
    opened.tab.get_by_role("tab", name="Problem").click()
    opened.wait_until("ready")
    opened.click_run()
    assert shown(opened) == ["Results"]
    opened.wait_for_verdict()
    opened.wait_until("ready")
    opened.write(WRONG_CONVENTION)
    assert shown(opened) == ["Code"]
    opened.editor.press("ControlOrMeta+Enter")
    assert shown(opened) == ["Results"]
    expect(opened.tab.get_by_role("tab", name="Results")).to_be_focused()
    opened.wait_for_verdict()
    opened.wait_until("ready")


@pytest.mark.parametrize("size", [*SMALL, (667, 375)], ids=named)
def test_buttons_stand_in_one_row_and_whole_while_something_runs(
    opened: ChromiumPage, size: tuple[int, int]
) -> None:
    opened.resize(*size)
    opened.tab.locator("#stop").evaluate("(stop) => { stop.disabled = false; }")
    cut = opened.tab.locator(".toolbar > button").evaluate_all(
        """(all) => all.filter((button) => button.checkVisibility())
          .filter((button, _, buttons) => button.scrollWidth > button.clientWidth
          || button.getBoundingClientRect().top !== buttons[0].getBoundingClientRect().top
          || button.getBoundingClientRect().right > innerWidth).map((button) => button.id)"""
    )
    opened.tab.locator("#stop").evaluate("(stop) => { stop.disabled = true; }")
    assert cut == []


def test_what_a_script_focuses_or_scrolls_to_is_shown(opened: ChromiumPage) -> None:
    opened.resize(*PHONE)
    tab = opened.tab
    tab.get_by_role("tab", name="Try it").click()
    for selector, name in {
        "#statement": "Problem",
        ".cm-content": "Code",
        "#results": "Results",
    }.items():
        tab.locator(selector).focus()
        expect(tab.get_by_role("tab", selected=True)).to_have_text(name)
        assert shown(opened) == [name]
    for selector, name in {"h1": "Problem", ".cm-line": "Code", ".promise": "Results"}.items():
        tab.locator(selector).first.evaluate("(part) => part.scrollIntoView({ block: 'center' })")
        expect(tab.get_by_role("tab", selected=True)).to_have_text(name)
        assert shown(opened) == [name]


def test_what_a_script_clicks_out_of_sight_is_clicked_and_shown(opened: ChromiumPage) -> None:
    opened.resize(*PHONE)
    tab = opened.tab
    opened.grade(WRONG_CONVENTION)
    expect(tab.get_by_role("tab", selected=True)).to_have_text("Results")
    tab.get_by_role("button", name="Show hint").click()
    expect(tab.locator(".hint:visible")).to_have_count(1)
    expect(tab.get_by_role("tab", selected=True)).to_have_text("Problem")
    # Where a click leads to another part, that one has the last word.
    tab.get_by_role("button", name="Try this case").first.click()
    expect(tab.get_by_role("tab", selected=True)).to_have_text("Try it")
    assert shown(opened) == ["Try it"]


def test_arrows_home_and_end_go_from_tab_to_tab(opened: ChromiumPage) -> None:
    opened.resize(*PHONE)
    opened.tab.get_by_role("tab", name="Problem").click()
    for key, name in [
        ("ArrowRight", "Code"),
        ("End", "Your function"),
        ("ArrowRight", "Problem"),
        ("ArrowLeft", "Your function"),
        ("Home", "Problem"),
    ]:
        opened.tab.keyboard.press(key)
        expect(opened.tab.get_by_role("tab", name=name)).to_be_focused()
        assert shown(opened) == [name]


def test_beside_the_code_only_what_is_below_it_takes_turns(opened: ChromiumPage) -> None:
    opened.resize(1366, 768)
    tab = opened.tab
    expect(tab.get_by_role("tab")).to_have_text(["Results", "Try it", "Your function"])
    tab.get_by_role("tab", name="Try it").click()
    assert tab.locator("#verdict").evaluate(_COVERED) != ""
    expect(tab.get_by_role("region", name="Try it")).to_be_visible()
    opened.wait_until("ready")
    opened.click_run()
    expect(tab.get_by_role("tab", name="Results")).to_have_attribute("aria-selected", "true")
    assert tab.locator("#verdict").evaluate(_COVERED) == ""
    expect(tab.get_by_role("region", name="Try it")).to_be_hidden()
    opened.wait_for_verdict()
    opened.wait_until("ready")


@pytest.mark.parametrize("size", SIZES, ids=named)
def test_no_bar_hides_the_caret_on_its_way_through_a_long_text(
    opened: ChromiumPage, size: tuple[int, int]
) -> None:
    opened.resize(*size)
    opened.write(LONG)
    opened.editor.press("ControlOrMeta+Home")
    hidden = []
    for key in ["ArrowDown"] * 40 + ["ControlOrMeta+End"] + ["ArrowUp"] * 20 + ["PageUp"] * 3:
        opened.tab.keyboard.press(key)
        if over := opened.tab.locator(".cm-cursor-primary").evaluate(_COVERED):
            hidden.append(over)
    assert hidden == []


def test_however_much_notices_say_the_code_has_its_room(opened: ChromiumPage) -> None:
    opened.resize(1366, 768)
    opened.write("mine = 1\n")
    opened.click("Reset")
    opened.click("Reset to starter")
    notice = opened.tab.locator("#notices [data-notice=back]")
    notice.locator("p").evaluate("(said) => { said.textContent = 'word '.repeat(200); }")
    for width, height in [*SMALL, (667, 375)]:
        opened.resize(width, height)
        opened.tab.get_by_role("tab", name="Code").click()
        code: Any = opened.tab.locator("#code").bounding_box()
        assert code["height"] > 0.36 * height, (width, height)
        dismiss = notice.get_by_role("button", name="Dismiss")
        dismiss.focus()
        assert dismiss.evaluate(_COVERED) == ""
    notice.get_by_role("button", name="Dismiss").click()


@pytest.mark.parametrize("size", SIZES, ids=named)
def test_what_tab_reaches_is_seen(opened: ChromiumPage, size: tuple[int, int]) -> None:
    opened.resize(*size)
    opened.wait_until("ready")
    opened.grade(WRONG_CONVENTION)
    opened.wait_until("ready")
    reached = set()
    for selected in opened.tab.get_by_role("tab").all():
        selected.click()
        opened.tab.evaluate("document.activeElement.blur()")
        for _ in range(30):
            opened.tab.keyboard.press("Escape")
            opened.tab.keyboard.press("Tab")
            over, name = opened.tab.evaluate(
                f"""async () => {{
                  const box = document.activeElement;
                  const name = box.id || box.getAttribute("aria-label") || box.textContent;
                  return [box === document.body ? "" : await ({_COVERED})(box), name.slice(0, 40)];
                }}"""
            )
            assert over == "", f"{name} is under {over}"
            reached.add(name)
        tall = opened.tab.evaluate("document.documentElement.scrollHeight")
        assert tall <= size[1], "the window itself scrolls"
        assert opened.tab.get_by_role("tab", selected=True).inner_text() == selected.inner_text()
    assert {"run", "reset", "Code editor", "statement", "results"} <= reached


NAMELESS_TAB = """() => {
  const told = { key: "Unidentified", code: "Tab", shiftKey: true, bubbles: true };
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", told));
  const inert = document.querySelectorAll("[data-away]:not([inert])").length === 0;
  document.activeElement.dispatchEvent(new KeyboardEvent("keyup", told));
  return inert;
}"""


def test_what_is_away_is_out_of_the_way_of_a_tab_without_a_name(opened: ChromiumPage) -> None:
    opened.resize(*PHONE)
    opened.tab.get_by_role("tab", name="Code").click()
    assert opened.tab.evaluate(NAMELESS_TAB), "WebKitGTK names no Tab while Shift is held"
    expect(opened.tab.locator("[inert]")).to_have_count(0)


def test_long_lines_wrap_where_a_line_has_little_room_and_wherever_it_is_wanted(
    opened: ChromiumPage,
) -> None:
    opened.resize(*PHONE)
    opened.write(LONG)
    wide = "(content) => content.scrollWidth > content.closest('.cm-scroller').clientWidth"
    assert not opened.editor.evaluate(wide)
    wrap = opened.tab.get_by_role("button", name="Wrap lines")
    expect(wrap).to_have_attribute("aria-pressed", "true")
    wrap.click()
    assert opened.editor.evaluate(wide)
    opened.resize(800, 700)
    expect(wrap).to_have_attribute("aria-pressed", "false")
    opened.tab.evaluate("localStorage.removeItem('exercise:settings')")
    opened.reload()
    opened.resize(1366, 768)
    expect(wrap).to_have_attribute("aria-pressed", "false")
    columns = opened.tab.get_by_role("separator", name="Width of the problem")
    columns.press("End")
    expect(wrap).to_have_attribute("aria-pressed", "true")
    assert not opened.editor.evaluate(wide)
    columns.press("Enter")
    expect(wrap).to_have_attribute("aria-pressed", "false")


def test_without_keys_nothing_is_said_of_them(chromium: Browser, server: Server) -> None:
    context = chromium.new_context(
        has_touch=True, is_mobile=True, viewport={"width": 375, "height": 667}
    )
    page = ChromiumPage(context)
    page.open(server.url)
    page.tab.get_by_role("tab", name="Code").tap()
    expect(page.editor).to_be_visible()
    expect(page.tab.get_by_text("leaves the editor")).to_be_hidden()
    context.close()


def test_after_a_pass_the_list_is_seen_from_its_start(opened: ChromiumPage) -> None:
    opened.resize(320, 568)
    opened.wait_until("ready")
    opened.grade(WRONG_CONVENTION)
    opened.wait_until("ready")
    assert opened.grade(REFERENCE)["outcome"] == "passed"
    opened.wait_until("ready")
    assert opened.tab.locator("#results").evaluate("(results) => results.scrollTop") == 0


def test_dots_tell_in_words_what_the_last_runs_came_to_after_a_reload_too(
    page: ChromiumPage,
) -> None:
    dots = page.tab.get_by_role("list", name="Last runs").get_by_role("listitem")
    page.wait_until("ready")
    expect(dots).to_have_count(0)
    page.grade(WRONG_CONVENTION)
    page.wait_until("ready")
    page.grade(REFERENCE)
    expect(dots).to_have_text(["Failed: 1 of 5 passed", "Passed: 5 of 5 passed"])
    page.reload()
    expect(dots).to_have_text(["Failed: 1 of 5 passed", "Passed: 5 of 5 passed"])
    page.wait_until("ready")
    page.grade("los\n")
    expect(dots.last).to_have_text("Error: 0 of 5 passed")
    for size in (PHONE, (320, 568)):
        page.resize(*size)
        heights = page.tab.locator("#verdict, #runs").evaluate_all(
            "(parts) => parts.map((part) => part.getBoundingClientRect().top)"
        )
        assert heights[0] == pytest.approx(heights[1], abs=8), "on a line of its own"


SHOWN = """
const there = document.elementFromPoint(innerWidth / 2, innerHeight / 3);
const selected = document.querySelector("[role=tab][aria-selected=true]");
const part = document.getElementById(selected.getAttribute("aria-controls"));
return part.contains(there) ? selected.textContent : `${selected.textContent}, not shown`;
"""

MESSAGE_SEEN = """
const message = document.querySelector("#tests .test-message");
const { left, top, bottom } = message.getBoundingClientRect();
return [top + 2, bottom - 2].every((y) => message === document.elementFromPoint(left + 2, y));
"""


@pytest.mark.hostile
@pytest.mark.parametrize("engine", ["firefox", "webkit"])
def test_other_engines_show_the_part_that_is_wanted(
    chromium: Browser, server: Server, engine: str
) -> None:
    with page_of(engine, chromium) as page:
        page.open(server.url)
        page.resize(500, 667)
        page.wait_until("ready")
        assert page.script(SHOWN) == "Problem"
        page.write(WRONG_CONVENTION)
        assert page.script(SHOWN) == "Code"
        page.click_run()
        assert page.wait_for_verdict() == "failed"
        assert page.script(SHOWN) == "Results"
        assert page.script(MESSAGE_SEEN)
        page.click_on("#tab-try")
        assert page.script(SHOWN) == "Try it"
