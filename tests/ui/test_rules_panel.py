"""What the rules say, below the chart."""

from __future__ import annotations

import ipywidgets as W
from parole_case import INSTRUMENTS, LIBRARY, WORDS, in_sight, parole, press, reflect, said, with_sessions

from repairbook.model.score import Score
from repairbook.ui.alliance_panel import AlliancePanel
from repairbook.ui.vega_chart import VegaChart


def panel_of(told, **more):
    return AlliancePanel(told.store, told.actor, told.case, WORDS, LIBRARY, INSTRUMENTS, **more)


def charts(panel):
    return [one for one in in_sight(panel) if isinstance(one, VegaChart)]


def test_the_rules_wait_until_they_are_asked_for(tmp_path):
    panel = panel_of(parole(tmp_path))
    assert len(charts(panel)) == 1
    assert WORDS("rules.lede") not in said(panel)
    press(panel, WORDS("rules.open"))
    assert len(charts(panel)) == 2
    press(panel, WORDS("rules.close"))
    assert len(charts(panel)) == 1


def test_each_rule_is_named_with_its_numbers_and_the_other_reading_of_a_fall(tmp_path):
    panel = panel_of(parole(tmp_path))
    press(panel, WORDS("rules.open"))
    told = said(panel)
    for rule in ("cutoff", "control-chart", "v-shape", "sudden-drop", "change-point"):
        assert WORDS(f"rules.name.{rule}") in told
    assert "score 29, cut-off 36" in told
    assert WORDS("rules.honest") in told
    assert WORDS("rules.off") in told


def test_the_rules_know_no_session_more_than_the_chart(tmp_path):
    panel = panel_of(parole(tmp_path), upto_session=6)
    press(panel, WORDS("rules.open"))
    assert "score 29" not in said(panel)
    press(panel, WORDS("alliance.later"))
    assert "score 29" in said(panel)


def test_without_a_score_there_is_no_door_to_the_rules(tmp_path):
    panel = panel_of(with_sessions(tmp_path, 3, missed=0))
    assert WORDS("rules.open") not in [getattr(one, "description", "") for one in in_sight(panel)]


def offered(told, **more):
    asked = []

    def begin(case_id, session_id):
        asked.append((case_id, session_id))
        return W.HTML("the way to begin")

    return panel_of(told, begin=begin, **more), asked


def test_a_fall_nobody_wrote_about_is_offered_with_its_case_and_session(tmp_path):
    told = with_sessions(tmp_path, 4, missed=0)
    for session, total in zip(told.sessions, (39, 39, 38, 30), strict=True):
        score = Score(session=session, instrument="srs-v3", rater="client", total=total)
        told.store.scores.record(told.actor, told.case, score)
    panel, asked = offered(told)
    assert asked == [(told.case, told.sessions[3])]
    assert "the way to begin" in said(panel)
    assert WORDS("signals.unreflected.honest") in said(panel)
    reflect(told, 4, what_kind="perhaps")
    panel.refresh()
    assert "the way to begin" not in said(panel)


def test_a_fall_after_the_session_looked_at_is_not_offered(tmp_path):
    told = with_sessions(tmp_path, 4, missed=0)
    for session, total in zip(told.sessions, (39, 39, 38, 30), strict=True):
        score = Score(session=session, instrument="srs-v3", rater="client", total=total)
        told.store.scores.record(told.actor, told.case, score)
    panel, asked = offered(told, upto_session=3)
    assert asked == []
    assert "the way to begin" not in said(panel)
