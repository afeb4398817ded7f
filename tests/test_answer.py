"""After Run the answer stands in front of the eyes: the first failure, whole, without scrolling."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from browsers import ChromiumPage
from builder.serve import Server

from .limits import HURRIED, Limits
from .pages import ready_page
from .slips import SLIPS
from .submissions import REFERENCE, STARTER, WRONG_SOLUTIONS

# What of the first failure is not in the viewport, or is under something else.
_HIDDEN = """() => {
  const failed = ["failed", "error", "timeout", "crashed"].map((o) => `[data-outcome=${o}]`).join();
  const item = document.querySelector(`#tests > li:is(${failed})`);
  if (item === null) return ["the test"];
  const rows = [...item.querySelectorAll(".case-rows dd")].filter(
    (dd) => !dd.classList.contains("case-note"),
  );
  const parts = [item.querySelector(".test-title"), item.querySelector(".test-message"), ...rows];
  const isSeen = (part) => {
    const { left, right, top, bottom } = part.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight || left < 0 || right > innerWidth + 0.5) return false;
    return [[left + 2, top + 2], [left + 2, bottom - 2]].every(([x, y]) => {
      const there = document.elementFromPoint(x, y);
      return there !== null && (part.contains(there) || there.contains(part));
    });
  };
  return parts.filter((part) => !isSeen(part)).map((part) => part.className);
}"""

SUBMISSIONS = {
    **{path.stem: path.read_text("utf-8") for path in WRONG_SOLUTIONS},
    **{f"slip: {name}": source for name, source in SLIPS.items() if name != "syntax"},
}
SIZES = [(1366, 768), (1024, 768), (375, 667), (320, 568), (768, 1024)]
# Of the submissions every so many-eth, most at the size with the least room: to show all at all
# sizes takes five minutes of a processor (empty SAMPLED to do so).
SAMPLED = {(375, 667): 2, (1366, 768): 6, (1024, 768): 6, (320, 568): 6, (768, 1024): 8}


@pytest.fixture(scope="module")
def hurried(chromium: Browser, limited_bundles: dict[Limits, Any]) -> Iterator[ChromiumPage]:
    """One page, with little patience, for all submissions."""
    with Server(limited_bundles[HURRIED]) as server, ready_page(chromium, server) as opened:
        yield opened


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]} x {size[1]}")
def test_the_first_failure_is_seen_whole_after_a_run(
    hurried: ChromiumPage, size: tuple[int, int]
) -> None:
    hurried.tab.set_viewport_size({"width": size[0], "height": size[1]})
    hidden = {}
    for name in list(SUBMISSIONS)[:: SAMPLED.get(size, 1)]:
        assert hurried.grade(SUBMISSIONS[name])["outcome"] != "passed"
        hurried.wait_until("ready")
        if parts := hurried.tab.evaluate(_HIDDEN):
            hidden[name] = parts
    print(f"{size[0]} x {size[1]}: not seen whole: {hidden or 'none'}")
    assert hidden == {}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]} x {size[1]}")
def test_the_first_failure_is_seen_whole_where_remarks_of_a_pass_stood_above_it(
    hurried: ChromiumPage, size: tuple[int, int]
) -> None:
    hurried.tab.set_viewport_size({"width": size[0], "height": size[1]})
    assert hurried.grade(REFERENCE)["outcome"] == "passed"
    expect(hurried.tab.locator("#passed")).not_to_have_attribute("hidden", "")
    hurried.wait_until("ready")
    hurried.grade(next(iter(SUBMISSIONS.values())))
    hurried.wait_until("ready")
    assert hurried.tab.evaluate(_HIDDEN) == []


def test_only_the_first_failure_is_open_and_what_is_the_same_is_said_once(
    hurried: ChromiumPage,
) -> None:
    hurried.grade(STARTER)
    messages = hurried.tab.locator("#tests .test-message")
    expect(messages).to_have_count(1)
    expect(messages).to_contain_text("(in all 5 tests)")
    expect(hurried.tab.get_by_text("The same as above.")).to_have_count(4)
    hurried.wait_until("ready")
    hurried.grade(SUBMISSIONS["mass_on_wrong_classes_only"])
    expect(hurried.tab.locator("#tests .test-message:visible")).to_have_count(1)
    expect(hurried.verdict).to_contain_text("First failing test: Diagnostic: matches the")


def test_code_in_the_sentences_of_a_result_is_set_as_code_and_is_no_markup(
    hurried: ChromiumPage,
) -> None:
    hurried.wait_until("ready")
    hurried.grade(SLIPS["forgotten return"])
    expect(hurried.tab.locator("#tests .test-mistake > code").first).to_have_text("return")
    expect(hurried.tests.first.locator(".test-mistake")).not_to_contain_text("`")
    hurried.wait_until("ready")
    report = hurried.grade(MARKED_UP)
    said = report["message"].replace("`", "")
    expect(hurried.verdict.locator(".verdict-text")).to_contain_text(said)
    expect(hurried.verdict.locator("code")).to_have_text("<b>1</b>")


# What it says has code in it, and what would be markup.
MARKED_UP = f'{STARTER.split("def ")[0]}raise ValueError("not `<b>1</b>`, <i>2</i>")\n'


def test_a_run_moves_nothing_under_who_types_and_offers_the_first_failure(
    hurried: ChromiumPage,
) -> None:
    tab = hurried.tab
    tab.set_viewport_size({"width": 1366, "height": 768})
    results, button = tab.locator("#results"), tab.get_by_role("button", name="Show first failure")
    hurried.wait_until("ready")
    hurried.grade(REFERENCE)
    hurried.wait_until("ready")
    hurried.write("import time\ntime.sleep(0.8)\n" + SUBMISSIONS["log_of_softmax"])
    hurried.click_run()
    hurried.editor.press("End")
    before = results.evaluate("(results) => results.scrollTop")
    assert hurried.wait_for_verdict() == "failed"
    assert results.evaluate("(results) => results.scrollTop") == before
    expect(hurried.editor).to_be_focused()
    button.click()
    expect(button).to_be_hidden()
    assert tab.evaluate(_HIDDEN) == []


def test_the_same_failure_again_leaves_the_page_where_it_was_scrolled_and_open_what_was_open(
    hurried: ChromiumPage,
) -> None:
    tab, results = hurried.tab, hurried.tab.locator("#results")
    tab.set_viewport_size({"width": 1366, "height": 768})
    hurried.wait_until("ready")
    hurried.grade(STARTER)
    hurried.wait_until("ready")
    tab.get_by_text("Traceback").first.click()
    results.evaluate("(results) => results.scrollTo(0, 60)")
    # On the screen: a line above may come or go, and what is read stays in its place.
    where = "() => document.querySelector('#tests .case').getBoundingClientRect().top"
    before = tab.evaluate(where)
    hurried.grade(STARTER)
    assert abs(tab.evaluate(where) - before) < 2
    expect(tab.locator("#tests details[open]")).to_have_count(1)


def test_a_case_is_copied_as_code_that_runs(hurried: ChromiumPage) -> None:
    tab = hurried.tab
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    hurried.wait_until("ready")
    hurried.grade(SUBMISSIONS["borrows_read_only_logits"])
    tab.get_by_role("button", name="Copy this case").first.click()
    expect(tab.get_by_text("Copied")).to_be_visible()
    assert tab.evaluate("navigator.clipboard.readText()") == (
        "import numpy as np\n\narray1 = np.array([1.25, -0.5, 2.0, 6.5])\n"
        "array1.flags.writeable = False\nlabel_smoothing_loss(array1, 1, 0.1)"
    )
    data = tab.locator("#tests > li [data-case]").first
    assert data.get_attribute("data-got") == "raised ValueError: output array is read-only"
    assert (data.get_attribute("data-expected") or "").startswith("6.7358")
