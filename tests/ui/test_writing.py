"""One reflection being written: what is typed, what is stored, and what came between."""

from __future__ import annotations

import pytest

from repairbook.home import Home, shipped
from repairbook.model.case import Case, Session
from repairbook.model.draft import FIELDS
from repairbook.model.library import Library
from repairbook.model.reflection import FollowUp
from repairbook.store import Store
from repairbook.store.errors import NotSaved, Why
from repairbook.ui.fingerprint import fingerprint
from repairbook.ui.shape import shown
from repairbook.ui.writing import Writing, differing

LIBRARY = Library(shipped() / "data")


class Desk:
    """A store with one case, and as many tabs on it as a test needs."""

    def __init__(self, folder):
        self.store = Store.open(Home(folder / "data", folder / "config"), LIBRARY)
        self.me = self.store.people.local("me")
        self.case = self.store.cases.create(self.me, Case())
        self.session = self.store.sessions.add(self.me, self.case.id, Session(number=7))

    def begin(self):
        shelf = self.store.reflections
        return Writing(self.store, self.me, shelf.begin(self.me, self.case.id, self.session.id), LIBRARY)

    def open(self, record_id):
        return Writing(self.store, self.me, self.store.reflections.open(self.me, record_id), LIBRARY)

    def stored(self, record_id):
        return self.store.reflections.open(self.me, record_id).body

    def versions(self, record_id):
        shelf = self.store.reflections
        listed = shelf.revisions(self.me, record_id)
        return [(one.reason, shelf.revision(self.me, record_id, one.n).reflection.moment) for one in listed]


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def two_tabs(desk):
    here = desk.begin()
    here.answer("moment", "We began.")
    here.save()
    return here, desk.open(here.record_id)


def fail_with(why, monkeypatch, desk):
    def refuse(*_args, **_kwargs):
        raise NotSaved(why)

    monkeypatch.setattr(desk.store.reflections, "save", refuse)


def test_nothing_is_written_before_the_first_word(desk):
    writing = desk.begin()
    assert writing.save().at is None
    assert not writing.dirty
    assert desk.store.reflections.drafts(desk.me) == []


def test_what_is_saved_is_stored_and_its_fingerprints_are_those_of_the_page(desk):
    writing = desk.begin()
    writing.answer("moment", "She went quiet.")
    writing.answer("feelings", ["ashamed"])
    assert writing.dirty
    assert writing.save().stored
    assert not writing.dirty
    assert desk.stored(writing.record_id) == writing.body
    acked = writing.fingerprints()
    assert acked["moment"] == fingerprint("She went quiet.")
    assert acked == {key: fingerprint(shown(writing.body, key)) for key in FIELDS}


def test_nothing_counts_as_stored_that_was_not(desk, monkeypatch):
    writing = desk.begin()
    writing.answer("moment", "She")
    writing.save()
    writing.answer("moment", "She went quiet.")
    fail_with(Why.NOT_SAVED_FULL, monkeypatch, desk)
    outcome = writing.save()
    assert (outcome.stored, outcome.trouble) == (False, "not_saved_full")
    assert writing.fingerprints()["moment"] == fingerprint("She")
    assert writing.dirty
    monkeypatch.undo()
    assert writing.save().stored
    assert desk.stored(writing.record_id).reflection.moment == "She went quiet."


def test_a_text_that_does_not_fit_is_stored_as_typed(desk):
    writing = desk.begin()
    writing.answer("moment_at", "half past")
    writing.save()
    assert desk.open(writing.record_id).body.raw == {"moment_at": "half past"}


def test_a_stale_save_is_refused_and_shows_what_the_other_tab_stored(desk, two_tabs):
    here, there = two_tabs
    there.answer("moment", "There.")
    there.save()
    here.answer("moment", "Here.")
    outcome = here.save()
    assert not outcome.stored
    assert outcome.other.body.reflection.moment == "There."
    assert desk.stored(here.record_id).reflection.moment == "There."


def test_keeping_what_is_here_keeps_the_other_version_beside_it(desk, two_tabs):
    here, there = two_tabs
    there.answer("moment", "There.")
    there.save()
    here.answer("moment", "Here.")
    assert here.keep_here(here.save().other).stored
    assert desk.stored(here.record_id).reflection.moment == "Here."
    assert desk.versions(here.record_id) == [("other tab", "There.")]
    assert here.fingerprints()["moment"] == fingerprint("Here.")


def test_taking_the_other_version_keeps_this_one_beside_it(desk, two_tabs):
    here, there = two_tabs
    there.answer("moment", "There.")
    there.save()
    here.answer("moment", "Here.")
    assert here.take_other(here.save().other).stored
    assert here.body.reflection.moment == "There."
    assert desk.versions(here.record_id) == [("other tab", "Here.")]
    here.answer("moment", "There, and on.")
    assert here.save().stored


def test_two_tabs_that_stored_the_same_words_have_nothing_to_choose(desk, two_tabs):
    here, there = two_tabs
    for tab in (there, here):
        tab.answer("moment", "The same.")
    there.save()
    assert here.save().stored
    assert desk.versions(here.record_id) == []
    here.answer("moment", "The same, and on.")
    assert here.save().stored


def test_a_choice_that_cannot_be_written_is_told_and_changes_nothing(desk, two_tabs, monkeypatch):
    here, there = two_tabs
    there.answer("moment", "There.")
    there.save()
    here.answer("moment", "Here.")
    other = here.save().other

    def refuse(*_args):
        raise NotSaved(Why.NOT_SAVED_FULL)

    monkeypatch.setattr(desk.store.reflections, "keep_other", refuse)
    assert here.keep_here(other).trouble == "not_saved_full"
    assert here.take_other(other).trouble == "not_saved_full"
    assert here.body.reflection.moment == "Here."
    assert desk.stored(here.record_id).reflection.moment == "There."


def test_a_reflection_closed_elsewhere_takes_no_more_but_the_words_lie_beside_it(desk, two_tabs):
    here, there = two_tabs
    there.close(None)
    here.answer("moment", "Too late.")
    assert here.save().trouble == "closed"
    assert here.set_aside()
    assert here.set_aside()
    assert desk.stored(here.record_id).reflection.moment == "We began."
    assert desk.versions(here.record_id) == [("close", "We began."), ("other tab", "Too late.")]


def test_a_closed_reflection_takes_no_answer_and_can_be_followed_up(desk, two_tabs):
    here, _ = two_tabs
    here.close(None)
    here.answer("moment", "Changed.")
    assert (here.closed, here.body.reflection.moment) == (True, "We began.")
    here.follow_up(FollowUp(standing="resolved"), None)
    assert [one.follow_up.standing for one in desk.store.reflections.follow_ups(desk.me, here.record_id)] == [
        "resolved"
    ]


def test_what_was_deleted_elsewhere_is_not_brought_back_to_life(desk, two_tabs):
    here, _ = two_tabs
    desk.store.reflections.discard(desk.me, here.record_id)
    here.answer("moment", "Too late.")
    assert here.save().trouble == "not_here"
    assert not here.set_aside()
    assert here.body.reflection.moment == "Too late."


@pytest.mark.parametrize("saved_before", [True, False])
def test_a_still_older_text_is_kept_as_a_version_also_before_the_first_save(desk, saved_before):
    writing = desk.begin()
    if saved_before:
        writing.answer("moment", "Stored.")
        writing.save()
    earlier = desk.begin().answer("moment", "A long kept text.")
    newest = desk.begin().answer("moment", "x")
    writing.take_back(newest, earlier)
    assert writing.save().stored
    assert desk.stored(writing.record_id).reflection.moment == "x"
    assert ("other tab", "A long kept text.") in desk.versions(writing.record_id)


@pytest.mark.parametrize("saved_before", [True, False])
def test_moving_to_another_case_takes_every_word_along(desk, saved_before):
    other = desk.store.cases.create(desk.me, Case())
    session = desk.store.sessions.add(desk.me, other.id, Session(number=3))
    writing = desk.begin()
    writing.answer("moment", "She went quiet.")
    if saved_before:
        writing.save()
    writing.answer("not_sure", "I was afraid.")
    writing.move(other, session)
    assert writing.save().stored
    said = desk.stored(writing.record_id).reflection
    assert (said.moment, said.not_sure, said.session) == ("She went quiet.", "I was afraid.", session.id)


def test_differing_names_the_fields_two_versions_answer_differently(desk):
    one, other = desk.begin(), desk.begin()
    one.answer("feelings", ["ashamed"])
    other.answer("moment_at", "half past")
    assert set(differing(one.body, other.body)) == {"feelings", "moment_at"}


def test_no_words_are_in_the_repr_of_an_outcome(desk, two_tabs):
    here, there = two_tabs
    there.answer("moment", "a secret")
    there.save()
    here.answer("moment", "Here.")
    assert "secret" not in repr(here.save())
