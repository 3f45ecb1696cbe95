"""Take the README's pictures anew from the demo: python tests/pictures/take.py"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "browser"))

import install  # noqa: E402  (found beside the browser tests)
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from conftest import Server  # noqa: E402


def phone(browser: Browser, server: Server) -> None:
    """The walk as it opens on a phone."""
    page = browser.new_page(viewport={"width": 390, "height": 844}, locale="en-GB")
    page.goto(server.url("/demo"))
    page.locator("a", has_text="At the very end").first.click()
    page.locator(".rb-closer button").first.wait_for()
    page.wait_for_timeout(1500)
    page.screenshot(path=HERE / "walk-phone.png")


def alliance(browser: Browser, server: Server) -> None:
    """The alliance of the parole-report case."""
    page = browser.new_page(viewport={"width": 1000, "height": 844}, locale="en-GB")
    page.goto(server.url("/voila/render/alliance.ipynb", home="demo", case="K7-M2"))
    page.locator(".rb-vega-chart svg, .rb-vega-chart canvas").first.wait_for()
    page.wait_for_timeout(2500)
    page.screenshot(path=HERE / "alliance.png")


def main() -> None:
    """Take every picture."""
    path = install.browser_path()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        server = Server(Path(folder)).start()
        browser = play.chromium.launch(executable_path=path, args=list(install.FLAGS))
        phone(browser, server)
        alliance(browser, server)
        browser.close()
        server.stop()


if __name__ == "__main__":
    main()
