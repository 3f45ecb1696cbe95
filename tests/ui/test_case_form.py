"""About this case, and about one session: every fact of the profile can be said, corrected and taken back."""

from __future__ import annotations

import datetime as dt

import pytest

from repairbook.home import Home, shipped
from repairbook.model.case import Case, Consent, Session
from repairbook.model.library import Library
from repairbook.model.words import Words
from repairbook.store import Store
from repairbook.ui.case_form import CaseForm
from repairbook.ui.session_form import SessionForm
from repairbook.ui.writing import Writing

DAY, LATER = dt.date(2026, 9, 1), dt.date(2027, 9, 1)


@pytest.fixture
def words():
    return Words(shipped() / "data" / "prompts")


@pytest.fixture
def library():
    return Library(shipped() / "data")


def test_a_consent_has_a_day_and_may_run_out(words, library):
    kept = []
    form = CaseForm(words, library, kept.append)
    form._given["consent_training"].value = DAY
    form._until["consent_training"].value = LATER
    assert kept[-1].consent_training == Consent(given_on=DAY, expires_on=LATER)
    form._given["consent_training"].value = None
    assert kept[-1].consent_training is None


def test_turning_to_another_case_changes_neither(words, library):
    kept = []
    form = CaseForm(words, library, kept.append)
    form.state = Case(id="one", consent_training=Consent(given_on=DAY, expires_on=LATER))
    form.state = Case(id="two", consent_training=Consent(given_on=LATER))
    form.state = Case(id="three", participation="mandated", clinic_client_id="C-17")
    assert kept == []
    assert form._given["consent_training"].value is None


def test_the_clinics_own_number_is_kept_with_the_case(words, library):
    kept = []
    form = CaseForm(words, library, kept.append)
    form._client.value = "C-17"
    assert kept[-1].clinic_client_id == "C-17"


def test_how_and_with_whom_a_session_was_held_is_kept(words, library):
    kept = []
    form = SessionForm(words, library, lambda session: kept.append(session) or "")
    form.state = Session(id="s", number=7, date=DAY, attendance="late")
    form._format.value = ["video"]
    form._others.value = ["interpreter", "family"]
    form._interrupted.value = ["yes"]
    form._keep()
    assert kept == [
        Session(
            id="s",
            number=7,
            date=DAY,
            attendance="late",
            format="video",
            third_party=("interpreter", "family"),
            interrupted=True,
        )
    ]


def test_a_number_that_is_none_is_told_and_nothing_is_saved(words, library):
    kept = []
    form = SessionForm(words, library, lambda session: kept.append(session) or "")
    form._number.value = "seven"
    form._keep()
    assert kept == []
    assert "whole number" in form._fault.value


def test_an_ending_told_in_a_reflection_is_known_of_the_case_and_can_be_taken_back(tmp_path, library):
    with Store.open(Home(tmp_path / "home", tmp_path / "config"), library) as store:
        me = store.people.local("me")
        case = store.cases.create(me, Case())
        session = store.sessions.add(me, case.id, Session(number=12))
        writing = Writing(store, me, store.reflections.begin(me, case.id, session.id), library)
        writing.answer("ending_reason", ["client_left"])
        writing.answer("ending_mutual", ["no"])
        assert writing.save().stored
        known = store.cases.get(me, case.id)
        assert (known.ended_session, known.ended_reason, known.ended_mutual) == (
            session.id,
            "client_left",
            False,
        )
        writing.answer("ending_reason", [])
        assert writing.save().stored
        known = store.cases.get(me, case.id)
        assert (known.ended_session, known.ended_reason, known.ended_mutual) == ("", "", None)
