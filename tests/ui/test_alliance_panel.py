"""The alliance of one case on the page."""

from __future__ import annotations

import json

import ipywidgets as W
import pytest
from parole_case import (
    INSTRUMENTS,
    LIBRARY,
    WORDS,
    in_sight,
    opened,
    parole,
    press,
    reflect,
    said,
    with_sessions,
)

from repairbook.model.score import Score
from repairbook.ui.alliance_panel import AlliancePanel
from repairbook.ui.vega_chart import VegaChart


def panel_of(told, **more):
    told.opened = []

    def on_open(record_id):
        told.opened.append(record_id)
        return W.HTML("the reading")

    on_open = more.pop("on_open", on_open)
    return AlliancePanel(
        told.store, told.actor, told.case, WORDS, LIBRARY, INSTRUMENTS, on_open=on_open, **more
    )


def chart(panel):
    found = [one for one in in_sight(panel) if isinstance(one, VegaChart)]
    return found[0] if found else None


def test_the_chart_the_sentence_and_the_table_say_the_same(tmp_path):
    panel = panel_of(parole(tmp_path))
    assert "between 29 and 40" in chart(panel).sentence
    assert "between 29 and 40" in said(panel)
    for value in ("29", "Missed: Did not come", "A rupture"):
        assert f"<td>{value}</td>" in said(panel) or f">{value}</td>" in said(panel)


def test_pressing_a_mark_opens_its_reflection_below_the_chart(tmp_path):
    told = parole(tmp_path)
    focused = []
    panel = panel_of(told, focus=focused.append)
    chart(panel).set_state({"picked": {"pick": told.records[1], "n": 1}})
    assert told.opened == [told.records[1]]
    assert "the reading" in said(panel)
    assert WORDS("alliance.reading", session=7) in said(panel)
    assert focused == ["reading"]


def test_every_reflection_has_a_button_that_does_the_same(tmp_path):
    told = parole(tmp_path)
    panel = panel_of(told)
    press(panel, "Session 7: A rupture")
    press(panel, WORDS("alliance.close"))
    assert "the reading" not in said(panel)
    press(panel, "Session 6: Perhaps one, Still open")
    assert told.opened == [told.records[1], told.records[0]]


def test_a_record_a_browser_made_up_opens_nothing(tmp_path):
    told = parole(tmp_path)
    panel = panel_of(told)
    chart(panel).set_state({"picked": {"pick": "somebody-elses", "n": 1}})
    assert told.opened == []


def test_later_sessions_wait_until_they_are_asked_for(tmp_path):
    told = parole(tmp_path)
    panel = panel_of(told, upto_session=6)
    assert told.records[1] not in json.dumps(chart(panel).spec)
    assert "29" not in chart(panel).sentence
    assert "A rupture" not in said(panel)
    press(panel, WORDS("alliance.later"))
    assert told.records[1] in json.dumps(chart(panel).spec)
    press(panel, WORDS("alliance.fewer"))
    assert told.records[1] not in json.dumps(chart(panel).spec)


def test_a_hidden_reflection_cannot_be_opened_by_its_id(tmp_path):
    told = parole(tmp_path)
    panel = panel_of(told, upto_session=6)
    chart(panel).set_state({"picked": {"pick": told.records[1], "n": 1}})
    assert told.opened == []


def test_nothing_is_offered_to_show_where_nothing_is_held_back(tmp_path):
    panel = panel_of(parole(tmp_path), upto_session=13)
    assert WORDS("alliance.later") not in [getattr(one, "description", "") for one in in_sight(panel)]


def test_a_typed_score_shows_at_once(tmp_path):
    told = with_sessions(tmp_path, 3, missed=0)
    panel = panel_of(told)
    assert chart(panel) is None
    press(panel, WORDS("score.open"))
    panel._entry._boxes.children[2].set_state({"value": "36"})
    press(panel, WORDS("score.save"))
    assert chart(panel).sentence.startswith("One score so far: 36 in session 3.")
    assert ">36</td>" in said(panel)


@pytest.mark.parametrize("sessions", [0, 2])
def test_an_empty_case_says_what_to_do_next(tmp_path, sessions):
    told = with_sessions(tmp_path, sessions, missed=0) if sessions else opened(tmp_path)
    panel = panel_of(told)
    assert WORDS("alliance.empty" if sessions else "alliance.empty_sessions") in said(panel)
    assert chart(panel) is None


def test_reflections_show_also_before_the_first_score(tmp_path):
    told = with_sessions(tmp_path, 2, missed=0)
    reflect(told, 2, what_kind="repair")
    panel = panel_of(told)
    assert told.records[0] in json.dumps(chart(panel).spec)
    assert WORDS("alliance.empty") in said(panel)


def test_a_reflection_that_cannot_be_opened_is_said_and_nothing_else_is_lost(tmp_path, caplog, monkeypatch):
    monkeypatch.delenv("REPAIRBOOK_STRICT", raising=False)
    told = parole(tmp_path)

    def fail(record_id):
        message = "She went quiet"
        raise OSError(message)

    panel = panel_of(told, on_open=fail)
    panel.pick(told.records[0])
    assert WORDS("alliance.no_reading") in said(panel)
    assert chart(panel) is not None
    assert "quiet" not in caplog.text


def test_another_case_leaves_nothing_of_the_first(tmp_path):
    told = parole(tmp_path)
    panel = panel_of(told)
    panel.pick(told.records[0])
    from repairbook.model.case import Case

    other = told.store.cases.create(told.actor, Case(case_code="Z3-Q9"))
    panel.show_case(other.id)
    assert "the reading" not in said(panel)
    assert "29" not in said(panel)
    assert chart(panel) is None


def test_two_questionnaires_of_one_rater_are_chosen_between_and_never_mixed(tmp_path):
    told = parole(tmp_path)
    score = Score(session=told.sessions[0], instrument="wai-s-client", rater="client", total=70)
    told.store.scores.record(told.actor, told.case, score)
    panel = panel_of(told)
    chooser = next(
        one for one in in_sight(panel) if getattr(one, "description", "") == WORDS("alliance.which.client")
    )
    assert chooser.value == "srs-v3"
    chooser.value = "wai-s-client"
    assert chart(panel).sentence.startswith("One score so far: 70 in session 1.")


def test_the_chart_is_not_drawn_anew_when_a_reflection_is_opened(tmp_path):
    told = parole(tmp_path)
    panel = panel_of(told)
    before = chart(panel).spec
    panel.pick(told.records[0])
    assert chart(panel).spec is before


def test_no_word_of_a_reflection_is_on_the_page_before_it_is_opened(tmp_path):
    panel = panel_of(parole(tmp_path))
    assert "onerror" not in said(panel) + json.dumps(chart(panel).spec)
