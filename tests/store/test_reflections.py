from __future__ import annotations

import datetime as dt

import pytest

from repairbook.model.case import Case, Session
from repairbook.model.draft import Body
from repairbook.model.reflection import FollowUp, Reflection
from repairbook.store import Closed, NotFound, NotSaved, Refused, Stale, Store
from store.given import told

DAY = dt.date(2026, 11, 20)


def test_beginning_writes_nothing(store, me, case, rows):
    before = rows.total_changes
    draft = store.reflections.begin(me, case.id)
    assert (draft.rev, draft.body) == (0, Body())
    assert rows.total_changes == before
    with pytest.raises(NotFound):
        store.reflections.open(me, draft.record_id)


def test_what_was_saved_is_there_after_opening_the_store_again(store, me, draft, home, library):
    store.close()
    with Store.open(home, library) as again:
        assert again.reflections.open(me, draft.record_id) == draft


def test_text_that_does_not_fit_yet_is_kept_as_it_was_typed(store, me, draft):
    half = Body(Reflection(moment="It began"), {"moment_at": "about ten past"})
    store.reflections.save(me, draft.record_id, 1, half)
    assert store.reflections.open(me, draft.record_id).body == half


def test_a_stale_save_is_refused_and_nothing_is_written(store, me, draft):
    store.reflections.save(me, draft.record_id, 1, told("First tab."))
    with pytest.raises(Stale) as refused:
        store.reflections.save(me, draft.record_id, 1, told("Second tab."))
    assert refused.value.current.body == told("First tab.")
    assert refused.value.current == store.reflections.open(me, draft.record_id)


@pytest.mark.parametrize("base", [-1, 0, 2, 99])
def test_only_the_newest_revision_is_saved_upon(store, me, draft, base):
    with pytest.raises(Stale):
        store.reflections.save(me, draft.record_id, base, told("Later."))


def test_both_texts_of_two_tabs_are_kept(store, me, draft):
    store.reflections.save(me, draft.record_id, 1, told("First tab."))
    n = store.reflections.keep_other(me, draft.record_id, told("Second tab."))
    assert store.reflections.revision(me, draft.record_id, n) == told("Second tab.")
    assert store.reflections.open(me, draft.record_id).body == told("First tab.")
    assert [one.reason for one in store.reflections.revisions(me, draft.record_id)] == ["other tab"]


def test_the_words_of_another_tab_are_kept_also_after_closing(store, me, closed):
    n = store.reflections.keep_other(me, closed.record_id, told("Second tab."))
    assert store.reflections.revision(me, closed.record_id, n) == told("Second tab.")
    assert store.reflections.open(me, closed.record_id) == closed


def test_a_process_that_comes_back_saves_what_another_began(store, me, case, home, library):
    record_id = store.reflections.begin(me, case.id).record_id
    with Store.open(home, library) as other:
        assert other.reflections.begin(me, case.id, record_id=record_id).record_id == record_id
        assert other.reflections.save(me, record_id, 0, told("Kept.")).rev == 1
    assert store.reflections.open(me, record_id).body == told("Kept.")


def test_the_case_may_be_named_at_the_first_save_instead(store, me, case):
    record_id = "ab" * 16
    store.reflections.save(me, record_id, 0, told("Kept."), case_id=case.id)
    assert store.reflections.open(me, record_id).case_id == case.id


@pytest.mark.parametrize("record_id", ["../../etc", "AB" * 16, "ab", "' OR 1=1 --", "ab" * 16 + "\n"])
def test_an_id_of_another_form_is_never_begun(store, me, case, record_id):
    with pytest.raises(NotFound):
        store.reflections.begin(me, case.id, record_id=record_id)
    with pytest.raises(NotFound):
        store.reflections.save(me, record_id, 0, told("x"), case_id=case.id)


def test_a_save_names_every_fault_at_once_and_quotes_none(store, me, draft):
    forged = Reflection.model_construct(
        feelings=("angry", "afraid", "sad", "SECRET"), resolution=9, moment_at="SECRET", moment="ok"
    )
    with pytest.raises(Refused) as refused:
        store.reflections.save(me, draft.record_id, 1, Body(forged, {"SECRET": "x", "moment": "\ud800"}))
    told_keys = {sentence.split(":")[0] for sentence in refused.value.sentences}
    assert {"resolution", "moment_at", "moment", "One field is not known."} <= told_keys
    assert "SECRET" not in str(refused.value)
    assert store.reflections.open(me, draft.record_id) == draft


@pytest.mark.parametrize(
    "reflection",
    [
        Reflection(feelings=("not-a-feeling",)),
        Reflection(tried=("asked", "asked")),
        Reflection(movement="up"),
    ],
)
def test_codes_are_checked_against_the_codebooks(store, me, draft, reflection):
    with pytest.raises(Refused):
        store.reflections.save(me, draft.record_id, 1, Body(reflection))


def test_the_session_follows_what_was_answered(store, me, case, session, draft):
    store.reflections.save(me, draft.record_id, 1, told("x", session=session.id))
    assert store.reflections.drafts(me)[0].session_number == 7
    store.reflections.save(me, draft.record_id, 2, told("x"))
    assert store.reflections.drafts(me)[0].session_number is None


def test_a_session_of_another_case_is_refused(store, me, case, draft):
    other = store.cases.create(me, Case())
    foreign = store.sessions.add(me, other.id, Session(number=1))
    for call in (
        lambda: store.reflections.save(me, draft.record_id, 1, told("x", session=foreign.id)),
        lambda: store.reflections.begin(me, case.id, foreign.id),
        lambda: store.reflections.move(me, draft.record_id, case.id, foreign.id),
    ):
        with pytest.raises(Refused, match="session of this case"):
            call()


def test_a_draft_moves_to_another_case_with_all_its_words(store, me, draft):
    other = store.cases.create(me, Case())
    session = store.sessions.add(me, other.id, Session(number=3))
    moved = store.reflections.move(me, draft.record_id, other.id, session.id)
    assert (moved.case_id, moved.rev, moved.body.reflection.session) == (other.id, 2, session.id)
    assert moved.body.reflection.moment == draft.body.reflection.moment
    assert store.reflections.of_case(me, draft.case_id) == []


def test_a_kept_version_stays_while_the_draft_goes_on(store, me, draft):
    n = store.reflections.keep(me, draft.record_id)
    store.reflections.save(me, draft.record_id, 1, told("Rewritten."))
    assert store.reflections.revision(me, draft.record_id, n) == draft.body


CHANGES = {
    "save": lambda r, me, one: r.save(me, one.record_id, one.rev, told("Changed.")),
    "save anew": lambda r, me, one: r.save(me, one.record_id, 0, told("Changed."), case_id=one.case_id),
    "keep": lambda r, me, one: r.keep(me, one.record_id),
    "close": lambda r, me, one: r.close(me, one.record_id, one.rev),
    "move": lambda r, me, one: r.move(me, one.record_id, one.case_id),
    "discard": lambda r, me, one: r.discard(me, one.record_id),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_closed_reflection_cannot_be_changed(store, me, closed, name):
    with pytest.raises(Closed):
        CHANGES[name](store.reflections, me, closed)
    assert store.reflections.open(me, closed.record_id) == closed


def test_closing_freezes_what_was_saved_last(store, me, draft):
    store.reflections.save(me, draft.record_id, 1, told("The last word."))
    store.reflections.close(me, draft.record_id, 2, DAY)
    closed = store.reflections.open(me, draft.record_id)
    assert (closed.state, closed.rev, closed.due_on) == ("closed", 2, DAY)
    assert closed.body == told("The last word.")
    assert store.reflections.drafts(me) == []
    assert [one.record_id for one in store.reflections.closed(me)] == [draft.record_id]


def test_closing_an_older_revision_is_refused(store, me, draft):
    store.reflections.save(me, draft.record_id, 1, told("Newer."))
    with pytest.raises(Stale):
        store.reflections.close(me, draft.record_id, 1)
    assert store.reflections.open(me, draft.record_id).state == "draft"


def test_a_follow_up_is_asked_for_from_its_day_on_and_ends_or_moves(store, me, draft):
    def waiting(today):
        return [one.record_id for one in store.reflections.due(me, today)]

    store.reflections.close(me, draft.record_id, 1, DAY)
    assert waiting(DAY - dt.timedelta(days=1)) == []
    assert waiting(DAY) == [draft.record_id]
    store.reflections.follow_up(me, draft.record_id, FollowUp(standing="open"), DAY + dt.timedelta(days=14))
    assert waiting(DAY) == []
    store.reflections.follow_up(me, draft.record_id, FollowUp(standing="resolved", line="We spoke."))
    assert waiting(dt.date(2099, 1, 1)) == []
    found = [one.follow_up.standing for one in store.reflections.follow_ups(me, draft.record_id)]
    assert found == ["open", "resolved"]
    assert store.reflections.closed(me)[0].standing == "resolved"


def test_a_draft_is_not_followed_up(store, me, draft):
    with pytest.raises(NotFound.__mro__[1]):
        store.reflections.follow_up(me, draft.record_id, FollowUp(standing="resolved"))


def test_a_follow_up_has_no_body_to_open(store, me, closed):
    n = store.reflections.follow_up(me, closed.record_id, FollowUp(standing="resolved"))
    with pytest.raises(NotFound):
        store.reflections.revision(me, closed.record_id, n)


def test_a_discarded_draft_is_gone_and_never_comes_back(store, me, draft):
    store.reflections.discard(me, draft.record_id)
    assert store.reflections.drafts(me) == []
    for call in (
        lambda: store.reflections.open(me, draft.record_id),
        lambda: store.reflections.save(me, draft.record_id, 1, told("x")),
        lambda: store.reflections.save(me, draft.record_id, 0, told("x"), case_id=draft.case_id),
        lambda: store.reflections.begin(me, draft.case_id, record_id=draft.record_id),
    ):
        with pytest.raises(NotFound):
            call()


def test_a_list_shows_how_the_moment_begins_in_at_most_twelve_words(store, me, draft):
    store.reflections.save(me, draft.record_id, 1, told("one two  three\nfour " * 9, what_kind="repair"))
    line = store.reflections.drafts(me)[0]
    assert len(line.first_words.split()) == 12
    assert (line.what_kind, line.readable) == ("repair", True)
    store.reflections.save(me, draft.record_id, 2, told("字" * 5000))
    assert len(store.reflections.drafts(me)[0].first_words) <= 120


def test_no_words_are_in_any_repr(store, me, draft):
    store.reflections.save(me, draft.record_id, 1, told("SECRET", what_kind="repair"))
    shown = [store.reflections.open(me, draft.record_id), store.reflections.drafts(me)]
    with pytest.raises(Stale) as refused:
        store.reflections.save(me, draft.record_id, 1, told("SECRET"))
    assert "SECRET" not in repr([shown, refused.value, vars(refused.value)])
    assert "repair" not in repr(shown)


def test_one_save_is_one_transaction(store, me, session, draft, rows):
    """Nothing of a save is kept if its last statement fails: the draft's row and its session go together."""
    rows.execute("CREATE TEMP TRIGGER late AFTER UPDATE ON draft BEGIN SELECT RAISE(ABORT, 'late'); END")
    with pytest.raises(Exception, match="damaged"):
        store.reflections.save(me, draft.record_id, 1, told("x", session=session.id))
    rows.execute("DROP TRIGGER late")
    assert store.reflections.open(me, draft.record_id) == draft
    assert store.reflections.drafts(me)[0].session_number is None


def test_the_typed_error_says_not_saved(monkeypatch):
    from repairbook.store.errors import Why

    assert str(NotSaved(Why.NOT_SAVED_FULL)) == "Not saved: the disk is full."
