"""The region "Try it" of a page, as a learner uses it."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from browsers import ChromiumPage


class TriedPage:
    """The parts of the region, and what can be done with them."""

    def __init__(self, page: ChromiumPage) -> None:
        self.page = page
        self.tab = page.tab
        self.region = self.tab.get_by_role("region", name="Try it")
        self.box = self.region.get_by_role("textbox", name="Python console")
        self.input = self.region.get_by_role("textbox", name="Input")
        self.run = self.region.get_by_role("button", name="Run code")
        self.log = self.region.get_by_role("log")
        self.stop = self.tab.get_by_role("button", name="Stop")

    def open(self) -> TriedPage:
        self.tab.get_by_role("tab", name="Try it").click()
        expect(self.run).to_be_visible()
        return self

    def enter(self, code: str) -> Locator:
        """Enter code, and return where it and what comes of it is shown."""
        self.wait()
        self.box.fill(code)
        self.box.press("Enter")
        return self.last

    @property
    def last(self) -> Locator:
        return self.log.locator(".try-entry").last

    def run_code(self, source: str | None = None) -> Locator:
        if source is not None:
            self.page.write(source)
        self.run.click()
        return self.last

    def is_at_end(self) -> bool:
        """Whether the newest of the output is in view."""
        below = "(log) => log.scrollHeight - log.scrollTop - log.clientHeight"
        return bool(self.log.evaluate(below) < 2)

    def wait(self) -> None:
        """Wait until nothing runs."""
        expect(self.stop).to_be_disabled()
