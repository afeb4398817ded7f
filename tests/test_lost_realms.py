"""Interpreters that the page loses, for no reason of the learner's: replaced, nobody is blamed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browsers import ChromiumPage

from .pages import MOST_FRAMES
from .submissions import REFERENCE

pytestmark = pytest.mark.hostile

REMOVE = "document.querySelectorAll('iframe').forEach((frame) => frame.remove());"
LOAD_ANEW = "document.querySelectorAll('iframe').forEach((frame) => document.body.append(frame));"
# As an extension does it: whatever frame comes is gone a moment later, a run's first one or all.
REMOVE_NEXT = """
const watcher = new MutationObserver((changes) => {
  const added = changes.flatMap(({ addedNodes }) => [...addedNodes]);
  const frame = added.find(({ nodeName }) => nodeName === "IFRAME");
  if (frame === undefined || document.documentElement.dataset.state !== "running") return;
  watcher.disconnect();
  frame.remove();
});
watcher.observe(document.body, { childList: true });
"""
REMOVE_ALL = f"""
window.watcher = new MutationObserver(() => {{ {REMOVE} }});
watcher.observe(document.body, {{ childList: true }});
{REMOVE}
"""

SLOW = "import time\ntime.sleep(1.5)\n" + REFERENCE
SLOW_CALLS = f"""{REFERENCE}
import time

quick = label_smoothing_loss


def label_smoothing_loss(logits, target, alpha):
    time.sleep(0.3)
    return quick(logits, target, alpha)
"""

# All the memory that there are addresses for, kept by something that outlives the run.
ADDRESSES = """
import js
size = js.Object.new()
size.initial, size.maximum = 1, 65536
js.self.kept = kept = js.Array.new()
try:
    for _ in range(5000): kept.push(js.WebAssembly.Memory.new(size))
except BaseException as problem:
    print(problem)
"""


def marks(page: ChromiumPage) -> list[str]:
    """Return the names under which it is kept that a snapshot does not fit."""
    return [
        str(key) for key in page.script("return Object.keys(localStorage);") if "mismatch" in key
    ]


def assert_sound(page: ChromiumPage) -> None:
    """The next good run passes, by restoring, and nothing is remembered against the snapshots."""
    page.wait_until("ready")
    assert page.grade(REFERENCE)["outcome"] == "passed"
    page.wait_until("ready")
    assert marks(page) == []
    assert page.count("iframe") <= MOST_FRAMES


@pytest.mark.parametrize("script", [REMOVE, LOAD_ANEW], ids=["removed", "loaded anew"])
def test_a_frame_that_is_lost_while_nobody_runs_anything_is_replaced(
    shared_page: ChromiumPage, script: str
) -> None:
    shared_page.script(script)
    assert_sound(shared_page)


@pytest.mark.parametrize("script", [REMOVE, LOAD_ANEW], ids=["removed", "loaded anew"])
def test_a_frame_that_is_lost_in_a_run_has_the_run_begin_once_more(
    shared_page: ChromiumPage, script: str
) -> None:
    shared_page.write(SLOW)
    shared_page.click_run()
    expect(shared_page.tab.get_by_text("Loading your code…")).to_be_visible()
    shared_page.script(script)
    assert shared_page.wait_for_verdict() == "passed"
    assert_sound(shared_page)


def test_what_a_run_told_before_it_began_once_more_is_not_shown_as_its_results(
    shared_page: ChromiumPage,
) -> None:
    first = shared_page.tests.first
    shared_page.write(SLOW_CALLS)
    shared_page.click_run()
    expect(first).to_have_attribute("data-outcome", "passed")
    shared_page.script(REMOVE)
    expect(first).to_have_attribute("data-outcome", "running")
    shared_page.click("Stop")
    assert shared_page.wait_for_verdict() == "stopped"
    assert_sound(shared_page)


def test_a_frame_that_is_removed_while_a_spare_boots_in_it_is_replaced(
    shared_page: ChromiumPage,
) -> None:
    shared_page.script(REMOVE_NEXT)
    assert shared_page.grade(SLOW)["outcome"] == "passed"
    assert_sound(shared_page)


def test_a_page_that_loses_every_frame_says_so_reports_and_recovers(
    shared_page: ChromiumPage,
) -> None:
    runs = shared_page.count("#runs li")
    shared_page.script(REMOVE_ALL)
    shared_page.write(REFERENCE)
    shared_page.click_run()
    shared_page.wait_until("failed")
    assert shared_page.count("#runs li") == runs, "what was not tested counts as no run"
    assert shared_page.outcome() == "crashed"
    report = shared_page.report()
    assert (report["outcome"], report["fault"], report["total"]) == ("crashed", None, 5)
    assert {test["outcome"] for test in report["tests"]} == {"not-run"}
    assert "Your code was not tested." in shared_page.said("#verdict")
    assert "Extensions" in shared_page.said("#failure")
    assert "Running" not in shared_page.said("#results")
    shared_page.script("watcher.disconnect();")
    shared_page.click("Retry")
    assert_sound(shared_page)


def test_a_run_that_takes_all_memory_leaves_the_next_ones_sound(shared_page: ChromiumPage) -> None:
    for _ in range(3):
        report = shared_page.grade(ADDRESSES + REFERENCE)
        assert report["outcome"] in ("passed", "crashed", "timeout", "error"), report
        assert_sound(shared_page)
    expect(shared_page.html).to_have_attribute("data-boot", "restore restore")
