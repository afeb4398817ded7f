"""Serve a folder on this machine: for people who look at a bundle, and for tests of it."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from .errors import BuildError

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Request:
    """A request that was answered."""

    method: str
    path: str
    status: int


class Server:
    """Serves a folder while the `with` block runs.

    Args:
        folder: what to serve.
        port: where; 0 takes a free one.
        headers: sent with every answer, beside the usual ones.
        prefix: the path under which the folder lies.

    Raises:
        BuildError: if there is no such folder, or the port cannot be used.
    """

    def __init__(
        self,
        folder: Path,
        port: int = 0,
        headers: Mapping[str, str] | None = None,
        prefix: str = "/",
    ) -> None:
        if not folder.is_dir():
            raise BuildError("there is no such folder", "Build the bundle first.", folder)
        self.requests: list[Request] = []
        self.prefix = f"/{prefix.strip('/')}/".replace("//", "/")
        settings = (self.prefix, headers or {}, self.requests, str(folder))
        handler = partial(_Handler, *settings)
        try:
            self._http = _HttpServer((HOST, port), handler)
        except (OSError, OverflowError) as problem:
            raise _unusable(port, problem) from None
        # The pause is how often the server looks whether it is to end.
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    @property
    def port(self) -> int:
        """The port that is served."""
        return int(self._http.server_address[1])

    @property
    def url(self) -> str:
        """The folder's address, with a slash at its end."""
        return f"http://{HOST}:{self.port}{self.prefix}"

    def wait(self) -> None:
        """Wait until the server ends, or Ctrl-C."""
        while self._thread.is_alive():
            self._thread.join(0.5)  # Windows hears no Ctrl-C in an endless join

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


def free_port(port: int) -> int:
    """Return a port, if it can be served.

    Raises:
        BuildError: if it is taken, or not for this user.
    """
    try:
        with socket.socket() as probe:
            # As the server does it: a port that was served a moment ago counts as free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((HOST, port))
            probe.listen()
    except (OSError, OverflowError) as problem:
        raise _unusable(port, problem) from None
    return port


def _unusable(port: int, problem: Exception) -> BuildError:
    """Return what is said of a port that cannot be served."""
    remedy = "Choose another with --port, or leave --port out."
    return BuildError(f"port {port} cannot be used: {problem}", remedy)


def _say(text: str) -> None:
    print(text, flush=True)


def serve_forever(folder: Path, port: int) -> None:
    """Serve a folder and say its address, until Ctrl-C.

    Raises:
        BuildError: if there is no such folder, or the port is taken.
    """
    with Server(folder, port) as server:
        _say(f"{server.url}  (Ctrl-C ends it)")
        try:
            server.wait()
        except KeyboardInterrupt:
            _say("\nServer ended.")


class _HttpServer(ThreadingHTTPServer):
    # A page fetches all its files at once; the usual five that may wait are too few.
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay quiet when a browser goes away in mid-answer, as browsers do."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


# The compressed files that may lie beside a file, the smallest first.
_ENCODINGS = {"br": ".br", "gzip": ".gz"}


class _Handler(SimpleHTTPRequestHandler):
    _encoding: str | None = None
    extensions_map = {  # noqa: RUF012  (the base class calls for a plain attribute)
        **SimpleHTTPRequestHandler.extensions_map,
        ".css": "text/css",
        ".html": "text/html",
        ".js": "text/javascript",
        ".json": "application/json",
        ".mjs": "text/javascript",
        ".svg": "image/svg+xml",
        ".wasm": "application/wasm",
        ".whl": "application/octet-stream",
        ".zip": "application/octet-stream",
    }

    def __init__(
        self,
        prefix: str,
        headers: Mapping[str, str],
        requests: list[Request],
        folder: str,
        *socket: Any,
    ) -> None:
        self._prefix, self._headers, self._requests = prefix, headers, requests
        super().__init__(*socket, directory=folder)

    def send_head(self) -> Any:
        """Answer only for what lies under the prefix, compressed if there is such a file."""
        self._encoding = None
        if not self.path.startswith(self._prefix):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def translate_path(self, path: str) -> str:
        """Return the file that an address means, or the compressed one beside it."""
        plain = super().translate_path("/" + path.removeprefix(self._prefix))
        accepted = self.headers.get("Accept-Encoding", "")
        for encoding, ending in _ENCODINGS.items():
            if encoding in accepted and Path(f"{plain}{ending}").is_file():
                self._encoding = encoding
                return f"{plain}{ending}"
        return plain

    def guess_type(self, path: Any) -> str:
        """Return the type of the file as it is when uncompressed."""
        ending = _ENCODINGS[self._encoding] if self._encoding else ""
        return super().guess_type(str(path).removesuffix(ending))

    def list_directory(self, path: Any) -> None:
        """Show no folder's contents: a static host does not either."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        """Add the headers of every answer."""
        self.send_header("Cache-Control", "no-cache")
        if self._encoding:
            self.send_header("Content-Encoding", self._encoding)
            self.send_header("Vary", "Accept-Encoding")
        for name, value in self._headers.items():
            self.send_header(name, value)
        super().end_headers()

    def log_request(self, code: Any = "-", size: Any = "-") -> None:
        """Note the request for the tests, instead of printing it."""
        self._requests.append(Request(self.command, self.path, int(code)))

    def log_message(self, *_: Any) -> None:
        """Print nothing."""
