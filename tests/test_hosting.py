"""The page on hosts of many kinds, and inside other pages: the reference always passes."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from builder.serve import Server

from .core_rows import OUTWARD, outward_row
from .engines import ENGINES, EngineMissingError, EnginePage, open_engine
from .submissions import REFERENCE

ISOLATED = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}
FOR_ANYBODY = {"Access-Control-Allow-Origin": "*"}


@dataclass(frozen=True)
class Host:
    """How the bundle is served, and what frames it."""

    name: str
    headers: Mapping[str, str] = field(default_factory=dict)
    prefix: str = "/"
    frame: str | None = None
    """The attributes of the frame around the page; None for no frame."""

    def __str__(self) -> str:
        return self.name


HOSTS = [
    Host("with no headers of its own"),
    Host("isolated by COOP and COEP", ISOLATED),
    Host(
        "isolated without credentials",
        {**ISOLATED, "Cross-Origin-Embedder-Policy": "credentialless"},
    ),
    Host("that forbids guessing types", {"X-Content-Type-Options": "nosniff"}),
    Host("under a path of a larger site", prefix="/courses/7/loss/"),
    Host("in a frame of another origin", frame=""),
    Host(
        "in a sandboxed frame that keeps its origin",
        frame='sandbox="allow-scripts allow-same-origin"',
    ),
    # Its origin is opaque, so its files come from elsewhere, and the host has to allow that.
    Host("in a sandboxed frame of no origin", FOR_ANYBODY, frame='sandbox="allow-scripts"'),
]
# The two that lean most on what engines do differently.
EVERYWHERE = {"isolated by COOP and COEP", "in a sandboxed frame of no origin"}
# To a page of no origin WebKit lets nothing be loaded, whatever the host allows.
REFUSED = {("webkit", "in a sandboxed frame of no origin")}

CASES = [
    pytest.param(engine, host, id=f"{engine}-{host}")
    for engine in ENGINES
    for host in HOSTS
    if (engine == "chromium" or host.name in EVERYWHERE) and (engine, host.name) not in REFUSED
]


@pytest.fixture(scope="module")
def engine_page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[EnginePage]:
    """One page for all hosts of an engine."""
    try:
        page = open_engine(request.param, chromium)
    except EngineMissingError as missing:
        pytest.skip(str(missing))
    yield page
    page.close()


def show(page: EnginePage, host: Host, bundle: Path, outer: Path, started: ExitStack) -> None:
    """Serve the bundle as the host does, and open it."""
    server = started.enter_context(Server(bundle, headers=host.headers, prefix=host.prefix))
    if host.frame is None:
        page.open(server.url)
        return
    frame = f'<iframe {host.frame} src="{server.url}" width="1000" height="800"></iframe>'
    (outer / "index.html").write_text(f"<!doctype html><title>Outside</title>{frame}", "utf-8")
    page.go(started.enter_context(Server(outer)).url)
    page.enter_frame("iframe")
    page.watch()


def assert_reference_passes(page: EnginePage) -> None:
    """Python starts, and the reference passes."""
    page.wait_until("ready", "failed")
    assert page.state() == "ready", page.said("#failure")
    report = page.grade(REFERENCE)
    assert (report["outcome"], report["passed"], report["total"]) == ("passed", 5, 5)


@pytest.mark.parametrize(("engine_page", "host"), CASES, indirect=["engine_page"])
def test_the_reference_passes_on_a_host(
    engine_page: EnginePage, bundle: Path, tmp_path: Path, host: Host
) -> None:
    with ExitStack() as started:
        show(engine_page, host, bundle, tmp_path, started)
        assert_reference_passes(engine_page)


@pytest.mark.parametrize("engine_page", ENGINES, indirect=True)
def test_nothing_gets_out_of_an_isolated_page_either(engine_page: EnginePage, bundle: Path) -> None:
    # Its candidates are started in another way, which must not lose the frame's policy.
    with Server(bundle, headers=ISOLATED) as server:
        engine_page.open(server.url)
        engine_page.wait_until("ready")
        asked = len(server.requests)
        for name in OUTWARD:
            row = outward_row(name, server.url, server.port)
            assert engine_page.grade(row.source)["outcome"] in row.outcomes
        files = {f"/{path.relative_to(bundle).as_posix()}" for path in bundle.rglob("*")}
        assert {request.path for request in server.requests[asked:]} <= {"/", *files}


class _TypelessHandler(SimpleHTTPRequestHandler):
    """Knows what HTML is, and calls all else bytes."""

    def guess_type(self, path: Any) -> str:
        return "text/html" if str(path).endswith(".html") else "application/octet-stream"

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def typeless_server(folder: Path) -> Iterator[str]:
    """Serve a folder from a server that knows next to nothing; gives its address."""
    handler = partial(_TypelessHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("engine_page", ENGINES, indirect=True)
def test_the_reference_passes_where_every_file_but_the_page_is_served_as_bytes(
    engine_page: EnginePage, bundle: Path
) -> None:
    with typeless_server(bundle) as url:
        engine_page.open(url)
        assert_reference_passes(engine_page)


@pytest.mark.parametrize("engine_page", ENGINES, indirect=True)
def test_a_frame_of_no_origin_on_a_host_that_forbids_it_says_what_to_do(
    engine_page: EnginePage, bundle: Path, tmp_path: Path
) -> None:
    with ExitStack() as started:
        closed = Host("closed", frame='sandbox="allow-scripts"')
        show(engine_page, closed, bundle, tmp_path, started)
        engine_page.wait_until("failed")
        assert "could not be loaded" in engine_page.said("#failure")
        assert "allow-same-origin" in engine_page.said("#failure")
