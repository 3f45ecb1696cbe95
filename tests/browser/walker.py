"""Walking a page as a person does, and counting what it costs: one tap or one text field is a touch."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

VISIBLE_WORDS = """
() => {
  const end = [...document.querySelectorAll('.rb-key-moment label, .rb-key-moment .widget-label')][0];
  const words = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const box = node.parentElement;
    if (['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE'].includes(box.tagName)) continue;
    if (!box.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    if (!box.getClientRects().length) continue;
    words.push(...node.textContent.trim().split(/\\s+/).filter(Boolean));
    if (end && end.contains(node)) break;
  }
  return words;
}
"""


class Walker:
    """One person at one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.touches = 0

    def tap(self, name: str, group: str = "") -> None:
        """Tap a chip or a button by its name, in a group where names repeat."""
        place = self.group(group) if group else self.page
        exact = re.compile(f"^{re.escape(name)}$")
        found = place.get_by_role("radio", name=exact)
        for role in ("button", "checkbox", "link"):
            found = found.or_(place.get_by_role(role, name=exact))
        found.first.click(timeout=8000)
        self.touches += 1

    def group(self, name: str):
        """A named group of chips."""
        for role in ("radiogroup", "group"):
            found = self.page.get_by_role(role, name=re.compile(f"^{re.escape(name)}"))
            if found.count():
                return found.first
        raise AssertionError(f"no group is called {name}")

    def write(self, key: str, text: str) -> None:
        """Type into a field."""
        box = self.field(key)
        box.click()
        box.press_sequentially(text, delay=1)
        self.touches += 1

    def field(self, key: str):
        """The box of a typed field."""
        return self.page.locator(f".rb-key-{key} textarea, .rb-key-{key} input").first

    def saved(self) -> None:
        """Wait until the page says that all is saved."""
        expect(self.page.locator(".rb-saved-line")).to_contain_text(re.compile(r"Saved \d"), timeout=8000)

    def words_before_moment(self) -> list[str]:
        """The visible words from the top of the page through the moment's label."""
        return self.page.evaluate(VISIBLE_WORDS)
