"""The table of hostile submissions, in Node and in Chromium: right verdicts, and an unharmed page.

One page takes all that ends by itself, and one with little patience all that may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browsers import ChromiumPage
from browsers.limits import LONGEST_GAP_MS
from builder.exercise import read_exercise
from builder.grade import Judge, open_judge
from builder.prove import prove
from builder.serve import Server

from .hostile import CONTAINED, CRASH, TEXT, TIMEOUT, Row
from .hostile_checks import Report, addressed, check_words, strangers
from .hostile_table import CORE_ROWS, ROWS
from .limits import HURRIED, Limits
from .outcomes import Outcomes
from .pages import MOST_FRAMES, ready_page, served
from .submissions import REFERENCE, ROOT, STARTER, timeless
from .toolchains import shared_toolchain

pytestmark = pytest.mark.hostile

# A page that loses its candidate shows at once that it has another; else every tenth good run is
# enough: the reports that follow are those of Node to the letter.
SAMPLE = 10

_UNSEEN = re.compile(
    "[\\0-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200b-\\u200f\\u202a-\\u202e\\u2066-\\u2069]"
)


@pytest.fixture(scope="module")
def judges() -> Iterator[dict[bool, Judge]]:
    """Two judges: for harmless files, and (True) as for a stranger's, a process for each."""
    exercise = read_exercise(ROOT)
    facts = prove(exercise, shared_toolchain()).facts()
    with (
        open_judge(exercise, shared_toolchain(), facts) as plain,
        open_judge(exercise, shared_toolchain(), facts, isolated=True) as isolated,
    ):
        yield {False: plain, True: isolated}


@pytest.fixture(scope="module")
def servers(limited_bundles: dict[Limits, Path]) -> Iterator[dict[Limits, Server]]:
    """Servers that only the table's pages ask."""
    with served(limited_bundles) as servers:
        yield servers


@pytest.fixture(scope="module")
def pages(chromium: Browser, servers: dict[Limits, Server]) -> Iterator[dict[Limits, ChromiumPage]]:
    """The two pages that take the whole table."""
    with ExitStack() as opened:
        yield {
            limits: opened.enter_context(ready_page(chromium, server))
            for limits, server in servers.items()
        }


reports_of_node: dict[str, Report] = {}


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_in_node_each_row_gets_its_verdict(
    judges: dict[bool, Judge], servers: dict[Limits, Server], row: Row
) -> None:
    is_strange = row.is_risky or row.category == CONTAINED
    source = addressed(row, servers[row.limits])
    report = judges[is_strange].grade(source, row.limits.told).report
    reports_of_node[str(row)] = report
    assert report["outcome"] in row.right_in("node"), report
    assert report["fault"] == ("learner" if report["outcome"] != "passed" else None)
    if report["outcome"] in row.outcomes.split("|"):
        check_words(row, report)


@pytest.mark.parametrize("row", [row for row in ROWS if row.wants_browser], ids=str)
def test_in_the_page_each_row_gets_its_verdict_and_does_no_harm(
    pages: dict[Limits, ChromiumPage],
    servers: dict[Limits, Server],
    outcomes: Outcomes,
    row: Row,
) -> None:
    page, server = pages[row.limits], servers[row.limits]
    source = addressed(row, server)
    page.heartbeat()
    report = page.grade(source)
    page.wait_until("ready")
    gap = page.heartbeat()
    outcomes.note(row, "chromium", report["outcome"], gap)
    assert report["outcome"] in row.right_in("chromium"), report
    assert gap < LONGEST_GAP_MS
    check_words(row, report)
    check_page(page, server, row, source)
    if row.must_agree and (in_node := reports_of_node.get(str(row))):
        assert timeless(report) == timeless(in_node)
    if row.category in (TIMEOUT, CRASH) or ROWS.index(row) % SAMPLE == 0:
        if row.limits == HURRIED and (row.category == CRASH or row in CORE_ROWS):
            page.wait_until_idle()
        good = page.grade(REFERENCE)
        assert (good["outcome"], good["passed"]) == ("passed", 5), good
        page.wait_until("ready")


def check_page(page: ChromiumPage, server: Server, row: Row, source: str) -> None:
    """Hold the page to what must be true after any row."""
    plain = source.replace("\r\n", "\n").encode("utf-8", "replace").decode()
    if source.isprintable() or row.category != TEXT:
        draft = page.draft()
        kept = (STARTER if draft is None else draft).encode("utf-8", "replace").decode()
        assert kept.replace("\ufffd", "?") == plain.replace("\ufffd", "?"), "the draft"
    assert page.count("iframe") <= MOST_FRAMES
    assert page.count("#results img, #results b, #results script") == 0
    assert not _UNSEEN.search(page.said("#results"))
    assert not [problem for problem in page.problems if problem.startswith("dialog")]
    strange = [asked for asked in server.requests if asked.status >= 400]
    assert strange == [] and "leak" not in str(server.requests)
    assert page.strangers() == []


def test_the_servers_were_asked_for_nothing_but_the_bundles_files(
    pages: dict[Limits, ChromiumPage],
    servers: dict[Limits, Server],
    limited_bundles: dict[Limits, Path],
) -> None:
    for limits, bundle in limited_bundles.items():
        assert strangers(servers[limits], bundle) == set()
