"""Cases, sessions and scores."""

from __future__ import annotations

import datetime as dt

import pytest

from repairbook.model.case import Case, Consent, Session
from repairbook.model.score import Score
from repairbook.store import NotAllowed, NotFound, Refused
from store.given import told

DAY = dt.date(2026, 11, 20)


def score(session, total=38, **more):
    return Score(session=session.id, instrument="srs", rater="client", total=total, **more)


def test_a_case_comes_back_as_it_was_filled_in(store, me, session, case):
    full = case.model_copy(
        update={
            "participation": "mandated",
            "usual_format": "video",
            "consent_recording": Consent(given_on=DAY, expires_on=DAY + dt.timedelta(days=365)),
            "consent_training": Consent(given_on=DAY),
            "ended_session": session.id,
            "ended_reason": "client_left",
            "ended_mutual": False,
        }
    )
    assert store.cases.save(me, full) == full
    assert store.cases.get(me, case.id) == full
    assert store.cases.list(me) == [full]


def test_an_empty_case_code_is_drawn_and_kept(store, me):
    case = store.cases.create(me, Case())
    assert case.case_code
    assert store.cases.save(me, case.model_copy(update={"case_code": ""})).case_code == case.case_code


@pytest.mark.parametrize("typed", ["C-17", " c-17 ", "Ｃ-17"])
def test_a_case_is_found_by_its_client_number_however_it_is_typed(store, me, case, typed):
    assert store.cases.find_by_client_id(me, typed) == case


@pytest.mark.parametrize("typed", ["", " ", "C-18"])
def test_another_client_number_finds_nothing(store, me, case, typed):
    store.cases.create(me, Case())
    assert store.cases.find_by_client_id(me, typed) is None


def test_the_client_number_is_in_no_clear_column(store, me, case, rows):
    row = tuple(rows.execute("SELECT * FROM case_").fetchone())
    assert not [value for value in row if "C-17" in str(value)]


def test_two_cases_carry_neither_the_same_number_nor_the_same_code(store, me, case):
    with pytest.raises(Refused) as refused:
        store.cases.create(me, Case(case_code=case.case_code, clinic_client_id="c-17"))
    assert len(refused.value.sentences) == 2
    assert "17" not in str(refused.value)


def test_unknown_codes_of_a_case_are_refused(store, me, case):
    with pytest.raises(Refused, match="modality"):
        store.cases.save(me, case.model_copy(update={"modality": "SECRET"}))


def test_a_case_ends_in_a_session_of_its_own(store, me, session):
    other = store.cases.create(me, Case())
    with pytest.raises(Refused):
        store.cases.save(me, other.model_copy(update={"ended_session": session.id}))
    with pytest.raises(Refused):
        store.cases.create(me, Case(ended_session=session.id))


def test_an_assignment_that_has_ended_closes_the_case(store, me, case, rows):
    rows.execute("UPDATE assignment SET ends_on = '2020-01-01'")
    assert store.cases.list(me) == []
    with pytest.raises(NotAllowed):
        store.cases.get(me, case.id)


def test_what_one_wrote_stays_ones_own_after_the_assignment_ended(store, me, draft, rows):
    rows.execute("UPDATE assignment SET ends_on = '2020-01-01'")
    assert store.reflections.open(me, draft.record_id) == draft


def test_a_session_number_is_there_once(store, me, case, session):
    with pytest.raises(Refused, match="already has a session 7"):
        store.sessions.add(me, case.id, Session(number=7))
    eighth = store.sessions.add(me, case.id, Session(number=8))
    with pytest.raises(Refused, match="already has a session 7"):
        store.sessions.correct(me, eighth.model_copy(update={"number": 7}))


def test_the_same_number_may_be_in_another_case(store, me, session):
    other = store.cases.create(me, Case())
    assert store.sessions.add(me, other.id, Session(number=7)).number == 7


def test_sessions_are_listed_by_their_number(store, me, case, session):
    store.sessions.add(me, case.id, Session(number=2, attendance="no_show"))
    assert [one.number for one in store.sessions.list(me, case.id)] == [2, 7]


def test_a_corrected_session_moves_neither_reflection_nor_score(store, me, case, session, draft):
    store.reflections.save(me, draft.record_id, 1, told("x", session=session.id))
    store.scores.record(me, case.id, score(session))
    full = session.model_copy(
        update={
            "number": 9,
            "date": DAY,
            "third_party": ("interpreter",),
            "interrupted": True,
            "stage": "change",
        }
    )
    store.sessions.correct(me, full)
    assert store.sessions.get(me, session.id) == full
    assert store.reflections.drafts(me)[0].session_number == 9
    assert store.scores.list(me, case.id)[0].session == session.id


def test_a_newer_score_takes_the_place_of_the_earlier(store, me, case, session):
    first = store.scores.record(me, case.id, score(session, 38))
    second = store.scores.record(
        me, case.id, score(session, 39.5, subscales={"bond": 9.5}, items=(9.5, None))
    )
    assert second.id == first.id
    assert store.scores.list(me, case.id) == [second]


def test_scores_of_two_raters_stand_beside_each_other_in_order(store, me, case, session):
    early = store.sessions.add(me, case.id, Session(number=1))
    for one in (score(session), score(early), score(session).model_copy(update={"rater": "therapist"})):
        store.scores.record(me, case.id, one)
    found = [(one.session, one.rater) for one in store.scores.list(me, case.id)]
    assert found == [(early.id, "client"), (session.id, "client"), (session.id, "therapist")]


def test_a_score_of_another_cases_session_is_refused(store, me, session):
    other = store.cases.create(me, Case())
    with pytest.raises(Refused):
        store.scores.record(me, other.id, score(session))


def test_a_removed_score_is_gone(store, me, case, session):
    kept = store.scores.record(me, case.id, score(session))
    store.scores.remove(me, kept.id)
    assert store.scores.list(me, case.id) == []
    with pytest.raises(NotFound):
        store.scores.remove(me, kept.id)
