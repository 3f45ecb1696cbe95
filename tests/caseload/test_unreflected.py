"""Drops that nobody has reflected on yet."""

from __future__ import annotations

from dataclasses import replace

import pytest
from example_histories import (
    CONFRONTATION,
    HISTORIES,
    PAROLE,
    WAI,
    WITHDRAWAL,
    WORDS,
    answers_on,
    history_of,
    reflection_row,
)

from repairbook.caseload.unreflected import for_author, for_others

DIP = (37, 38, 38, 38.5, 39, 27, 37, 38, 39)


def numbers(drops):
    return [drop.number for drop in drops]


def own(history, **more):
    return for_author(history, answers_on(history).values(), **more)


def others(history, shared, **more):
    return for_others(history, answers_on(history).values(), shared, **more)


def dip(*reflections, missed=(), totals=DIP):
    return history_of(totals, missed=missed, reflections=reflections)


def test_the_demos_reflected_falls_are_not_offered_again():
    assert numbers(own(PAROLE)) == [8]
    assert own(PAROLE)[0].rules == ("control-chart",)
    assert 6 not in numbers(own(CONFRONTATION))


def test_the_slow_withdrawal_leaves_its_small_steps_to_reflect_on():
    assert {7, 8} <= set(numbers(own(WITHDRAWAL)))
    assert 11 not in numbers(own(WITHDRAWAL))


def test_a_drop_comes_with_what_starting_a_reflection_needs():
    (drop,) = own(dip())
    assert (drop.case_id, drop.session_id, drop.number) == ("k", "s6", 6)
    assert (drop.before, drop.score) == (39, 27)
    assert drop.rules == ("cutoff", "drop", "control-chart", "v-shape")


@pytest.mark.parametrize("on", [6, 7])
def test_a_reflection_on_it_or_on_the_session_after_is_enough(on):
    assert own(dip(reflection_row(on))) == ()


@pytest.mark.parametrize("on", [5, 8])
def test_a_reflection_before_it_or_later_is_not(on):
    assert numbers(own(dip(reflection_row(on)))) == [6]


def test_a_missed_session_does_not_use_up_the_session_after():
    totals = [*DIP[:6], None, *DIP[6:]]
    for on in (7, 8):
        assert own(dip(reflection_row(on), missed=[7], totals=totals)) == ()
    assert numbers(own(dip(reflection_row(9), missed=[7], totals=totals))) == [6]


def test_ones_own_draft_counts_for_oneself():
    assert own(dip(reflection_row(6, "draft"))) == ()


def test_a_score_that_stays_beyond_the_cut_off_fell_once():
    low = history_of([38, 38, 30, 31, None, 30, 38, 30], missed=[5])
    assert numbers(own(low, rules=["cutoff"])) == [3, 8]


def test_a_first_score_has_not_fallen_however_low():
    assert own(history_of([20, 21, 22, 23])) == ()


def test_a_steady_fall_is_a_drop_each_time():
    assert numbers(own(history_of([40, 34, 28]), rules=["drop"])) == [2, 3]


def test_only_the_rules_named_count():
    assert own(dip(), rules=["sudden-drop"]) == ()
    assert own(dip(), rules=["drop"])[0].rules == ("drop",)


def test_the_therapists_fall_is_offered_beside_the_clients():
    answers = [*answers_on(PAROLE).values(), *answers_on(PAROLE, instrument=WAI).values()]
    bare = replace(PAROLE, reflections=())
    assert {flag.rater for drop in for_author(bare, answers) if drop.number == 6 for flag in drop.flags} == {
        "therapist"
    }


@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES)
def test_a_draft_of_the_author_never_changes_what_another_person_is_offered(history):
    drafts = tuple(reflection_row(row.number, "draft") for row in history.sessions)
    closed = tuple(reflection_row(row.number, "closed") for row in history.sessions)
    told = {
        tuple((drop.number, drop.said(WORDS)) for drop in others(replace(history, reflections=rows), given))
        for rows in ((), drafts, closed)
        for given in ((), drafts, closed)
    }
    assert len(told) == 1
    assert told != {()}


def test_what_was_shared_counts_for_others():
    assert numbers(others(dip(), [])) == [6]
    assert others(dip(), [reflection_row(6, "shared")]) == ()


def test_an_offer_says_why_and_that_it_may_be_the_first_honest_score():
    (drop,) = own(dip(), rules=["cutoff", "drop"])
    assert drop.said(WORDS) == (
        "Session 6: the score went from 39 to 27. The score of 27 is at the cut-off of 36 or lower. "
        "The score is 12 lower than in the session before; 5 or more was set as worth a look. "
        "There is no reflection on it yet. "
        "Perhaps something was strained; perhaps it is the first honest score."
    )


def test_others_are_never_told_that_there_is_no_reflection():
    (drop,) = others(dip(), [])
    assert WORDS("signals.unreflected.not_yet") not in drop.said(WORDS)
    assert WORDS("signals.unreflected.not_shared") in drop.said(WORDS)


def test_every_offer_says_honest():
    for history in HISTORIES.values():
        for drop in own(replace(history, reflections=())):
            assert "first honest score" in drop.said(WORDS)
