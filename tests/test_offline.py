"""A second visit needs no network; a new build is never mixed with an old one."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from browsers import ChromiumPage
from browsers.limits import SHOW_SECONDS
from builder.serve import Server

from .bundles import rebuilt
from .drawing import BARS, DrawnPage
from .keeping import wait_until, wait_until_kept
from .menus import open_dialog
from .submissions import REFERENCE
from .trying import TriedPage

# Nothing on the page shows these: it is the same with and without.
GONE = "async () => (await navigator.serviceWorker.getRegistrations()).length === 0"
WAITING = "async () => !!(await navigator.serviceWorker.getRegistration())?.waiting"
FORGOTTEN = "async (name) => !(await caches.keys()).includes(name)"
DAMAGE = """async (ending) => {
  const [name] = await caches.keys();
  const cache = await caches.open(name);
  const damaged = (await cache.keys()).filter((request) => request.url.endsWith(ending));
  for (const request of damaged) {
    const kept = await cache.match(request);
    const bytes = new Uint8Array(await kept.arrayBuffer());
    bytes[bytes.length >> 1] ^= 1;
    await cache.put(request, new Response(bytes, { headers: kept.headers }));
  }
  return damaged.length;
}"""
CACHES = "() => caches.keys()"
VISITS = 6


def visit(context: BrowserContext, url: str) -> ChromiumPage:
    """Open the page and wait until it is ready."""
    page = ChromiumPage(context)
    page.open(url)
    page.wait_until("ready")
    return page


def visit_until_forgotten(page: ChromiumPage, url: str, cache: str) -> ChromiumPage:
    """Close the tab and visit again: one that lingers a moment leaves the old build in charge."""
    for _ in range(VISITS):
        page.tab.close()
        page = visit(page.context, url)
        with contextlib.suppress(TimeoutError):
            wait_until(page, FORGOTTEN, cache, SHOW_SECONDS / VISITS)
            return page
    raise TimeoutError(f"{cache} is still kept after {VISITS} visits")


def test_the_second_visit_works_with_the_server_stopped(
    context: BrowserContext, bundle: Path
) -> None:
    with Server(bundle) as server:
        page = visit(context, server.url)
        wait_until_kept(page)
        assert page.problems == []
    page.reload()
    page.wait_until("ready")
    assert page.grade(REFERENCE)["passed"] == 5
    assert page.grade(f"import statistics, numpy.fft\n{REFERENCE}")["passed"] == 5
    expect(TriedPage(page).open().enter("20 + 1")).to_contain_text("21")
    expect(DrawnPage(page).draw(REFERENCE).chart(BARS)).to_be_visible()
    expect(open_dialog(page, "History").get_by_role("table")).to_be_visible()


def test_a_kept_file_that_was_damaged_is_fetched_anew(
    context: BrowserContext, bundle: Path
) -> None:
    with Server(bundle) as server:
        page = visit(context, server.url)
        wait_until_kept(page)
        damaged = page.tab.evaluate(DAMAGE, ".pack")
        assert damaged == 2
        page.reload()
        page.wait_until("ready")
        assert page.grade(REFERENCE)["passed"] == 5


def test_nothing_is_fetched_twice_to_be_kept(context: BrowserContext, bundle: Path) -> None:
    with Server(bundle) as server:
        page = visit(context, server.url)
        wait_until_kept(page)
        packs = [r.path for r in server.requests if r.path.endswith((".pack", ".wasm", ".zip"))]
        assert sorted(packs) == sorted(set(packs))


def test_a_new_build_is_shown_at_the_next_visit_and_takes_the_old_one_s_place(
    context: BrowserContext, bundle: Path, tmp_path: Path
) -> None:
    new = rebuilt(tmp_path, "## Notes", "## Afterthoughts")
    served = tmp_path / "served"
    shutil.copytree(bundle, served)
    with Server(served) as server:
        page = visit(context, server.url)
        wait_until_kept(page)
        (old_cache,) = page.tab.evaluate(CACHES)
        shutil.rmtree(served)
        shutil.copytree(new, served)
        assert page.grade(REFERENCE)["passed"] == 5, "the open tab goes on with its own build"
        page.reload()
        expect(page.tab.get_by_role("heading", name="Afterthoughts")).to_be_visible()
        page.wait_until("ready")
        assert page.grade(REFERENCE)["passed"] == 5
        wait_until(page, WAITING)
        page = visit_until_forgotten(page, server.url, old_cache)
    page.reload()
    page.wait_until("ready")
    expect(page.tab.get_by_role("heading", name="Afterthoughts")).to_be_visible()
    assert page.grade(REFERENCE)["passed"] == 5


def test_a_build_that_keeps_nothing_takes_the_kept_one_away(
    context: BrowserContext, bundle: Path, tmp_path: Path
) -> None:
    new = rebuilt(tmp_path, "run_seconds: 20", "run_seconds: 20\noffline: false")
    served = tmp_path / "served"
    shutil.copytree(bundle, served)
    with Server(served) as server:
        page = visit(context, server.url)
        wait_until_kept(page)
        (old_cache,) = page.tab.evaluate(CACHES)
        shutil.rmtree(served)
        shutil.copytree(new, served)
        page.reload()
        page.wait_until("ready")
        # Not before: Chromium was seen to open no page for a minute while it took a worker away.
        wait_until(page, GONE)
        wait_until(page, FORGOTTEN, old_cache)
        page.tab.close()
        page = visit(context, server.url)
        wait_until(page, GONE)
