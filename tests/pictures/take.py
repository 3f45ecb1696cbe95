"""Take the README's pictures anew from the demo: python tests/pictures/take.py"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "browser"))
sys.path.insert(0, str(HERE.parent / "charts"))

import install  # noqa: E402  (found beside the browser tests)
from drawn_cases import SRS, WORDS, label, scores, sessions  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from conftest import Server  # noqa: E402
from repairbook.caseload.history import CaseHistory  # noqa: E402
from repairbook.charts.alliance import alliance_chart  # noqa: E402
from repairbook.charts.rules_strip import rules_strip  # noqa: E402
from repairbook.charts.theme import PAPER  # noqa: E402
from repairbook.charts.verdicts import rule_rows  # noqa: E402

WORKED = [36, 37, 38, 37, 38, 29, 31, 36, 38, 38, 39, 38]


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


def rules() -> None:
    """One series as each rule sees it as a whole: four answers, drawn without a browser."""
    import vl_convert

    case = CaseHistory("worked", sessions(len(WORKED), ()), scores(WORKED))
    line = alliance_chart(case, (SRS,), words=WORDS, label=label, palette=PAPER)
    strip = rules_strip(case, rule_rows(case, SRS, mode="retrospective"), words=WORDS, palette=PAPER)
    shown = ("layer", "resolve", "height")
    parts = [{key: one[key] for key in shown if key in one} | {"width": 760} for one in (line, strip)]
    both = {
        "$schema": line["$schema"],
        "vconcat": parts,
        "datasets": line["datasets"] | strip["datasets"],
        "padding": 20,
        "config": line["config"] | {"background": "white", "font": "DejaVu Sans"},
    }
    (HERE / "rules.png").write_bytes(vl_convert.vegalite_to_png(both, scale=1.25))


def main() -> None:
    """Take every picture."""
    rules()
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
