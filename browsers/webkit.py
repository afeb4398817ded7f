"""WebKitGTK's own browser through its WebDriver, on a display of its own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

from .install import WebKit
from .limits import ANSWER_SECONDS, COMMAND_SECONDS, START_SECONDS
from .processes import end, wait_for_start
from .webdriver import DriverError, WebDriverPage

# Without a graphics card, composing a page of layers keeps two processors busy with a spinner.
_PLAIN_DRAWING = {"WEBKIT_DISABLE_COMPOSITING_MODE": "1"}

# The third compiler for WebAssembly pays in pages that live longer: to open one and to run six
# times takes 13 s of processor time in place of 19 (psutil's `cpu_times` over all processes).
_BRIEFLY = {"JSC_useOMGJIT": "0"}

# Method and path of https://www.w3.org/TR/webdriver2/#endpoints, below the session.
_ENDPOINTS = {
    "Navigate": ("POST", "url"),
    "Refresh": ("POST", "refresh"),
    "ExecuteScript": ("POST", "execute/sync"),
    "FindElement": ("POST", "element"),
    "ElementSendKeys": ("POST", "element/{id}/value"),
    "ElementClick": ("POST", "element/{id}/click"),
    "SwitchToFrame": ("POST", "frame"),
    "SetWindowRect": ("POST", "window/rect"),
}
_LOADING = {"Navigate", "Refresh"}


class WebKitWire:
    """MiniBrowser behind WebKitWebDriver, under an X server that shows nothing."""

    def __init__(self, webkit: WebKit, *, is_brief: bool) -> None:
        self._started = ExitStack()
        self._environment = _PLAIN_DRAWING | (_BRIEFLY if is_brief else {})
        try:
            display = self._start_display(webkit)
            self._process, self._driver = self._start_driver(webkit, display)
            self._session = self._open_session(webkit)
        except BaseException:
            self._started.close()
            raise

    @property
    def pid(self) -> int:
        """The driver's process: it starts the browser."""
        return self._process.pid

    def send(
        self, command: str, parameters: Mapping[str, Any], seconds: float = COMMAND_SECONDS
    ) -> Any:
        """Have a command carried out, and return its value."""
        method, path = _ENDPOINTS[command]
        path = f"{self._session}/{path.format_map(parameters)}"
        value = self._request(method, path, parameters if method == "POST" else None, seconds)
        if command in _LOADING:
            self._await_answer()
        return value

    def close(self) -> None:
        """End the browser, its driver and its display."""
        try:
            self._request("DELETE", self._session, None)
        except OSError:
            pass  # the browser went first
        finally:
            self._started.close()

    def _await_answer(self) -> None:
        """Ask the page that was loaded until it answers.

        Where its headers have it change its process (`Cross-Origin-Opener-Policy`), WebKit may
        lose what is asked right after the load, and the driver then waits for good.
        """
        ends = time.monotonic() + COMMAND_SECONDS
        question = {"script": "return null;", "args": []}
        while True:
            try:
                self.send("ExecuteScript", question, ANSWER_SECONDS)
                return
            except TimeoutError:
                if time.monotonic() > ends:
                    raise

    def _start_display(self, webkit: WebKit) -> str:
        """Start an X server; it takes a free display and says which."""
        reading, writing = os.pipe()
        screen = ["-screen", "0", "1400x1000x24", "-nolisten", "tcp"]
        with os.fdopen(reading, encoding="ascii") as said:
            process = subprocess.Popen(
                [str(webkit.display), "-displayfd", str(writing), *screen],
                pass_fds=[writing],
                stderr=subprocess.DEVNULL,
            )
            os.close(writing)
            self._started.callback(end, process)
            number = said.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        return f":{number}"

    def _start_driver(self, webkit: WebKit, display: str) -> tuple[subprocess.Popen[bytes], str]:
        """Start the driver; return its process and its address."""
        port = _free_port()
        process = subprocess.Popen(
            [str(webkit.driver), f"--port={port}", "--host=127.0.0.1"],
            env={**os.environ, **self._environment, "DISPLAY": display},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._started.callback(end, process)
        wait_for_start(process, lambda: _answers(port), START_SECONDS)
        return process, f"http://127.0.0.1:{port}"

    def _open_session(self, webkit: WebKit) -> str:
        options = {"binary": str(webkit.browser), "args": ["--automation"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        opened = self._request("POST", "session", {"capabilities": wanted})
        return f"session/{opened['sessionId']}"

    def _request(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None,
        seconds: float = COMMAND_SECONDS,
    ) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self._driver}/{path}", data, method=method)
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=seconds) as response:
                return json.load(response)["value"]
        except urllib.error.HTTPError as refused:
            raise DriverError(refused.read().decode(errors="replace")) from None


class WebKitPage(WebDriverPage):
    """The tab of a WebKit of its own."""

    engine = "webkit"

    def __init__(self, webkit: WebKit, *, is_brief: bool) -> None:
        super().__init__(WebKitWire(webkit, is_brief=is_brief))


def _free_port() -> int:
    # The driver cannot be asked for any free port, nor says which it took.
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
