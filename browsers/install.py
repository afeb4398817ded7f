"""The browsers that the page is tested in: found, or installed.

``python -m browsers`` installs what is missing: Debian's packages where there is apt and the
right to use it, else the Chromium that Playwright downloads. Chromium is needed; where Firefox or
WebKit cannot be had, it says so, and their tests are skipped with the same words.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FIREFOX_NAMES = ("firefox-esr", "firefox")

# Debian keeps it off the path, in a folder of the processor's name; others in libexec.
MINIBROWSERS = ("lib/*/webkit2gtk-4.*/MiniBrowser", "libexec/webkit2gtk-4.*/MiniBrowser")


@dataclass(frozen=True)
class WebKit:
    """WebKitGTK's driver and browser, and the X server that the browser shows itself on."""

    driver: Path
    browser: Path
    display: Path


class EngineMissingError(Exception):
    """The engine is not installed; the text names it."""


def find_chromium() -> Path | None:
    """Return a Chromium of the system or of Playwright, or None."""
    return _find_program(*CHROMIUM_NAMES) or _playwrights_chromium()


def find_firefox() -> Path | None:
    """Return a Firefox of the system, or None."""
    return _find_program(*FIREFOX_NAMES)


def find_webkit() -> WebKit | None:
    """Return the three programs that show a page in WebKit, or None if one is missing."""
    driver, display = _find_program("WebKitWebDriver"), _find_program("Xvfb")
    browser = next((path for name in MINIBROWSERS for path in Path("/usr").glob(name)), None)
    return WebKit(driver, browser, display) if driver and browser and display else None


def _find_program(*names: str) -> Path | None:
    return next((Path(found) for name in names if (found := shutil.which(name))), None)


def _playwrights_chromium() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


NOT_RUN = {
    "chromium": "NOT RUN: Chromium (none of the system's, and none of Playwright's)",
    "firefox": "NOT RUN: Firefox (no firefox-esr or firefox on the path)",
    "webkit": "NOT RUN: WebKit (it takes WebKitWebDriver, WebKitGTK's MiniBrowser and Xvfb)",
}


def install_chromium() -> bool:
    """Install Chromium, saying how; return whether that went well."""
    if has_apt():
        return install_packages("chromium")
    print("installing Playwright's chromium", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.run(command, check=False).returncode == 0


def install_packages(*names: str) -> bool:
    """Install packages of Debian's, where that is possible; return whether it went well."""
    if not has_apt():
        return False
    print(f"installing Debian's {', '.join(names)}", flush=True)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], install):
        done = subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL)
        if done.returncode != 0:
            return False
    return True


def has_apt() -> bool:
    """Return whether Debian's packages can be installed here."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def main() -> int:
    """Install what is missing; return the exit status."""
    if find_chromium() is None:
        install_chromium()
    if find_firefox() is None:
        install_packages("firefox-esr")
    if find_webkit() is None:
        install_packages("webkit2gtk-driver", "xvfb")
    chromium, firefox, webkit = find_chromium(), find_firefox(), find_webkit()
    print(f"chromium: {chromium}" if chromium else NOT_RUN["chromium"])
    print(f"firefox: {firefox}" if firefox else NOT_RUN["firefox"])
    print(f"webkit: {webkit.browser}" if webkit else NOT_RUN["webkit"])
    return 0 if chromium else 1
