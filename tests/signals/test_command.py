"""The interface page, point by point."""

from __future__ import annotations

import json

import pytest
from asking import ALL_GIVEN, ORDER, SERIES_4H, column, flagged, verdicts

from repairbook.signals import command

HINDSIGHT = {"mode": "retrospective"}


def test_all_rules_answer_in_their_order_for_each_case_by_first_appearance(ask):
    reply = ask.rows([("b", 2, 1), ("a", 1, 1), ("b", 1, 1)])
    assert [(line["case"], line["rule"]) for line in reply.lines] == [(c, r) for c in "ba" for r in ORDER]
    assert ORDER == [
        "cutoff", "drop", "reliable-change", "control-chart", "v-shape", "sudden-drop", "change-point",
    ]  # fmt: skip


def test_the_rules_asked_for_answer_in_the_same_order_however_they_are_asked(ask):
    reply = ask.rows([("a", 1, 1)], "v-shape", "cutoff", "v-shape")
    assert [line["rule"] for line in reply.lines] == ["cutoff", "v-shape"]


def test_the_defaults_are_told_and_prospective_is_one_of_them(ask):
    told = {line["rule"]: line["params"] for line in ask.rows([("a", 1, 1)]).lines}
    assert told == {
        "cutoff": {"at": None, "inclusive": True},
        "drop": {"by": None, "inclusive": True},
        "reliable-change": {"sd": None, "reliability": None, "z": 1.96},
        "control-chart": {"rules": "limits", "baseline": None, "center": None, "sigma": None},
        "v-shape": {"k": 1, "lookback": 1, "window": 5, "detrend": True, "s_inter": None},
        "sudden-drop": {"cutoff": None, "alpha": 0.05, "share": 0.25, "share_of": "range"},
        "change-point": {"min_segment": 3, "penalty": 2},
    }
    assert ask.rows([("a", 1, 1)], "cutoff").one["mode"] == "prospective"


def test_parameters_go_to_every_rule_that_has_them_and_to_one_rule_if_it_is_named(ask):
    reply = ask.rows([("a", 1, 1)], params=["drop.inclusive=true", "inclusive=false", "share=none", "at=2"])
    told = {line["rule"]: line["params"] for line in reply.lines}
    assert told["cutoff"] == {"at": 2.0, "inclusive": False}
    assert told["drop"]["inclusive"] is True
    assert told["sudden-drop"]["share"] == "none"


def test_null_leaves_a_parameter_empty(ask):
    assert ask.series((1, 2), "v-shape", "s_inter=null")["params"]["s_inter"] is None


@pytest.mark.parametrize("rule", ["cutoff", "drop", "reliable-change", "sudden-drop"])
@pytest.mark.parametrize("mode", ["prospective", "retrospective"])
def test_without_what_it_needs_a_rule_cannot_say_anything(ask, rule, mode):
    assert set(verdicts(ask.series(SERIES_4H, rule, mode=mode))) == {"cannot-say"}


@pytest.mark.parametrize("harm", ["up", "down"])
def test_a_share_of_the_range_needs_the_end_on_the_harmful_side(ask, harm):
    ends = {"lower": 0} if harm == "up" else {"upper": 40}
    line = ask.series(SERIES_4H, "sudden-drop", "cutoff=7", harm=harm, **ends, **HINDSIGHT)
    assert set(verdicts(line)) == {"cannot-say"}
    assert "end of the scale" in line["sessions"][5]["reason"]


@pytest.mark.parametrize(
    ("terms", "found"),
    [
        ({}, [2]),
        ({"better": "lower"}, [3]),
        ({"better": "lower", "harm": "down"}, [2]),
        ({"better": "higher", "harm": "up"}, [3]),
    ],
)
def test_harm_is_down_when_higher_is_better_and_up_when_lower_is_unless_it_is_given(ask, terms, found):
    assert flagged(ask.series((5, 1, 5), "drop", "by=4", **terms)) == found


def test_the_boundary_of_cut_off_and_drop_can_be_left_out(ask):
    assert flagged(ask.series((3, 2), "cutoff", "at=2")) == [2]
    assert flagged(ask.series((3, 2), "cutoff", "at=2", "inclusive=false")) == []
    assert flagged(ask.series((3, 2), "drop", "by=1")) == [2]
    assert flagged(ask.series((3, 2), "drop", "by=1", "inclusive=false")) == []


def test_a_fall_by_half_a_point_is_half_a_point_whatever_the_last_binary_digit_says(ask):
    assert flagged(ask.series((4.1, 3.6), "drop", "by=.5")) == [2]
    assert flagged(ask.series((4.1, 3.6), "drop", "by=.5", "inclusive=false")) == []


def test_numbers_absent_between_first_and_last_are_told_as_missing(ask):
    line = ask.rows([("a", 6, 1), ("a", 3, 2)], "cutoff", params=["at=1"]).one
    assert [(each["session"], each["score"], each["verdict"]) for each in line["sessions"]] == [
        (3, 2.0, "clear"), (4, None, "cannot-say"), (5, None, "cannot-say"), (6, 1.0, "flagged"),
    ]  # fmt: skip


def test_an_empty_score_at_either_end_is_a_session(ask):
    line = ask.rows([("a", 0, None), ("a", 1, 2), ("a", 2, None)], "cutoff").one
    assert [each["session"] for each in line["sessions"]] == [0, 1, 2]


def test_nothing_is_rounded_and_nothing_is_not_json(ask):
    line = ask.series((1 / 3, 0.1, 1e-300, 2 / 3), "control-chart")
    assert [each["score"] for each in line["sessions"]] == [1 / 3, 0.1, 1e-300, 2 / 3]
    reply = ask.rows([('ä\u2028"', n, 10.0 ** (n * 9)) for n in range(12)], params=ALL_GIVEN)
    for text in reply.text.split("\n")[:-1]:
        json.loads(text, parse_constant=lambda word: pytest.fail(word))


def test_a_session_of_today_carries_its_own_quantities_and_the_top_the_last(ask):
    line = ask.series(SERIES_4H, "control-chart")
    assert line["quantities"] == line["sessions"][-1]["quantities"]
    assert line["sessions"][1]["quantities"] == dict.fromkeys(line["quantities"])
    assert line["sessions"][2]["quantities"]["center"] == 37
    later = ask.series(SERIES_4H, "control-chart", **HINDSIGHT)
    assert "quantities" not in later["sessions"][0]


@pytest.mark.parametrize("rule", ["cutoff", "drop", "sudden-drop"])
def test_rules_without_a_reckoning_have_no_quantities(ask, rule):
    line = ask.series(SERIES_4H, rule, *[each for each in ALL_GIVEN if rule == "drop" and "by" in each])
    assert line["quantities"] == {}
    assert line["sessions"][3]["quantities"] == {}


def test_values_have_the_names_of_the_interface(ask):
    told = {
        line["rule"]: set(line["sessions"][0]["values"])
        for line in ask.rows([("a", 1, 1), ("a", 2, 1)]).lines
    }
    assert told == {
        "cutoff": set(), "drop": {"change", "rci"}, "reliable-change": {"change", "rci"},
        "control-chart": {"mr"}, "v-shape": {"drop"}, "sudden-drop": {"interval", "criteria"},
        "change-point": set(),
    }  # fmt: skip


FALL = (30, 31, 30, 31, 20, 20, 21, 20, 20)
SUDDEN = ("cutoff=7", "share_of=score")


def test_a_sudden_drop_is_flagged_at_its_landing_and_says_since_when_it_could_be_known(ask):
    line = ask.series(FALL, "sudden-drop", *SUDDEN, **HINDSIGHT)
    assert flagged(line) == [5]
    landing = line["sessions"][4]
    assert landing["values"] == {"interval": [4, 5], "criteria": [True, True, True]}
    assert landing["known_at"] == 6
    assert ["known_at" in each for each in line["sessions"]].count(True) == 1


def test_a_sudden_drop_cannot_be_said_at_its_landing_nor_later_in_its_place(ask):
    line = ask.series(FALL, "sudden-drop", *SUDDEN)
    assert set(verdicts(line)) == {"cannot-say"}
    assert column(line, "interval") == [None, *([n, n + 1] for n in range(1, 9))]
    assert column(line, "criteria") == [None] * 9


def test_the_first_and_the_last_interval_are_not_tested(ask):
    line = ask.series(FALL, "sudden-drop", *SUDDEN, **HINDSIGHT)
    untested = [each["session"] for each in line["sessions"] if each["values"]["criteria"] is None]
    assert untested == [1, 2, 9]


def test_a_criterion_left_out_is_off_and_one_that_cannot_be_assessed_is_null(ask):
    line = ask.series((30, 31, None, 20, 20, 20), "sudden-drop", "share=none", **HINDSIGHT)
    assert column(line, "criteria")[2:5] == [
        ["off", "off", None],
        ["off", "off", None],
        ["off", "off", False],
    ]
    assert verdicts(line)[3] == "cannot-say"


def test_a_change_point_is_flagged_at_the_first_session_of_the_later_part(ask):
    line = ask.series((*[30, 31] * 4, *[20, 21] * 4), "change-point", **HINDSIGHT)
    assert flagged(line) == [9]
    assert line["sessions"][8]["known_at"] == 11
    assert line["quantities"] == {"after": 8, "means": [30.5, 20.5], "sse": [404.0, 4.0]}
    assert all(each["values"] == {} for each in line["sessions"])


def test_a_change_point_cannot_be_said_at_its_landing(ask):
    line = ask.series((*[30, 31] * 4, *[20, 21] * 4), "change-point")
    assert line["sessions"][8]["verdict"] == "cannot-say"
    assert line["sessions"][10]["quantities"]["after"] == 8
    assert flagged(line) == []


def test_without_any_usual_change_every_harmful_shift_counts(ask):
    scores = (*[5.1] * 4, None, *[3.3] * 4)
    assert flagged(ask.series(scores, "change-point", **HINDSIGHT)) == [6]
    assert flagged(ask.series(scores, "change-point", better="lower", **HINDSIGHT)) == []


def test_no_range_is_taken_across_a_gap_and_two_are_needed(ask):
    line = ask.series((1, 2, None, 5, 4), "control-chart")
    assert column(line, "mr") == [None, 1.0, None, None, 1.0]
    assert verdicts(line) == ["cannot-say"] * 4 + ["clear"]


def test_no_drop_is_taken_across_a_gap(ask):
    for rule, name in (("drop", "change"), ("reliable-change", "change"), ("v-shape", "drop")):
        line = ask.series((9, None, 1, 2, 3), rule, *ALL_GIVEN)
        assert column(line, name)[2] is None
        assert line["sessions"][2]["verdict"] == "cannot-say"


def test_a_lookback_ends_at_a_gap(ask):
    line = ask.series((9, None, 5, 4, 3), "v-shape", "lookback=4")
    assert column(line, "drop") == [None, None, None, 1.0, 2.0]


def test_only_the_harmful_side_flags_and_the_other_is_still_a_hit(ask):
    line = ask.series((0, 3.2, -3.5), "control-chart", "center=0", "sigma=1")
    assert verdicts(line) == ["clear", "clear", "flagged"]
    assert line["sessions"][1]["hits"] == [{"rule": 1, "side": "upper"}]
    assert (
        verdicts(ask.series((0, 3.2, -3.5), "control-chart", "center=0", "sigma=1", harm="up"))[1]
        == "flagged"
    )


def test_runs_without_a_side_never_flag(ask):
    line = ask.series([0.3, -0.3] * 9, "control-chart", "rules=nelson", "center=0", "sigma=1")
    assert {"rule": 7, "side": None} in line["sessions"][-1]["hits"]
    assert {"rule": 4, "side": None} in line["sessions"][-1]["hits"]
    assert flagged(line) == []


def test_a_gap_ends_a_run_and_empties_its_window(ask):
    run = ("rules=western-electric", "center=0", "sigma=1")
    assert flagged(ask.series([-1] * 7 + [None, -1], "control-chart", *run)) == []
    assert flagged(ask.series([-2.5, None, -2.5, -2.5], "control-chart", *run)) == []
    assert flagged(ask.series([-2.5, -2.5], "control-chart", *run)) == []


def test_a_baseline_counts_scores_not_sessions(ask):
    line = ask.series((1, 2, None, 3, 4, 9), "control-chart", "baseline=4", **HINDSIGHT)
    assert line["quantities"]["center"] == 2.5
    assert line["quantities"]["mr_mean"] == 1
    assert ask.series((1, 9), "control-chart", "baseline=3", **HINDSIGHT)["quantities"]["center"] is None


def test_the_larger_of_the_two_spreads_counts(ask):
    own = ask.series(SERIES_4H, "v-shape", "detrend=false", **HINDSIGHT)
    both = ask.series(SERIES_4H, "v-shape", "detrend=false", "s_inter=9.5", **HINDSIGHT)
    assert both["quantities"] == {"s_intra": own["quantities"]["s_intra"], "s": 9.5}
    assert flagged(both) == []


def test_a_drop_of_nothing_is_not_a_drop_though_nothing_spreads(ask):
    assert flagged(ask.series([7.1] * 8, "v-shape")) == []


def test_measuring_without_error_makes_any_harmful_change_reliable(ask):
    line = ask.series((3, 2.9, 3), "reliable-change", "sd=1", "reliability=1")
    assert flagged(line) == [2]
    assert column(line, "rci") == [None] * 3


def test_a_long_file_is_judged_in_parts_and_told_as_if_it_were_not(ask, monkeypatch):
    rows = [(f"case {n}", session, (n * 7 + session * 3) % 11) for n in range(9) for session in range(n + 2)]
    whole = ask.rows(rows, params=ALL_GIVEN)
    monkeypatch.setattr(command, "AT_ONCE", 12)
    assert ask.rows(rows, params=ALL_GIVEN) == whole
    assert len(whole.lines) == 9 * len(ORDER)
