"""Waiting for what the service worker does: nothing on the page shows it, and nothing ends it."""

from __future__ import annotations

from browsers import ChromiumPage
from browsers.limits import SHOW_SECONDS

KEPT = "async () => !!(await navigator.serviceWorker.getRegistration())?.active"


def wait_until(
    page: ChromiumPage,
    condition: str,
    argument: str | None = None,
    seconds: float = SHOW_SECONDS,
) -> None:
    """Wait until something holds that the page does not show."""
    page.wait_for(lambda: bool(page.tab.evaluate(condition, argument)), seconds, condition)


def wait_until_kept(page: ChromiumPage) -> None:
    """Wait until a build is kept: a visit that could not keep it leaves that to the next one."""
    for _ in range(2):
        try:
            return wait_until(page, KEPT)
        except TimeoutError:
            page.reload()
            page.wait_until("ready")
    return wait_until(page, KEPT)
