"""Looking at a screen: for everyone, on every width, in light and dark, and with nothing asked of others."""

from __future__ import annotations

import re

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import TimeoutError
from served import DESK, PHONE

GRAVE = ("serious", "critical")

FINDINGS = """
async ([place, rules]) => {
  const options = { resultTypes: ['violations'] };
  if (rules) options.runOnly = { type: 'rule', values: rules };
  const found = await axe.run(place ? { include: [[place]] } : document, options);
  return found.violations.map(({ id, impact, nodes }) =>
    ({ id, impact, nodes: nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`) }));
}
"""

# A table may scroll inside its own box; the page itself must not.
TOO_WIDE = """
() => {
  const scrolls = '.rb-scroll, svg, select, textarea, input, [class*="vega"], [class*="chart"]';
  const held = (node) => {
    const box = node.parentElement?.closest(scrolls);
    return Boolean(box) && box.getBoundingClientRect().right <= innerWidth + 1;
  };
  const seen = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const unseen = (box) => box.width <= 1 || box.height <= 1;
  const wide = [...document.body.querySelectorAll('*')].filter((node) => {
    const box = node.getBoundingClientRect();
    return box.right > innerWidth + 1 && !unseen(box) && seen(node) && !held(node);
  }).map((node) => `${node.localName}.${node.className} "${node.textContent.trim().slice(0, 40)}"`);
  const whole = document.scrollingElement.scrollWidth > innerWidth ? ['the page itself'] : [];
  return [...whole, ...wide.slice(0, 5)];
}
"""


class Looker:
    """One person who looks at every screen twice: at a desk by day, on a phone by night."""

    def __init__(self, watched) -> None:
        self.watched = watched
        self.page = watched.page

    def look(self, screen: str, place: str = "") -> None:
        """Look at what is shown now, or at one place of it."""
        self.page.evaluate("(script) => { window.axe ?? (0, eval)(script) }", AXE_SCRIPT)
        self._at(DESK, "light")
        self._grave(screen, place, None)
        self._at(PHONE, "dark")
        self._grave(f"{screen}, dark on a phone", place, ["color-contrast", "target-size"])
        self._fits(screen)
        self._at(DESK, "light")
        text = self.page.locator("body").inner_text()
        assert not re.search(r"Traceback|Error:|\bNone\b|undefined|\bNaN\b|\{\w+\}|&lt;|&amp;", text), screen

    def nothing_went_wrong(self) -> None:
        """No fault on the page or in its messages, and no other host was asked for anything."""
        assert self.watched.tracebacks() == []
        assert self.watched.errors == []
        assert self.watched.outside() == []

    def _at(self, size, scheme) -> None:
        self.page.set_viewport_size(size)
        self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")

    def _fits(self, screen) -> None:
        try:
            # A chart draws itself anew a moment after the page became narrow.
            self.page.wait_for_function(f"({TOO_WIDE})().length === 0", timeout=3000)
        except TimeoutError:
            raise AssertionError(f"{screen}: wider than a phone: {self.page.evaluate(TOO_WIDE)}") from None

    def _grave(self, screen, place, rules) -> None:
        found = self.page.evaluate(FINDINGS, [place, rules])
        grave = [one for one in found if one["impact"] in GRAVE]
        assert not grave, f"{screen}: {grave}"
