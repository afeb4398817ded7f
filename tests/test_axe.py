"""axe-core finds nothing in any state of the page, in any mode, wide, on a phone, at 320 px."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from browsers import ChromiumPage
from builder.serve import Server

from .axes import MODES, MORE_CONTRAST, UNDECIDED, check
from .drawing import DrawnPage
from .limits import PATIENT, Limits
from .menus import dialog, open_dialog, press
from .offered import move_to
from .submissions import REFERENCE, ROOT, WRONG_CONVENTION

OPEN_ALL = "document.querySelectorAll('#results details').forEach((one) => { one.open = true; })"

# What moves: a caret may blink, and what only comes later does not move.
MOVING = """() => document.getAnimations().flatMap((one) => one.effect.getKeyframes())
  .flatMap((frame) => Object.keys(frame)).filter((name) => !["offset", "computedOffset", "easing",
    "composite", "visibility", "height", "paddingBlockStart", "paddingBlockEnd", "overflow",
    "overflowX", "overflowY", "opacity"].includes(name))"""


@pytest.fixture(scope="module")
def opened(chromium: Browser, limited_bundles: dict[Limits, Path]) -> Iterator[ChromiumPage]:
    """One page for all states."""
    with Server(limited_bundles[PATIENT]) as server:
        page = ChromiumPage(chromium.new_context(reduced_motion="reduce"))
        page.open(server.url)
        page.wait_until("ready")
        yield page
        page.close()


def ready(page: ChromiumPage) -> list[str]:
    return ["Problem", "Code", "Results", "Try it"]


def failed(page: ChromiumPage) -> list[str]:
    page.grade(WRONG_CONVENTION)
    page.wait_until("ready")
    page.tab.evaluate(OPEN_ALL)
    return ["Results"]


def stepped(page: ChromiumPage) -> list[str]:
    page.tab.get_by_role("tab", name="Results").click()
    page.tab.get_by_role("button", name="Step through").first.click()
    expect(page.tab.locator("#trace")).to_have_attribute("data-steps", re.compile("[1-9]"))
    return ["Steps", "Code"]


def failed_while_loading(page: ChromiumPage) -> list[str]:
    page.grade("print('here')\nlos\n")
    page.wait_until("ready")
    page.tab.evaluate(OPEN_ALL)
    return ["Code", "Results"]


def running(page: ChromiumPage) -> list[str]:
    page.write("def label_smoothing_loss(logits, target, alpha):\n    while True: pass\n")
    page.click_run()
    page.wait_until_testing()
    page.tab.evaluate(OPEN_ALL)  # what stays of the run before
    assert page.count("[data-running] .test-body .case") > 0
    moved = page.tab.evaluate(MOVING)
    assert moved == [], "motion was not asked for"
    return ["Results"]


def hints_opened(page: ChromiumPage) -> list[str]:
    button = page.tab.get_by_role("button", name="Show hint")
    while button.is_visible():
        button.click()
    return ["Problem"]


def stopped(page: ChromiumPage) -> list[str]:
    page.click_on("#stop")
    page.wait_for_verdict()
    page.wait_until("ready")
    return ["Results"]


def passed(page: ChromiumPage) -> list[str]:
    page.grade(REFERENCE)
    page.wait_until("ready")
    return ["Results"]


def tried(page: ChromiumPage) -> list[str]:
    page.write("print('here')\nlong = list(range(2000))\n")
    page.tab.get_by_role("tab", name="Try it").click()
    region = page.tab.get_by_role("region", name="Try it")
    region.get_by_role("button", name="Run code").click()
    expect(region.get_by_role("log")).to_contain_text("here")
    for line, answer in {"long": "1999", "1 / 0": "ZeroDivisionError"}.items():
        region.get_by_role("textbox", name="Python console").fill(line)
        region.get_by_role("textbox", name="Python console").press("Enter")
        expect(region.get_by_role("log")).to_contain_text(answer)
    page.wait_until("ready")
    return ["Try it"]


def drawn(page: ChromiumPage) -> list[str]:
    page.write(WRONG_CONVENTION)
    draw(page)
    return ["Your function"]


def not_drawn(page: ChromiumPage) -> list[str]:
    page.write("def label_smoothing_loss(logits, target, alpha): return 1 / 0")
    draw(page)
    return ["Your function"]


def draw(page: ChromiumPage) -> None:
    DrawnPage(page).draw()
    page.tab.evaluate(OPEN_ALL.replace("results", "explore"))


def stale(page: ChromiumPage) -> list[str]:
    page.write("mine = 1")
    return ["Results"]


def offered_names(page: ChromiumPage) -> list[str]:
    page.resize(1440, 900)
    page.write("import numpy as np\n")
    page.tab.keyboard.type("np.ex")
    move_to(page, "exp")
    expect(page.tab.locator(".cm-completionInfo")).to_be_visible()
    return []


def told_of_a_call(page: ChromiumPage) -> list[str]:
    page.tab.keyboard.press("Escape")
    page.resize(1440, 900)
    page.write("import numpy as np\n")
    page.tab.keyboard.type("np.zeros(3, ")
    expect(page.tab.locator(".cm-help mark")).to_be_visible()
    return []


def searched(page: ChromiumPage) -> list[str]:
    page.tab.keyboard.press("Escape")
    page.resize(1440, 900)
    page.write("def one(total):\n    return total\n\n\ndef other(total):\n    return total\n")
    page.editor.press("ControlOrMeta+Home")
    page.editor.press("Control+Shift+BracketLeft")
    expect(page.tab.get_by_label("Folded code")).to_be_visible()
    page.editor.press("ControlOrMeta+h")
    search = page.tab.get_by_role("search", name="Find in the code")
    search.get_by_role("textbox", name="Find", exact=True).fill("total")
    search.get_by_role("button", name="Match case").click()
    expect(page.tab.locator(".cm-searchMatch-selected")).to_be_visible()
    return ["Code"]


def searched_in_vain(page: ChromiumPage) -> list[str]:
    page.tab.get_by_role("button", name="Regular expression").click()
    page.tab.get_by_role("textbox", name="Find", exact=True).fill("(")
    return ["Code"]


def asked_to_reset(page: ChromiumPage) -> list[str]:
    page.tab.get_by_role("button", name="Close the search").click()
    page.click("Reset")
    return ["Code"]


def noticed(page: ChromiumPage) -> list[str]:
    page.click("Reset to starter")
    return ["Code"]


def shown_a_new_starter(page: ChromiumPage) -> list[str]:
    page.write("mine = 2")
    page.tab.evaluate(ANOTHER_EDITION)
    page.reload()
    page.click("See the new starter")
    return ["Code"]


def menu_opened(page: ChromiumPage) -> list[str]:
    page.click("Close")
    page.tab.get_by_role("button", name="More", exact=True).click()
    return []


def shown_the_history(page: ChromiumPage) -> list[str]:
    page.click("History")
    expect(dialog(page, "History").get_by_role("table")).to_be_visible()
    return []


def asked_to_delete(page: ChromiumPage) -> list[str]:
    press(dialog(page, "History"), "Delete everything kept here")
    return []


def shown_the_settings(page: ChromiumPage) -> list[str]:
    page.tab.keyboard.press("Escape")
    page.tab.keyboard.press("Escape")
    page.tab.get_by_role("button", name="More", exact=True).click()
    page.click("Settings")
    expect(dialog(page, "Settings")).to_be_visible()
    return []


def shown_the_keys(page: ChromiumPage) -> list[str]:
    page.tab.keyboard.press("Escape")
    page.tab.keyboard.press("?")
    expect(dialog(page, "Keys")).to_be_visible()
    return []


def shown_a_link(page: ChromiumPage) -> list[str]:
    page.tab.keyboard.press("Escape")
    page.tab.get_by_role("button", name="More", exact=True).click()
    page.click("Share")
    expect(dialog(page, "Share").get_by_role("textbox", name="Link")).to_be_visible()
    return []


def shown_shared_code(page: ChromiumPage) -> list[str]:
    page.tab.keyboard.press("Escape")
    page.write("theirs = '\u202e'\n")
    link = open_dialog(page, "Share").get_by_role("textbox", name="Link").input_value()
    page.tab.keyboard.press("Escape")
    page.tab.evaluate("(link) => { location.hash = new URL(link).hash; }", link)
    expect(dialog(page, "Shared code").locator("mark")).to_be_visible()
    return []


ANOTHER_EDITION = """() => {
  const key = Object.keys(localStorage).find((key) => key.endsWith(":draft-note"));
  const note = JSON.parse(localStorage.getItem(key));
  note.edition.starter = "another";
  localStorage.setItem(key, JSON.stringify(note));
}"""

# In this order: some states begin where the one before ended.
STATES: list[Callable[[ChromiumPage], list[str]]] = [
    ready,
    failed,
    stepped,
    running,
    stopped,
    failed_while_loading,
    passed,
    hints_opened,
    tried,
    drawn,
    not_drawn,
    stale,
    offered_names,
    told_of_a_call,
    searched,
    searched_in_vain,
    asked_to_reset,
    noticed,
    shown_a_new_starter,
    menu_opened,
    shown_the_history,
    asked_to_delete,
    shown_the_settings,
    shown_the_keys,
    shown_a_link,
    shown_shared_code,
]

COLOURFUL = [
    failed,
    stepped,
    failed_while_loading,
    passed,
    tried,
    drawn,
    not_drawn,
    offered_names,
    searched,
    noticed,
    shown_the_history,
    shown_shared_code,
]


def test_axe_finds_nothing_in_any_state(opened: ChromiumPage, subtests: pytest.Subtests) -> None:
    undecided: set[str] = set()
    for begin in STATES:
        with subtests.test(begin.__name__):
            modes = [*MODES, *MORE_CONTRAST] if begin in COLOURFUL else MODES
            undecided |= check(opened, begin(opened), modes)
    with subtests.test("each reason is one that axe has"):
        assert undecided == set(UNDECIDED)
    said = (ROOT / "docs/accessibility.md").read_text("utf-8")
    with subtests.test("and a document tells"):
        assert [why for row in UNDECIDED.items() for why in row if why not in said] == []


def test_axe_finds_nothing_while_python_is_on_its_way_nor_where_it_does_not_come(
    chromium: Browser, server: Server, subtests: pytest.Subtests
) -> None:
    held: list[Route] = []
    is_gone = False

    def hold(route: Route) -> None:
        if is_gone:
            route.fulfill(status=404)
        else:
            held.append(route)

    page = ChromiumPage(chromium.new_context(reduced_motion="reduce"))
    page.tab.route(re.compile("judge-.*pack"), hold)
    page.open(server.url)
    with subtests.test("loading"):
        check(page, ["Problem", "Code", "Results"])
    page.click_run()
    with subtests.test("queued"):
        check(page, ["Results"])
    waiting, is_gone = list(held), True
    for route in waiting:
        route.fulfill(status=404)
    page.wait_until("failed")
    with subtests.test("failed"):
        check(page, ["Problem", "Code"])
    page.close()
