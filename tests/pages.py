"""Pages that tests share: opened, ready for a run, and closed again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browsers import ChromiumPage, EngineMissingError, ExercisePage, open_page
from builder.serve import Server

from .limits import Limits
from .outcomes import Outcomes

# Of a candidate, the one that follows or was before it, and the one that reads what is written.
MOST_FRAMES = 3


@contextmanager
def served(bundles: Mapping[Limits, Path]) -> Iterator[dict[Limits, Server]]:
    """Servers of bundles whose runs have other limits, which nobody else asks."""
    with ExitStack() as started:
        yield {limits: started.enter_context(Server(b)) for limits, b in bundles.items()}


@contextmanager
def ready_page(chromium: Browser, server: Server) -> Iterator[ChromiumPage]:
    """A page in a browser profile of its own, ready for a run."""
    page = ChromiumPage(chromium.new_context())
    page.open(server.url)
    page.wait_until("ready")
    yield page
    page.close()


@contextmanager
def page_of(
    engine: str, chromium: Browser, outcomes: Outcomes | None = None
) -> Iterator[ExercisePage]:
    """A page of an engine; where that is not installed, its tests are left out and say so."""
    try:
        page = open_page(engine, chromium)
    except EngineMissingError as missing:
        if outcomes is not None:
            outcomes.miss(engine, str(missing))
        pytest.skip(str(missing))
    try:
        yield page
    finally:
        page.close()
