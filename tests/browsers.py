"""The browsers that the page is tested in: found, or installed.

``python -m tests.browsers`` installs what is missing: Debian's packages where there is apt and the
right to use it, else the Chromium that Playwright downloads.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Chromium's sandbox does not work for root; and nothing may be sent but what the page sends.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> Path | None:
    """Return a Chromium of the system or of Playwright, or None."""
    for name in CHROMIUM_NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    return _playwrights_chromium()


def _playwrights_chromium() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def install_chromium() -> None:
    """Install Chromium, saying how."""
    if _has_apt():
        print("installing Debian's chromium", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return
    print("installing Playwright's chromium", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def _has_apt() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def main() -> int:
    """Install what is missing; return the exit status."""
    if find_chromium() is None:
        install_chromium()
    found = find_chromium()
    print(f"chromium: {found or 'NOT FOUND'}")
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
