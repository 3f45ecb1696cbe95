"""By mouse: every theme opened, every field answered in the page, and every answer found in the store."""

from __future__ import annotations

import re

import answering
import pytest
from answering import fields_of_step, give, kept, marker, meant, opened_theme, step_on, tap
from playwright.sync_api import expect
from walker import Walker

from repairbook.model.case import Case, Session
from repairbook.model.draft import FIELDS, Body
from repairbook.model.field import Kind
from repairbook.model.reflection import Reflection
from repairbook.ui.themes import ASKED_WHEN, MOST_AT_ONCE, THEMES
from repairbook.ui.walk import CARDS

PLAN = "Ask before I explain."
ALL_STEPS = [(theme, at) for theme in THEMES for at in range(len(theme.steps))]


@pytest.fixture(scope="module")
def case(server):
    """A case with two sessions and a plan made in the first."""
    with kept(server) as home:
        case = home.store.cases.create(home.actor, Case())
        first = home.store.sessions.add(home.actor, case.id, Session(number=1))
        home.store.sessions.add(home.actor, case.id, Session(number=2))
        draft = home.store.reflections.begin(home.actor, case.id, first.id)
        said = Body(Reflection(session=first.id, moment="An earlier one.", next_time=PLAN))
        home.store.reflections.save(home.actor, draft.record_id, draft.rev, said)
    return case


def test_every_field_is_asked_somewhere_and_a_step_asks_at_most_four():
    asked = {key for card in CARDS for key in card} | {key for theme in THEMES for key in theme.keys}
    typed_within = set(answering.OWN_WORD.values())
    assert asked | typed_within | {"session", "last_plan"} == set(FIELDS)
    assert all(len(theme.steps[at]) <= MOST_AT_ONCE for theme, at in ALL_STEPS)


def test_every_field_answered_by_mouse_is_kept_and_found_after_a_reload(server, visit, case):
    watched = visit(server, "/voila/render/reflect.ipynb", case=case.id)
    page, walk = watched.page, Walker(watched.page)
    expect(walk.field("moment")).to_be_focused(timeout=30_000)
    the_case_is_mandated(page)
    answered = {"session"} | set(answer_the_plan(page)) | set(answer_the_walk(page))
    for theme in THEMES:
        answered |= set(answer_theme(page, theme))
    assert answered == set(FIELDS)
    walk.saved()

    the_ending_holds_nothing_up(page)
    record = re.search(r"record=([0-9a-f]{32})", page.url)[1]
    page.reload()
    expect(walk.field("moment")).to_have_value(meant("moment"), timeout=30_000)
    compare_with_the_store(server, case, record, answered)
    compare_with_the_page(page)
    assert watched.tracebacks() == []
    assert watched.errors == []
    assert watched.outside() == []


def the_case_is_mandated(page):
    """The rule block opens by itself once the case says that the client has to come."""
    expect(page.locator(".rb-closer")).to_be_visible()
    assert page.locator(".rb-theme-place:visible").count() == 0
    page.get_by_role("button", name="Change", exact=True).click()
    page.get_by_role("button", name="About this case", exact=True).click()
    form = page.locator(".rb-form:visible")
    expect(page.get_by_role("radiogroup", name="Session", exact=True)).to_be_hidden()
    tap(form.locator(".rb-chips", has_text="The client comes"), _label("participation", "mandated"))
    opened = page.locator(".rb-theme-place:visible")
    expect(opened.locator(".rb-key-must_report")).to_be_visible()
    page.get_by_role("button", name="Done", exact=True).click()
    expect(form).to_have_count(0)


def answer_the_plan(page):
    note = page.locator(".rb-note", has_text=PLAN)
    give(note.locator(".rb-field"), "last_plan")
    return ["last_plan"]


def answer_the_walk(page):
    """Every card of the short walk."""
    for card in CARDS:
        boxes = page.locator(f".rb-card-{card[0]} > .rb-field")
        expect(boxes).to_have_count(len(card))
        for at, key in enumerate(card):
            give(boxes.nth(at), key)
            yield from (key, *filter(None, [answering.OWN_WORD.get(key)]))


def answer_theme(page, theme):
    """Every step of one theme, looking at what is shown on the way."""
    place = opened_theme(page, theme.name)
    for at, keys in enumerate(theme.steps, 1):
        boxes = fields_of_step(place)
        expect(boxes).to_have_count(len(keys))
        if keys == ("markers",):
            ticking_and_rating_can_be_undone(boxes.first)
        for box, key in enumerate(keys):
            if key in ASKED_WHEN and not _given_before(key, keys[:box]):
                expect(boxes.nth(box)).to_be_hidden()
            if key in CARDS_KEYS:
                continue  # the mark of the walk, shown again between before and after
            give(boxes.nth(box), key)
            yield key
        shown = sum(boxes.nth(box).is_visible() for box in range(len(keys)))
        assert 1 <= shown <= MOST_AT_ONCE
        if at < len(theme.steps):
            step_on(place, at + 1, len(theme.steps))


CARDS_KEYS = frozenset(key for card in CARDS for key in card)


def _given_before(key, earlier):
    """Whether the answers already given in this step make a field worth asking."""
    said = {one: meant(one) for one in earlier}
    return ASKED_WHEN[key](Reflection.model_validate(said))


def ticking_and_rating_can_be_undone(box):
    """The movement's seven signs come first; what is ticked or rated can be taken back."""
    visible = box.get_by_role("checkbox").filter(visible=True)
    expect(visible).to_have_count(7)
    book = FIELDS["markers"].book
    row = marker(box, "W4", book)
    row.get_by_role("checkbox").check()
    three = row.get_by_role("radio", name=re.compile("^3"))
    three.click()
    expect(three).to_have_attribute("aria-checked", "true")
    three.click()
    expect(three).to_have_attribute("aria-checked", "false")
    row.get_by_role("checkbox").uncheck()
    expect(three).to_be_hidden()


def the_ending_holds_nothing_up(page):
    """With an ending said and the client's readiness left empty, closing is still offered."""
    place = opened_theme(page, "forward")
    readiness = place.locator(".rb-key-ending_readiness textarea")
    readiness.fill("")
    Walker(page).saved()
    page.get_by_role("button", name="Close this reflection …").click()
    expect(page.get_by_role("button", name="Close it", exact=True)).to_be_enabled()
    page.get_by_role("button", name="Not yet", exact=True).click()
    readiness.fill(meant("ending_readiness"))
    Walker(page).saved()


def compare_with_the_store(server, case, record, answered):
    with kept(server) as home:
        draft = home.store.reflections.open(home.actor, record)
        latest = home.store.sessions.list(home.actor, case.id)[-1]
        participation = home.store.cases.get(home.actor, case.id).participation
    stored = draft.body.reflection.model_dump(mode="json")
    expected = {key: meant(key) for key in answered - {"session"}} | {"session": latest.id}
    assert {key: stored[key] for key in expected} == expected
    assert draft.body.raw == {}
    assert participation == "mandated"


def compare_with_the_page(page):
    """A look at one control of each kind, built anew from the store."""
    place = opened_theme(page, "rule")
    expect(place.locator(".rb-key-must_report input")).to_have_value(meant("must_report"))
    expect(place.get_by_role("radio", checked=True)).to_have_text(_label("when_told", meant("when_told")))
    place = opened_theme(page, "rupture")
    expect(place.get_by_role("checkbox", checked=True)).to_have_count(3)
    step_on(place, 2, 7)
    expect(place.locator(".rb-chip[aria-pressed=true]")).to_have_count(_chips_of("rupture", 1))
    step_on(place, 3, 7)
    expect(place.locator(".rb-timeline-row")).to_have_count(3)
    page.locator(".rb-card-peak, .rb-card-feelings").scroll_into_view_if_needed()
    expect(page.locator(".rb-card-feelings .rb-chips-own input")).to_have_value(meant("feelings_word"))


def _chips_of(name, at):
    keys = next(theme for theme in THEMES if theme.name == name).steps[at]
    return sum(len(meant(key)) for key in keys if FIELDS[key].kind is Kind.CODES)


def _label(book, code):
    return answering.LIBRARY.codebook(book).label(code)
