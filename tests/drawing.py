"""The region "Your function" of a page, as a learner uses it."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from browsers import ChromiumPage
from browsers.limits import SHOW_SECONDS

# The charts of this exercise.
CURVES = "The loss as α grows"
BARS = "The target that your losses imply"


class DrawnPage:
    """The parts of the region, and what can be done with them."""

    def __init__(self, page: ChromiumPage) -> None:
        self.page = page
        self.tab = page.tab
        self.region = self.tab.get_by_role("region", name="Your function", exact=True)
        self.button = self.region.get_by_role("button", name="Draw your function")
        self.end = self.region.get_by_role("button", name="End drawing")
        self.said = self.region.locator(".explore-said")
        self.status = self.region.locator(".explore-status")

    def open(self) -> DrawnPage:
        self.tab.get_by_role("tab", name="Your function").click()
        expect(self.button).to_be_visible()
        return self

    def draw(self, source: str | None = None) -> DrawnPage:
        """Draw some source, or what stands in the editor, and wait until that is over."""
        self.begin(source)
        expect(self.end).to_be_hidden(timeout=2 * SHOW_SECONDS * 1000)
        return self

    def begin(self, source: str | None = None) -> None:
        if source is not None:
            self.page.write(source)
        self.open()
        self.button.click()

    def chart(self, title: str) -> Locator:
        return self.region.get_by_role("img", name=title)

    def remarks(self, title: str) -> list[str]:
        """What is said of each series of a chart, and of the reference."""
        figure = self.region.get_by_role("figure").filter(has_text=title)
        return figure.get_by_role("listitem").all_inner_texts()
