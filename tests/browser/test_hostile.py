"""Text that would like to be code, typed everywhere: shown as it was typed, in every place, and never run."""

from __future__ import annotations

import json
import re

import pytest
from answering import FIELDS, fields_of_step, give, kept, meant, opened_theme, step_on
from playwright.sync_api import expect
from served import DESK, Watched
from walker import Walker

from repairbook.model.field import Kind
from repairbook.ui.themes import ASKED_WHEN, THEMES
from repairbook.ui.walk import CARDS

HOSTILE = (
    '<img src=x onerror="window.hit=1"><script>window.hit=1</script>'
    "{{7*7}}${7*7}</textarea><a href='javascript:alert(1)'>"
)
REFLECT = "/voila/render/reflect.ipynb"
TYPED = frozenset({Kind.TEXT, Kind.LINE})
OPENERS = ("boundary_event", "power_in_play", "contact_attempted", "ending_reason", "lens")
ROW = {"at": "12:30", "event": "rupture", "move": "", "line": HOSTILE}
ALIVE = """
() => ({
  hit: window.hit ?? null,
  made: [...document.querySelectorAll('img[src="x"], [onerror], a[href^="javascript:"]')].length,
  run: [...document.scripts].filter((one) => one.textContent.startsWith('window.hit')).length,
})
"""
INERT = {"hit": None, "made": 0, "run": 0}


@pytest.fixture(scope="module")
def tab(chromium, server):
    """One tab for the whole story, whose every dialog is a fault."""
    context = chromium.new_context(viewport=DESK, locale="en-GB", accept_downloads=True)
    watched = Watched(context, f"127.0.0.1:{server.port}")
    watched.page.on("dialog", lambda dialog: watched.errors.append(dialog.message))
    yield watched
    context.close()


def shown_inert(page, *texts):
    """The text stands on the page as it was typed, and nothing of it has come alive."""
    shown = page.locator("body").inner_text()
    assert all(text in shown for text in texts)
    assert page.evaluate(ALIVE) == INERT


def test_hostile_text_is_only_ever_text(server, tab, tmp_path):
    page, walk = tab.page, Walker(tab.page)
    page.goto(server.url(REFLECT, case=HOSTILE, session=HOSTILE, x=HOSTILE))
    expect(page.locator(".rb-closer")).to_be_visible(timeout=30_000)
    written = dict(write_the_walk(page)) | dict(write_the_themes(page))
    walk.saved()
    assert {key for key, field in FIELDS.items() if field.kind in TYPED} <= set(written)
    session_number_is_refused(page)
    shown_inert(page)
    record = re.search(r"record=([0-9a-f]{32})", page.url)[1]
    with kept(server) as home:
        body = home.store.reflections.open(home.actor, record).body
    assert {key: getattr(body.reflection, key) for key in written} == written
    assert body.raw == {"moment_at": HOSTILE}

    walk.field("moment_at").fill("")
    beside_the_page(page)
    close_and_follow_up(page, walk)
    as_read_printed_and_taken_along(page, tmp_path)
    listed_on_the_start_page(server, page)
    nothing_got_out(server, tab)


def write_the_walk(page):
    for card in CARDS:
        boxes = page.locator(f".rb-card-{card[0]} > .rb-field")
        for at, key in enumerate(card):
            if FIELDS[key].kind in TYPED | {Kind.TIME}:
                give(boxes.nth(at), key, HOSTILE)
            if FIELDS[key].kind in TYPED:
                yield key, HOSTILE
    page.locator(".rb-card-feelings").get_by_role("button", name="Own word …").click()
    page.locator(".rb-card-feelings .rb-chips-own input").fill(HOSTILE)
    yield "feelings_word", HOSTILE


def write_the_themes(page):
    for theme in THEMES:
        place = opened_theme(page, theme.name)
        for at, keys in enumerate(theme.steps, 1):
            boxes = fields_of_step(place)
            expect(boxes).to_have_count(len(keys))
            for box, key in enumerate(keys):
                yield from write_one(boxes.nth(box), key)
            if at < len(theme.steps):
                step_on(place, at + 1, len(theme.steps))


def write_one(box, key):
    """Type into a field of words; answer those that open one."""
    if FIELDS[key].kind in TYPED:
        give(box, key, HOSTILE)
        yield key, HOSTILE
    elif key in OPENERS:
        give(box, key)
        yield key, meant(key)
    elif key == "timeline":
        give(box, key, [ROW])
        expect(box.locator("input").last).to_have_value(HOSTILE)


def session_number_is_refused(page):
    page.get_by_role("button", name="Change", exact=True).click()
    page.get_by_role("button", name="Add a session", exact=True).click()
    form = page.locator(".rb-form:visible")
    form.get_by_label("Number").fill(HOSTILE)
    form.get_by_role("button", name="Save the session").click()
    expect(form.get_by_role("alert")).to_be_visible()
    page.get_by_role("button", name="Done", exact=True).click()


def beside_the_page(page):
    """The search of the glossary and the boxes of a score."""
    page.get_by_role("button", name="Glossary", exact=True).click()
    page.get_by_label("Search").fill(HOSTILE)
    expect(page.get_by_text("Nothing found.")).to_be_visible()
    page.get_by_role("button", name="Glossary", exact=True).click()
    page.get_by_role("button", name="See the alliance", exact=True).click()
    page.get_by_role("button", name="Add a score", exact=True).click()
    page.locator(".rb-number:visible input").first.fill(HOSTILE)
    page.get_by_role("button", name="Save the score", exact=True).click()
    expect(page.get_by_text("This is not a number yet.")).to_be_visible()
    page.get_by_role("button", name="See the alliance", exact=True).click()
    shown_inert(page)


def close_and_follow_up(page, walk):
    walk.saved()
    page.get_by_role("button", name="Close this reflection …").click()
    page.get_by_role("button", name="Close it", exact=True).click()
    expect(page.locator(".rb-prose").first).to_contain_text(HOSTILE)
    page.get_by_role("button", name="How does it stand now?").click()
    page.get_by_role("radiogroup", name="How it stands").get_by_role(
        "radio", name="Resolved", exact=True
    ).click()
    page.get_by_label("One line, if you like").fill(HOSTILE)
    page.get_by_role("button", name="Save the follow-up").click()
    expect(page.get_by_text("Saved. Thank you")).to_be_visible()


def as_read_printed_and_taken_along(page, folder):
    typed = sum(1 for field in FIELDS.values() if field.kind in TYPED)
    prose = page.locator(".rb-prose").first
    assert prose.inner_text().count(HOSTILE) >= typed + 2  # the row of the timeline and the follow-up
    shown_inert(page, HOSTILE)
    page.emulate_media(media="print")
    shown_inert(page, HOSTILE)
    assert page.pdf()[:4] == b"%PDF"
    page.emulate_media(media="screen")
    taken = {kind: download(page, kind, folder) for kind in ("HTML", "JSON")}
    answers = json.dumps(json.loads(taken["JSON"].read_text("utf-8")), ensure_ascii=False)
    assert answers.count(json.dumps(HOSTILE, ensure_ascii=False)) >= typed
    other = page.context.new_page()
    other.goto(taken["HTML"].as_uri())
    assert other.locator("body").inner_text().count(HOSTILE) >= typed
    shown_inert(other, HOSTILE)
    other.close()


def download(page, kind, folder):
    with page.expect_download() as started:
        page.get_by_role("link", name=re.compile(kind)).click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def listed_on_the_start_page(server, page):
    for query in ({}, {"x": HOSTILE}, {"record": HOSTILE}):
        page.goto(server.url("/", **query))
        shown_inert(page, '<img src=x onerror="window.hit=1"')
    page.goto(server.url("/login", next="javascript:alert(1)", x=HOSTILE))
    assert page.evaluate(ALIVE) == INERT
    page.goto(server.url("/" + HOSTILE.replace("/", "")))
    assert page.evaluate(ALIVE) == INERT
    page.goto(server.url(REFLECT, record=HOSTILE, home=HOSTILE))
    expect(page.get_by_role("alert")).to_be_visible(timeout=30_000)
    assert page.evaluate(ALIVE) == INERT


def nothing_got_out(server, tab):
    assert tab.errors == []
    assert tab.tracebacks() == []
    assert [url for url in tab.outside() if not url.startswith("file:")] == []
    written = server.written()
    assert not re.search(r"onerror|window\.hit|7\*7|7%2A7|javascript:", written)


def test_every_question_that_waits_for_words_is_opened():
    """A new field that waits for another answer has to be opened by this test, too."""
    waiting = {key for key in ASKED_WHEN if FIELDS[key].kind in TYPED}
    assert waiting == {"boundary_line", "ending_readiness"}
