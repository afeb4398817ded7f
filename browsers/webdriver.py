"""A tab that is driven by WebDriver commands, however they are sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import psutil

from .page import ExercisePage, Key

# Keys, and the one that lets go of the others:
# https://www.w3.org/TR/webdriver2/#keyboard-actions
_KEYS: dict[Key, str] = {"select-all": "\ue009a\ue000", "delete": "\ue017"}


class DriverError(Exception):
    """A command was refused."""


class Wire(Protocol):
    """Carries commands to a browser."""

    @property
    def pid(self) -> int:
        """The process that all of the browser's processes descend from."""

    def send(self, command: str, parameters: Mapping[str, Any]) -> Any:
        """Have a command carried out, and return its value."""

    def close(self) -> None:
        """End the browser, and whatever was started for it."""


class WebDriverPage(ExercisePage):
    """A tab behind a wire."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def go(self, url: str) -> None:
        self._wire.send("SwitchToFrame", {"id": None})
        self._wire.send("Navigate", {"url": url})

    def refresh(self) -> None:
        self._wire.send("SwitchToFrame", {"id": None})
        self._wire.send("Refresh", {})

    def script(self, body: str, *arguments: Any) -> Any:
        return self._wire.send("ExecuteScript", {"script": body, "args": list(arguments)})

    def press(self, selector: str, *keys: Key) -> None:
        text = "".join(_KEYS[key] for key in keys)
        self._wire.send("ElementSendKeys", {"id": self._find(selector), "text": text})

    def click_on(self, selector: str) -> None:
        self._wire.send("ElementClick", {"id": self._find(selector)})

    def resize(self, width: int, height: int) -> None:
        # What can be chosen is the size of the whole window.
        for _ in range(2):
            edge = self.script("return [outerWidth - innerWidth, outerHeight - innerHeight];")
            size = {"width": width + edge[0], "height": height + edge[1]}
            self._wire.send("SetWindowRect", size)

    def enter_frame(self, selector: str) -> None:
        self._wire.send("SwitchToFrame", {"id": self._element(selector)})

    def process(self) -> psutil.Process:
        return psutil.Process(self._wire.pid)

    def close(self) -> None:
        self._wire.close()

    def _element(self, selector: str) -> dict[str, str]:
        query = {"using": "css selector", "value": selector}
        element: dict[str, str] = self._wire.send("FindElement", query)
        return element

    def _find(self, selector: str) -> str:
        return next(iter(self._element(selector).values()))
