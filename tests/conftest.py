"""What the tests share: the bundle, built once, a server for it, a browser, and a table."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect, sync_playwright

from browsers import ChromiumPage, launch_chromium
from browsers.limits import SHOW_SECONDS
from builder import grade, judges, shipped
from builder.exercise import read_exercise
from builder.grade import Judge, open_judge
from builder.prove import prove
from builder.serve import Server

from .bundles import build_bundle, build_mismatch, limited
from .engine_pool import EnginePool
from .limits import HURRIED, PATIENT, Limits
from .menus import silent_context
from .order import longest_first
from .outcomes import Outcomes
from .pages import ready_page
from .toolchains import shared_toolchain

ROOT = Path(__file__).resolve().parent.parent
OUTCOMES = pytest.StashKey[Outcomes]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the tests of the page on a bundle whose snapshots fit no browser."""
    parser.addoption("--mismatch", action="store_true", help="let every realm come up by importing")


def pytest_configure(config: pytest.Config) -> None:
    """Begin the table of rows and engines."""
    config.stash[OUTCOMES] = Outcomes()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand this process's part of the table to the one that prints it."""
    handed: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if handed is not None:
        handed["outcomes"] = session.config.stash[OUTCOMES].as_data()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take in the part of the table that another process has handed over."""
    if handed := getattr(node, "workeroutput", None):
        node.config.stash[OUTCOMES].merge(handed["outcomes"])


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the table of rows and engines."""
    lines = config.stash[OUTCOMES].lines()
    if lines:
        terminalreporter.section("rows and engines")
        terminalreporter.write_line("\n".join(lines))


def pytest_sessionstart(session: pytest.Session) -> None:
    """Make what all tests share once, where several processes would make it side by side."""
    if session.config.getoption("numprocesses", None):
        with tempfile.TemporaryDirectory() as folder:
            build_bundle(ROOT, Path(folder) / "dist")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest."""
    longest_first(items)


@pytest.fixture(scope="session", autouse=True)
def engine_pool() -> Iterator[EnginePool]:
    """The engines in Node that all tests share."""
    pool = EnginePool()
    with pytest.MonkeyPatch.context() as patch:
        for module in (grade, judges, shipped):
            patch.setattr(module, "open_engine", pool.open)
        yield pool
    pool.close()


@pytest.fixture(scope="session")
def outcomes(pytestconfig: pytest.Config) -> Outcomes:
    """The table that is printed at the end."""
    return pytestconfig.stash[OUTCOMES]


@pytest.fixture(scope="session")
def bundled(pytestconfig: pytest.Config) -> Callable[[Path, Path], None]:
    """Builds a bundle, given the exercise's folder and where it goes."""
    return build_mismatch if pytestconfig.getoption("--mismatch") else build_bundle


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory, bundled: Callable[[Path, Path], None]) -> Path:
    """The bundle of this exercise."""
    out = tmp_path_factory.mktemp("bundle") / "dist"
    bundled(ROOT, out)
    return out


@pytest.fixture(scope="session")
def limited_bundles(
    tmp_path_factory: pytest.TempPathFactory, bundled: Callable[[Path, Path], None]
) -> dict[Limits, Path]:
    """The bundle with limits that are met by nothing, or soon."""
    bundles = {}
    for limits in (PATIENT, HURRIED):
        place = tmp_path_factory.mktemp("limited")
        bundles[limits] = place / "dist"
        bundled(limited(place / "exercise", limits), bundles[limits])
    return bundles


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    """A judge of this exercise, as proved, outside of a browser."""
    exercise = read_exercise(ROOT)
    proof = prove(exercise, shared_toolchain())
    with open_judge(exercise, shared_toolchain(), proof.facts()) as opened:
        yield opened


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=SHOW_SECONDS * 1000)
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = launch_chromium(playwright)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def server(bundle: Path) -> Iterator[Server]:
    with Server(bundle) as running:
        yield running


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser profile of its own."""
    opened = chromium.new_context()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def silent(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser profile for a file's tests in which Python stays on its way, and that may copy."""
    with silent_context(chromium, permissions=["clipboard-read", "clipboard-write"]) as context:
        yield context


@pytest.fixture
def page(context: BrowserContext, server: Server) -> ChromiumPage:
    """The page in a browser profile of its own, opened but not waited for."""
    opened = ChromiumPage(context)
    opened.open(server.url)
    return opened


@pytest.fixture(scope="module")
def shared_page(chromium: Browser, server: Server) -> Iterator[ChromiumPage]:
    """One page for a whole table of submissions, run one after the other."""
    with ready_page(chromium, server) as opened:
        yield opened
