"""The page as a learner uses it, in any engine: what it shows, and what can be done with it."""

from __future__ import annotations

import json
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, Literal

import psutil

from . import scripts
from .limits import BOOT_SECONDS, IDLE_PROCESSORS, IDLE_SECONDS, RUN_SECONDS, SHOW_SECONDS
from .processes import processors_used
from .scripts import EDITOR

POLL_SECONDS = 0.05

Key = Literal["select-all", "delete"]


class ExercisePage(ABC):
    """A tab of a browser. What differs between engines is abstract; the rest is said once."""

    engine: str
    """The engine's name."""

    url = ""
    """The address that was opened last."""

    # ------------------------------------------------------------------ what an engine has to do

    @abstractmethod
    def go(self, url: str) -> None:
        """Load an address, and wait for its load event."""

    @abstractmethod
    def refresh(self) -> None:
        """Load the same address again, and wait for its load event."""

    @abstractmethod
    def script(self, body: str, *arguments: Any) -> Any:
        """Run the body of a function in the page (or the frame entered last).

        What it returns is waited for, if it is a promise.
        """

    @abstractmethod
    def press(self, selector: str, *keys: Key) -> None:
        """Press keys in an element, one after the other."""

    @abstractmethod
    def click_on(self, selector: str) -> None:
        """Click on an element with the mouse."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Give the page's window an inner size, or the nearest that the browser has."""

    @abstractmethod
    def enter_frame(self, selector: str) -> None:
        """Let everything from here on happen inside a frame of the page."""

    @abstractmethod
    def process(self) -> psutil.Process:
        """Return the process that all of the browser's processes descend from."""

    @abstractmethod
    def close(self) -> None:
        """End the tab, and whatever was started for it."""

    # ---------------------------------------------------------------------- visiting and waiting

    def open(self, url: str) -> None:
        """Go to the exercise's page, and watch it from then on."""
        self.url = url
        self.go(url)
        self.watch()

    def reload(self) -> None:
        """Load the exercise's page again, and watch it from then on."""
        self.refresh()
        self.watch()

    def watch(self) -> None:
        """Keep the reports of this page and the longest time that it did not react."""
        self.script(scripts.WATCH)

    def state(self) -> str:
        """Return the session's state: loading, ready, running, stopping or failed."""
        return str(self.script("return document.documentElement.dataset.state ?? 'none';"))

    def wait_until(self, *states: str) -> None:
        """Wait for one of these states of the session."""
        what = f"the state {states}"
        self.wait_in_page(scripts.IS_IN_A_STATE, list(states), BOOT_SECONDS, what)

    def wait_until_idle(self, processors: float = IDLE_PROCESSORS) -> None:
        """Wait until the whole browser, over a second, keeps hardly any processor busy."""
        process = self.process()
        self.wait_for(lambda: processors_used(process) < processors, IDLE_SECONDS, "idle browser")

    def pause(self, seconds: float) -> None:
        """Let time pass for the page."""
        time.sleep(seconds)

    def wait_for(self, holds: Callable[[], bool], seconds: float, what: str) -> None:
        """Look again and again whether something holds, until a deadline."""
        ends = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > ends:
                raise self.too_late(seconds, what)
            self.pause(POLL_SECONDS)

    def wait_in_page(self, condition: str, wanted: Any, seconds: float, what: str) -> None:
        """Wait until a condition holds that the page can look at: a function's body."""
        self.wait_for(lambda: bool(self.script(condition, wanted)), seconds, what)

    def too_late(self, seconds: float, what: str) -> TimeoutError:
        """Return the error that says what the page shows where it shows not what was waited for."""
        shown = self.said("#workspace")
        return TimeoutError(f"no {what} within {seconds:g} s; the page shows: {shown}")

    # --------------------------------------------------------------------- writing and running

    def write(self, source: str) -> None:
        """Put a source in place of what the editor holds, by selecting all and pasting."""
        # Inside a frame an element gets the keyboard by a click alone, and the middle of a long
        # text lies under what follows the editor.
        first = f"{EDITOR} .cm-line"
        self.wait_for(lambda: self.count(first) > 0, SHOW_SECONDS, "editor")
        self.script(scripts.SHOW_LINE, first)
        self.click_on(first)
        self.press(EDITOR, "select-all", "delete")
        self.script(scripts.PASTE, json.dumps(source))

    def written(self) -> str:
        """Return the lines that the editor shows."""
        return str(self.script(scripts.WRITTEN))

    def draft(self) -> str | None:
        """Return what is saved of the editor's text, or None where it is still the starter."""
        text: str | None = json.loads(self.script(scripts.DRAFT))
        return text

    def click(self, name: str) -> None:
        """Press the button of this name."""
        found = self.script(scripts.FIND_BUTTONS, name)
        assert len(found) == 1, f"{len(found)} buttons are named {name!r}"
        self.click_on(f"#{found[0]}")

    def click_run(self) -> None:
        """Press Run."""
        self.click("Run tests")

    def grade(self, source: str) -> dict[str, Any]:
        """Write a source, run it, wait for the verdict and return the report."""
        self.write(source)
        self.click_run()
        self.wait_for_verdict()
        return self.report()

    # ----------------------------------------------------------------------- what came of it

    def wait_until_testing(self) -> None:
        """Wait until a test is under way."""
        self.wait_in_page(scripts.HAS_A_TEST, "running", BOOT_SECONDS, "test under way")

    def wait_for_verdict(self) -> str:
        """Wait for the verdict of the run under way, and return its outcome."""
        self.wait_in_page(scripts.HAS_A_VERDICT, None, RUN_SECONDS, "verdict")
        return self.outcome()

    def outcome(self) -> str:
        """Return the verdict's outcome, or nothing while there is none."""
        return str(self.script("return document.querySelector('#verdict')?.dataset.outcome ?? '';"))

    def outcomes(self) -> list[str]:
        """Return every test's outcome as the page shows it."""
        return [str(outcome) for outcome in self.script(scripts.OUTCOMES)]

    def report(self) -> dict[str, Any]:
        """Return the last run's report."""
        text = self.script("return document.documentElement.dataset.report ?? 'null';")
        report: dict[str, Any] = json.loads(str(text))
        return report

    def reported(self) -> list[str]:
        """Return the outcomes of all reports since the page was loaded."""
        text = self.script("return document.documentElement.dataset.reported ?? '';")
        return str(text).split()

    def heartbeat(self) -> float:
        """Return the longest time (ms) that the page did not react since the last question."""
        return float(self.script(scripts.TAKE_GAP))

    def said(self, selector: str = "body") -> str:
        """Return the text that can be seen in an element."""
        text = "return document.querySelector(arguments[0])?.innerText ?? '';"
        return str(self.script(text, selector))

    def count(self, selector: str) -> int:
        """Return how many elements there are."""
        return int(self.script("return document.querySelectorAll(arguments[0]).length;", selector))
