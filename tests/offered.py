"""The list of names that the editor offers, as tests use it."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from browsers import ChromiumPage


def names(page: ChromiumPage) -> Locator:
    """The list of what may come."""
    return page.tab.get_by_role("listbox", name="What may come here")


def move_to(page: ChromiumPage, name: str) -> Locator:
    """Move to the first item, which is this one, once the list has taken in what was typed."""
    expect(names(page).get_by_role("option").first).to_contain_text(name)
    expect(page.tab.locator(".cm-tooltip-autocomplete-disabled")).to_have_count(0)
    page.tab.keyboard.press("ArrowDown")
    chosen = names(page).get_by_role("option", selected=True)
    expect(chosen).to_contain_text(name)
    return chosen
