"""The page as a learner uses it: by roles, names and what can be seen."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, expect

BOOT_MS = 120_000
RUN_MS = 90_000

_KEEP_REPORTS = """
window.reports = [];
document.addEventListener("exercise:report", (event) => window.reports.push(event.detail));
"""


class ExercisePage:
    """A page of the bundle in a browser, with what went wrong in it and what it asked for."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.problems: list[str] = []
        self.requests: list[str] = []
        page.on("console", self._note_console)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("request", self._note_request)
        page.add_init_script(_KEEP_REPORTS)
        self.html = page.locator("html")
        self.verdict = page.locator("#verdict")
        self.tests = page.locator("ol#tests > li")
        self.editor = page.get_by_role("textbox", name="Code editor")
        self.run_button = page.get_by_role("button", name="Run tests", exact=True)
        self.stop_button = page.get_by_role("button", name="Stop", exact=True)
        self.reset_button = page.get_by_role("button", name="Reset", exact=True)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(message.text)

    def _note_request(self, request: Request) -> None:
        self.requests.append(request.url)

    def open(self) -> None:
        """Go to the page."""
        self.page.goto(self.url)

    def wait_until(self, state: str) -> None:
        """Wait until the session is in a state (a pattern)."""
        expect(self.html).to_have_attribute(
            "data-state", re.compile(f"^({state})$"), timeout=BOOT_MS
        )

    def write(self, source: str) -> None:
        """Put a source in place of what the editor holds, as pasting would."""
        self.editor.press("ControlOrMeta+a")
        self.editor.press("Delete")
        self.page.keyboard.insert_text(source)

    def click_run(self) -> None:
        """Press Run."""
        self.run_button.click()

    def wait_for_verdict(self, outcome: str = ".+") -> None:
        """Wait for the verdict of the run under way."""
        pattern = re.compile(f"^({outcome})$")
        expect(self.verdict).to_have_attribute("data-outcome", pattern, timeout=RUN_MS)

    def grade(self, source: str) -> dict[str, Any]:
        """Write a source, run it and return its report."""
        self.write(source)
        self.click_run()
        self.wait_for_verdict()
        return self.last_report()

    def last_report(self) -> dict[str, Any]:
        """Return the report of the last run."""
        report: dict[str, Any] = self.page.evaluate("window.reports.at(-1)")
        return report

    def outcomes(self) -> list[str | None]:
        """Return every test's outcome as the page shows it."""
        return [item.get_attribute("data-outcome") for item in self.tests.all()]

    def strangers(self) -> list[str]:
        """Return the requests that left the page's origin."""
        own = urlsplit(self.url).netloc
        return [
            url for url in self.requests if url.startswith("http") and urlsplit(url).netloc != own
        ]
