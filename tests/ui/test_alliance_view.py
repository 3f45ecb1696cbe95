"""Which questionnaires the alliance page offers."""

from __future__ import annotations

from parole_case import INSTRUMENTS

from repairbook.caseload.history import CaseHistory, ScoreRow
from repairbook.ui.alliance_view import offered, readable

KNOWN = readable(INSTRUMENTS)


def ids(*used):
    scores = tuple(ScoreRow(each, "a", 1, each, INSTRUMENTS.get(each).rater, 30) for each in used)
    return [each.id for each in offered(KNOWN, CaseHistory("k", scores=scores))]


def test_the_shortest_questionnaire_is_offered_first_where_none_is_in_use():
    assert ids()[0] == "srs-v3"
    lengths = [INSTRUMENTS.get(each).items for each in ids()]
    assert lengths == sorted(lengths)


def test_a_questionnaire_in_use_is_offered_before_all_others():
    assert ids("wai-36-therapist", "haq-ii-client")[:3] == ["haq-ii-client", "wai-36-therapist", "srs-v3"]


def test_what_is_filled_in_about_supervision_is_not_offered_for_a_case():
    assert not {each for each in ids() if INSTRUMENTS.get(each).subject == "pair"}
    assert len(ids()) == sum(each.subject == "case" for each in KNOWN.values())
