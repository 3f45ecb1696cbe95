"""The history of one case."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from repairbook.caseload.history import case_history
from repairbook.model.case import Session
from repairbook.model.person import Actor
from repairbook.model.score import Score

ME = Actor("p1")


def summary(record_id, session_id, **more):
    told = {"state": "draft", "what_kind": "rupture", "movement": "", "standing": "", "first_words": "She"}
    return SimpleNamespace(record_id=record_id, session_id=session_id, session_number=1, **(told | more))


def store_of(sessions, scores=(), reflections=()):
    return SimpleNamespace(
        sessions=SimpleNamespace(list=lambda actor, case_id: sessions),
        scores=SimpleNamespace(list=lambda actor, case_id: scores),
        reflections=SimpleNamespace(of_case=lambda actor, case_id: reflections),
    )


def score(session, total, rater="client", instrument="srs-v3"):
    return Score(session=session, instrument=instrument, rater=rater, total=total)


@pytest.fixture
def history():
    sessions = [Session(id="b", number=2, attendance="no_show"), Session(id="a", number=1)]
    sessions.append(Session(id="c", number=7))
    scores = [score("c", 31), score("a", 38), score("a", 4, "therapist", "wai-srt")]
    return case_history(store_of(sessions, scores, [summary("r2", "c"), summary("r1", "a")]), ME, "k")


def test_rows_come_in_the_order_of_the_sessions(history):
    assert [row.number for row in history.sessions] == [1, 2, 7]
    assert [row.record_id for row in history.reflections] == ["r1", "r2"]
    assert history.latest == 7


def test_a_missed_session_stays_in_the_history_without_a_score(history):
    assert history.sessions[1].missed
    assert history.series("srs-v3", "client") == {1: 38, 7: 31}


def test_the_stage_is_guessed_from_the_number_until_it_is_corrected(history):
    assert [row.stage for row in history.sessions] == ["commitment", "commitment", "process"]


def test_what_came_later_is_left_out_until_asked_for(history):
    early = history.until(2)
    assert [row.number for row in early.sessions] == [1, 2]
    assert early.series("srs-v3", "client") == {1: 38}
    assert [row.record_id for row in early.reflections] == ["r1"]
    assert history.until(None) is history


def test_scores_follow_a_corrected_session_number():
    moved = case_history(store_of([Session(id="a", number=3)], [score("a", 38)]), ME, "k")
    assert moved.series("srs-v3", "client") == {3: 38}


def test_what_belongs_to_no_session_of_the_case_is_left_out():
    lone = case_history(store_of([], [score("zz", 1)], [summary("r", "")]), ME, "k")
    assert (lone.scores, lone.reflections, lone.latest) == ((), (), 0)


def test_the_instrument_used_most_comes_first():
    scores = [score("a", 3, instrument="wai-sr"), score("a", 38), score("b", 39)]
    both = case_history(store_of([Session(id="a", number=1), Session(id="b", number=2)], scores), ME, "k")
    assert both.used("client") == ("srs-v3", "wai-sr")
    assert both.used("therapist") == ()


def test_the_words_of_a_reflection_are_not_in_its_repr(history):
    assert "She" not in repr(history)
