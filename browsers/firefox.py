"""Firefox, through the Marionette socket that every Firefox has.

https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .limits import COMMAND_SECONDS, START_SECONDS
from .processes import end, wait_for_start
from .webdriver import DriverError, WebDriverPage

_PREFERENCES: Mapping[str, bool | int | str] = {
    "marionette.port": 0,  # a free one, which Firefox then writes into its profile
    "app.normandy.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}

# A tab and a process that are kept ready for a next page cost half a second of processor time, and
# what moves while a run goes on, drawn 60 times a second, a sixth of it all.
_BRIEFLY: Mapping[str, bool | int | str] = {
    "browser.aboutwelcome.enabled": False,
    "browser.newtabpage.enabled": False,
    "browser.startup.page": 0,
    "dom.ipc.processPrelaunch.enabled": False,
    "layout.frame_rate": 10,
}


class FirefoxWire:
    """A Firefox without a window, in a profile of its own."""

    def __init__(self, binary: Path, *, is_brief: bool) -> None:
        self._profile = Path(tempfile.mkdtemp(prefix="firefox-"))
        _write_preferences(self._profile, {**_PREFERENCES, **(_BRIEFLY if is_brief else {})})
        command = [str(binary), "--headless", "--marionette", "--no-remote", "--new-instance"]
        self._process = subprocess.Popen(
            [*command, "--profile", str(self._profile)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._last = 0
        try:
            self._connect()
        except BaseException:
            self._clean_up()
            raise

    def _connect(self) -> None:
        place = self._profile / "MarionetteActivePort"
        wait_for_start(
            self._process, lambda: place.exists() and place.read_text() != "", START_SECONDS
        )
        address = ("127.0.0.1", int(place.read_text()))
        self._socket = socket.create_connection(address, COMMAND_SECONDS)
        self._stream = self._socket.makefile("rb")
        self._receive()  # Firefox greets first
        self.send("NewSession", {})

    @property
    def pid(self) -> int:
        """Firefox's own process: those of its pages descend from it."""
        return self._process.pid

    def send(self, command: str, parameters: Mapping[str, Any]) -> Any:
        """Have a command carried out, and return its value."""
        return self._ask(f"WebDriver:{command}", parameters)

    def close(self) -> None:
        """Quit Firefox and remove its profile."""
        self._socket.close()
        self._clean_up()

    def _ask(self, name: str, parameters: Mapping[str, Any]) -> Any:
        self._last += 1
        message = json.dumps([0, self._last, name, parameters]).encode()
        self._socket.sendall(b"%d:%b" % (len(message), message))
        _, number, problem, result = self._receive()
        assert number == self._last, "Firefox answered another question"
        if problem is not None:
            raise DriverError(f"{problem['error']}: {problem['message']}")
        return result["value"] if isinstance(result, dict) and "value" in result else result

    def _receive(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            byte = self._stream.read(1)
            if not byte:
                raise ConnectionError("Firefox has gone away")
            length += byte
        return json.loads(self._stream.read(int(length[:-1])))

    def _clean_up(self) -> None:
        end(self._process)
        shutil.rmtree(self._profile, ignore_errors=True)


class FirefoxPage(WebDriverPage):
    """The tab of a Firefox of its own."""

    engine = "firefox"

    def __init__(self, binary: Path, *, is_brief: bool) -> None:
        super().__init__(FirefoxWire(binary, is_brief=is_brief))


def _write_preferences(profile: Path, preferences: Mapping[str, bool | int | str]) -> None:
    lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in preferences.items()]
    (profile / "user.js").write_text("\n".join(lines) + "\n", "utf-8")
