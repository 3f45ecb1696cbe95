"""Many scores coming in at once: all or nothing, each laid beside what is here."""

from __future__ import annotations

import datetime as dt

import pytest

from repairbook.model.case import Case, Session
from repairbook.model.score import Score
from repairbook.store import NotAllowed, Refused
from repairbook.store.arrivals import Arrival, Landed, over
from store.given import told
from store.test_matrix import state

DAY = dt.date(2026, 11, 20)


def score(total, rater="client", **more):
    return Score(instrument="srs-v3", rater=rater, total=total, **more)


def arrival(case, number, total=None, date=None, **more):
    given = score(total, **more) if total is not None else None
    return Arrival(case.id, Session(number=number, date=date), given)


@pytest.fixture
def rows_of_two(store, me, case):
    other = store.cases.create(me, Case())
    return [arrival(case, 1, 38), arrival(case, 2), arrival(other, 1, 31, DAY), arrival(other, 2, 35)]


def test_scores_of_many_cases_come_in_with_the_sessions_they_need(store, me, case, rows_of_two):
    assert store.scores.record_many(me, rows_of_two) == Landed(new=3, sessions=4)
    assert [one.number for one in store.sessions.list(me, case.id)] == [1, 2]
    assert [one.total for one in store.scores.list(me, case.id)] == [38]
    assert store.history.check(me) == []


def test_what_would_change_is_said_beforehand_and_nothing_is_written(store, me, rows, rows_of_two):
    before = state(rows)
    assert store.scores.compare_many(me, rows_of_two) == Landed(new=3, sessions=4)
    assert state(rows) == before


def test_bringing_the_same_in_again_writes_nothing(store, me, rows, rows_of_two):
    store.scores.record_many(me, rows_of_two)
    before = state(rows)
    assert store.scores.record_many(me, rows_of_two) == Landed(unchanged=3)
    assert state(rows) == before


def test_every_score_and_session_has_its_entry_in_the_history(store, me, rows, rows_of_two):
    store.scores.record_many(me, rows_of_two)
    told_of = rows.execute("SELECT subject_kind, action FROM history").fetchall()
    assert [tuple(row) for row in told_of].count(("score", "record")) == 3
    assert [tuple(row) for row in told_of].count(("session", "add")) == 4


def test_a_row_that_does_not_fit_keeps_all_of_them_out(store, me, rows, rows_of_two):
    before = state(rows)
    bad = arrival(Case(id=rows_of_two[0].case_id), 3, 38, told_seen_by=("SECRET",))
    with pytest.raises(Refused) as refused:
        store.scores.record_many(me, [*rows_of_two, bad])
    assert "SECRET" not in str(refused.value)
    assert state(rows) == before


def test_one_row_of_somebody_elses_case_keeps_all_of_them_out(store, me, rows, rows_of_two):
    before = state(rows)
    with pytest.raises(NotAllowed):
        store.scores.record_many(me, [*rows_of_two, Arrival("0" * 32, Session(number=1))])
    assert state(rows) == before


def test_a_session_of_another_case_is_not_taken(store, me, session, rows_of_two):
    stray = Arrival(rows_of_two[2].case_id, session, score(38))
    with pytest.raises(NotAllowed):
        store.scores.record_many(me, [stray])


def test_a_known_session_gains_the_date_it_lacked_and_keeps_one_it_has(store, me, case, session):
    known = session.model_copy(update={"date": DAY})
    twice = [Arrival(case.id, known, score(38)), Arrival(case.id, known, score(30, "therapist"))]
    assert store.scores.compare_many(me, twice) == Landed(new=2, dated=1)
    assert store.scores.record_many(me, twice) == Landed(new=2, dated=1)
    assert store.sessions.get(me, session.id).date == DAY
    other = session.model_copy(update={"date": DAY + dt.timedelta(days=1)})
    with pytest.raises(Refused, match="meanwhile"):
        store.scores.record_many(me, [Arrival(case.id, other)])


def test_a_late_session_moves_no_reflection(store, me, case, session, draft):
    store.reflections.save(me, draft.record_id, draft.rev, told("x", session=session.id))
    store.scores.record_many(me, [arrival(case, 3, 38), arrival(case, 6, 36)])
    (summary,) = store.reflections.drafts(me)
    assert (summary.session_id, summary.session_number) == (session.id, 7)


def test_a_newer_score_leaves_what_it_does_not_speak_of():
    earlier = score(38, discussed=True, subscales={"overall": 9}, told_seen_by=("me",))
    same = over(earlier, score(38))
    assert (same.discussed, same.subscales, same == earlier) == (True, {"overall": 9}, True)
    other = over(earlier, score(30, discussed=False))
    assert (other.total, other.discussed, other.subscales, other.told_seen_by) == (30, False, {}, ("me",))


def test_names_are_found_by_case_code_and_by_client_number_at_once(store, me, case):
    other = store.cases.create(me, Case(case_code="C-17"))
    found = store.cases.find_many(me, [case.case_code.lower(), " c-17 ", "nobody", ""])
    assert found == {case.case_code.lower(): (case.id,), " c-17 ": tuple(sorted((case.id, other.id)))}
