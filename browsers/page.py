"""The page as tests use it in every engine: what it shows, and what can be done with it."""

from __future__ import annotations

import json
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, Literal

import psutil

from .processes import processors_used

BOOT_SECONDS = 180.0
RUN_SECONDS = 240.0
_POLL_SECONDS = 0.05

# A page that waits blinks and beats; a worker that goes on takes all that others leave it.
IDLE_PROCESSORS = 0.25
IDLE_SECONDS = 20.0

# Scripts of a driver live beside the page's own: what one leaves for the next is text in the page.
_WATCH = """
const root = document.documentElement;
if (root.dataset.watched !== undefined) return;
root.dataset.watched = "";
document.addEventListener("exercise:report", (event) => {
  root.dataset.report = JSON.stringify(event.detail);
});
let last = performance.now();
const beat = () => {
  const now = performance.now();
  root.dataset.gap = String(Math.max(Number(root.dataset.gap ?? 0), now - last));
  last = now;
  setTimeout(beat, 10);
};
beat();
"""

_FIND_BUTTON = """
const spoken = (node) =>
  node.nodeType === Node.TEXT_NODE ? node.data
  : node.getAttribute?.("aria-hidden") === "true" ? ""
  : [...node.childNodes].map(spoken).join("");
const named = [...document.querySelectorAll("button")]
  .filter((button) => spoken(button).trim() === arguments[0]);
"""

# Firefox hands over nothing of a script's own clipboard, only what it is told in its own words.
_PASTE = """
const [text] = arguments;
const clipboardData = new DataTransfer();
clipboardData.setData("text/plain", text);
const options = { bubbles: true, cancelable: true };
const usual = new ClipboardEvent("paste", { ...options, clipboardData });
const own = { ...options, data: text, dataType: "text/plain" };
const carries = usual.clipboardData?.getData("text/plain") === text;
const paste = carries ? usual : new ClipboardEvent("paste", own);
document.activeElement.dispatchEvent(paste);
"""

# A click may not hit what is scrolled out of the editor; the page itself has to stay where it is.
_SHOW = """
const line = document.querySelector(arguments[0]);
line.closest(".cm-scroller").scrollTop = 0;
"""

EDITOR = '[role="textbox"][aria-label="Code editor"]'
Key = Literal["select-all", "delete"]


class EnginePage(ABC):
    """A tab of a browser. What differs between engines is abstract; the rest is said once."""

    engine: str
    """The engine's name."""

    # ------------------------------------------------------------------ what an engine has to do

    @abstractmethod
    def go(self, url: str) -> None:
        """Load an address, and wait for its load event."""

    @abstractmethod
    def script(self, body: str, *arguments: Any) -> Any:
        """Run the body of a function in the page (or the frame entered last)."""

    @abstractmethod
    def press(self, selector: str, *keys: Key) -> None:
        """Press keys in an element, one after the other."""

    @abstractmethod
    def click_on(self, selector: str) -> None:
        """Click on an element with the mouse."""

    @abstractmethod
    def enter_frame(self, selector: str) -> None:
        """Let everything from here on happen inside a frame of the page."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Give the window a size."""

    @abstractmethod
    def screenshot(self) -> bytes:
        """Return a PNG of what can be seen."""

    @abstractmethod
    def process(self) -> psutil.Process:
        """Return the process that all of the browser's processes descend from."""

    @abstractmethod
    def close(self) -> None:
        """End the tab, and whatever was started for it."""

    # ------------------------------------------------------------------------- the same for all

    def open(self, url: str) -> None:
        """Go to the exercise's page, and watch it from then on."""
        self.go(url)
        self.watch()

    def watch(self) -> None:
        """Keep the reports of this page and the longest time that it did not react."""
        self.script(_WATCH)

    def state(self) -> str:
        """Return the session's state: loading, ready, running, stopping or failed."""
        return str(self.script("return document.documentElement.dataset.state ?? 'none';"))

    def wait_until(self, *states: str) -> None:
        """Wait for one of these states of the session."""
        self.wait_for(lambda: self.state() in states, BOOT_SECONDS, f"the state {states}")

    def wait_for(self, holds: Callable[[], bool], seconds: float, what: str) -> None:
        """Look again and again whether something holds, until a deadline."""
        ends = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > ends:
                shown = self.said("#workspace")
                raise TimeoutError(f"no {what} within {seconds:g} s; the page shows: {shown}")
            time.sleep(_POLL_SECONDS)

    def write(self, source: str) -> None:
        """Put a source in place of what the editor holds, by selecting all and pasting."""
        # Inside a frame an element gets the keyboard by a click alone, and the middle of a long
        # text lies under what follows the editor.
        first = f"{EDITOR} .cm-line"
        self.script(_SHOW, first)
        self.click_on(first)
        self.press(EDITOR, "select-all", "delete")
        self.script(_PASTE, source)

    def written(self) -> str:
        """Return the lines that the editor shows."""
        lines = f"document.querySelectorAll('{EDITOR} .cm-line')"
        return str(self.script(f"return [...{lines}].map((line) => line.textContent).join('\\n');"))

    def click(self, name: str) -> None:
        """Press the button of this name."""
        found = self.script(f"{_FIND_BUTTON} return named.map((button) => button.id);", name)
        assert len(found) == 1, f"{len(found)} buttons are named {name!r}"
        self.click_on(f"#{found[0]}")

    def verdict(self) -> str:
        """Return the verdict's outcome, or nothing while there is none."""
        return str(self.script("return document.querySelector('#verdict')?.dataset.outcome ?? '';"))

    def wait_for_verdict(self) -> str:
        """Wait for the verdict of the run under way, and return its outcome."""
        self.wait_for(lambda: self.verdict() != "", RUN_SECONDS, "verdict")
        return self.verdict()

    def outcomes(self) -> list[str]:
        """Return every test's outcome as the page shows it."""
        items = "document.querySelectorAll('ol#tests > li[data-test]')"
        found = self.script(f"return [...{items}].map((item) => item.dataset.outcome);")
        return [str(outcome) for outcome in found]

    def grade(self, source: str) -> dict[str, Any]:
        """Write a source, run it, wait for the verdict and return the report."""
        self.write(source)
        self.click("Run tests")
        self.wait_for_verdict()
        return self.report()

    def report(self) -> dict[str, Any]:
        """Return the last run's report."""
        text = self.script("return document.documentElement.dataset.report ?? 'null';")
        report: dict[str, Any] = json.loads(str(text))
        return report

    def heartbeat(self) -> float:
        """Return the longest time (ms) that the page did not react since the last question."""
        take = "const { dataset } = document.documentElement; const gap = dataset.gap; "
        return float(self.script(f"{take} dataset.gap = '0'; return Number(gap);"))

    def wait_until_idle(self) -> None:
        """Wait until the whole browser, over a second, does next to nothing."""
        self.wait_for(self._is_idle, IDLE_SECONDS, "idle browser")

    def _is_idle(self) -> bool:
        return processors_used(self.process()) < IDLE_PROCESSORS

    def said(self, selector: str = "body") -> str:
        """Return the text that can be seen in an element."""
        text = f"document.querySelector({json.dumps(selector)})?.innerText ?? ''"
        return str(self.script(f"return {text};"))

    def count(self, selector: str) -> int:
        """Return how many elements there are."""
        return int(self.script("return document.querySelectorAll(arguments[0]).length;", selector))
