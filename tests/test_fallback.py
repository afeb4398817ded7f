"""Where the snapshots do not fit: the same verdicts, by importing.

``pytest --mismatch`` runs all tests of the page on such a bundle.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from browsers import ChromiumPage
from builder.grade import Judge
from builder.serve import Server

from .bundles import build_mismatch
from .hostile import TIMEOUT, Row
from .hostile_checks import addressed
from .hostile_table import CORE_ROWS
from .submissions import LAZY, REFERENCE, ROOT, WRONG_SOLUTIONS, timeless

# How an interpreter came up shows in the first answers or not at all: a sample is enough, and of
# limits that have passed one row.
LOOPS = [row for row in CORE_ROWS if row.category == TIMEOUT]
ROWS = [row for row in CORE_ROWS if row not in LOOPS[1:]][::3]
PLANTED = WRONG_SOLUTIONS[::6]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of a bundle whose snapshots fit no browser, in place of the usual one."""
    out = tmp_path_factory.mktemp("mismatch") / "dist"
    build_mismatch(ROOT, out)
    with Server(out) as running:
        yield running


def test_a_snapshot_that_does_not_fit_is_remembered(
    context: BrowserContext, server: Server
) -> None:
    page = ChromiumPage(context)
    for _ in range(2):
        page.open(server.url)
        page.wait_until("ready")
        expect(page.html).to_have_attribute("data-boot", "import import")
    fetched = [url for url in page.requests if ".pack" in url]
    assert len({url.removesuffix(".gz") for url in fetched}) == 2


def test_all_of_the_library_can_be_imported(shared_page: ChromiumPage) -> None:
    expect(shared_page.html).to_have_attribute("data-boot", "import import")
    assert shared_page.grade(LAZY + REFERENCE)["passed"] == 5


@pytest.mark.parametrize("path", PLANTED, ids=lambda path: path.stem)
def test_a_planted_wrong_solution_gets_the_report_of_the_engine(
    shared_page: ChromiumPage, judge: Judge, path: Path
) -> None:
    source = path.read_text("utf-8")
    assert timeless(shared_page.grade(source)) == timeless(judge.grade(source).report)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_hostile_submission_gets_its_verdict_and_the_next_run_is_sound(
    shared_page: ChromiumPage, server: Server, row: Row
) -> None:
    report = shared_page.grade(addressed(row, server))
    assert report["outcome"] in row.right_in("chromium"), report
    if row.is_risky:
        assert shared_page.grade(REFERENCE)["passed"] == 5
