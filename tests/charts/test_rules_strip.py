"""What the rules say under the sessions, and when it could be known."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from drawn_cases import OWN, SRS, WORDS, parole, scores, sessions

from repairbook.caseload.history import CaseHistory
from repairbook.caseload.rule_answer import CANNOT_SAY, CLEAR, FLAGGED
from repairbook.charts.rules_strip import SHAPES, rules_strip
from repairbook.charts.rules_words import about, numbers_of, said_of, strip_reading
from repairbook.charts.theme import PAPER
from repairbook.charts.verdicts import LATER, rule_rows

WORKED = [36, 37, 38, 37, 38, 29, 31, 36, 38, 38, 39, 38]


def worked(count=12):
    return CaseHistory("k", sessions(count, ()), scores(WORKED[:count]))


def rows_of(history, instrument=SRS, **more):
    return {row.rule: row for row in rule_rows(history, instrument, **more)}


def drawn(history, **more):
    return rules_strip(history, rule_rows(history, SRS, upto=more.get("upto")), words=WORDS, **more)


def test_the_worked_series_has_the_four_answers_of_its_source():
    rows = rows_of(worked(), mode="retrospective")
    assert {name: row.sessions(FLAGGED, LATER) for name, row in rows.items()} == {
        "cutoff": [1, 6, 7, 8],
        "control-chart": [6],
        "v-shape": [6],
        "sudden-drop": [],
        "change-point": [],
    }
    limits = rows["control-chart"].last
    assert (round(limits["lower"], 4), round(limits["upper"], 4)) == (30.4473, 42.0527)


def test_a_session_is_judged_by_what_was_known_at_it():
    assert rows_of(worked())["control-chart"].sessions(FLAGGED) == []


def test_what_only_later_sessions_show_says_when_it_could_be_known():
    row = rows_of(parole())["change-point"]
    later = [each for each in row.verdicts if each.verdict == LATER]
    assert [(each.session, each.known_at) for each in later] == [(7, 9)]
    assert "known at session 9" in said_of(row, WORDS)


def test_before_it_could_be_known_nothing_is_said_of_it():
    assert rows_of(parole(), upto=7)["change-point"].sessions(LATER) == []


def test_no_rule_points_at_the_session_only_the_therapist_felt():
    rows = rows_of(parole()).values()
    assert [row.rule for row in rows if 6 in row.sessions(FLAGGED, LATER)] == []


def test_later_sessions_are_nowhere_in_the_strip():
    spec = drawn(parole(), upto=6)
    told = [row for data in spec["datasets"].values() for row in data if "session" in row]
    assert {row["session"] for row in told} == set(range(1, 7))
    assert "29" not in json.dumps(spec["datasets"])


def test_a_session_without_a_score_cannot_be_spoken_of():
    row = rows_of(parole())["cutoff"]
    assert row.sessions(CANNOT_SAY) == [5]
    assert row.verdicts[4].reason == "no score in this session"


def test_too_little_to_tell_is_said():
    rows = rule_rows(worked(2), SRS)
    assert all(not row.sessions(CLEAR) for row in rows if row.rule != "cutoff")
    assert "too little to tell" in said_of(rows[1], WORDS)


def test_a_questionnaire_without_a_cut_off_has_no_row_for_one():
    history = CaseHistory("k", sessions(5, ()), scores([50, 51, 52, 40, 50], OWN.id, "therapist"))
    assert "cutoff" not in rows_of(history, OWN)


def test_a_cut_off_on_the_better_side_is_no_row_either():
    other = replace(SRS, cutoffs=(replace(SRS.cutoffs[0], boundary="above"),))
    assert "cutoff" not in rows_of(worked(), other)


def test_flagged_clear_and_unsaid_are_told_apart_by_shape():
    assert len({SHAPES[kind] for kind in (FLAGGED, CLEAR, CANNOT_SAY)}) == 3


def test_every_mark_has_its_rule_its_reason_and_its_numbers():
    row = rows_of(worked())["cutoff"]
    assert numbers_of(row, row.verdicts[5], WORDS) == "score 29, cut-off 36"
    tips = json.dumps(drawn(worked())["datasets"])
    assert "score 29, cut-off 36" in tips
    assert "at the cut-off or beyond it" in tips


@pytest.mark.parametrize("history", [parole(), worked(), worked(1), worked(2)])
def test_the_words_never_pronounce(history):
    rows = rule_rows(history, SRS)
    told = strip_reading(rows, WORDS) + " ".join(said_of(row, WORDS) + about(row, WORDS) for row in rows)
    for word in ("rupture", "because of", "deteriorat", "failed", "significant", "{", "nan"):
        assert word not in told.lower()


def test_a_line_without_scores_asks_no_rule_and_is_drawn_all_the_same():
    bare = CaseHistory("k", sessions(3, ()))
    assert rule_rows(bare, SRS) == ()
    assert rules_strip(bare, (), words=WORDS)["layer"]


def test_on_paper_no_colour_is_left_to_a_browser():
    assert "var(" not in json.dumps(drawn(parole(), palette=PAPER))
