"""The table of hostile submissions, in Node and in Chromium: right verdicts, and an unharmed page.

One page takes all of it, as a learner's would.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browsers import ChromiumPage
from browsers.limits import LONGEST_GAP_MS
from builder.exercise import read_exercise
from builder.grade import Judge, open_judge
from builder.prove import prove
from builder.serve import Server

from .hostile import CONTAINED, TEXT, Row
from .hostile_checks import Report, addressed, check_words, strangers
from .hostile_table import ROWS
from .outcomes import Outcomes
from .submissions import REFERENCE, ROOT, STARTER, timeless
from .toolchains import shared_toolchain

pytestmark = pytest.mark.hostile

CALL_SECONDS = 2

# After rows that tamper with nothing, every tenth good run is enough.
SAMPLE = 10

_UNSEEN = re.compile(
    "[\\0-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200b-\\u200f\\u202a-\\u202e\\u2066-\\u2069]"
)


@pytest.fixture(scope="module")
def hurried(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exercise with little patience, so that endless rows end soon."""
    folder = tmp_path_factory.mktemp("hurried")
    for name in ("starter.py", "solution.py"):
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "hidden_tests", folder / "hidden_tests")
    problem = (ROOT / "problem.md").read_text("utf-8")
    problem, changed = re.subn(r"(?m)^call_seconds: .*$", f"call_seconds: {CALL_SECONDS}", problem)
    assert changed == 1
    (folder / "problem.md").write_text(problem, "utf-8")
    return folder


@pytest.fixture(scope="module")
def judges(hurried: Path) -> Iterator[dict[bool, Judge]]:
    """Two judges: for harmless files, and (True) as for a stranger's, a process for each."""
    exercise = read_exercise(hurried)
    facts = prove(exercise, shared_toolchain()).facts()
    with (
        open_judge(exercise, shared_toolchain(), facts) as plain,
        open_judge(exercise, shared_toolchain(), facts, isolated=True) as isolated,
    ):
        yield {False: plain, True: isolated}


@pytest.fixture(scope="module")
def hurried_bundle(hurried: Path, bundled: Callable[[Path, Path], None]) -> Path:
    out = hurried.parent / f"{hurried.name}-bundle"
    bundled(hurried, out)
    return out


@pytest.fixture(scope="module")
def hurried_server(hurried_bundle: Path) -> Iterator[Server]:
    """A server that only the table's page asks."""
    with Server(hurried_bundle) as running:
        yield running


@pytest.fixture(scope="module")
def open_page(chromium: Browser, hurried_server: Server) -> Iterator[ChromiumPage]:
    """The one page that takes the whole table."""
    opened = ChromiumPage(chromium.new_context())
    opened.open(hurried_server.url)
    opened.wait_until("ready")
    yield opened
    opened.close()


reports_of_node: dict[str, Report] = {}


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_in_node_each_row_gets_its_verdict(
    judges: dict[bool, Judge], hurried_server: Server, row: Row
) -> None:
    is_strange = row.is_risky or row.category == CONTAINED
    report = judges[is_strange].grade(addressed(row, hurried_server)).report
    reports_of_node[str(row)] = report
    assert report["outcome"] in row.right_in("node"), report
    assert report["fault"] == ("learner" if report["outcome"] != "passed" else None)
    if report["outcome"] in row.outcomes.split("|"):
        check_words(row, report, CALL_SECONDS)


@pytest.mark.parametrize("row", [row for row in ROWS if row.wants_browser], ids=str)
def test_in_the_page_each_row_gets_its_verdict_and_does_no_harm(
    open_page: ChromiumPage, hurried_server: Server, outcomes: Outcomes, row: Row
) -> None:
    source = addressed(row, hurried_server)
    open_page.heartbeat()
    report = open_page.grade(source)
    open_page.wait_until("ready")
    gap = open_page.heartbeat()
    outcomes.note(row, "chromium", report["outcome"], gap)
    assert report["outcome"] in row.right_in("chromium"), report
    assert gap < LONGEST_GAP_MS
    check_words(row, report, CALL_SECONDS)
    check_page(open_page, hurried_server, row, source)
    if row.must_agree and (in_node := reports_of_node.get(str(row))):
        assert timeless(report) == timeless(in_node)
    if row.is_risky or ROWS.index(row) % SAMPLE == 0:
        good = open_page.grade(REFERENCE)
        assert (good["outcome"], good["passed"]) == ("passed", 5), good
        open_page.wait_until("ready")


def check_page(page: ChromiumPage, server: Server, row: Row, source: str) -> None:
    """Hold the page to what must be true after any row."""
    plain = source.replace("\r\n", "\n").encode("utf-8", "replace").decode()
    if source.isprintable() or row.category != TEXT:
        draft = page.draft()
        kept = (STARTER if draft is None else draft).encode("utf-8", "replace").decode()
        assert kept.replace("\ufffd", "?") == plain.replace("\ufffd", "?"), "the draft"
    assert page.count("iframe") <= 2
    assert page.count("#results img, #results b, #results script") == 0
    assert not _UNSEEN.search(page.said("#results"))
    assert not [problem for problem in page.problems if problem.startswith("dialog")]
    strange = [asked for asked in server.requests if asked.status >= 400]
    assert strange == [] and "leak" not in str(server.requests)
    assert page.strangers() == []


def test_the_server_was_asked_for_nothing_but_the_bundles_files(
    open_page: ChromiumPage, hurried_server: Server, hurried_bundle: Path
) -> None:
    assert strangers(hurried_server, hurried_bundle) == set()
