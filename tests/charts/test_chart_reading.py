"""The sentence about a chart."""

from __future__ import annotations

import pytest
from drawn_cases import CLIENT, OWN, SRS, WORDS, both_ratings, parole, scores, sessions

from repairbook.caseload.history import CaseHistory
from repairbook.charts.reading import reading


def say(history, instruments=(SRS,), **more):
    return reading(history, instruments, words=WORDS, **more)


def of(totals, missed=()):
    return say(CaseHistory("k", sessions(len(totals), missed), scores(totals)))


def test_the_parole_case_is_said_as_it_is():
    assert say(parole()) == (
        "Scores moved between 29 and 40; lowest in session 8. 4 of 12 were 36 or below, where the makers of "
        "the scale suggest talking about it. A fall may also be the first honest score. "
        "Session 5 was missed."
    )


def test_nothing_later_is_spoken_of():
    told = say(parole(), upto=6)
    assert "29" not in told
    assert told.startswith("Scores moved between 38 and 40; lowest in session 1.")


def test_steady_perfect_scores_are_not_called_good():
    assert "hard to say anything else" in of([40, 40, 40])


def test_a_rise_says_nothing_about_a_fall():
    assert "honest" not in of([37, 38, 40])


@pytest.mark.parametrize(
    ("totals", "missed", "expected"),
    [
        ([38], (), "One score so far: 38 in session 1."),
        ([38, 38], (), "The score was 38 each time, 2 sessions."),
        ([37, 39, 37, 38], (), "lowest in sessions 1 and 3."),
        ([39, None, None, 38, 40], (2, 3), "Sessions 2 and 3 were missed."),
        ([39, None, None, None, 40], (2, 3, 4), "Sessions 2–4 were missed."),
        ([39, None, 40], (), "Session 2 without a score."),
        ([None, None], (), "There are no scores yet."),
    ],
)
def test_small_cases_are_said_plainly(totals, missed, expected):
    assert expected in of(totals, missed)


def test_two_ratings_are_told_apart():
    told = say(both_ratings(), (SRS, OWN))
    assert told.count("rating:") == 2
    assert told.index("Client’s rating:") < told.index("Therapist’s rating:")


def test_it_never_pronounces():
    told = say(parole()) + of(CLIENT[:4]) + of([40, 40])
    for word in ("because", "caused", "deteriorat", "fail", "poor", "significant"):
        assert word not in told.lower()
