"""The short walk with the keyboard alone: everything is reached and seen, nothing holds one back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from served import DESK
from walker import Walker

MOST_STOPS = 160

STOP = """
() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  at.dataset.stopped = '';
  const ringed = (node) => {
    const style = getComputedStyle(node);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
      && !/(transparent|rgba\\(.*, 0\\))$/.test(style.outlineColor);
  };
  const box = at.getBoundingClientRect();
  const group = at.closest('.rb-chips-group, .rb-rating-scale-row');
  const field = at.closest('[class*="rb-key-"]');
  return {
    name: (at.getAttribute('aria-label') || at.textContent || '').trim(),
    role: at.getAttribute('role') || at.localName,
    group: group ? group.getAttribute('aria-label') : '',
    key: field ? [...field.classList].find((one) => one.startsWith('rb-key-')).slice(7) : '',
    ringed: [at, at.parentElement, at.closest('.widget-hbox')].some((node) => node && ringed(node)),
    inView: box.width > 0 && box.bottom > 0 && box.top < innerHeight
      && box.right > 0 && box.left < innerWidth,
    covered: !at.contains(document.elementFromPoint(
      Math.min(innerWidth - 1, Math.max(0, box.left + box.width / 2)),
      Math.min(innerHeight - 1, Math.max(0, box.top + box.height / 2)))),
  };
}
"""

SKIPPED = """
() => [...document.querySelector('.rb-main')
  .querySelectorAll('a[href], button, input, textarea, select, summary, [tabindex]')]
  .filter((node) => node.tabIndex >= 0 && !node.disabled && node.checkVisibility({visibilityProperty: true}))
  .filter((node) => !('stopped' in node.dataset))
  .map((node) => `${node.localName} ${node.getAttribute('aria-label') || node.textContent}`)
"""

PLAIN = {
    "moment": "She went quiet and looked at the door.",
    "moment_at": "12:30",
    "did_words": "I read the form out loud, faster.",
    "my_part": "I hid behind the form.",
    "next_time": "Say what I must report, and why.",
    "not_sure": "I was afraid.",
}
CHIPS = {
    "What was it?": "A rupture",
    "What set it off?": "The setting or a rule",
    "What I felt": "Cornered",
    "I wanted to …": "Defend",
    "Which way did the client move?": "Away from me",
    "Tried so far": "Owned my part",
    "How it stands": "Resolved",
    "Who says so?": "I think so",
    "From supervision I would like": "Rehearse it",
}


class Keys:
    """One person with a keyboard and no mouse."""

    def __init__(self, page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def stop(self) -> dict:
        """Where the focus is; it must be seen, and nothing may lie over it."""
        found = self.page.evaluate(STOP)
        if found is not None:
            assert found["ringed"], f"the focus cannot be seen at {found}"
            assert found["inView"], f"the focus is out of view at {found}"
            assert not found["covered"], f"something lies over {found}"
        return found

    def tab_to(self, name: str, key: str = "Tab") -> None:
        """Press Tab until something of this name has the focus."""
        for _ in range(MOST_STOPS):
            self.press(key)
            found = self.stop()
            if found and found["name"] == name:
                return
        pytest.fail(f"the Tab key does not reach {name}")

    def choose(self, group: str, name: str) -> None:
        """Visit every chip of the group with the arrows, then choose one with Space."""
        chips = self.page.get_by_role("radiogroup", name=group, exact=True).or_(
            self.page.get_by_role("group", name=group, exact=True)
        )
        row = chips.locator("xpath=..").locator("button:visible")
        wanted = [text.strip() for text in row.all_inner_texts()]
        self.press("Home")
        seen = []
        for _ in wanted:
            seen.append(self.stop()["name"])
            self.press("ArrowRight")
        assert seen == wanted
        for _ in range(wanted.index(name)):
            self.press("ArrowRight")
        assert self.stop()["name"] == name
        self.press("Space")
        chosen = "[aria-checked=true], [aria-pressed=true]"
        expect(chips.locator(chosen)).to_have_text(name)


def test_the_short_walk_goes_by_keyboard_alone_and_skips_nothing(server, visit):
    watched = visit(server, "/", size=DESK)
    page, keys, walk = watched.page, Keys(watched.page), Walker(watched.page)
    keys.tab_to("Write about a moment")
    keys.press("Enter")
    expect(walk.field("moment")).to_be_focused(timeout=30_000)
    expect(page.locator(".rb-closer")).to_be_visible()

    answer_every_stop(page, keys)
    assert page.evaluate(SKIPPED) == []
    walk.saved()
    close_and_read(page, keys)
    assert watched.tracebacks() == []
    assert watched.errors == []


def answer_every_stop(page, keys):
    """One way through the page from its first stop to its last, answering on the way."""
    keys.tab_to("Start page", "Shift+Tab")
    left, last = {**PLAIN, **CHIPS, "slider": "up"}, None
    for _ in range(MOST_STOPS):
        keys.press("Tab")
        at = keys.stop()
        if at is None:
            break
        assert at != last, f"the Tab key does not leave {at}"
        last = at
        answer(page, keys, at, left)
    assert left == {}


def answer(page, keys, at, left):
    if at["key"] in left:
        page.keyboard.type(left.pop(at["key"]))
    elif at["group"] in left:
        keys.choose(at["group"], left.pop(at["group"]))
    elif at["role"] in left:
        keys.press("ArrowLeft", "ArrowUp", "ArrowUp")
        expect(page.locator(":focus")).to_have_attribute("aria-valuetext", re.compile("4 of 9.*7 of 9"))
        left.pop(at["role"])


def close_and_read(page, keys):
    keys.tab_to("Close this reflection …")
    keys.press("Enter")
    expect(page.get_by_role("button", name="Close it", exact=True)).to_be_visible()
    # What is resolved need not be looked at again.
    expect(page.get_by_role("radiogroup", name="Look at it again")).to_be_hidden()
    keys.tab_to("Close it", "Shift+Tab")
    keys.press("Space")
    prose = page.locator(".rb-prose")
    expect(prose).to_contain_text(PLAIN["moment"])
    expect(prose).to_contain_text(PLAIN["my_part"])
