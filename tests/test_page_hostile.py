"""What a learner does to the page itself: clicks, edits, reloads, storage that does not work."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from browsers import ChromiumPage
from builder.serve import Server

from .bundles import rebuilt
from .hostile import function
from .keeping import wait_until_kept
from .pages import MOST_FRAMES
from .submissions import REFERENCE

pytestmark = pytest.mark.hostile

LOOP = function("while True: pass")
SLOW = function("import time\ntime.sleep(0.15)\nreturn 0.0")


def realms(page: ChromiumPage) -> int:
    """Return how many candidates there are."""
    return page.count("iframe")


def assert_sound(page: ChromiumPage) -> None:
    """The next good run passes, and nothing is left of those before it."""
    page.wait_until("ready")
    assert page.grade(REFERENCE)["passed"] == 5
    page.wait_until("ready")
    assert realms(page) <= MOST_FRAMES
    assert page.problems == []


def test_a_reload_in_mid_run_leaves_a_page_that_is_ready_and_runs_nothing(
    page: ChromiumPage,
) -> None:
    page.wait_until("ready")
    page.write(LOOP)
    page.click_run()
    page.wait_until_testing()
    page.reload()
    expect(page.editor).to_contain_text("while True: pass")
    page.wait_until("ready")
    assert page.outcomes() == ["pending"] * 5
    assert page.reported() == []
    assert_sound(page)


def test_a_tab_that_is_closed_in_mid_run_leaves_its_draft_to_the_next(
    context: BrowserContext, server: Server
) -> None:
    first = ChromiumPage(context)
    first.open(server.url)
    first.wait_until("ready")
    first.write(LOOP)
    first.click_run()
    first.wait_until_testing()
    first.tab.close()
    second = ChromiumPage(context)
    second.open(server.url)
    expect(second.editor).to_contain_text("while True: pass")
    second.wait_until("ready")
    assert second.outcomes() == ["pending"] * 5
    assert_sound(second)


def test_a_double_click_is_one_run(page: ChromiumPage) -> None:
    page.wait_until("ready")
    page.write(REFERENCE)
    page.run_button.dblclick()
    assert page.wait_for_verdict() == "passed"
    page.wait_until("ready")
    assert page.reported() == ["passed"]


def test_ten_clicks_in_a_second_are_one_run_at_a_time(page: ChromiumPage) -> None:
    page.wait_until("ready")
    page.write(REFERENCE)
    page.tab.evaluate(
        """async () => {
            for (let click = 0; click < 10; click++) {
                document.querySelector("#run").click();
                await new Promise((go) => setTimeout(go, 100));
            }
        }"""
    )
    page.wait_until("ready")
    outcomes = page.reported()
    assert 1 <= len(outcomes) <= 10
    assert set(outcomes) == {"passed"}
    assert_sound(page)


def test_edits_during_a_run_count_for_the_next_and_mark_its_results(page: ChromiumPage) -> None:
    page.wait_until("ready")
    page.write(SLOW)
    page.click_run()
    page.wait_until_testing()
    page.write(REFERENCE)
    assert page.wait_for_verdict() == "failed"
    expect(page.tab.locator("#stale")).to_be_visible()
    assert_sound(page)
    expect(page.tab.locator("#stale")).to_be_hidden()


def test_stop_while_python_loads_takes_the_click_on_run_back(page: ChromiumPage) -> None:
    page.click_run()
    if page.html.get_attribute("data-state") == "loading":
        page.tab.evaluate("document.querySelector('#stop').click()")
    page.wait_until("ready", "running")
    page.wait_until("ready")
    assert_sound(page)


@pytest.mark.parametrize("stage", ["warming", "loading", "testing", "library"])
def test_stop_ends_a_run_at_every_stage(page: ChromiumPage, stage: str) -> None:
    sources = {"loading": "while True: pass\n", "library": "import statistics\n" + LOOP}
    page.wait_until("ready")
    if stage == "warming":  # right after a run its candidate is gone and the next comes up
        page.grade(REFERENCE)
    page.write(sources.get(stage, LOOP))
    page.wait_until("ready")
    page.click_run()
    if stage in ("testing", "library"):
        page.wait_until_testing()
    page.click("Stop")
    assert page.wait_for_verdict() == "stopped"
    assert page.outcomes() == ["not-run"] * 5
    assert page.report()["message"] == "You stopped the run."
    assert_sound(page)


def test_a_stop_in_the_click_itself_is_a_stop(page: ChromiumPage) -> None:
    page.wait_until("ready")
    page.write(REFERENCE)
    page.tab.evaluate(
        """() => {
            document.querySelector("#run").click();
            document.querySelector("#stop").click();
            document.querySelector("#run").click();
        }"""
    )
    assert page.wait_for_verdict() == "stopped"
    assert_sound(page)


def test_twenty_runs_take_no_more_memory_than_a_few(page: ChromiumPage) -> None:
    page.wait_until("ready")
    session = page.tab.context.new_cdp_session(page.tab)

    def used() -> tuple[int, int]:
        session.send("HeapProfiler.collectGarbage")
        counted = session.send("Memory.getDOMCounters")
        heap = session.send("Runtime.getHeapUsage")
        return counted["nodes"], int(heap["usedSize"] + heap["backingStorageSize"])

    sizes = []
    for _ in range(20):
        assert page.grade(REFERENCE)["passed"] == 5
        page.wait_until("ready")
        sizes.append(used())
    (nodes, few), (more_nodes, many) = sizes[4], sizes[-1]
    assert many < few + 15e6, sizes
    assert more_nodes < nodes + 2_000, sizes
    assert realms(page) <= MOST_FRAMES


def test_a_page_that_cannot_store_more_says_so_and_works(
    context: BrowserContext, server: Server
) -> None:
    context.add_init_script(
        "Storage.prototype.setItem = function (key, text) {"
        " if (text !== '') throw new DOMException('full', 'QuotaExceededError'); };"
    )
    page = ChromiumPage(context)
    page.open(server.url)
    page.wait_until("ready")
    assert page.grade(REFERENCE)["passed"] == 5
    expect(page.tab.get_by_text("Your code is not saved in this browser")).to_be_visible()


def test_a_saved_draft_of_any_length_never_keeps_the_page_from_coming_up(
    context: BrowserContext, server: Server
) -> None:
    page = ChromiumPage(context)
    page.open(server.url)
    page.write("# mine\n")
    page.tab.evaluate(
        "for (const key of Object.keys(localStorage)) localStorage.setItem(key, '('.repeat(1e6))"
    )
    page.reload()
    page.wait_until("ready")
    page.click_run()
    assert page.wait_for_verdict() == "invalid"
    assert_sound(page)


def test_a_bundle_that_is_replaced_leaves_an_open_page_working_and_a_reload_gets_the_new_one(
    context: BrowserContext, bundle: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(bundle, tmp_path / "site")
    newer = rebuilt(tmp_path, "title: Label-smoothed cross-entropy", "title: A newer title")
    with Server(folder) as server:
        page = ChromiumPage(context)
        page.open(server.url)
        page.wait_until("ready")
        wait_until_kept(page)
        shutil.rmtree(folder)
        shutil.copytree(newer, folder)
        asked = len(server.requests)
        for _ in range(2):
            assert page.grade("import statistics\n" + REFERENCE)["passed"] == 5
            page.wait_until("ready")
        wanted = [request.path.rpartition("/")[2] for request in server.requests[asked:]]
        # Help with typing is fetched after the first key; a page without it runs all the same.
        assert [name for name in wanted if not name.startswith(("assist", "names"))] == []
        page.reload()
        page.wait_until("ready")
        expect(page.tab.get_by_role("heading", name="A newer title")).to_be_visible()
        assert page.grade(REFERENCE)["passed"] == 5
        assert all(request.status < 400 for request in server.requests)


@pytest.mark.parametrize("name", ["*.pack", "pyodide.asm-*.wasm"])
def test_a_page_that_is_opened_during_an_update_says_what_is_missing(
    context: BrowserContext, server: Server, name: str
) -> None:
    page = ChromiumPage(context)

    def vanish(route: Route) -> None:
        route.fulfill(status=404)

    page.tab.route(f"**/assets/{name}", vanish)
    page.open(server.url)
    page.wait_until("failed")
    expect(page.tab.locator("#failure")).to_be_visible()
    expect(page.tab.get_by_role("button", name="Retry")).to_be_visible()
