"""The server for looking at a bundle, and for tests of it."""

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import HTTPError, URLError

import pytest

from browsers.limits import SHOW_SECONDS
from builder.errors import BuildError
from builder.serve import HOST, Request, Server

from .terminals import hear_signals

ROOT = Path(__file__).resolve().parent.parent

TYPES = {
    "index.html": "text/html",
    "a.js": "text/javascript",
    "a.mjs": "text/javascript",
    "a.css": "text/css",
    "a.json": "application/json",
    "a.wasm": "application/wasm",
    "a.zip": "application/octet-stream",
    "a.whl": "application/octet-stream",
    "a.bin": "application/octet-stream",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file of each kind, and a secret beside it."""
    (tmp_path / "secret").write_text("secret")
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    for name in TYPES:
        (folder / name).write_text(name)
    return folder


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    """A server of the folder, on a free port."""
    with Server(folder) as server:
        yield server


def get(url: str, **headers: str) -> tuple[int, Message, bytes]:
    """Return status, headers and body of an answer, whatever it is."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as problem:
        with problem:
            return problem.code, problem.headers, problem.read()


@pytest.mark.parametrize("name", TYPES)
def test_a_file_comes_with_its_media_type(name: str, server: Server) -> None:
    status, headers, body = get(server.url + name)
    assert (status, body.decode()) == (200, name)
    assert headers["Content-Type"] == TYPES[name]


def test_the_folder_itself_gives_its_page(server: Server) -> None:
    assert get(server.url)[2] == b"index.html"


def test_a_browser_asks_again_and_is_told_that_nothing_changed(server: Server) -> None:
    _, headers, _ = get(server.url)
    assert headers["Cache-Control"] == "no-cache"
    again = {"If-Modified-Since": headers["Last-Modified"]}
    assert get(server.url, **again)[0] == 304


def test_extra_headers_come_with_every_answer(folder: Path) -> None:
    extra = {"Cross-Origin-Opener-Policy": "same-origin"}
    with Server(folder, headers=extra) as server:
        for path in ("", "nowhere"):
            assert get(server.url + path)[1]["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("prefix", ["/a/b/", "a/b", "/a/b"])
def test_a_folder_can_lie_under_a_path(prefix: str, folder: Path) -> None:
    with Server(folder, prefix=prefix) as server:
        assert server.url == f"http://{HOST}:{server.port}/a/b/"
        assert get(server.url + "a.js?x=1")[2] == b"a.js"
        for outside in ("/", "/a.js", "/a/b", "/a/bc/a.js"):
            assert get(f"http://{HOST}:{server.port}{outside}")[0] == 404


def test_requests_are_noted_in_order(server: Server) -> None:
    get(server.url + "a.js")
    get(server.url + "nowhere?x=1")
    assert server.requests == [Request("GET", "/a.js", 200), Request("GET", "/nowhere?x=1", 404)]


def test_a_folder_without_a_page_is_not_listed(server: Server) -> None:
    assert get(server.url + "assets/")[0] == 404


@pytest.mark.parametrize("path", ["/../secret", "/%2e%2e/secret", "/assets/../../secret"])
def test_nothing_outside_the_folder_is_served(path: str, server: Server) -> None:
    connection = HTTPConnection(HOST, server.port)
    connection.request("GET", path)
    assert connection.getresponse().status == 404
    connection.close()


def test_many_files_can_be_fetched_at_once(server: Server) -> None:
    with ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(get, [server.url] * 80))
    assert {status for status, _, _ in answers} == {200}


def test_only_this_machine_can_reach_it(server: Server) -> None:
    assert server.url.startswith("http://127.0.0.1:")


def test_after_the_block_the_port_is_closed(folder: Path) -> None:
    with Server(folder) as server:
        url = server.url
    with pytest.raises(URLError):
        urllib.request.urlopen(url, timeout=5)


@pytest.mark.parametrize("port", ["taken", 70_000])
def test_a_port_that_cannot_be_used_is_named(port: int | str, folder: Path, server: Server) -> None:
    number = server.port if isinstance(port, str) else port
    with pytest.raises(BuildError, match=str(number)) as caught:
        Server(folder, number)
    assert "--port" in caught.value.remedy


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="no such folder") as caught:
        Server(tmp_path / "nowhere")
    assert caught.value.file == tmp_path / "nowhere"
    assert caught.value.remedy


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send to one process")
def test_ctrl_c_ends_it_politely(folder: Path) -> None:
    program = "import sys, pathlib; from builder.serve import serve_forever\n"
    program += "serve_forever(pathlib.Path(sys.argv[1]), 0)"
    child = subprocess.Popen(
        [sys.executable, "-c", program, str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hear_signals,
    )
    try:
        assert child.stdout is not None
        url = child.stdout.readline().split()[0]
        assert get(url)[2] == b"index.html"
        child.send_signal(signal.SIGINT)
        said, complained = child.communicate(timeout=SHOW_SECONDS)
    finally:
        child.kill()
    assert child.returncode == 0
    assert said.strip() == "Server ended."
    assert complained == ""
