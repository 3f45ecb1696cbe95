"""Every screen: readable for everyone, on a phone too, and asking nothing of any other host."""

from __future__ import annotations

import pytest
from answering import opened_theme, step_on
from looking import Looker
from playwright.sync_api import expect
from served import DESK, TOKEN, Watched
from walker import Walker

from repairbook.ui.themes import THEMES

REFLECT = "/voila/render/reflect.ipynb"


@pytest.fixture(scope="module")
def context(chromium):
    opened = chromium.new_context(viewport=DESK, locale="en-GB", reduced_motion="reduce")
    yield opened
    opened.close()


@pytest.fixture
def looker(context, server):
    """A new tab of one browser, closed at the end, so that nothing runs on behind it."""
    found = Looker(Watched(context, f"127.0.0.1:{server.port}"))
    yield found
    found.nothing_went_wrong()
    found.page.close()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def fresh(looker, server, **query):
    """A page of the walk, laid out to its end."""
    looker.page.goto(server.url(REFLECT, **query))
    expect(looker.page.locator(".rb-closer")).to_be_visible(timeout=30_000)


def test_the_start_pages_the_way_in_and_a_wrong_address(looker, server):
    page = looker.page
    page.goto(server.url("/"))
    looker.look("start page")
    page.get_by_text("How am I protected?").click()
    looker.look("what protects a person")
    page.goto(server.url("/demo"))
    looker.look("start page of the demo")
    page.goto(server.url("/nothing-here"))
    looker.look("a wrong address")
    page.goto(server.url(REFLECT, record="0" * 31 + "x"))
    expect(page.get_by_role("alert")).to_be_visible(timeout=30_000)
    looker.look("a record that is not here")


def test_the_door(chromium, server):
    stranger = chromium.new_context(viewport=DESK)
    looker = Looker(Watched(stranger, f"127.0.0.1:{server.port}"))
    looker.page.goto(f"http://127.0.0.1:{server.port}/login")
    looker.look("the door")
    looker.page.get_by_label("The key").fill("not the key")
    looker.page.get_by_role("button", name="Open").click()
    expect(looker.page.get_by_role("alert")).to_be_visible()
    looker.look("the wrong key")
    looker.page.get_by_label("The key").fill(TOKEN)
    looker.page.get_by_role("button", name="Open").click()
    expect(looker.page.get_by_role("heading", name="Your workbook")).to_be_visible()
    looker.nothing_went_wrong()
    stranger.close()


def test_the_walk_its_session_and_its_safety_line(looker, server):
    fresh(looker, server)
    page = looker.page
    looker.look("a new reflection")
    page.locator(".rb-safety").get_by_role("button", name="Yes", exact=True).click()
    expect(page.locator(".rb-safety [role=alert]")).to_be_visible()
    looker.look("safety", ".rb-safety")
    press(page, "Change")
    expect(page.get_by_role("radio", name="A new case")).to_be_visible()
    looker.look("which case and session", ".rb-main")
    for door in ("Correct number or date", "Add a session", "About this case"):
        press(page, door)
        expect(page.locator(".rb-form:visible")).to_be_visible()
        looker.look(door, ".rb-form:not(.rb-hide)")
    page.locator(".rb-form:visible").get_by_role("button", name="Next").click()
    expect(page.get_by_label("Recording agreed on", exact=True)).to_be_visible()
    looker.look("what the client agreed to", ".rb-form:not(.rb-hide)")


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_step_of_every_theme(themes_page, theme):
    place = opened_theme(themes_page.page, theme.name)
    for at in range(1, len(theme.steps) + 1):
        themes_page.look(f"{theme.name}, step {at}", ".rb-theme-place:not(.rb-hide)")
        if at < len(theme.steps):
            step_on(place, at + 1, len(theme.steps))
    themes_page.nothing_went_wrong()


@pytest.fixture(scope="module")
def themes_page(context, server):
    """One page for all themes, with a movement chosen."""
    found = Looker(Watched(context, f"127.0.0.1:{server.port}"))
    fresh(found, server)
    found.page.get_by_role("radio", name="Away from me").click()
    Walker(found.page).saved()
    yield found
    found.page.close()


def test_closing_reading_back_following_up_and_what_lies_beside(looker, server):
    fresh(looker, server)
    page, walk = looker.page, Walker(looker.page)
    walk.field("moment").fill("She went quiet; call me at 555 0142 or write to a.b@example.org.")
    walk.field("moment_at").fill("soon")
    walk.tap("Still open")
    walk.saved()
    looker.look("a warning and a fault", ".rb-card-moment")
    walk.field("moment_at").fill("12:30")
    walk.saved()
    press(page, "Delete this draft …")
    looker.look("deleting a draft", ".rb-main")
    press(page, "No, keep it")
    press(page, "Close this reflection …")
    expect(page.get_by_role("button", name="Close it", exact=True)).to_be_visible()
    looker.look("closing", ".rb-main")
    press(page, "Close it")
    expect(page.locator(".rb-prose")).to_be_visible()
    looker.look("read back")
    press(page, "How does it stand now?")
    press(page, "Save the follow-up")
    expect(page.get_by_text("Choose how it stands first.")).to_be_visible()
    looker.look("following up")
    press(page, "Glossary")
    expect(page.get_by_text("Every word this workbook uses")).to_be_visible()
    looker.look("glossary", ".rb-glossary")
    press(page, "Earlier versions")
    looker.look("earlier versions", ".rb-main")


def test_two_tabs_that_differ(looker, context, server):
    fresh(looker, server)
    here = Walker(looker.page)
    here.field("moment").fill("First words.")
    here.saved()
    there = Walker(context.new_page())
    there.page.goto(looker.page.url)
    expect(there.field("moment")).to_have_value("First words.", timeout=30_000)
    there.field("moment").fill("Words of the other tab.")
    there.saved()
    there.page.close()
    here.field("moment").fill("Words of this tab.")
    expect(looker.page.get_by_text("Two tabs, two versions")).to_be_visible()
    looker.look("two tabs, two versions")


def test_the_alliance_and_a_reflection_of_the_demo(looker, server):
    page = looker.page
    page.goto(server.url("/voila/render/alliance.ipynb", home="demo"))
    expect(page.locator(".rb-main svg, .rb-main canvas").first).to_be_visible(timeout=40_000)
    looker.look("the alliance")
    press(page, "Add a score")
    expect(page.get_by_label("Questionnaire")).to_be_visible()
    looker.look("adding a score", ".rb-main")
    page.goto(server.url("/voila/render/alliance.ipynb", case="none"))
    expect(page.get_by_role("heading", name="The alliance")).to_be_visible(timeout=40_000)
    looker.look("an alliance without a case")


def test_the_start_page_with_drafts_and_closed_ones(looker, server):
    looker.page.goto(server.url("/"))
    expect(looker.page.get_by_role("heading", name="Go on writing")).to_be_visible()
    looker.look("start page with something on it")
