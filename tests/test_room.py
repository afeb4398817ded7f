"""How problem, code and results share the window: separators, and parts that have it alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from playwright.sync_api import Browser, Locator, expect

from browsers import ChromiumPage
from builder.serve import Server

from .menus import open_dialog, open_tab, silent_context
from .pages import ready_page
from .searching import button, place
from .submissions import REFERENCE, WRONG_CONVENTION

WIDE, PHONE = (1366, 768), (375, 667)
# A separator, the part before it, the part's share at first, where it is dragged, and its keys.
SEPARATORS = {
    "columns": ("Width of the problem", "#statement", 46, (820, 400), ("ArrowRight", "ArrowLeft")),
    "rows": ("Height of the code", "#code", 46, (1000, 520), ("ArrowDown", "ArrowUp")),
}
FILLS = {
    "Only the problem": ["#statement"],
    "Only the code": ["#code"],
    "Only the results": ["#tabs", "#results"],
}
_WHOLE = (
    "(({ scrollWidth, scrollHeight }) => [scrollWidth, scrollHeight])(document.documentElement)"
)
_OVER_TABS = """async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const wrap = document.getElementById("wrap").getBoundingClientRect();
  return [...document.querySelectorAll("[role=tab]")].filter((tab) => {
    const { left, right, top, bottom } = tab.getBoundingClientRect();
    return left < wrap.right && right > wrap.left && top < wrap.bottom && bottom > wrap.top;
  }).map((tab) => tab.textContent);
}"""
# The least of a line that can be read (px).
LINE = 16
PARTS = ["#statement", "#code", "#tabs", "#results"]


@pytest.fixture(scope="module")
def opened(chromium: Browser, server: Server) -> Iterator[ChromiumPage]:
    """One page for all rows."""
    with ready_page(chromium, server) as opened:
        opened.resize(*WIDE)
        yield opened


def separator(page: ChromiumPage, name: str) -> Locator:
    return page.tab.get_by_role("separator", name=name, exact=True)


def share(page: ChromiumPage, name: str) -> int:
    """How much the part before a separator has (per cent), as is said to who cannot see it."""
    return int(separator(page, name).get_attribute("aria-valuenow") or -1)


def size(page: ChromiumPage, part: str, axis: str) -> float:
    box = page.tab.locator(part).bounding_box()
    assert box is not None
    return box["width" if axis == "columns" else "height"]


def choose(page: ChromiumPage, name: str) -> None:
    page.tab.get_by_role("button", name="More").click()
    page.tab.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("axis", SEPARATORS)
def test_a_separator_is_moved_by_mouse_and_keys_and_stays_where_it_was_left(
    opened: ChromiumPage, axis: str
) -> None:
    name, part, at_first, (x, y), (more, less) = SEPARATORS[axis]
    handle = separator(opened, name)
    before = size(opened, part, axis)
    expect(handle).to_have_attribute("aria-valuenow", str(at_first))
    box = handle.bounding_box()
    assert box is not None
    mouse = opened.tab.mouse
    mouse.move(box["x"] + box["width"] / 2 + 3 * (axis == "rows"), box["y"] + box["height"] / 2)
    mouse.down()
    mouse.move(x, y, steps=4)
    mouse.up()
    expect(handle).not_to_have_attribute("aria-valuenow", str(at_first))
    dragged = share(opened, name)
    assert dragged > at_first and size(opened, part, axis) > before
    handle.press(more)
    expect(handle).to_have_attribute("aria-valuenow", str(dragged + 2))
    handle.press(less)
    handle.press("Home")
    expect(handle).to_have_attribute("aria-valuenow", "20")
    handle.press("End")
    expect(handle).to_have_attribute("aria-valuenow", "75")
    widest = size(opened, part, axis)
    opened.reload()
    opened.wait_until("ready")
    assert size(opened, part, axis) == widest
    expect(opened.tab.get_by_role("button", name="Run tests")).to_be_in_viewport()
    handle.dblclick()
    expect(handle).to_have_attribute("aria-valuenow", str(at_first))
    opened.reload()
    opened.wait_until("ready")
    assert size(opened, part, axis) == before


@pytest.mark.parametrize("axis", SEPARATORS)
def test_who_cannot_drag_chooses_the_room_in_the_settings(opened: ChromiumPage, axis: str) -> None:
    name, part, at_first, *_ = SEPARATORS[axis]
    before = size(opened, part, axis)
    box = open_dialog(opened, "Settings").get_by_role("combobox", name=name)
    expect(box).to_have_value("The page’s own choice")
    box.select_option("60 %")
    expect(separator(opened, name)).to_have_attribute("aria-valuenow", "60")
    opened.reload()
    opened.wait_until("ready")
    expect(separator(opened, name)).to_have_attribute("aria-valuenow", "60")
    separator(opened, name).press(SEPARATORS[axis][-1][0])
    box = open_dialog(opened, "Settings").get_by_role("combobox", name=name)
    expect(box).to_have_value("62 %")
    box.select_option("The page’s own choice")
    opened.tab.keyboard.press("Escape")
    expect(separator(opened, name)).to_have_attribute("aria-valuenow", str(at_first))
    assert size(opened, part, axis) == before


@pytest.mark.parametrize("window", [WIDE, (1024, 600), (800, 544)], ids=str)
def test_however_the_room_is_shared_all_is_in_reach_and_the_window_itself_does_not_scroll(
    opened: ChromiumPage, window: tuple[int, int]
) -> None:
    opened.resize(*window)
    columns, rows = (separator(opened, name) for name, *_ in SEPARATORS.values())
    for width, height in product(("Enter", "Home", "End"), repeat=2):
        columns.press(width)
        rows.press(height)
        for name in ("Run tests", "More"):
            expect(opened.tab.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
        for name in ("Results", "Try it"):
            expect(opened.tab.get_by_role("tab", name=name)).to_be_in_viewport(ratio=0.9)
        assert size(opened, "#lower", "rows") >= 64
        assert tuple(opened.tab.evaluate(_WHOLE)) == window, (width, height)
    for handle in (columns, rows):
        handle.press("Enter")
    opened.resize(*WIDE)


def test_to_press_a_separator_moves_and_keeps_nothing(opened: ChromiumPage) -> None:
    for name, part, at_first, *_ in SEPARATORS.values():
        separator(opened, name).click()
        expect(separator(opened, name)).to_be_focused()
        assert share(opened, name) == at_first, part
    assert opened.tab.evaluate("localStorage.getItem('exercise:room')") in (
        None,
        '{"columns":null,"rows":null}',
    )


def drag(page: ChromiumPage, *places: tuple[float, float], end: str = "touchEnd") -> None:
    """Draw a finger over the screen."""
    session = page.context.new_cdp_session(page.tab)
    for kind, at in zip(["touchStart", *["touchMove"] * (len(places) - 1)], places, strict=True):
        points = [dict(zip("xy", at, strict=True))]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    session.send("Input.dispatchTouchEvent", {"type": end, "touchPoints": []})


def test_a_finger_finds_a_separator_beside_its_line(chromium: Browser, server: Server) -> None:
    tablet = {"viewport": {"width": 1024, "height": 768}, "has_touch": True, "is_mobile": True}
    with silent_context(chromium, **tablet) as context:
        page = open_tab(context, server.url)
        for axis, (name, _, at_first, *_) in SEPARATORS.items():
            handle = separator(page, name)
            expect(handle).to_have_attribute("aria-valuenow", str(at_first))
            box = handle.bounding_box()
            assert box is not None
            x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
            steps = [
                (x, y - 11 + 20 * n) if axis == "rows" else (x + 11 + 20 * n, y) for n in range(4)
            ]
            drag(page, *steps)
            assert share(page, name) > at_first


def test_a_separator_follows_a_finger(opened: ChromiumPage) -> None:
    name, part, at_first, *_ = SEPARATORS["columns"]
    before = size(opened, part, "columns")
    way = [(before, 400), (540, 400), (480, 400), (420, 400)]
    drag(opened, *way, end="touchCancel")  # as where the system takes it
    expect(separator(opened, name)).to_have_attribute("aria-valuenow", "31")
    opened.reload()
    opened.wait_until("ready")
    expect(separator(opened, name)).to_have_attribute("aria-valuenow", "31")
    separator(opened, name).press("Enter")
    expect(separator(opened, name)).to_have_attribute("aria-valuenow", str(at_first))


@pytest.mark.parametrize("name", FILLS)
def test_a_part_has_the_window_beside_run_and_gives_it_back(
    opened: ChromiumPage, name: str
) -> None:
    choose(opened, name)
    for part in PARTS:
        expect(opened.tab.locator(part)).to_be_visible(visible=part in FILLS[name])
    for shown in ("Run tests", "Stop", "Show all parts", "More"):
        expect(opened.tab.get_by_role("button", name=shown)).to_be_in_viewport(ratio=1)
    assert size(opened, FILLS[name][-1], "columns") > 0.9 * WIDE[0]
    opened.tab.get_by_role("button", name="More").click()
    expect(opened.tab.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    opened.tab.keyboard.press("Escape")
    opened.tab.get_by_role("button", name="Show all parts").click()
    for part in PARTS:
        expect(opened.tab.locator(part)).to_be_visible()
    expect(opened.tab.get_by_role("button", name="More")).to_be_focused()


def test_a_run_brings_its_results_beside_whatever_had_the_window(opened: ChromiumPage) -> None:
    opened.grade(REFERENCE)
    for name in FILLS:
        choose(opened, name)
        opened.click_run()
        opened.wait_for_verdict()
        expect(opened.tab.locator("#verdict")).to_be_in_viewport()
    expect(opened.tab.locator("#code")).to_be_hidden()  # the results had the window already
    opened.tab.get_by_role("button", name="Show all parts").click()


def test_on_a_phone_nothing_is_sized_by_hand_and_the_menu_has_nothing_for_it(
    opened: ChromiumPage,
) -> None:
    opened.resize(*PHONE)
    for axis in SEPARATORS:
        expect(separator(opened, SEPARATORS[axis][0])).to_be_hidden()
    more = opened.tab.get_by_role("button", name="More")
    more.press("ArrowUp")
    for name in FILLS:
        expect(opened.tab.get_by_role("button", name=name)).to_be_hidden()
    focused = opened.tab.evaluate("document.activeElement.closest('#menu') !== null")
    assert focused, "arrows lead to what is shown"
    opened.tab.keyboard.press("Escape")
    opened.resize(*WIDE)


def test_in_a_narrow_column_nothing_lies_over_the_tabs(opened: ChromiumPage) -> None:
    opened.grade(WRONG_CONVENTION)
    opened.wait_until("ready")
    opened.tab.get_by_role("button", name="Step through").first.click()
    wrap = opened.tab.get_by_role("button", name="Wrap lines")
    for window, key in product([WIDE, (1024, 768), (800, 544)], ("Enter", "End", "Home")):
        opened.resize(*window)
        separator(opened, SEPARATORS["columns"][0]).press(key)
        expect(wrap).to_be_in_viewport()
        assert opened.tab.evaluate(_OVER_TABS) == [], (window, key)
    opened.resize(*WIDE)
    separator(opened, SEPARATORS["columns"][0]).press("Enter")
    opened.tab.get_by_role("tab", name="Results").click()


def test_a_search_in_a_low_editor_is_scrolled_and_leaves_a_line_of_the_code(
    opened: ChromiumPage,
) -> None:
    opened.write("total = 0\n" * 40)
    for name, key in (("Width of the problem", "End"), ("Height of the code", "Home")):
        separator(opened, name).focus()
        opened.tab.keyboard.press(key)
    opened.editor.focus()
    opened.tab.keyboard.press("Control+h")
    opened.tab.keyboard.type("total")
    expect(place(opened)).to_contain_text("of 40")
    panel, code, editor = (
        opened.tab.locator(part).bounding_box()
        for part in ("#editor .cm-panels-top", "#editor .cm-scroller", "#editor")
    )
    assert panel and code and editor
    assert panel["y"] + panel["height"] <= code["y"], "the code begins below the search"
    assert code["y"] + LINE <= editor["y"] + editor["height"], "a line is in sight"
    opened.tab.locator("#editor .cm-panels-top").hover()
    opened.tab.mouse.wheel(0, 400)
    last = button(opened, "Replace all")
    expect(last).to_be_in_viewport(ratio=1)
    last.click(trial=True)
    button(opened, "Close the search").click()
    for name in ("Width of the problem", "Height of the code"):
        separator(opened, name).dblclick()
