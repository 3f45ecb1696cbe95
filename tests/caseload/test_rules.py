"""What the rules say about a case's scores."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from example_histories import (
    CONFRONTATION,
    HISTORIES,
    PAROLE,
    SRS,
    WAI,
    WITHDRAWAL,
    WORDS,
    answers_on,
    flagging,
    history_of,
)

from repairbook.caseload.history import CaseHistory
from repairbook.caseload.rules import ask, ask_all, rules_for
from repairbook.model.instrument import Cutoff
from repairbook.model.site import Reliability, Site
from repairbook.signals.registry import RULES

MODES = ("prospective", "retrospective")
WORKED = (36, 37, 38, 37, 38, 29, 31, 36, 38, 38, 39, 38)
EXACT = Site(reliabilities=(Reliability("srs-v3", 5.0, 0.88, "Our own records"),))
MIRRORED = replace(SRS, direction="lower_is_better", cutoffs=(Cutoff("discuss", 4, "at_or_above", "Talk."),))


@pytest.mark.parametrize("mode", MODES)
def test_no_rule_fires_where_only_the_therapist_knew(mode):
    assert flagging(PAROLE, 6, mode=mode) == set()
    assert answers_on(PAROLE, mode)["control-chart"].at(6).verdict == "clear"


def test_the_therapists_own_scores_did_know():
    assert flagging(PAROLE, 6, instrument=WAI) == {"control-chart"}


def test_the_first_honest_scores_are_flagged_when_they_come():
    assert flagging(PAROLE, 7) == {"cutoff", "drop", "v-shape"}
    assert flagging(PAROLE, 8) == {"cutoff", "control-chart"}


def test_looking_back_the_report_is_a_change_point_at_session_7():
    (episode,) = answers_on(PAROLE, "retrospective")["change-point"].episodes
    assert (episode.onset, episode.lowest, episode.status) == (7, 7, "half")


def test_looking_back_it_is_told_since_when_it_could_be_known():
    point = answers_on(PAROLE, "retrospective")["change-point"]
    assert point.at(7).known_at == 9
    assert "known from session 9" in point.said(7, WORDS)
    assert point.at(8).known_at is None


@pytest.mark.parametrize("rule", ["drop", "v-shape", "control-chart"])
def test_the_confrontation_is_a_fall_at_6_half_regained_at_7_and_wholly_at_8(rule):
    (episode,) = answers_on(CONFRONTATION)[rule].episodes
    assert (episode.onset, episode.lowest, episode.half, episode.full) == (6, 6, 7, 8)
    assert episode.status == "full"


def test_the_slow_withdrawal_is_no_drop_and_the_chart_sees_it_late():
    answers = answers_on(WITHDRAWAL)
    assert answers["drop"].flagged == ()
    assert answers["cutoff"].flagged == (7, 8, 10, 11)
    assert answers["control-chart"].flagged == (10, 11)
    assert answers_on(WITHDRAWAL, "retrospective")["control-chart"].flagged == (11,)


def test_the_fall_that_never_came_back_stays_open():
    assert answers_on(WITHDRAWAL)["control-chart"].episodes[-1].status == "censored"


def test_the_worked_series_is_flagged_as_printed():
    answers = answers_on(history_of(WORKED), "retrospective", **{"v-shape": {"detrend": False}})
    assert answers["cutoff"].flagged == (1, 6, 7, 8)
    assert answers["control-chart"].flagged == (6,)
    assert answers["control-chart"].at(6).numbers["lower"] == pytest.approx(30.4473, abs=5e-5)
    assert answers["v-shape"].flagged == (6,)


def test_every_session_is_answered_missed_ones_too():
    for answer in answers_on(PAROLE).values():
        assert [row.session_id for row in answer.sessions] == [row.id for row in PAROLE.sessions]
        assert answer.at(5).verdict == "cannot-say"
        assert answer.at(99) is None


def test_a_number_that_no_session_has_is_a_gap_and_gets_no_answer():
    whole = history_of(WORKED)
    without = replace(
        whole,
        sessions=tuple(row for row in whole.sessions if row.number != 6),
        scores=tuple(row for row in whole.scores if row.number != 6),
    )
    drop = answers_on(without)["drop"]
    assert drop.at(6) is None
    assert drop.at(7).verdict == "cannot-say"


def test_one_case_alone_equals_the_same_case_among_many():
    rules = rules_for(SRS, EXACT)
    many = ask_all(HISTORIES.values(), SRS, rules)
    for name, history in HISTORIES.items():
        assert many[name] == ask(history, SRS, rules)


def test_a_case_without_sessions_or_scores_is_answered_and_flags_nothing():
    nothing, unscored = CaseHistory("none"), history_of([None, None], "unscored")
    told = ask_all([nothing, unscored], SRS, rules_for(SRS))
    assert all(answer.sessions == () for answer in told["none"])
    assert all(answer.silent for answer in told["unscored"])
    assert ask_all([], SRS, rules_for(SRS)) == {}


def test_scores_of_another_rater_or_form_are_not_looked_at():
    assert all(answer.silent for answer in answers_on(history_of(WORKED), instrument=WAI).values())


def test_what_came_later_changes_no_prospective_answer():
    early = answers_on(PAROLE.until(8))
    for name, answer in answers_on(PAROLE).items():
        assert early[name].sessions == answer.sessions[:8]


@pytest.mark.parametrize("mode", MODES)
def test_where_lower_is_better_a_rise_is_the_harm(mode):
    turned = history_of([40 - score for score in WORKED], instrument=MIRRORED)
    theirs = answers_on(turned, mode, instrument=MIRRORED)
    for name, answer in answers_on(history_of(WORKED), mode).items():
        assert theirs[name].flagged == answer.flagged
        assert theirs[name].falls is not answer.falls


def test_the_cut_off_and_its_boundary_are_the_instruments_own():
    (own,) = rules_for(SRS, names=["cutoff"])
    assert own.params() == {"at": 36.0, "inclusive": True}
    below = replace(SRS, cutoffs=(Cutoff("other", 30, "above", "…"), Cutoff("discuss", 36, "below", "…")))
    (strict,) = rules_for(below, names=["cutoff"])
    assert strict.params() == {"at": 36, "inclusive": False}


def test_without_a_published_cut_off_the_rule_cannot_say():
    assert answers_on(CONFRONTATION, instrument=WAI)["cutoff"].silent


def test_reliable_change_cannot_say_until_the_site_gives_its_numbers():
    (off,) = ask(PAROLE, SRS, rules_for(SRS, names=["reliable-change"]))
    (on,) = ask(PAROLE, SRS, rules_for(SRS, EXACT, names=["reliable-change"]))
    assert off.silent
    assert on.flagged == (7,)
    assert on.at(7).numbers["threshold"] == pytest.approx(4.801, abs=5e-4)


def test_a_parameter_given_wins():
    (rule,) = rules_for(SRS, given={"cutoff": {"at": 30}}, names=["cutoff"])
    assert rule.params() == {"at": 30, "inclusive": True}


def test_all_that_does_not_fit_is_told_at_once():
    with pytest.raises(ValueError, match="no rule guess") as refused:
        rules_for(SRS, given={"drop": {"by": -1}, "v-shape": {"depth": 2}}, names=["guess"])
    assert len(str(refused.value).splitlines()) == 3


def test_every_rule_has_its_name_and_the_words_of_a_flag():
    for rule in RULES:
        assert WORDS(f"signals.rule.{rule}")
        assert WORDS(f"signals.flagged.{rule}")


def test_a_flag_is_said_with_its_numbers():
    answers = answers_on(PAROLE)
    assert answers["cutoff"].said(7, WORDS) == "The score of 31 is at the cut-off of 36 or lower."
    assert "9 lower than in the session before; 5 or more" in answers["drop"].said(7, WORDS)
    assert "9 lower than just before, at least 1 × the usual spread" in answers["v-shape"].said(7, WORDS)
    assert "The score of 29 is lower than" in answers["control-chart"].said(8, WORDS)
    assert answers["change-point"].said(99, WORDS) == ""


def test_every_flag_of_every_example_can_be_said():
    for history in [*HISTORIES.values(), history_of(WORKED), history_of([9, 9, 9, 9, 3, 3, 3, 3, 3, 3])]:
        for rules in ("limits", "western-electric", "nelson"):
            answers = answers_on(history, "retrospective", **{"control-chart": {"rules": rules}})
            for answer in answers.values():
                assert all("{" not in answer.said(row.number, WORDS) for row in answer.sessions)


def test_where_lower_is_better_a_limit_is_said_the_other_way_round():
    turned = history_of([40 - score for score in WORKED], instrument=MIRRORED)
    chart = answers_on(turned, "retrospective", instrument=MIRRORED)["control-chart"]
    assert "The score of 11 is higher than 9.55, the limit" in chart.said(6, WORDS)


def test_a_completed_run_is_not_called_a_limit():
    steady = history_of([38, 40, 38, 40, 38, 40, 38, 40, 37, 37, 37, 37, 37, 37, 37, 37, 37])
    chart = answers_on(steady, **{"control-chart": {"rules": "western-electric"}})["control-chart"]
    assert "a run of lower scores is complete" in chart.said(chart.flagged[0], WORDS)


def test_an_answer_that_is_no_flag_is_said_with_its_reason():
    answers = answers_on(PAROLE)
    assert answers["cutoff"].said(6, WORDS) == "Cut-off: on the better side of the cut-off."
    assert (
        answers["drop"].said(5, WORDS) == "Drop since the last session: cannot say, no score in this session."
    )


def test_asking_to_import_the_rules_loads_no_tables():
    code = "import sys, repairbook.caseload.rules; print('polars' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
