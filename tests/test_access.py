"""The page for those who hear it, drive it by keys, or have the system choose its colours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from browsers import ChromiumPage
from builder.serve import Server

from .pages import ready_page
from .slips import SLIPS
from .submissions import REFERENCE, STARTER

# Two tests that print, and fail with a traceback each, and a call too long for a line.
FAILING = """import numpy as np
def label_smoothing_loss(logits, target, alpha):
    print("logits", logits)
    if len(logits) > 900: return np.zeros(400)
    raise ValueError(f"{alpha} {target} {logits.sum()}")
"""


@pytest.fixture(scope="module")
def opened(chromium: Browser, server: Server) -> Iterator[ChromiumPage]:
    with ready_page(chromium, server) as opened:
        yield opened


def style(page: ChromiumPage, selector: str, name: str) -> str:
    """What a property of the first such element computes to."""
    computed = "(part, name) => getComputedStyle(part).getPropertyValue(name)"
    return str(page.tab.locator(selector).first.evaluate(computed, name))


def test_editor_results_each_test_and_what_is_below_the_code_have_headings(
    opened: ChromiumPage,
) -> None:
    for name in ("Code", "Results"):
        expect(opened.tab.get_by_role("heading", name=name, exact=True, level=2)).to_have_count(1)
    opened.tab.get_by_role("tab", name="Try it").click()
    expect(opened.tab.get_by_role("heading", name="Try it", level=2)).to_have_count(1)
    opened.tab.get_by_role("tab", name="Results").click()
    titles = opened.tests.get_by_role("heading", level=3)
    expect(titles).to_have_text(opened.tab.locator(".test-title").all_inner_texts())
    assert titles.count() == 5


@pytest.mark.parametrize("source", [FAILING, SLIPS["forgotten return"], f"print(1)\n{REFERENCE}"])
def test_what_opens_has_a_name_of_its_own(opened: ChromiumPage, source: str) -> None:
    opened.wait_until("ready")
    opened.grade(source)
    opened.wait_until("ready")
    names: list[str] = opened.tab.evaluate(
        """() => [...document.querySelectorAll("#results summary")].map(
          (summary) => summary.getAttribute("aria-label") ?? summary.textContent)"""
    )
    assert len(names) == len(set(names)), names


def test_keys_reach_what_scrolls_and_leave_out_what_does_not(opened: ChromiumPage) -> None:
    opened.wait_until("ready")
    opened.grade(FAILING)
    opened.tab.evaluate(
        "document.querySelectorAll('#results details').forEach((d) => d.open = true)"
    )
    for width in (1366, 375):
        opened.tab.set_viewport_size({"width": width, "height": 768})
        boxes = "#statement :is(pre, .math, .table), #results pre"
        asked = """(boxes) => boxes.map((box) => [
          box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight,
          box.tabIndex === 0 && box.getAttribute("aria-label") !== ""])"""
        opened.tab.wait_for_function(
            f"() => ({asked})([...document.querySelectorAll('{boxes}')])"
            ".every(([scrolls, reached]) => scrolls === reached)"
        )
        found = opened.tab.locator(boxes).evaluate_all(asked)
        assert [True, True] in found and [False, False] in found
    opened.tab.set_viewport_size({"width": 1366, "height": 768})


def test_what_only_a_colour_said_is_seen_in_the_system_s_colours(
    chromium: Browser, server: Server
) -> None:
    page = ChromiumPage(chromium.new_context(forced_colors="active"))
    page.open(server.url)
    assert style(page, "#boot-progress", "forced-color-adjust") == "none"
    page.wait_until("ready")
    page.grade("los\n")
    assert style(page, ".cm-marked-line", "outline-style") == "solid"
    edge = "border-bottom-color"
    assert style(page, "#tab-results", edge) != style(page, "#tab-try", edge)
    assert style(page, "#stop", "color") != style(page, "#reset", "color")
    page.tab.evaluate("document.querySelector('#run').setAttribute('aria-disabled', 'true')")
    assert style(page, "#run", "color") == style(page, "#stop", "color")
    page.close()


_COUNT_SAID = """() => {
  const place = document.getElementById("stale-spoken");
  window.said = [];
  const note = () => window.said.push(place.textContent);
  new MutationObserver(note).observe(place, { childList: true });
}"""


def test_that_the_code_has_changed_since_a_run_is_said_once_when_typing_pauses(
    opened: ChromiumPage,
) -> None:
    opened.grade(STARTER)
    opened.wait_until("ready")
    opened.tab.evaluate(_COUNT_SAID)
    said, text = opened.tab.get_by_role("status"), "Your code has changed since this run."
    for key in "# a":
        opened.editor.press(key)
    expect(said.filter(has_text=text)).to_have_count(1)
    opened.editor.press("b")
    opened.tab.wait_for_function("document.getElementById('stale').checkVisibility()")
    assert opened.tab.evaluate("window.said") == [text]
    opened.grade(STARTER)
    expect(said.filter(has_text=text)).to_have_count(0)
