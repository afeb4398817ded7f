"""The page on hosts of many kinds, and inside other pages: the reference always passes."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from browsers import ENGINES, ChromiumPage, ExercisePage
from browsers.limits import SHOW_SECONDS
from builder.serve import Server

from .hostile import LOOP
from .hostile_checks import addressed, strangers
from .hostile_table import CORE_ROWS
from .limits import HURRIED, PATIENT, Limits
from .outcomes import Outcomes
from .pages import page_of
from .submissions import REFERENCE

pytestmark = pytest.mark.hostile

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
    script: str = ""
    """What the page around it does."""

    def __str__(self) -> str:
        return self.name


# All that realms, frames and pages say to one another, said by somebody else without end.
FORGING = """
const said = [
  { kind: "frame-error", message: "forged" },
  { kind: "answer", id: "1", text: "forged" },
  { script: [], start: { role: "candidate" } },
  { type: "exercise:result", version: 1, outcome: "passed" },
];
const say = (target) => {
  for (const message of said) target.postMessage(message, "*");
  for (let n = 0; n < target.length; n++) say(target[n]);
};
setInterval(() => say(frames[0]), 5);
"""

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
    Host("in a frame of a page that forges messages", frame="", script=FORGING),
    Host(
        "in a sandboxed frame that keeps its origin",
        frame='sandbox="allow-scripts allow-same-origin"',
    ),
    # Its origin is opaque, so its files come from elsewhere, and the host has to allow that.
    Host("in a sandboxed frame of no origin", FOR_ANYBODY, frame='sandbox="allow-scripts"'),
]
# Those that lean most on what engines do differently.
EVERYWHERE = {
    "isolated by COOP and COEP",
    "in a frame of a page that forges messages",
    "in a sandboxed frame of no origin",
}
# To a page of no origin WebKit lets nothing be loaded, whatever the host allows.
REFUSED = {("webkit", "in a sandboxed frame of no origin")}

CASES = [
    pytest.param(engine, host, id=f"{engine}-{host}")
    for engine in ENGINES
    for host in HOSTS
    if (engine == "chromium" or host.name in EVERYWHERE) and (engine, host.name) not in REFUSED
]


@pytest.fixture(scope="module")
def engine_page(
    request: pytest.FixtureRequest, chromium: Browser, outcomes: Outcomes
) -> Iterator[ExercisePage]:
    """One page for all hosts of an engine."""
    with page_of(request.param, chromium, outcomes) as page:
        yield page


def show(page: ExercisePage, host: Host, bundle: Path, outer: Path, started: ExitStack) -> None:
    """Serve the bundle as the host does, and open it."""
    server = started.enter_context(Server(bundle, headers=host.headers, prefix=host.prefix))
    if host.frame is None:
        page.open(server.url)
        return
    frame = f'<iframe {host.frame} src="{server.url}" width="1000" height="800"></iframe>'
    around = f"<!doctype html><title>Outside</title>{frame}<script>{host.script}</script>"
    (outer / "index.html").write_text(around, "utf-8")
    page.go(started.enter_context(Server(outer)).url)
    page.enter_frame("iframe")
    page.watch()


def assert_reference_passes(page: ExercisePage, host: object, outcomes: Outcomes) -> None:
    """Python starts, and the reference passes."""
    page.wait_until("ready", "failed")
    assert page.state() == "ready", page.said("#failure")
    report = page.grade(REFERENCE)
    outcomes.note(f"host: {host}", page.engine, report["outcome"], page.heartbeat())
    assert (report["outcome"], report["passed"], report["total"]) == ("passed", 5, 5)


@pytest.mark.parametrize(("engine_page", "host"), CASES, indirect=["engine_page"])
def test_the_reference_passes_on_a_host(
    engine_page: ExercisePage, bundle: Path, tmp_path: Path, host: Host, outcomes: Outcomes
) -> None:
    with ExitStack() as started:
        show(engine_page, host, bundle, tmp_path, started)
        assert_reference_passes(engine_page, host, outcomes)


# Of the network, of code that is loaded, and of what the host keeps.
REACHES = {
    "fetch and XMLHttpRequest",
    "scripts and fonts",
    "the host's page, cookies and storage",
}


# The candidates of an isolated page are started in another way, which must lose neither the frame's
# policy nor the end of what is removed.
@pytest.mark.parametrize("engine_page", ENGINES, indirect=True)
def test_nothing_gets_out_of_an_isolated_page_and_nothing_goes_on_in_it(
    engine_page: ExercisePage, limited_bundles: dict[Limits, Path], outcomes: Outcomes
) -> None:
    patient = limited_bundles[PATIENT]
    with Server(patient, headers=ISOLATED) as server:
        engine_page.open(server.url)
        engine_page.wait_until("ready")
        assert engine_page.script("return crossOriginIsolated;")
        for row in (row for row in CORE_ROWS if row.name in REACHES):
            engine_page.heartbeat()
            report = engine_page.grade(addressed(row, server))
            gap = engine_page.heartbeat()
            outcomes.note(f"{row}; isolated", engine_page.engine, report["outcome"], gap)
            assert report["outcome"] in row.right_in(engine_page.engine), report
        assert strangers(server, patient) == set()
    with Server(limited_bundles[HURRIED], headers=ISOLATED) as server:
        engine_page.open(server.url)
        engine_page.wait_until("ready")
        assert engine_page.grade(LOOP)["outcome"] == "timeout"
        engine_page.wait_until_idle()


class _TypelessHandler(SimpleHTTPRequestHandler):
    """Knows what HTML is, and calls all else bytes."""

    def guess_type(self, path: Any) -> str:
        return "text/html" if str(path).endswith(".html") else "application/octet-stream"

    def log_message(self, *_: Any) -> None:
        pass


class _SlashlessHandler(_TypelessHandler):
    """Shows the page of a folder, as some routers do, also where its final slash is missing."""

    def translate_path(self, path: str) -> str:
        inside = path.partition("?")[0].removeprefix(SLASHLESS)
        known = path.startswith(SLASHLESS) and inside[:1] in ("", "/")
        return super().translate_path((inside or "/index.html") if known else "/none")


SLASHLESS = "/courses/loss"


@contextmanager
def typeless_server(
    folder: Path, kind: type[SimpleHTTPRequestHandler] = _TypelessHandler
) -> Iterator[str]:
    """Serve a folder from a server that knows next to nothing; gives its address."""
    handler = partial(kind, directory=str(folder))
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
    engine_page: ExercisePage, bundle: Path, outcomes: Outcomes
) -> None:
    with typeless_server(bundle) as url:
        engine_page.open(url)
        assert_reference_passes(engine_page, "that calls all files bytes", outcomes)


@pytest.mark.parametrize("engine_page", ENGINES, indirect=True)
def test_a_frame_of_no_origin_on_a_host_that_forbids_it_says_what_to_do(
    engine_page: ExercisePage, bundle: Path, tmp_path: Path
) -> None:
    with ExitStack() as started:
        closed = Host("closed", frame='sandbox="allow-scripts"')
        show(engine_page, closed, bundle, tmp_path, started)
        engine_page.wait_until("failed")
        assert "could not be loaded" in engine_page.said("#failure")
        assert "allow-same-origin" in engine_page.said("#failure")


# What a host's policy has to leave room for; the page brings a stricter one of its own.
ROOM = {
    "script-src": "'self' 'unsafe-inline' 'wasm-unsafe-eval'",
    "style-src": "'unsafe-inline'",
    "connect-src": "'self'",
    "worker-src": "blob: data:",
}


def policy(**changes: str | None) -> Mapping[str, str]:
    """Return the headers of a host whose policy has room for the page, but for some changes."""
    changed = ROOM | {name.replace("_", "-"): value for name, value in changes.items()}
    parts = [f"{name} {value}" for name, value in changed.items() if value is not None]
    return {"Content-Security-Policy": "; ".join(parts)}


# What each policy refuses, and the directive that the page has to name.
REFUSING = {
    "workers": (policy(worker_src="'self'"), "worker-src"),
    "workers, by what all else falls back to": (
        policy(worker_src=None, default_src="'self'"),
        "worker-src",
    ),
    "WebAssembly": (policy(script_src="'self' 'unsafe-inline'"), "script-src"),
    "downloads": (policy(connect_src="'none'"), "connect-src"),
    "the editor's script": (
        policy(script_src="'unsafe-inline' 'wasm-unsafe-eval'"),
        "script-src-elem",
    ),
    "addresses of scripts as text": (
        policy(require_trusted_types_for="'script'"),
        "require-trusted-types-for",
    ),
}
REFUSED_EVERYWHERE = ["workers", "WebAssembly"]


@pytest.mark.parametrize(
    ("engine_page", "refused"),
    [
        pytest.param(engine, refused, id=f"{engine}-{refused}")
        for engine in ENGINES
        for refused in (REFUSING if engine == "chromium" else REFUSED_EVERYWHERE)
    ],
    indirect=["engine_page"],
)
def test_a_policy_that_refuses_what_python_needs_is_named(
    engine_page: ExercisePage, bundle: Path, refused: str
) -> None:
    headers, directive = REFUSING[refused]
    with Server(bundle, headers=headers) as server:
        engine_page.open(server.url)
        engine_page.wait_until("failed", "ready")
        said = engine_page.said("#failure")
        assert f"`{directive}`" in said, said
        assert "Content-Security-Policy" in said


@pytest.mark.parametrize("engine_page", ENGINES, indirect=True)
def test_a_policy_that_takes_the_pages_script_and_refuses_its_frames_is_named(
    engine_page: ExercisePage, bundle: Path
) -> None:
    nonce = re.search(r'<script nonce="([^"]+)"', (bundle / "index.html").read_text("utf-8"))
    assert nonce
    headers = policy(script_src=f"'self' 'nonce-{nonce[1]}' 'wasm-unsafe-eval'")
    with Server(bundle, headers=headers) as server:
        engine_page.open(server.url)
        engine_page.wait_until("failed", "ready")
        said = engine_page.said("#failure")
        assert "`script-src`" in said and "'unsafe-inline'" in said, said


@pytest.mark.parametrize("engine_page", ENGINES, indirect=True)
def test_where_the_pages_script_is_refused_the_text_alone_says_what_to_ask_for(
    engine_page: ExercisePage, bundle: Path
) -> None:
    for refusing in ("default-src 'self'", "script-src 'self'"):
        headers = {"Content-Security-Policy": refusing}
        with Server(bundle, headers=headers) as server:
            engine_page.go(server.url)
            engine_page.wait_for(
                lambda: "Content-Security-Policy" in engine_page.said("#unmoved"),
                SHOW_SECONDS,
                "text that says why nothing happens",
            )
            assert "'wasm-unsafe-eval'" in engine_page.said("#unmoved")
            assert engine_page.state() == "loading"


@pytest.mark.parametrize("engine_page", ["chromium"], indirect=True)
def test_a_policy_that_leaves_the_room_that_is_asked_for_does(
    engine_page: ExercisePage, bundle: Path, outcomes: Outcomes
) -> None:
    asked = (bundle / "index.html").read_text("utf-8")
    assert "; ".join(f"{name} {sources}" for name, sources in ROOM.items()) in asked
    # A frame whose text the page itself holds comes from nowhere that a policy could name.
    with Server(bundle, headers=policy(frame_src="'none'")) as server:
        engine_page.open(server.url)
        assert_reference_passes(engine_page, "whose policy leaves room", outcomes)
        assert engine_page.count("#unmoved") == 0


def test_an_address_without_its_final_slash_gets_it_and_works(
    context: BrowserContext, bundle: Path
) -> None:
    page = ChromiumPage(context)
    with typeless_server(bundle, _SlashlessHandler) as url:
        page.open(f"{url.removesuffix('/')}{SLASHLESS}?unit=7#examples")
        page.wait_until("ready", "failed")
        assert page.grade(REFERENCE)["passed"] == 5, page.said("#failure")
        assert page.tab.url == f"{url.removesuffix('/')}{SLASHLESS}/?unit=7#examples"
        page.reload()
        page.wait_until("ready")
        assert page.written().rstrip() == REFERENCE.rstrip()
        page.tab.goto(f"{url.removesuffix('/')}{SLASHLESS}")
        page.wait_until("ready")
        assert page.written().rstrip() == REFERENCE.rstrip()
