"""The page in Chromium, Firefox and WebKit: a core of submissions, and what a learner does.

One page per engine takes all of it, as a learner's would.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError

from browsers import ENGINES, DriverError, EngineMissingError, ExercisePage, open_page
from browsers.limits import LONGEST_GAP_MS, SHOW_SECONDS
from builder.serve import Server

from .hostile import CRASH, LOOP, TIMEOUT, Row
from .hostile_attacks import MARKUP
from .hostile_checks import addressed, check_words, strangers
from .hostile_table import CORE, CORE_ROWS, ROWS
from .limits import HURRIED, PATIENT, Limits
from .outcomes import Outcomes
from .pages import served
from .submissions import REFERENCE, ROOT, STARTER

pytestmark = pytest.mark.hostile


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The engine's name."""
    return str(request.param)


@pytest.fixture(scope="module")
def servers(engine: str, limited_bundles: dict[Limits, Path]) -> Iterator[dict[Limits, Server]]:
    """Servers that nothing but one engine's page asks."""
    with served(limited_bundles) as servers:
        yield servers


class Tab:
    """The one page that an engine shows, opened anew only when it is beyond use."""

    def __init__(self, engine: str, chromium: Browser) -> None:
        self._engine, self._chromium = engine, chromium
        self._page = open_page(self._engine, self._chromium)
        self._url = ""

    def page(self, url: str) -> ExercisePage:
        """Return the page at an address, ready for a run."""
        if url != self._url:
            self._go(url)
        try:
            self._page.wait_until("ready")
        except (TimeoutError, DriverError, OSError, PlaywrightError):
            self._page.close()
            self._page = open_page(self._engine, self._chromium)
            self._go(url)
        return self._page

    def close(self) -> None:
        """Close the page."""
        self._page.close()

    def _go(self, url: str) -> None:
        self._url = url
        self._page.open(url)
        self._page.wait_until("ready")
        # What reads the code starts with the first text: no run's seconds are to go to that.
        self._page.write(STARTER)
        self._page.wait_until_idle()


@pytest.fixture(scope="module")
def tab(engine: str, chromium: Browser, outcomes: Outcomes) -> Iterator[Tab]:
    """The page that all tests of an engine share."""
    try:
        opened = Tab(engine, chromium)
    except EngineMissingError as missing:
        outcomes.miss(engine, str(missing))
        pytest.skip(str(missing))
    yield opened
    opened.close()


@pytest.fixture
def page(tab: Tab, servers: dict[Limits, Server]) -> ExercisePage:
    """The engine's page, ready for a run."""
    return tab.page(servers[PATIENT].url)


def assert_next_run_is_sound(page: ExercisePage) -> None:
    """The next good run passes, whatever the last one did."""
    report = page.grade(REFERENCE)
    assert (report["outcome"], report["passed"], report["total"]) == ("passed", 5, 5)
    assert page.outcomes() == ["passed"] * 5


# Those that may run into a limit one after the other: they have another page.
IN_TURN = sorted(CORE_ROWS, key=lambda row: row.limits == HURRIED)


@pytest.mark.parametrize("row", IN_TURN, ids=str)
@pytest.mark.parametrize("engine", ["firefox", "webkit"], indirect=True, scope="module")
def test_every_row_gets_its_verdict_and_does_no_harm(
    tab: Tab,
    servers: dict[Limits, Server],
    limited_bundles: dict[Limits, Path],
    outcomes: Outcomes,
    row: Row,
) -> None:
    server = servers[row.limits]
    page = tab.page(server.url)
    source = addressed(row, server)
    page.heartbeat()
    report = page.grade(source)
    gap = page.heartbeat()
    outcomes.note(row, page.engine, report["outcome"], gap)
    assert report["outcome"] in row.right_in(page.engine), report
    assert report["outcome"] == page.outcome()
    assert [test["outcome"] for test in report["tests"]] == page.outcomes()
    assert gap < LONGEST_GAP_MS
    if report["outcome"] in row.outcomes.split("|"):
        check_words(row, report)
    check_page(page, row, source)
    assert strangers(server, limited_bundles[row.limits]) == set()
    if row.category in (TIMEOUT, CRASH):  # what tampers does so in every engine's Python alike
        if row.limits == HURRIED:
            page.wait_until_idle()
        assert_next_run_is_sound(page)


def check_page(page: ExercisePage, row: Row, source: str) -> None:
    """Hold the page to what must be true after any row."""
    first_line = source.lstrip("\ufeff").split("\n")[0].strip()
    # The editor shows a dot for a byte order mark.
    assert page.written().lstrip("\ufeff•").startswith(first_line[:60]), "the draft has changed"
    assert page.count("#results img, #results b, #results script") == 0
    if MARKUP in source:
        assert MARKUP in page.said("#results")


def test_a_draft_survives_a_reload_and_nothing_runs_by_itself(
    page: ExercisePage,
) -> None:
    page.write(LOOP)
    page.reload()
    page.wait_until("ready")
    assert page.written() == LOOP
    assert page.outcomes() == ["pending"] * 5
    assert_next_run_is_sound(page)


def test_stop_ends_a_run_for_good_and_the_next_one_passes(page: ExercisePage) -> None:
    page.write(LOOP)
    page.click("Run tests")
    page.wait_until_testing()
    page.click("Stop")
    assert page.wait_for_verdict() == "stopped"
    assert page.outcomes() == ["not-run"] * 5
    page.wait_until_idle()
    assert_next_run_is_sound(page)


# Enters code into the console by the keys that its box hears.
ENTER = """
const box = document.querySelector("#try textarea");
box.value = arguments[0];
box.setSelectionRange(box.value.length, box.value.length);
for (const event of [new Event("input"), new KeyboardEvent("keydown", { key: "Enter" })]) {
  box.dispatchEvent(event);
}
"""


def test_code_is_tried_in_a_python_of_its_own_and_stop_ends_it(page: ExercisePage) -> None:
    def comes(text: str) -> None:
        page.wait_for(lambda: text in page.said("#try .try-output"), SHOW_SECONDS, text)

    page.write(f"{REFERENCE}\nprint('on' + 'ce')\nanswer = 600 * 7\nanswer + 1")
    page.click_on("#tab-try")
    page.wait_for(lambda: page.count("#run-code") == 1, SHOW_SECONDS, "console")
    page.click("Run code")
    comes("once")
    comes("4201")
    page.script(ENTER, "answer * 10\nprint('he' + 're')\nwhile True: pass")
    comes("42000")
    comes("here")
    page.click("Stop")
    comes("Console restarted, variables are gone.")
    page.script(ENTER, "answer")
    comes("NameError")
    page.wait_until_idle()
    assert_next_run_is_sound(page)


def test_a_second_click_on_run_does_nothing_and_edits_mark_the_results_as_old(
    page: ExercisePage,
) -> None:
    page.write(REFERENCE)
    page.script("for (const _ of [1, 2, 3]) document.querySelector('#run').click();")
    page.write(STARTER)
    assert page.wait_for_verdict() == "passed"
    assert "Your code has changed since this run" in page.said("#results")
    page.wait_until("ready")
    assert page.outcome() == "passed"


def test_a_frame_that_somebody_removes_is_replaced_and_a_run_in_it_begins_once_more(
    page: ExercisePage,
) -> None:
    remove = "document.querySelectorAll('iframe').forEach((frame) => frame.remove());"
    page.script(remove)
    assert_next_run_is_sound(page)
    page.wait_until("ready")
    page.write("import time\ntime.sleep(1.5)\n" + REFERENCE)
    page.click("Run tests")
    page.wait_for(lambda: page.count("iframe") > 0, SHOW_SECONDS, "frame")
    page.script(remove)
    assert page.wait_for_verdict() == "passed"
    assert_next_run_is_sound(page)


# Prints what a submission finds: on the global object and all that it inherits from.
LOOK = """
import js
names = set()
place = js.self
while place is not None and place != js.Object.prototype:
    names.update(js.Object.getOwnPropertyNames(place))
    place = js.Reflect.getPrototypeOf(place)
def members(of):
    return [] if of is None else [n for n in js.Object.getOwnPropertyNames(of)]
found = [name for name in names if getattr(js.self, name, None) is not None]
print(*found, *(f"crypto.{name}" for name in members(js.crypto)),
      *(f"performance.{name}" for name in members(js.performance)))
"""


def names_in(text: str, of: str) -> set[str]:
    """Return the names in a list of the worker's own."""
    (block,) = re.findall(rf"(?s)const {of}\b.*?= (.*?);\n", text)
    return set(re.findall(r'"(\w+)"', block))


def test_a_submission_finds_of_the_platform_what_is_listed_and_nothing_else(
    page: ExercisePage,
) -> None:
    (listed,) = re.findall(
        r"(?s)What is left\*\*.*?```\n(.*?)```", (ROOT / "SECURITY.md").read_text("utf-8")
    )
    report = page.grade(LOOK + REFERENCE)
    assert report["outcome"] == "passed"
    found = set(report["stdout"].split())
    language = names_in((ROOT / "web/src/worker/globals.ts").read_text("utf-8"), "LANGUAGE")
    platform = set(listed.split())
    assert found - language <= platform
    if page.engine == "chromium":
        assert found - language == platform


def test_the_core_covers_every_category_with_twenty_five_rows_or_more() -> None:
    assert sorted(row.name for row in CORE_ROWS) == sorted(CORE)
    assert len(CORE_ROWS) >= 25
    assert {row.category for row in CORE_ROWS} == {row.category for row in ROWS}
