"""One person writing at one tab, with every sentence the saved line ever said, and the store beside it."""

from __future__ import annotations

import re
import time
from urllib.parse import parse_qs, urlsplit

from answering import kept
from playwright.sync_api import expect
from walker import Walker

REFLECT = "/voila/render/reflect.ipynb"
SAVED = re.compile(r"Saved \d")
LISTEN = """() => {
  if (window.rbSaid) return;
  const line = document.querySelector('.rb-saved-text');
  window.rbSaid = [line.textContent];
  new MutationObserver(() => window.rbSaid.push(line.textContent)).observe(line, { childList: true });
}"""


class Desk(Walker):
    """A person at a reflection: types, reads the saved line, reloads, and asks the store what it has."""

    def __init__(self, server, page) -> None:
        super().__init__(page)
        self.server = server

    def ready(self) -> Desk:
        """Wait until the first field takes typing and the saved line has something to say."""
        expect(self.field("moment")).to_be_visible(timeout=30_000)
        expect(self.line).not_to_be_empty()
        self.page.evaluate(LISTEN)
        return self

    @property
    def line(self):
        return self.page.locator(".rb-saved-text")

    @property
    def alert(self):
        return self.page.locator(".rb-lost")

    @property
    def card(self):
        """The card that shows two versions."""
        return self.page.locator(".rb-conflict:visible")

    @property
    def record(self) -> str:
        return parse_qs(urlsplit(self.page.url).query)["record"][0]

    def said(self) -> list[str]:
        """Everything the saved line has said since the page was ready."""
        return self.page.evaluate("window.rbSaid")

    def type(self, key: str, text: str, delay: float = 1) -> None:
        """Type on at the end of a field."""
        box = self.field(key)
        box.focus()
        self.page.keyboard.press("ControlOrMeta+End")
        box.press_sequentially(text, delay=delay)

    def until_alert(self, key: str, words: str) -> tuple[str, float]:
        """Type on until the page says that nobody answers; gives what was typed and the seconds it took."""
        began, typed = time.monotonic(), ""
        while not self.alert.is_visible() and time.monotonic() - began < 15:
            self.type(key, words, delay=20)
            typed += words
        return typed, time.monotonic() - began

    def stored(self):
        """The body as the store has it, read by this process."""
        with kept(self.server) as opened:
            return opened.store.reflections.open(opened.actor, self.record).body

    def versions(self) -> list:
        """The kept versions, in order, with why each was kept."""
        with kept(self.server) as opened:
            shelf = opened.store.reflections
            listed = shelf.revisions(opened.actor, self.record)
            return [(one.reason, shelf.revision(opened.actor, self.record, one.n)) for one in listed]

    def reloaded(self) -> Desk:
        """Reload by the button of the alert."""
        self.alert.get_by_role("button", name="Reload the page").click()
        return self.ready()


def sit_down(server, visit, **where) -> Desk:
    """Open a reflection in a new browser context, or in the one given."""
    return Desk(server, visit(server, REFLECT, **where).page).ready()
