"""Find a browser for the tests, or get one; where none can be had, say how to get one.

Run as a script before the tests; imported by them to start what was found.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

SYSTEM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NONE_FOUND = (
    "The browser tests need Chromium and none could be found or installed. "
    "Install it with your system's packages (Debian: apt-get install chromium), "
    "or run: .venv/bin/playwright install chromium"
)
FLAGS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def browser_path() -> str:
    """Give the browser to start: Playwright's own, else the system's; empty when there is none."""
    return _playwrights() or next((found for name in SYSTEM if (found := shutil.which(name))), "")


def install() -> str:
    """Find a browser or install one, and give its path; empty when neither worked."""
    return browser_path() or _try_playwright() or _try_debian()


def _playwrights() -> str:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        path = play.chromium.executable_path
    return path if Path(path).exists() else ""


def _try_playwright() -> str:
    _run([sys.executable, "-m", "playwright", "install", "chromium"], seconds=180)
    return _playwrights()


def _try_debian() -> str:
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return ""
    _run(["apt-get", "update", "-qq"], seconds=180)
    packages = ["chromium", "fonts-dejavu-core"]
    _run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], seconds=420)
    return browser_path()


def _run(command: list[str], seconds: int) -> None:
    try:
        subprocess.run(
            command,
            check=False,
            timeout=seconds,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return


if __name__ == "__main__":
    found = install()
    if not found:
        sys.exit(NONE_FOUND)
