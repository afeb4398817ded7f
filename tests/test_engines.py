"""The page in Chromium, Firefox and WebKit: a core of submissions, and what a learner does.

One page per engine takes all of it, as a learner's would. At the end a table is printed: the rows,
the engines, each verdict, and the longest time that the page did not react.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError

from builder.serve import Server

from .core_rows import MARKUP, OUTWARD, ROWS, CoreRow, function, outward_row
from .engines import BOOT_SECONDS, ENGINES, DriverError, EngineMissingError, EnginePage, open_engine
from .submissions import REFERENCE, STARTER

LONGEST_GAP_MS = 2_000
LOOP = function("while True: pass")


@dataclass
class Seen:
    """What the rows came to: outcome and longest gap by row and engine."""

    cells: dict[str, dict[str, str]] = field(default_factory=dict)

    def note(self, row: str, engine: str, outcome: str, gap: float) -> None:
        """Keep one result."""
        self.cells.setdefault(row, {})[engine] = f"{outcome} {gap:.0f} ms"

    def lines(self) -> list[str]:
        """Return the table."""
        head = f"{'':56}" + "".join(f"{engine:20}" for engine in ENGINES)
        rows = [
            f"{name:56}" + "".join(f"{cells.get(engine, '-'):20}" for engine in ENGINES)
            for name, cells in self.cells.items()
        ]
        return [head, *rows]


@pytest.fixture(scope="module")
def seen(request: pytest.FixtureRequest) -> Iterator[Seen]:
    kept = Seen()
    yield kept
    capture = request.config.pluginmanager.get_plugin("capturemanager")
    assert capture is not None
    with capture.global_and_fixture_disabled():
        print("", *kept.lines(), sep="\n")


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The engine's name."""
    return str(request.param)


@pytest.fixture(scope="module")
def own_server(engine: str, bundle: Path) -> Iterator[Server]:
    """A server that nothing but one engine's page asks."""
    with Server(bundle) as running:
        yield running


class Tab:
    """The one page that an engine shows, opened anew only when it is beyond use."""

    def __init__(self, engine: str, chromium: Browser, url: str) -> None:
        self._engine, self._chromium, self._url = engine, chromium, url
        self._page = self._open()

    def page(self) -> EnginePage:
        """Return the page, ready for a run."""
        try:
            self._page.wait_until("ready")
        except (TimeoutError, DriverError, OSError, PlaywrightError):
            self._page.close()
            self._page = self._open()
        return self._page

    def close(self) -> None:
        """Close the page."""
        self._page.close()

    def _open(self) -> EnginePage:
        page = open_engine(self._engine, self._chromium)
        page.open(self._url)
        page.wait_until("ready")
        return page


@pytest.fixture(scope="module")
def tab(engine: str, chromium: Browser, own_server: Server) -> Iterator[Tab]:
    """The page that all tests of an engine share."""
    try:
        opened = Tab(engine, chromium, own_server.url)
    except EngineMissingError as missing:
        pytest.skip(str(missing))
    yield opened
    opened.close()


@pytest.fixture
def page(tab: Tab) -> EnginePage:
    """The engine's page, ready for a run."""
    return tab.page()


def assert_next_run_is_sound(page: EnginePage) -> None:
    """The next good run passes, whatever the last one did."""
    report = page.grade(REFERENCE)
    assert (report["outcome"], report["passed"], report["total"]) == ("passed", 5, 5)
    assert page.outcomes() == ["passed"] * 5


def check_row(page: EnginePage, engine: str, row: CoreRow, seen: Seen) -> dict[str, Any]:
    """Grade a row, hold the page to all that must hold for each of them, and return the report."""
    page.heartbeat()
    report = page.grade(row.source)
    gap = page.heartbeat()
    seen.note(str(row), engine, report["outcome"], gap)
    assert report["outcome"] in row.outcomes, report["message"]
    assert report["outcome"] == page.verdict()
    assert [test["outcome"] for test in report["tests"]] == page.outcomes()
    assert gap < LONGEST_GAP_MS
    first_line = row.source.lstrip("\ufeff").split("\n")[0].strip()
    assert page.written().lstrip("\ufeff").startswith(first_line[:60]), "the draft has changed"
    if row.is_risky:
        assert_next_run_is_sound(page)
    return report


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_every_row_ends_in_its_category_and_the_page_stays_alive(
    page: EnginePage, engine: str, seen: Seen, row: CoreRow
) -> None:
    report = check_row(page, engine, row, seen)
    if row.category == "error with line" and report["outcome"] == "error":
        errors = [report["error"], *(test["error"] for test in report["tests"])]
        assert any(error and error["line"] for error in errors)
    if row.category == "shown as text":
        assert page.count("#results img, #results b") == 0
        assert MARKUP in page.said("#results")


@pytest.mark.parametrize("name", OUTWARD)
def test_nothing_gets_out_to_the_server_that_gave_the_page(
    page: EnginePage, engine: str, seen: Seen, own_server: Server, bundle: Path, name: str
) -> None:
    row = outward_row(name, own_server.url, own_server.port)
    check_row(page, engine, row, seen)
    files = {f"/{path.relative_to(bundle).as_posix()}" for path in bundle.rglob("*")}
    assert {request.path for request in own_server.requests} <= {"/", *files}


def test_a_draft_survives_a_reload_and_nothing_runs_by_itself(
    page: EnginePage, own_server: Server
) -> None:
    page.write(LOOP)
    page.open(own_server.url)
    assert page.written() == LOOP
    page.wait_until("ready")
    assert page.outcomes() == ["pending"] * 5
    assert_next_run_is_sound(page)


def test_stop_ends_a_run_and_the_next_one_passes(page: EnginePage) -> None:
    page.write(LOOP)
    page.click("Run tests")
    page.wait_for(lambda: "running" in page.outcomes(), BOOT_SECONDS, "test under way")
    page.click("Stop")
    assert page.wait_for_verdict() == "stopped"
    assert page.outcomes() == ["not-run"] * 5
    assert_next_run_is_sound(page)


def test_a_second_click_on_run_does_nothing_and_edits_mark_the_results_as_old(
    page: EnginePage,
) -> None:
    page.write(REFERENCE)
    page.script("for (const _ of [1, 2, 3]) document.querySelector('#run').click();")
    page.write(STARTER)
    assert page.wait_for_verdict() == "passed"
    assert "Your code has changed since this run" in page.said("#results")
    page.wait_until("ready")
    assert page.verdict() == "passed"


def test_the_core_covers_every_category_with_twenty_five_rows_or_more() -> None:
    categories = {row.category for row in ROWS}
    assert len(ROWS) + len(OUTWARD) >= 25
    assert len(categories) == 8
