"""The alliance in a browser: a mark opens its reflection, and the rules say what they say when asked."""

from __future__ import annotations

import pytest
from looking import Looker
from playwright.sync_api import expect
from served import DESK, Watched

ALLIANCE = "/voila/render/alliance.ipynb"
MARK = """
() => {
  const mark = [...document.querySelectorAll('.rb-vega-chart path')].find((n) => n.__data__?.datum?.pick);
  mark.scrollIntoView({ block: 'center' });
  const box = mark.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}
"""


@pytest.fixture
def looker(chromium, server):
    context = chromium.new_context(viewport=DESK, locale="en-GB", reduced_motion="reduce")
    found = Looker(Watched(context, f"127.0.0.1:{server.port}"))
    found.page.goto(server.url(ALLIANCE, home="demo", case="K7-M2"))
    expect(found.page.locator(".rb-vega-chart svg").first).to_be_visible(timeout=40_000)
    yield found
    found.nothing_went_wrong()
    context.close()


def test_a_mark_opens_its_reflection_by_a_click_and_by_the_keyboard(looker):
    page = looker.page
    reading = page.get_by_role("heading", name="Your reflection on session 6")
    page.mouse.click(*page.evaluate(MARK))
    expect(reading).to_be_visible()
    page.get_by_role("button", name="Put it away").click()
    expect(reading).to_be_hidden()
    door = page.get_by_role("button", name="Session 6:")
    door.focus()
    page.keyboard.press("Enter")
    expect(reading).to_be_visible()


def test_what_the_rules_say_waits_behind_its_button(looker):
    page = looker.page
    expect(page.locator(".rb-vega-chart:visible")).to_have_count(1)
    page.get_by_role("button", name="What the rules say").click()
    expect(page.locator(".rb-vega-chart svg")).to_have_count(2, timeout=30_000)
    expect(page.get_by_text("A fall may also be the first honest score.").last).to_be_visible()
    page.get_by_text("Every session, rule by rule").click()
    expect(page.get_by_text("score 29, cut-off 36").first).to_be_visible()
    looker.look("what the rules say", ".rb-main")
