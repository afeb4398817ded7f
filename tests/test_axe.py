"""axe-core finds nothing in any state of the page: light and dark, wide, on a phone, at 320 px.

What axe cannot decide by itself is listed in UNDECIDED, with what was seen instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Route, expect

from browsers import ChromiumPage
from builder.node import ensure_node_modules
from builder.serve import Server

from .drawing import DrawnPage
from .limits import PATIENT, Limits
from .menus import dialog, open_dialog, press
from .submissions import REFERENCE, ROOT, WRONG_CONVENTION

SIZES = [(1440, 900), (375, 667), (320, 568)]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN_AXE = f"""async () => {{
  const run = {{ runOnly: {TAGS}, resultTypes: ["violations", "incomplete"] }};
  const {{ violations, incomplete }} = await axe.run(document, run);
  for (const node of [...violations, ...incomplete].flatMap((rule) => rule.nodes)) {{
    node.isAway = document.querySelector(node.target[0])?.closest("[data-away]") != null;
  }}
  return {{ violations, incomplete }};
}}"""

# What axe leaves to a person: the rule and why, and what a person says to it. All else is found.
UNDECIDED = {
    "color-contrast, away:": "each part is looked at when it is shown",
    "color-contrast, shortTextContent:": "letters of formulas have the colour of their sentence",
    "color-contrast, nonBmp:": "signs of formulas and keys have the colour of their sentence",
    "color-contrast, imgNode:": "texts of charts have the two colours of the texts below them",
    "color-contrast, bgGradient:": "a faint shade lies at the edge where what scrolls is cut off",
    "color-contrast, elmPartiallyObscured:": "what an edge cuts has the colours of the rest",
    "color-contrast, elmPartiallyObscuring:": "what an edge cuts has the colours of the rest",
    "color-contrast, bgOverlap:": "what the verdict's row covers has the colours of the rest",
}

DRAWN = "() => new Promise((d) => requestAnimationFrame(() => requestAnimationFrame(d)))"
OPEN_ALL = "document.querySelectorAll('#results details').forEach((one) => { one.open = true; })"


@cache
def axe() -> str:
    """The script of axe-core."""
    web = ROOT / "web"
    ensure_node_modules(web, print, checks=True)
    return (web / "node_modules/axe-core/axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def opened(chromium: Browser, limited_bundles: dict[Limits, Path]) -> Iterator[ChromiumPage]:
    """One page for all states."""
    with Server(limited_bundles[PATIENT]) as server:
        page = ChromiumPage(chromium.new_context(reduced_motion="reduce"))
        page.open(server.url)
        page.wait_until("ready")
        yield page
        page.close()


def check(page: ChromiumPage, tabs: list[str]) -> None:
    """Hold what is shown to axe, in each scheme and size, with each of the parts that matter."""
    if page.tab.evaluate("typeof axe") == "undefined":
        page.tab.evaluate(axe())
    found = []
    for width, height in SIZES:
        page.resize(width, height)
        page.tab.evaluate(DRAWN)  # what scrolls now is known by then
        for name in shown_in_turn(page, tabs):
            for scheme in SCHEMES:
                page.tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                results = page.tab.evaluate(RUN_AXE)
                where = f"{name}, {width} px, {scheme}: "
                found += [where + told for told in reasons(results["violations"])]
                found += [
                    f"{where}undecided, {told}"
                    for told in reasons(results["incomplete"])
                    if not told.startswith(tuple(UNDECIDED))
                ]
    assert found == [], "\n".join(found)


def shown_in_turn(page: ChromiumPage, tabs: list[str]) -> Iterator[str]:
    """Open each part that has a tab here; where none has, all stands there."""
    named = {name: page.tab.get_by_role("tab", name=name) for name in tabs}
    here = {name: tab for name, tab in named.items() if tab.is_visible()}
    if not here or page.count("dialog[open]"):
        yield "all"
        return
    for name, tab in here.items():
        tab.click()
        yield name


def reasons(rules: list[dict[str, Any]]) -> Iterator[str]:
    """Say of each element what axe has against it, or cannot tell."""
    for rule in rules:
        for node in rule["nodes"]:
            for told in [*node["any"], *node["all"], *node["none"]]:
                why = told["data"].get("messageKey") if isinstance(told["data"], dict) else None
                yield f"{rule['id']}, {'away' if node['isAway'] else why}: {node['target']}"


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
    return ["Results"]


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
    box = page.tab.get_by_role("listbox", name="What may come here")
    expect(box).to_be_visible()
    page.tab.keyboard.press("ArrowDown")
    expect(page.tab.locator(".cm-completionInfo")).to_be_visible()
    return []


def told_of_a_call(page: ChromiumPage) -> list[str]:
    page.tab.keyboard.press("Escape")
    page.resize(1440, 900)
    page.write("import numpy as np\n")
    page.tab.keyboard.type("np.zeros(3, ")
    expect(page.tab.locator(".cm-help mark")).to_be_visible()
    return []


def asked_to_reset(page: ChromiumPage) -> list[str]:
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
    failed_while_loading,
    running,
    stopped,
    passed,
    tried,
    drawn,
    not_drawn,
    stale,
    offered_names,
    told_of_a_call,
    asked_to_reset,
    noticed,
    shown_a_new_starter,
    menu_opened,
    shown_the_history,
    asked_to_delete,
    shown_the_settings,
    shown_a_link,
    shown_shared_code,
]


def test_axe_finds_nothing_in_any_state(opened: ChromiumPage, subtests: pytest.Subtests) -> None:
    for begin in STATES:
        with subtests.test(begin.__name__):
            check(opened, begin(opened))


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
